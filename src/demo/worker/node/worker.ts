import type { Ask } from "#proxy/worker.ts";

/**
 * In the place of proxy/worker.ts: a shared worker has no threads of its own, so what they would do is done in this
 * one, fetched when it is first asked for.
 */
type Answer = (question: unknown) => unknown;

const sources: Record<string, () => Promise<unknown>> = {
  "auth/guessable-thread": () => import("#proxy/auth/guessable-thread.ts"),
  "pdf/pdf-thread": async () => (await import("./pdf.ts")).loadPdf(),
  "platform/records-thread": () => import("#proxy/platform/records-thread.ts"),
};

let answering: Answer | undefined;
let loading: Promise<unknown> = Promise.resolve();
const answers = new Map<string, Promise<Answer>>();

/** One after the other, so that it is known whose answers a file gives. */
function load(file: string): Promise<Answer> {
  const source = sources[file];
  if (!source) throw new Error(`${file} is not there in the demonstration`);
  const loaded = loading.then(async () => {
    await source();
    if (!answering) throw new Error(`${file} answers nothing`);
    return answering;
  });
  loading = loaded.catch(() => {});
  return loaded;
}

export function createWorker<Q, R>(file: string): Ask<Q, R> {
  return async (question) => {
    const answer = answers.get(file) ?? load(file);
    answers.set(file, answer);
    return (await (
      await answer
    )(question)) as R;
  };
}

export function answerQuestions<Q, R>(answer: (question: Q) => R | Promise<R>): void {
  answering = answer as Answer;
}
