import { lowerBound } from "#glucose/series.ts";
import { fingerprintOf } from "./serial-index.ts";

/** More than any recall has: 80 MB. */
const mostFingerprints = 10_000_000;
const inPart = 4096;

/** Some of the fingerprints of a file's serials, ascending. */
export interface FingerprintPart {
  readonly first: number;
  readonly last: number;
  /** Of a Float64Array, base64. */
  readonly packed: string;
}

/** Serials as eight bytes each, to be found again among them and not to be read. */
export interface Fingerprints {
  /** False once there are too many. */
  add(serial: string): boolean;
  /** How many different ones there are. */
  different(): number;
  parts(): Generator<FingerprintPart>;
}

export function createFingerprints(): Fingerprints {
  let values = new Float64Array(65_536);
  let count = 0;
  /** Sorted and each once, at the beginning. */
  const compact = (): Float64Array => {
    const sorted = values.subarray(0, count).sort();
    let different = 0;
    for (const value of sorted)
      if (different === 0 || value !== sorted[different - 1]) {
        sorted[different] = value;
        different += 1;
      }
    count = different;
    return values.subarray(0, count);
  };
  return {
    different: () => compact().length,
    add: (serial) => {
      if (count === mostFingerprints) return false;
      if (count === values.length) {
        const larger = new Float64Array(values.length * 2);
        larger.set(values);
        values = larger;
      }
      values[count] = fingerprintOf(serial);
      count += 1;
      return true;
    },
    parts: function* () {
      const sorted = compact();
      for (let from = 0; from < sorted.length; from += inPart) {
        const part = sorted.slice(from, from + inPart);
        yield {
          first: part[0] as number,
          last: part.at(-1) as number,
          packed: Buffer.from(part.buffer).toString("base64"),
        };
      }
    },
  };
}

export function isAmong(packed: string, fingerprint: number): boolean {
  const bytes = Buffer.from(packed, "base64");
  const values = new Float64Array(new Uint8Array(bytes).buffer);
  return values[lowerBound(values.length, (index) => values[index] as number, fingerprint)] === fingerprint;
}
