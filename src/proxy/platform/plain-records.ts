import { noTrend } from "#glucose/reading-series.ts";
import { type Asked, isSameSerial, isTimely, mostSensors, toReceivedMs } from "./asked.ts";
import { bytesOf, isAt, PlainReader } from "./plain-json.ts";
import { growRows, type RecordRows } from "./record-rows.ts";
import { longestRecordBytes, skipSpace, type TakeRecord } from "./split-records.ts";

const [quote, comma, closeBracket, closeBrace] = [0x22, 0x2c, 0x5d, 0x7d];

/**
 * The members that mean something (`wire.ts`), each known by its place
 * here: first the texts, then the numbers.
 */
const names = [
  ...["device_sn", "open_id"],
  ...["type", "value", "trend", "package_num", "measured_at", "app_received_at"],
].map(bytesOf);
const [deviceSn, openId, type, value, trend, packageNum, measuredAt, receivedAt] = [0, 1, 2, 3, 4, 5, 6, 7];
const another = 8;
const longestName = 15;
/** By length and first letter: no two share both. */
const guesses = new Uint8Array((longestName + 1) * 256).fill(another);
for (const [field, name] of names.entries()) guesses[name.length * 256 + (name[0] ?? 0)] = field;

function fieldOf(bytes: Uint8Array, start: number, length: number): number {
  if (length > longestName) return another;
  const guess = guesses[length * 256 + (bytes[start] as number)] as number;
  return guess !== another && isAt(bytes, start, names[guess] as Uint8Array) ? guess : another;
}

const longestSerial = 64;
const longestOpenId = 200;
const mostMembers = 32;

/**
 * Where a member stands from the comma or the brace before it to the end of its
 * text, or to where its number begins.
 */
interface Member {
  at: number;
  length: number;
  field: number;
  isText: boolean;
  /** How far behind `at` its value begins. */
  valueAt: number;
}

const newMember = (): Member => ({ at: 0, length: 0, field: another, isText: false, valueAt: 0 });

/**
 * Takes records by their bytes into `rows`, without making a value of any. It takes none that the schema
 * `record` would refuse, that was not asked for or that is not written plainly (text with escapes or beyond
 * ASCII, a name twice, exponents, nesting): those are left to the parser and the schema, so this need only be
 * right about what it takes. A class, since its methods are compiled once for all reads.
 */
class Taker {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly read: PlainReader;
  readonly rows: RecordRows;
  readonly asked: Asked;
  readonly askedOpenId: Uint8Array | null;
  /**
   * Of the record before: from one to the next these are the same bytes, and then
   * nothing in them has to be looked at again.
   */
  readonly members = Array.from({ length: mostMembers }, newMember);
  readonly numbers = new Float64Array(another + 1);
  readonly lastSerial = { start: 0, length: -1, sensor: -1 };

