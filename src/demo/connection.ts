import { base } from "./base.ts";
import type { DemoStatus, Message, Notice, SentAnswer, SentRequest } from "./messages.ts";

declare const __BUILD__: string;

/** The worker in which the server runs. */
export interface Connection {
  /** Hands a message on, its reply port with it. */
  pass(message: Message, reply: MessagePort): void;
  ask(request: SentRequest): Promise<SentAnswer>;
  status(): Promise<DemoStatus>;
  reset(): Promise<void>;
}

type Reply = { answer: unknown } | { error: string };
type Post = (message: Message, transfer: Transferable[]) => void;

function over(post: Post): Connection {
  const send = <T>(message: Message) =>
    new Promise<T>((done, failed) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<Reply>) =>
        "error" in data ? failed(new Error(data.error)) : done(data.answer as T);
      post(message, [port2]);
    });
  return {
    pass: (message, reply) => post(message, [reply]),
    ask: (request) => send({ kind: "ask", request }),
    status: () => send({ kind: "status" }),
    reset: () => send({ kind: "reset" }),
  };
}

/** Without a shared worker each tab would have a demonstration of its own: the first one has it. */
const isFirstTab = (): Promise<boolean> =>
  new Promise((answer) => {
    navigator.locks.request(`trendline-demo ${base}`, { ifAvailable: true }, (lock) => {
      answer(lock !== null);
      return lock && new Promise(() => {});
    });
  });

/** Null where another tab has it, and this browser cannot share it. */
export async function connect(
  onNotice: (notice: Notice) => void,
  onBroken: () => void,
): Promise<Connection | null> {
  const file = `${base}/server-${__BUILD__}.js`;
  const hear = ({ data }: MessageEvent<Notice>) => onNotice(data);
  if ("SharedWorker" in globalThis) {
    const worker = new SharedWorker(file, { type: "module", name: "trendline" });
    worker.onerror = onBroken;
    worker.port.onmessage = hear;
    return over((message, transfer) => worker.port.postMessage(message, transfer));
  }
  if (!(await isFirstTab())) return null;
  const worker = new Worker(file, { type: "module" });
  worker.onerror = onBroken;
  worker.onmessage = hear;
  return over((message, transfer) => worker.postMessage(message, transfer));
}
