import { Buffer } from "./buffer.ts";

/** Loaded before all else: what code for Node expects to be there. */
const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.onmessage = () => waiting.shift()?.();

function setImmediate(callback: (...given: unknown[]) => void, ...given: unknown[]): void {
  waiting.push(() => callback(...given));
  turns.port2.postMessage(null);
}

Object.assign(globalThis, { Buffer, setImmediate });

// A browser's timer is a number; no process waits for its end.
Object.defineProperty(Number.prototype, "unref", {
  value(this: number) {
    return this;
  },
});
