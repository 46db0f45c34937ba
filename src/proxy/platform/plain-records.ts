import { noTrend } from "#glucose/reading-series.ts";
import { type Expected, isSameSerial, isTimely, mostSensors, toReceivedMs } from "./expected.ts";
import { growRows, type RecordRows } from "./record-rows.ts";
import { longestRecordBytes, skipSpace, type TakeRecord } from "./split-records.ts";

const [quote, comma, minus, dot, zero, nine, colon] = [0x22, 0x2c, 0x2d, 0x2e, 0x30, 0x39, 0x3a];
const [firstPlain, backslash, closeBracket, closeBrace, lastPlain] = [0x20, 0x5c, 0x5d, 0x7d, 0x7e];

const bytesOf = (text: string) => new TextEncoder().encode(text);
const literals = ["null", "true", "false"].map(bytesOf);

/** The members that mean something (`wire.ts`), each known by its place here. */
const names = [
  "device_sn",
  "open_id",
  "type",
  "value",
  "trend",
  "package_num",
  "measured_at",
  "app_received_at",
];
const [deviceSn, openId, type, value, trend, packageNum, measuredAt, receivedAt] = [0, 1, 2, 3, 4, 5, 6, 7];
const nameBytes = names.map(bytesOf);
const another = 8;
/** By length and first letter: no two share both. */
const guesses = new Uint8Array(16 * 256).fill(another);
for (const [field, name] of nameBytes.entries()) guesses[name.length * 256 + (name[0] ?? 0)] = field;

/** Decimal places are divided away: exact, since numbers of at most so many digits and these powers are. */
const mostDigits = 15;
const powersOfTen = Array.from({ length: mostDigits + 1 }, (_, power) => 10 ** power);

const isAt = (bytes: Uint8Array, at: number, text: Uint8Array): boolean => {
  for (let i = 0; i < text.length; i += 1) if (bytes[at + i] !== text[i]) return false;
  return true;
};

/** Reads plain JSON: texts of printable ASCII without escapes, decimal numbers of at most 15 digits, `null`, `true`, `false`. */
class PlainReader {
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
    const found = literals.find((text) => isAt(this.bytes, at, text));
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
    if (whole === 0) return !isNegative && isAt(bytes, at, literals[0] as Uint8Array) && this.literal(at);
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

  /** A member's name and what stands between it and its value; answers with its field, or −1. */
  name(at: number): number {
    const { bytes } = this;
    if (!this.text(at)) return -1;
    const length = this.end - at - 2;
    const guess = length < 16 ? (guesses[length * 256 + (bytes[at + 1] as number)] as number) : another;
    const field = guess !== another && isAt(bytes, at + 1, nameBytes[guess] as Uint8Array) ? guess : another;
    const colonAt = skipSpace(bytes, this.end);
    if (bytes[colonAt] !== colon) return -1;
    this.end = skipSpace(bytes, colonAt + 1);
    return field;
  }
}

/** Numbers sensors; most records are of the same one as the record before. */
function createSensorOf(bytes: Uint8Array, { serials }: RecordRows, { serial: asked }: Expected) {
  let [lastStart, lastLength, last] = [0, -1, -1];
  const isLast = (start: number) => {
    for (let i = 0; i < lastLength; i += 1) if (bytes[start + i] !== bytes[lastStart + i]) return false;
    return true;
  };
  /** −1 for one that was not asked for, and where there are more than can be. */
  return (start: number, end: number): number => {
    if (end - start === lastLength && isLast(start)) return last;
    if (end === start || end - start > longestSerial) return -1;
    const serial = String.fromCharCode(...bytes.subarray(start, end));
    if (asked !== undefined && !isSameSerial(serial, asked)) return -1;
    let index = serials.indexOf(serial);
    if (index < 0 && serials.length === mostSensors) return -1;
    if (index < 0) index = serials.push(serial) - 1;
    [lastStart, lastLength, last] = [start, end - start, index];
    return index;
  };
}

const longestSerial = 64;
const longestOpenId = 200;

const mostMembers = 32;

/**
 * The members of a record from the comma or the brace before each to the end of its text, or to where its number begins: from record to
 * record they are the same bytes in the same order, and then nothing in them has to be looked at again.
 */
