import type { Logger } from "pino";
import { Failure } from "../failure.ts";
import { withDeadline } from "../platform/call-context.ts";
import type { PatientStore } from "../store/patients.ts";
import { checkEveryMs, type StatusReader } from "./patient-status.ts";

const atOnce = 8;
const longestMs = 20_000;

/** Looks now at every patient who is due, for twenty seconds at most; the background does the rest. */
export async function catchUp(options: {
  patients: Pick<PatientStore, "takeDue">;
  statuses: Pick<StatusReader, "renew">;
  now: () => number;
  log: Logger;
}): Promise<void> {
  const { patients, statuses, now, log } = options;
  const dueBeforeMs = now();
  const beganMs = performance.now();
  while (performance.now() - beganMs < longestMs) {
    const due = await patients.takeDue(dueBeforeMs, now() + checkEveryMs, atOnce);
    if (due.length === 0) return;
    await Promise.all(
      due.map(async (patient) => {
        try {
          await withDeadline("background", longestMs, () => statuses.renew(patient));
        } catch (err) {
          if (!(err instanceof Failure)) throw err;
          log.warn({ err }, "a patient's status could not be read");
        }
      }),
    );
  }
}
