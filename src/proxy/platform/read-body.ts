import pLimit from "p-limit";
import { Failure } from "../failure.ts";

const megabyte = 1024 * 1024;
const smallBytes = megabyte;
/** Thirty days of a sensor are 3 MB. */
const usualBytes = 4 * megabyte;
/** Where an answer does not say how long it is. */
const firstBytes = 256 * 1024;
/**
 * A body larger than a small one waits until fewer than two such are in memory; one larger
 * than a usual one, until there is none.
 */
const fewLarge = pLimit(2);
const oneHuge = pLimit(1);

/**
 * Who has a place and twice in a row brings less than this gives it up: at that pace no body
 * becomes a large one in its ten seconds.
 */
const leastBytes = 100 * 1024;
const leastWithinMs = 1000;

/**
 * Runs `use` with a body's bytes as they are after decompression, in a memory of their own that is given back
 * after it, or that `use` hands over. They are counted while they arrive: of a body of more than `mostBytes`,
 * or of a bomb that unpacks to as much, no more than that is ever held.
 */
export async function withBody<T>(
  { body, headers }: Response,
  { path, mostBytes }: { path: string; mostBytes: number },
  use: (bytes: Uint8Array) => T | Promise<T>,
): Promise<T> {
  if (!body) return use(new Uint8Array());
  const reader = body.getReader();
  // Not a resizable one: reading its bytes one by one takes twice the time.
  let held = new ArrayBuffer(Math.min(lengthOf(headers), usualBytes, mostBytes));
  let into = new Uint8Array(held);
  let total = 0;
  const bytes = () => new Uint8Array(held, 0, total);
  /** True when that was all of it. */
  const readTo = async (limit: number, stalled?: Promise<never>): Promise<boolean> => {
    while (total <= limit) {
      const part = reader.read().catch(lineFailed(path));
      const { done, value } = await (stalled ? Promise.race([part, stalled]) : part);
      if (done) return true;
      const next = total + value.byteLength;
      if (next > mostBytes) throw tooLarge(path, mostBytes);
      // The old memory is given back at once; of the new one only what is written to is taken.
      if (next > held.byteLength) held = held.transfer(Math.min(mostBytes, 2 * next));
      if (next > into.length) into = new Uint8Array(held);
      into.set(value, total);
      total = next;
      // Given back now: what waits to be tidied up would be more than what is held.
      if (value.byteLength === value.buffer.byteLength) value.buffer.transfer(0);
    }
    return false;
  };
  const readInPlace = async (limit: number): Promise<boolean> => {
    const { promise: stalled, reject } = Promise.withResolvers<never>();
    let [before, slow] = [total, 0];
    const looking = setInterval(() => {
      slow = total - before < leastBytes ? slow + 1 : 0;
      before = total;
      if (slow === 2) reject(tooSlow(path));
    }, leastWithinMs);
    try {
      return await readTo(limit, stalled);
    } finally {
      clearInterval(looking);
    }
  };
  const readAll = async (): Promise<T> => {
    if (await readInPlace(mostBytes)) return use(bytes());
    throw tooLarge(path, mostBytes);
  };
  try {
    if (await readTo(smallBytes)) return await use(bytes());
    return await fewLarge(async () => ((await readInPlace(usualBytes)) ? use(bytes()) : oneHuge(readAll)));
  } finally {
    // Nothing is left to cancel of a body that was read to its end; of any other the line is to be freed.
    reader.cancel().catch(() => {});
    if (!held.detached) held.transfer(0);
  }
}

/** What a body says of its length, which need not be true. */
function lengthOf(headers: Headers): number {
  const told = Number(headers.get("content-length"));
  return told > 0 ? told : firstBytes;
}

/** The Failure of a fetch or a body that broke off. */
export const lineFailed =
  (path: string) =>
  (cause: unknown): never => {
    throw new Failure("platform-unreachable", {
      detail: "The connection to the platform failed.",
      logged: { path },
      cause,
    });
  };

const tooSlow = (path: string) =>
  new Failure("platform-timeout", {
    detail: "The platform's answer began and then hardly went on.",
    logged: { path },
  });

const tooLarge = (path: string, mostBytes: number) =>
  new Failure("platform-malformed", {
    detail: `The platform's answer is larger than any that is asked for (${Math.round(mostBytes / 1024)} kB).`,
    logged: { path, mostBytes },
    isFinal: true,
  });
