import type { JobRunner } from "../jobs/run.ts";
import { createReceiverClient } from "./receiver-client.ts";
import { createSubmit, type SubmitOptions } from "./submit.ts";

/** Whether there is something to be sent and it may be. */
export const isAnyToSend = async ({
  submissions,
  exchange,
}: Pick<SubmitOptions, "submissions" | "exchange">): Promise<boolean> =>
  (await submissions.isAnyDue()) && (await exchange.read()).isOn;

/** Sends what is due, to several receivers side by side and to each one after the other. */
export function createSubmissionRunner(options: SubmitOptions): JobRunner {
  const { submissions, exchange, log } = options;
  const stopping = new AbortController();
  const submit = createSubmit(options, createReceiverClient(stopping.signal, options.now), stopping.signal);
  let pass: Promise<void> | null = null;
  let isAskedAgain = false;

  async function sendDue(): Promise<void> {
    while (!stopping.signal.aborted && (await isAnyToSend(options))) {
      const byReceiver = Map.groupBy(await submissions.due(), ({ receiverId }) => receiverId);
      const sending = [...byReceiver.values()].map(async (ofOne) => {
        for (const one of ofOne)
          if (!stopping.signal.aborted && (await exchange.read()).isOn) await submit(one);
      });
      for (const { reason } of (await Promise.allSettled(sending)).filter(isRejected)) throw reason;
    }
  }

  function wake(): void {
    isAskedAgain = pass !== null;
    pass ??= sendDue()
      .catch((err: unknown) => log.error({ err }, "What is due could not be sent"))
      .finally(() => {
        pass = null;
        if (isAskedAgain && !stopping.signal.aborted) wake();
      });
  }

  return {
    wake,
    // What is under way ends too: a receiver that is slow is asked again by the next server.
    stop: async () => {
      stopping.abort();
      await pass;
    },
  };
}

const isRejected = (result: PromiseSettledResult<void>): result is PromiseRejectedResult =>
  result.status === "rejected";
