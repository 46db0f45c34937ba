import pLimit from "p-limit";
import { Failure } from "../failure.ts";

const megabyte = 1024 * 1024;
const smallBytes = megabyte;
/** Thirty days of a sensor are 3 MB. */
const usualBytes = 4 * megabyte;
/** A body larger than a small one waits until fewer than two such are in memory; one larger than a usual one, until there is none. */
const fewLarge = pLimit(2);
const oneHuge = pLimit(1);

/** Who has a place and twice in a row brings less than this gives it up: at that pace no body becomes a large one in its ten seconds. */
const leastBytes = 100 * 1024;
const leastWithinMs = 1000;

/**
 * Runs `use` with a body's bytes as they are after decompression, in a memory of their own that is given back after it, or that `use` hands
 * over. They are counted while they arrive: of a body of more than `mostBytes`, or of a bomb that unpacks to as much, no more than that is
 * ever held.
 */
export async function withBody<T>(
  { body }: Response,
  { path, mostBytes }: { path: string; mostBytes: number },
  use: (bytes: Uint8Array) => T | Promise<T>,
): Promise<T> {
  if (!body) return use(new Uint8Array());
  const reader = body.getReader();
  // Grows where it stands, without a copy; only what has arrived takes memory.
  const held = new ArrayBuffer(0, { maxByteLength: mostBytes });
  const bytes = new Uint8Array(held);
  /** True when that was all of it. */
  const readTo = async (limit: number, stalled?: Promise<never>): Promise<boolean> => {
    while (held.byteLength <= limit) {
      const part = reader.read().catch(lineFailed(path));
      const { done, value } = await (stalled ? Promise.race([part, stalled]) : part);
      if (done) return true;
      const total = held.byteLength;
      if (total + value.byteLength > mostBytes) throw tooLarge(path, mostBytes);
      held.resize(total + value.byteLength);
      bytes.set(value, total);
      // Given back now: what waits to be tidied up would be more than what is held.
      if (value.byteLength === value.buffer.byteLength) value.buffer.transfer(0);
    }
    return false;
  };
  const readInPlace = async (limit: number): Promise<boolean> => {
    const { promise: stalled, reject } = Promise.withResolvers<never>();
    let [before, slow] = [held.byteLength, 0];
    const looking = setInterval(() => {
      slow = held.byteLength - before < leastBytes ? slow + 1 : 0;
      before = held.byteLength;
      if (slow === 2) reject(tooSlow(path));
    }, leastWithinMs);
    try {
      return await readTo(limit, stalled);
    } finally {
      clearInterval(looking);
    }
  };
  const readAll = async (): Promise<T> => {
    if (await readInPlace(mostBytes)) return use(bytes);
    throw tooLarge(path, mostBytes);
  };
  try {
    if (await readTo(smallBytes)) return await use(bytes);
    return await fewLarge(async () => ((await readInPlace(usualBytes)) ? use(bytes) : oneHuge(readAll)));
  } finally {
    // Nothing is left to cancel of a body that was read to its end; of any other the line is to be freed.
    reader.cancel().catch(() => {});
    if (held.byteLength > 0) held.resize(0);
  }
}

/** What a fetch or a body that broke off is for whoever asked. */
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
