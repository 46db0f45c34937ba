import { isPlainSerial, parseSerial, serialsAmong } from "#contract/serial.ts";
import { readBracketed } from "./bracketed-code.ts";
import { isSoundGtin, separator } from "./gs1.ts";
import {
  beginsProduct,
  longestField,
  noDetails,
  nothing,
  readCode,
  type SerialsRead,
  symbology,
  together,
  withSameShape,
} from "./scanned-code.ts";
import { isAddress, readAddress } from "./serial-address.ts";
import { readJson } from "./serial-json.ts";

/** Longer texts are lists, which have a page of their own. */
const longest = 200_000;
/** FNC1 as keyboards, editors and descriptions write it. */
const spelledSeparator = /<GS>|\{GS\}|\[GS\]|<FNC1>|\{FNC1\}|\^\]|\u241d|\\x1d|\\u001d/gi;

/** Full width, invisible characters and spelled-out separators made plain; lines stay. */
const plain = (text: string): string =>
  text
    .slice(0, longest)
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(spelledSeparator, separator)
    .replace(/\p{Cc}/gu, (control) => (`\n\r\t${separator}`.includes(control) ? control : ""));

const label =
  /(?:^|[\s,;|("'])(?:S\/?N|serial(?:[ _-]?(?:number|no\.?))?|device[ _]sn|(?:设备)?序列号)(?:\s*[:=#]\s*|\s+)((?=[A-Z.-]*\d)[A-Z0-9][A-Z0-9._-]*(?: (?=[A-Z]*\d)[A-Z0-9]{1,4}(?![A-Z0-9._-]))*)/gi;
const shortestLabelled = 4;

/** Behind its name alone, in pieces of whatever length. */
const inPieces =
  /^\s*(?:S\/?N|serial(?:[ _-]?(?:number|no\.?))?|device[ _]sn|(?:设备)?序列号)(?:\s*[:=#]\s*|\s+)((?=[A-Z]*\d)[A-Z0-9]{1,10}(?:[ -]\d[A-Z0-9]{0,9}){1,4})\s*$/i;

/** Serial numbers behind their name, as "SN: P225043056". */
function readLabelled(text: string): SerialsRead | null {
  const [, pieces = ""] = inPieces.exec(text) ?? [];
  const joined = pieces.replace(/[ -]/g, "").toUpperCase();
  if (
    joined.length <= longestField &&
    isPlainSerial(joined) &&
    !pieces.toUpperCase().split(/[ -]/).some(isPlainSerial)
  )
    return { ...nothing, found: [{ serial: parseSerial(pieces) ?? joined, box: null }] };
  const serials = [...text.matchAll(label)].flatMap(([, value = ""]) => parseSerial(value) ?? []);
  const found = serials.filter((serial) => serial.length >= shortestLabelled);
  return found.length === 0
    ? null
    : together(found.map((serial) => ({ ...nothing, found: [{ serial, box: null }] })));
}

const longestGroup = 4;
const mostGroups = 5;

/** A serial in groups, several serials, or serials in prose. */
function readWords(text: string): SerialsRead {
  const found = serialsAmong(text).map((serial) => ({ serial, box: null }));
  const words = text
    .toUpperCase()
    .split(/[^A-Z0-9._-]+/)
    .filter(Boolean);
  const serials = new Set(found.map((one) => one.serial));
  const others = words.filter((word) => !serials.has(word));
  if (found.length > 0 && others.length === 0) return together([{ ...nothing, found }]);
  const isProse = others.some((word) => word.length > longestGroup || !/\d/.test(word));
  if (found.length > 0 && (isProse || /[^A-Z0-9._\s-]/i.test(text)))
    return together([{ ...nothing, unsure: found, doubt: "words" }]);
  const isWord = (word: string, index: number) => (index === 0 ? /^[A-Z]{4,}$/ : /^[A-Z]{3,}$/).test(word);
  const isGroups =
    (words.length <= mostGroups || words.every((word) => word.length <= longestGroup)) &&
    (words.length === 1 || !words.some(isWord));
  const serial = isGroups ? parseSerial(text) : null;
  return serial && /\d/.test(serial) ? { ...nothing, found: [{ serial, box: null }] } : nothing;
}

/** Words that are the fields of one code, which a scanner or a person has set apart, joined again. */
function joinedWords(text: string): string[] {
  const pieces: string[] = [];
  for (const line of text.split(/[\n\r]+/)) {
    let isInCode = false;
    for (const word of line.split(/\s+/).filter(Boolean)) {
      const isNew = symbology.test(word) || beginsProduct(word) || isAddress(word) || !/^\d\d/.test(word);
      if (isInCode && !isNew) pieces.push(`${pieces.pop()}${separator}${word}`);
      else pieces.push(word);
      isInCode = isNew ? !isAddress(word) && readCode(word) !== null : isInCode;
    }
  }
  return pieces;
}

const ofLot =
  /^\s*(?:lot|batch|charge|ch\.?-b\.?|批号|批次)(?:\s*(?:no|nr|number|code)\.?|号)?[\s:：#=.-]*([A-Z0-9][A-Z0-9._/-]{1,19})\s*$/iu;

/** The number of a lot behind its name, and nothing else. */
function readLot(text: string): SerialsRead | null {
  const [, lot] = ofLot.exec(text) ?? [];
  return lot !== undefined && /\d/.test(lot) ? { ...nothing, without: { ...noDetails, lot } } : null;
}

/** The number of a product under its bars, typed without its field: its last digit follows from the others. */
function readGtin(text: string): SerialsRead | null {
  const digits = text.replace(/\s/g, "");
  if (!/^\d{13,14}$/.test(digits) || !isSoundGtin(digits)) return null;
  const without = { ...noDetails, gtin: digits.padStart(14, "0") };
  return { ...nothing, unsure: [{ serial: digits, box: null }], doubt: "product", without };
}

/**
 * The serial numbers in what somebody typed, pasted or scanned: GS1 element strings with and without brackets,
 * GS1 Digital Links, addresses, JSON, and plain words.
 */
export function readSerials(typed: string): SerialsRead {
  const product = readGtin(typed);
  if (product) return product;
  // Most lines of a long list; too short for the number of a product with anything behind it.
  if (/^(?=.*\d)[A-Za-z0-9]{1,15}$/.test(typed))
    return { ...nothing, found: [{ serial: typed.toUpperCase(), box: null }] };
  const text = plain(typed);
  const json = readJson(text);
  if (json) return json;
  const bracketed = readBracketed(text);
  // A code that goes on behind another, as from two scans into one field.
  const pieces = joinedWords((bracketed?.rest ?? text).replace(/\](?=(?:C1|d2|Q3|J1|e0))/gi, " ]"));
  const reads = pieces.map((piece) => (isAddress(piece) ? readAddress(piece) : readCode(piece)));
  const codes = [bracketed?.read ?? null, ...reads].filter((read) => read !== null);
  if (codes.length > 0) {
    const beside = pieces.filter((_, place) => reads[place] === null).join(" ");
    return withSameShape(together(codes), beside);
  }
  const bare = pieces.length === 1 ? text.trim().replace(symbology, "") : text;
  return readLabelled(bare) ?? readLot(bare) ?? readWords(bare);
}
