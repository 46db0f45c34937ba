import type { BoxDetails } from "#contract/device.ts";
import { isPlainSerial, parseSerial, serialsAmong, shapeOf } from "#contract/serial.ts";
import { boxWith, isBoxContradicted } from "./box.ts";
import { boxOf, type Elements, elementsOf, separator } from "./gs1.ts";

export interface FoundSerial {
  readonly serial: string;
  /** Null where it was written without a code. */
  readonly box: BoxDetails | null;
}

export interface SerialsRead {
  /** Each once, in the order given. */
  readonly found: readonly FoundSerial[];
  /** What may be meant, for a person to decide, the likeliest first. */
  readonly unsure: readonly FoundSerial[];
  /**
   * Why it is unsure: they stand in prose; the scanner has dropped the separator before them; what looks like the
   * number of a product may be a serial number all the same; or letters of another alphabet stand for Latin ones.
   */
  readonly doubt: "words" | "separator" | "product" | "letters" | null;
  /** What a code names that names no serial number. */
  readonly without: BoxDetails | null;
}

export const nothing: SerialsRead = { found: [], unsure: [], doubt: null, without: null };
export const noDetails: BoxDetails = { gtin: null, lot: null, expiry: null, producedOn: null };

/** Of field 21, by GS1. */
export const longestField = 20;

/** The identifier of the symbology, also as a keyboard of another layout writes it. */
export const symbology = /^(?:\][A-Za-z]\d|[^A-Za-z0-9\s(]{1,2}[A-Za-z]\d(?=0[12]\d{14}))/;
const isGs1Symbology = (mark: string) => /^\](C1|d2|Q3|J1|e0)$/i.test(mark);
const isShopSymbology = (mark: string) => /^\]E[0-4]$/.test(mark);

export const beginsProduct = (text: string) => /^(0[123]\d{14}|00\d{18})/.test(text);

/**
 * Where the separator before the serial may have been dropped: the field that is not ended holds "21" and
 * a serial behind it.
 */
function joinedSerials(elements: Elements): FoundSerial[] {
  const [field, value] = [...elements].at(-1) ?? ["", ""];
  const places = [...value.matchAll(/21/g)].map(({ index }) => index).filter((index) => index > 0);
  return places
    .toReversed()
    .map((index) => ({ head: value.slice(0, index), serial: value.slice(index + 2).toUpperCase() }))
    .filter(({ serial }) => isPlainSerial(serial) && serial.length <= longestField)
    .toSorted((a, b) => Number(/^\d/.test(a.serial)) - Number(/^\d/.test(b.serial)))
    .map(({ head, serial }) => ({ serial, box: boxOf(new Map([...elements, [field, head]])) }));
}

/** What may be a serial with other fields behind it, whose separators were dropped: without them. */
export function cutSerials(text: string): string[] {
  const cuts: string[] = [];
  for (let end = 7; end <= Math.min(text.length - 3, longestField); end += 1) {
    const [fields] = elementsOf(text.slice(end)) ?? [];
    const isKnown = fields && [...fields.keys()].every((field) => ["01", "10", "11", "17"].includes(field));
    if (isKnown && isPlainSerial(text.slice(0, end))) cuts.push(text.slice(0, end));
  }
  return cuts;
}

/** `isMarked`: where a field ends is beyond doubt. */
export function readElements(elements: Elements, isMarked: boolean): SerialsRead {
  const box = boxOf(elements);
  const value = elements.get("21");
  if (value === undefined) {
    const unsure = isMarked ? [] : joinedSerials(elements);
    return unsure.length > 0 ? { ...nothing, unsure, doubt: "separator" } : { ...nothing, without: box };
  }
  const serial = parseSerial(value);
  if (serial === null) return { ...nothing, without: box };
  const cuts = serial.length > longestField && !isMarked ? cutSerials(serial) : [];
  if (cuts.length > 0)
    return { ...nothing, unsure: cuts.map((cut) => ({ serial: cut, box })), doubt: "separator" };
  return { ...nothing, found: [{ serial, box }] };
}

/** Each serial once, where it stood first, with what any code says of its box. */
function eachOnce(list: readonly FoundSerial[]): FoundSerial[] {
  const bySerial = new Map<string, FoundSerial>();
  for (const { serial, box } of list) {
    const known = bySerial.get(serial)?.box ?? null;
    // Of codes that contradict each other the first one is believed.
    const isMore = known && box && !isBoxContradicted(known, box);
    bySerial.set(serial, { serial, box: isMore ? boxWith(known, box) : (known ?? box) });
  }
  return [...bySerial.values()];
}

/** Several codes as one; what is said of codes without a serial only where none has any. */
export function together(reads: readonly SerialsRead[]): SerialsRead {
  const found = eachOnce(reads.flatMap((read) => read.found));
  return {
    found,
    unsure: eachOnce(reads.flatMap((read) => read.unsure)),
    doubt: reads.find(({ doubt }) => doubt !== null)?.doubt ?? null,
    without: found.length > 0 ? null : (reads.find(({ without }) => without !== null)?.without ?? null),
  };
}

/** What stands beside a code and is of the shape of its serial number is another one. */
export function withSameShape(read: SerialsRead, beside: string): SerialsRead {
  const [first] = read.found;
  const shape = first && shapeOf(first.serial);
  const others = serialsAmong(beside).filter((serial) => shapeOf(serial) === shape);
  return together([read, { ...nothing, found: others.map((serial) => ({ serial, box: null })) }]);
}

/** What begins like an element string and is none: its serial field, or all of it, may be the serial. */
function readBroken(code: string): SerialsRead | null {
  const [field] = code.split(separator).filter((part) => /^21./.test(part));
  const serial = parseSerial(field ? field.slice(2) : code);
  if (field && serial) return { ...nothing, unsure: [{ serial, box: null }], doubt: "separator" };
  if (!beginsProduct(code)) return null;
  const without = boxOf(new Map([[code.slice(0, 2), code.slice(2, 16)]]));
  return serial
    ? { ...nothing, unsure: [{ serial, box: null }], doubt: "product", without }
    : { ...nothing, without };
}

/** An element string without brackets, or null where the text is none. */
export function readCode(text: string): SerialsRead | null {
  const [mark = ""] = symbology.exec(text) ?? [];
  const code = text.slice(mark.length);
  if (isShopSymbology(mark))
    return { ...nothing, without: boxOf(new Map([["01", code.replace(/\D/g, "")]])) };
  const isMarked = isGs1Symbology(mark) || code.includes(separator);
  if (!isMarked && !beginsProduct(code)) return null;
  const codes = elementsOf(code) ?? elementsOf(code.replace(/\s/g, ""));
  if (!codes) return readBroken(code);
  const read = together(codes.map((elements) => readElements(elements, code.includes(separator))));
  const serial = /^\d+$/.test(code) && !isMarked && read.found.length === 0 ? parseSerial(code) : null;
  return serial ? together([read, { ...nothing, unsure: [{ serial, box: null }], doubt: "product" }]) : read;
}
