import type { importEncodings } from "#contract/import.ts";
import { Failure } from "../failure.ts";

type Encoding = (typeof importEncodings)[number];

const bom = [0xef, 0xbb, 0xbf];
const utf16Boms = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];
/** ZIP, which .xlsx is, and the container of the older .xls. */
const workbooks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];
const pdf = [0x25, 0x50, 0x44, 0x46];

const details = {
  encoding: "The file is not UTF-8, and does not read as Chinese in GB18030 either. Save it as CSV UTF-8.",
  "utf-16": "The file is UTF-16. Save it as CSV UTF-8.",
  binary: "The file is not a text file.",
  workbook: "The file is a workbook. Save the sheet as CSV UTF-8.",
  blank: "The file is empty.",
  empty: "The file has no rows below its header.",
  "too-many": "The file has too many rows.",
  "json-large": "The file is JSON of more than 20 MB, or of more than a table holds. Save it as CSV.",
  "long-line": "A line has more than 65,536 characters. Put each serial number on a line of its own.",
  blocks:
    "What is said of each serial number stands on lines of its own, and it is not certain which belongs to which. Make a table with one line for each, or a list of the serial numbers alone.",
  "no-serials": "Nothing in it is a serial number.",
  columns: "A column that is needed is missing or there twice.",
} as const;

/** A file that cannot be used as a whole, and why in a stable word; `more` says what was found in it. */
export const unusable = (
  reason: keyof typeof details,
  more: readonly { field: string; reason: string }[] = [],
): Failure =>
  new Failure("invalid-request", { detail: details[reason], fields: [{ field: "file", reason }, ...more] });

const startsWith = (bytes: Uint8Array, beginning: readonly number[]) =>
  beginning.every((byte, i) => bytes[i] === byte);

function decode(bytes: Uint8Array, encoding: "utf-8" | "gb18030"): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The file's text and what it was encoded in, GB18030 where it may be that (see `requireChinese`); throws a
 * Failure that says why there is none.
 */
export function readFile(bytes: Uint8Array): { text: string; encoding: Encoding } {
  if (bytes.length === 0) throw unusable("blank");
  if (workbooks.some((beginning) => startsWith(bytes, beginning))) throw unusable("workbook");
  if (utf16Boms.some((beginning) => startsWith(bytes, beginning))) throw unusable("utf-16");
  if (startsWith(bytes, pdf) || bytes.includes(0)) throw unusable("binary");
  const utf8 = decode(bytes, "utf-8");
  if (utf8 !== null) return { text: utf8, encoding: startsWith(bytes, bom) ? "utf-8-bom" : "utf-8" };
  const chinese = decode(bytes, "gb18030");
  if (chinese === null) throw unusable("encoding");
  return { text: chinese, encoding: "gb18030" };
}
