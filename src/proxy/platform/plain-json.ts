import { skipSpace } from "./split-records.ts";

const [quote, minus, dot, zero, nine, colon] = [0x22, 0x2d, 0x2e, 0x30, 0x39, 0x3a];
const [firstPlain, backslash, lastPlain] = [0x20, 0x5c, 0x7e];

export const bytesOf = (text: string) => new TextEncoder().encode(text);

export const isAt = (bytes: Uint8Array, at: number, text: Uint8Array): boolean => {
  for (let i = 0; i < text.length; i += 1) if (bytes[at + i] !== text[i]) return false;
  return true;
};

const nullWord = bytesOf("null");
const words = [nullWord, ...["true", "false"].map(bytesOf)];

/** Decimal places are divided away: exact, since numbers of at most so many digits and these powers are. */
const mostDigits = 15;
const powersOfTen = Array.from({ length: mostDigits + 1 }, (_, power) => 10 ** power);

/**
 * Reads plain JSON: texts of printable ASCII without escapes, decimal numbers of at
 * most 15 digits, `null`, `true`, `false`.
 */
export class PlainReader {
  readonly bytes: Uint8Array;
  /** Where what was read last ended. */
  end = 0;
  /** What was read last; NaN for null. */
  number = Number.NaN;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Each answers whether it is plain. */
  text(at: number): boolean {
    const { bytes } = this;
    if (bytes[at] !== quote) return false;
    let end = at + 1;
    let byte = bytes[end] as number;
    while (byte !== quote) {
      if (!(byte >= firstPlain && byte <= lastPlain) || byte === backslash) return false;
      end += 1;
      byte = bytes[end] as number;
    }
    this.end = end + 1;
    return true;
  }

  literal(at: number): boolean {
    const found = words.find((text) => isAt(this.bytes, at, text));
    if (!found) return false;
    this.number = Number.NaN;
    this.end = at + found.length;
    return true;
  }

  numberOrNull(at: number): boolean {
    const { bytes } = this;
    const isNegative = bytes[at] === minus;
    const first = isNegative ? at + 1 : at;
    let end = first;
    let digits = 0;
    let byte = bytes[end] as number;
    for (; byte >= zero && byte <= nine; byte = bytes[end] as number) {
      digits = digits * 10 + (byte - zero);
      end += 1;
    }
    const whole = end - first;
    if (whole === 0) return !isNegative && isAt(bytes, at, nullWord) && this.literal(at);
    if (whole > 1 && bytes[first] === zero) return false;
    let places = 0;
    if (byte === dot) {
      end += 1;
      for (byte = bytes[end] as number; byte >= zero && byte <= nine; byte = bytes[end] as number) {
        digits = digits * 10 + (byte - zero);
        end += 1;
      }
      places = end - first - whole - 1;
      if (places === 0) return false;
    }
    if (whole + places > mostDigits) return false;
    const size = places === 0 ? digits : digits / (powersOfTen[places] as number);
    this.number = isNegative ? -size : size;
    this.end = end;
    return true;
  }

  /** Where the value begins behind a name that ends at `at`, or −1. */
  valueAfter(at: number): number {
    const colonAt = skipSpace(this.bytes, at);
    return this.bytes[colonAt] === colon ? skipSpace(this.bytes, colonAt + 1) : -1;
  }
}