function createMembers(
  bytes: Uint8Array,
  read: PlainReader,
  isAskedOpenId: (from: number, to: number) => boolean,
) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = Array.from({ length: mostMembers }, () => ({
    at: 0,
    length: 0,
    field: -1,
    isText: false,
    valueAt: 0,
  }));

  const isSame = (one: number, other: number, length: number): boolean => {
    if (length === 0 || other + length > bytes.length) return false;
    // The last word holds a part of the one before; no member is shorter than a word.
    const last = length - 4;
    if (view.getUint32(one + last, true) !== view.getUint32(other + last, true)) return false;
    for (let i = 0; i < last; i += 4)
      if (view.getUint32(one + i, true) !== view.getUint32(other + i, true)) return false;
    return true;
  };

  /** Leaves `read` at the end of a member's text, or where its number or literal begins; null where it is not plain or not to be taken. */
  return (at: number, place: number): Member | null => {
    const known = last[place];
    if (!known) return null;
    if (isSame(known.at, at, known.length)) {
      read.end = at + known.length;
      return known;
    }
    known.length = 0;
    const field = read.name(skipSpace(bytes, at + 1));
    const valueAt = read.end;
    const isText = bytes[valueAt] === quote;
    if (field < 0 || (isText && !read.text(valueAt))) return null;
    if (field <= openId && !isText) return null;
    if (field > openId && field < another && isText) return null;
    if (field === openId && !isAskedOpenId(valueAt + 1, read.end - 1)) return null;
    known.at = at;
    known.length = read.end - at;
    known.field = field;
    known.isText = isText;
    known.valueAt = valueAt - at;
    return known;
  };
}

interface Member {
  field: number;
  isText: boolean;
  /** How far behind its beginning its value begins. */
  valueAt: number;
}

/**
 * Takes records by their bytes into `rows`, without making a value of any. It takes none that the schema `record` would refuse, that was not asked for or
 * that is not written plainly (text with escapes or beyond ASCII, a name twice, exponents, nesting): those are left to the parser and
 * the schema, so this need only be right about what it takes.
 */
export function createTakeRecord(bytes: Uint8Array, expected: Expected, rows: RecordRows): TakeRecord {
  const { nowMs } = expected;
  const read = new PlainReader(bytes);
  const sensorOf = createSensorOf(bytes, rows, expected);
  const askedOpenId = expected.openId === undefined ? null : bytesOf(expected.openId);
  const isAskedOpenId = (start: number, end: number) =>
    end - start <= longestOpenId &&
    (askedOpenId === null || (askedOpenId.length === end - start && isAt(bytes, start, askedOpenId)));
  const memberAt = createMembers(bytes, read, isAskedOpenId);
  const numbers = new Float64Array(another + 1);
  const member = (field: number) => numbers[field] as number;

  /** False where it is no record to take. */
  const write = (serialStart: number, serialEnd: number): boolean => {
    const [kind, timeMs, valueMmolL] = [member(type), member(measuredAt), member(value)];
    if (!(kind === 1 || kind === 2) || !(valueMmolL >= -1000 && valueMmolL <= 1000)) return false;
    if (!(Number.isInteger(timeMs) && timeMs > 0 && isTimely(timeMs, nowMs))) return false;
    const sensor = sensorOf(serialStart, serialEnd);
    if (sensor < 0) return false;
    if (rows.count === rows.timeMs.length) growRows(rows);
    const row = rows.count;
    rows.count += 1;
    rows.timeMs[row] = timeMs;
    rows.valueMmolL[row] = valueMmolL;
    rows.sensor[row] = sensor;
    rows.warmUp[row] = kind === 1 ? 1 : 0;
    const code = member(trend);
    rows.trend[row] = Number.isInteger(code) && Math.abs(code) <= 1000 ? code : noTrend;
    const packet = member(packageNum);
    rows.packet[row] = Number.isInteger(packet) && packet >= 0 && packet <= 1_500_000 ? packet : -1;
    const received = member(receivedAt);
    rows.receivedMs[row] = Number.isInteger(received) ? toReceivedMs(received, nowMs) : -1;
    return true;
  };

  return (start) => {
    let at = start;
    let seen = 0;
    let [serialStart, serialEnd] = [0, 0];
    numbers.fill(Number.NaN);
    let place = 0;
    do {
      const member = memberAt(at, place);
      if (!member) return -1;
      const { field, isText } = member;
      if ((seen & (1 << field)) !== 0) return -1;
      if (field !== another) seen |= 1 << field;
      if (field === deviceSn) [serialStart, serialEnd] = [at + member.valueAt + 1, read.end - 1];
      if (!isText && !read.numberOrNull(read.end) && !(field === another && read.literal(read.end)))
        return -1;
      if (!isText) numbers[field] = read.number;
      at = skipSpace(bytes, read.end);
      place += 1;
    } while (bytes[at] === comma);
    if (bytes[at] !== closeBrace || at + 1 - start > longestRecordBytes) return -1;
    const next = skipSpace(bytes, at + 1);
    if (bytes[next] !== comma && bytes[next] !== closeBracket) return -1;
    return serialEnd > 0 && write(serialStart, serialEnd) ? next : -1;
  };
}
