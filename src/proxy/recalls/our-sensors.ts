import { createSerialIndex, type SerialIndex } from "../store/serial-index.ts";

/** Characters that are easily taken for each other are one. */
export const folded = (serial: string): string =>
  serial.replace(/[OISB]/g, (letter) => ({ O: "0", I: "1", S: "5", B: "8" })[letter] ?? letter);

const mostPrefixes = 20;
const shapeOf = (serial: string) => serial.charCodeAt(0) * 128 + serial.length;

/** The sensors that are known here, in the room of their fingerprints. */
export interface OurSensors extends Pick<SerialIndex, "has" | "placeOf" | "slots"> {
  /** Whether one of ours begins with the same character and is as long. */
  isShaped(serial: string): boolean;
  /** Of one that is not ours, what it is easily mistaken for, folded; else null. */
  alikeOf(serial: string): string | null;
  /** By what they are easily mistaken for. */
  readonly lookalikes: Pick<SerialIndex, "placeOf" | "slots">;
  /** So many digits has the one with the fewest. */
  readonly fewestDigits: number;
  readonly shortest: number;
}

/** As many as can be known, at most. */
export function createOurSensors(most: number): OurSensors & { add(serial: string): void } {
  const known = createSerialIndex(most);
  const lookalikes = createSerialIndex(most);
  const shapes = new Set<number>();
  const prefixes = new Set<string>();
  let shortest = Number.POSITIVE_INFINITY;
  let fewestDigits = Number.POSITIVE_INFINITY;
  return {
    add: (serial) => {
      known.add(serial);
      lookalikes.add(folded(serial));
      if (shapes.has(shapeOf(serial))) return;
      shapes.add(shapeOf(serial));
      shortest = Math.min(shortest, serial.length);
      fewestDigits = Math.min(fewestDigits, serial.replace(/\D/g, "").length);
      const [prefix = ""] = /^[A-Z]*/.exec(serial) ?? [];
      if (prefix !== "" && prefixes.size < mostPrefixes) prefixes.add(prefix);
    },
    has: known.has,
    placeOf: known.placeOf,
    slots: known.slots,
    lookalikes,
    isShaped: (serial) => shapes.has(shapeOf(serial)),
    alikeOf: (serial) => {
      if (lookalikes.has(folded(serial))) return folded(serial);
      if (serial.charCodeAt(0) <= 57)
        for (const prefix of prefixes) if (known.has(prefix + serial)) return folded(prefix + serial);
      // Two without anything between them.
      if (serial.length < 2 * shortest) return null;
      const half = serial.slice(0, serial.length / 2);
      const isTwo = serial.length % 2 === 0 && (known.has(half) || known.has(serial.slice(half.length)));
      return isTwo ? folded(known.has(half) ? half : serial.slice(half.length)) : null;
    },
    get shortest() {
      return shortest;
    },
    get fewestDigits() {
      return fewestDigits;
    },
  };
}

/** Some of our sensors, a bit for each. */
export interface SensorMarks {
  /** False where it was among them. */
  add(serial: string): boolean;
  has(serial: string): boolean;
  readonly bits: Uint8Array;
}

export function createMarks(ours: Pick<SerialIndex, "placeOf" | "slots">): SensorMarks {
  const bits = new Uint8Array(Math.ceil(ours.slots / 8));
  return {
    add: (serial) => {
      const place = ours.placeOf(serial);
      const bit = 1 << (place & 7);
      const before = bits[place >> 3] ?? 0;
      bits[place >> 3] = before | bit;
      return (before & bit) === 0;
    },
    has: (serial) => {
      const place = ours.placeOf(serial);
      return ((bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0;
    },
    bits,
  };
}

/** How many are among both. */
export function countInBoth(one: SensorMarks, other: SensorMarks): number {
  let count = 0;
  for (const [at, bits] of one.bits.entries())
    for (let both = bits & (other.bits[at] ?? 0); both > 0; both &= both - 1) count += 1;
  return count;
}
