import pLimit from "p-limit";
import { Failure } from "../failure.ts";

const megabyte = 1024 * 1024;
const firstBytes = 4096;
/** Thirty days of a sensor are 3 MB. A body larger than this waits until it is the only such one in memory. */
const usualBytes = 4 * megabyte;
const oneLarge = pLimit(1);

/**
 * Runs `use` with a body's bytes as they are after decompression. They are counted while they arrive: of a body of more than `mostBytes`,
 * or of a bomb that unpacks to as much, no more than that is ever held.
 */
export async function withBody<T>(
  { body }: Response,
  { path, mostBytes }: { path: string; mostBytes: number },
  use: (bytes: Uint8Array) => T | Promise<T>,
): Promise<T> {
  if (!body) return use(new Uint8Array());
  const reader = body.getReader();
  // A usual body is held in one memory, given back as a whole; the rest of a large one, which may be more than is taken, as it comes.
  let held = new Uint8Array(firstBytes);
  const rest: Uint8Array[] = [];
  let total = 0;
  let heldBytes = 0;
  const hold = (part: Uint8Array) => {
    const needed = total + part.byteLength;
    if (needed > usualBytes) rest.push(part);
    else {
      if (needed > held.byteLength) {
        const larger = new Uint8Array(Math.max(needed, Math.min(2 * held.byteLength, usualBytes)));
        larger.set(held.subarray(0, total));
        held = larger;
      }
      held.set(part, total);
      heldBytes = needed;
    }
    total = needed;
  };
  /** True when that was all of it. */
  const readTo = async (limit: number): Promise<boolean> => {
    while (total <= limit) {
      const { done, value } = await reader.read().catch(lineFailed(path));
      if (done) return true;
      if (total + value.byteLength > mostBytes) throw tooLarge(path, mostBytes);
      hold(value);
    }
    return false;
  };
  const finish = () => {
    const usual = held.subarray(0, heldBytes);
    held = new Uint8Array();
    return use(rest.length === 0 ? usual : Buffer.concat([usual, ...rest.splice(0)]));
  };
  try {
    if (await readTo(Math.min(usualBytes, mostBytes))) return await finish();
    if (mostBytes <= usualBytes) throw tooLarge(path, mostBytes);
    return await oneLarge(async () => {
      if (await readTo(mostBytes)) return finish();
      throw tooLarge(path, mostBytes);
    });
  } finally {
    // Nothing is left to cancel of a body that was read to its end; of any other the line is to be freed.
    reader.cancel().catch(() => {});
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

const tooLarge = (path: string, mostBytes: number) =>
  new Failure("platform-malformed", {
    detail: `The platform's answer is larger than any that is asked for (${Math.round(mostBytes / 1024)} kB).`,
    logged: { path, mostBytes },
    isFinal: true,
  });