  constructor(bytes: Uint8Array, asked: Asked, rows: RecordRows) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.read = new PlainReader(bytes);
    this.rows = rows;
    this.asked = asked;
    this.askedOpenId = asked.openId === undefined ? null : bytesOf(asked.openId);
  }

  isSame(one: number, other: number, length: number): boolean {
    const { view } = this;
    if (length === 0 || other + length > view.byteLength) return false;
    // The last word holds a part of the one before; no member is shorter than a word.
    const last = length - 4;
    if (view.getUint32(one + last, true) !== view.getUint32(other + last, true)) return false;
    for (let i = 0; i < last; i += 4)
      if (view.getUint32(one + i, true) !== view.getUint32(other + i, true)) return false;
    return true;
  }

  isAskedOpenId(start: number, end: number): boolean {
    const { askedOpenId } = this;
    if (end - start > longestOpenId) return false;
    return (
      askedOpenId === null || (askedOpenId.length === end - start && isAt(this.bytes, start, askedOpenId))
    );
  }

  /**
   * Leaves `read` at the end of a member's text, or where its number begins; null
   * where it is not plain or not to be taken.
   */
  memberAt(at: number, place: number): Member | null {
    const { bytes, read } = this;
    const member = this.members[place];
    if (!member) return null;
    if (this.isSame(member.at, at, member.length)) {
      read.end = at + member.length;
      return member;
    }
    member.length = 0;
    const nameAt = skipSpace(bytes, at + 1);
    if (!read.text(nameAt)) return null;
    const field = fieldOf(bytes, nameAt + 1, read.end - nameAt - 2);
    const valueAt = read.valueAfter(read.end);
    const isText = bytes[valueAt] === quote;
    if (valueAt < 0 || (field !== another && isText !== field <= openId)) return null;
    read.end = valueAt;
    if (isText && !read.text(valueAt)) return null;
    if (field === openId && !this.isAskedOpenId(valueAt + 1, read.end - 1)) return null;
    member.at = at;
    member.length = read.end - at;
    member.field = field;
    member.isText = isText;
    member.valueAt = valueAt - at;
    return member;
  }

  /**
   * Most records are of the same sensor as the record before. −1 for one that was not asked for,
   * and where there are more than can be.
   */
  sensorOf(start: number, end: number): number {
    const { lastSerial } = this;
    const { serials } = this.rows;
    const length = end - start;
    if (length === lastSerial.length && this.isSameText(start, lastSerial.start, length))
      return lastSerial.sensor;
    if (length === 0 || length > longestSerial) return -1;
    const serial = String.fromCharCode(...this.bytes.subarray(start, end));
    const { serial: asked } = this.asked;
    if (asked !== undefined && !isSameSerial(serial, asked)) return -1;
    let sensor = serials.indexOf(serial);
    if (sensor < 0 && serials.length === mostSensors) return -1;
    if (sensor < 0) sensor = serials.push(serial) - 1;
    Object.assign(lastSerial, { start, length, sensor });
    return sensor;
  }

  isSameText(one: number, other: number, length: number): boolean {
    for (let i = 0; i < length; i += 1) if (this.bytes[one + i] !== this.bytes[other + i]) return false;
    return true;
  }

  /** False where it is no record to take. */
  write(serialStart: number, serialEnd: number): boolean {
    const { rows, numbers } = this;
    const kind = numbers[type] as number;
    const timeMs = numbers[measuredAt] as number;
    const valueMmolL = numbers[value] as number;
    if (!(kind === 1 || kind === 2) || !(valueMmolL >= -1000 && valueMmolL <= 1000)) return false;
    if (!(Number.isInteger(timeMs) && timeMs > 0 && isTimely(timeMs, this.asked))) return false;
    const sensor = this.sensorOf(serialStart, serialEnd);
    if (sensor < 0) return false;
    if (rows.count === rows.timeMs.length) growRows(rows);
    const row = rows.count;
    rows.count += 1;
    rows.timeMs[row] = timeMs;
    rows.valueMmolL[row] = valueMmolL;
    rows.sensor[row] = sensor;
    rows.warmUp[row] = kind === 1 ? 1 : 0;
    const code = numbers[trend] as number;
    rows.trend[row] = Number.isInteger(code) && code >= -1000 && code <= 1000 ? code : noTrend;
    const packet = numbers[packageNum] as number;
    rows.packet[row] = Number.isInteger(packet) && packet >= 0 && packet <= 1_500_000 ? packet : -1;
    const received = numbers[receivedAt] as number;
    rows.receivedMs[row] = Number.isInteger(received) ? toReceivedMs(received, this.asked.nowMs) : -1;
    return true;
  }

  take(start: number): number {
    const { bytes, read, numbers } = this;
    numbers.fill(Number.NaN);
    let at = start;
    let seen = 0;
    let place = 0;
    let serialStart = 0;
    let serialEnd = 0;
    do {
      const member = this.memberAt(at, place);
      if (!member) return -1;
      const { field } = member;
      if ((seen & (1 << field)) !== 0) return -1;
      if (field !== another) seen |= 1 << field;
      if (field === deviceSn) {
        serialStart = at + member.valueAt + 1;
        serialEnd = read.end - 1;
      }
      if (!member.isText) {
        if (!read.numberOrNull(read.end) && !(field === another && read.literal(read.end))) return -1;
        numbers[field] = read.number;
      }
      at = skipSpace(bytes, read.end);
      place += 1;
    } while (bytes[at] === comma);
    if (bytes[at] !== closeBrace || at + 1 - start > longestRecordBytes) return -1;
    const next = skipSpace(bytes, at + 1);
    if (bytes[next] !== comma && bytes[next] !== closeBracket) return -1;
    return serialEnd > 0 && this.write(serialStart, serialEnd) ? next : -1;
  }
}

export function createTakeRecord(bytes: Uint8Array, asked: Asked, rows: RecordRows): TakeRecord {
  const taker = new Taker(bytes, asked, rows);
  return (at) => taker.take(at);
}
