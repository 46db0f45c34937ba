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
const leastUsualShare = 0.8;

const details = {
  encoding: "The file is neither UTF-8 nor GB18030.",
  "utf-16": "The file is UTF-16. Save it as CSV UTF-8.",
  binary: "The file is not a text file.",
  workbook: "The file is a workbook. Save the sheet as CSV UTF-8.",
  blank: "The file is empty.",
  empty: "The file has no rows below its header.",
  "too-large": "The file is too large.",
  "too-many": "The file has too many rows.",
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
 * Whether the characters beyond ASCII are mostly those of GB2312, which people write. Almost any file of Latin-1 decodes
 * as GB18030 as well, into wrong names, but then its pairs lie anywhere.
 */
function isUsualChinese(bytes: Uint8Array): boolean {
  let all = 0;
  let usual = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[i + 1] ?? 0;
    all += 1;
    const isArea = (lead >= 0xb0 && lead <= 0xf7) || (lead >= 0xa1 && lead <= 0xa9);
    if (isArea && trail >= 0xa1 && trail <= 0xfe) usual += 1;
    const isFourBytes = trail >= 0x30 && trail <= 0x39;
    i += isFourBytes ? 3 : 1;
  }
  return usual >= all * leastUsualShare;
}

/** The file's text and what it was encoded in; throws a Failure that says why there is none. */
export function readFile(bytes: Uint8Array): { text: string; encoding: Encoding } {
  if (bytes.length === 0) throw unusable("blank");
  if (workbooks.some((beginning) => startsWith(bytes, beginning))) throw unusable("workbook");
  if (utf16Boms.some((beginning) => startsWith(bytes, beginning))) throw unusable("utf-16");
  if (startsWith(bytes, pdf) || bytes.includes(0)) throw unusable("binary");
  const utf8 = decode(bytes, "utf-8");
  if (utf8 !== null) return { text: utf8, encoding: startsWith(bytes, bom) ? "utf-8-bom" : "utf-8" };
  const chinese = isUsualChinese(bytes) ? decode(bytes, "gb18030") : null;
  if (chinese === null) throw unusable("encoding");
  return { text: chinese, encoding: "gb18030" };
}
