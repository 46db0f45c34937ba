/**
 * Lengths of the fixed GS1 fields that stand on boxes before the serial
 * (21); the others end with a separator.
 */
const fixedFields: Record<string, number> = { "01": 14, "02": 14, "11": 6, "13": 6, "15": 6, "17": 6 };
const separator = "\u001d";

/** The serial field (21) of a GS1 code, or null when it is none. */
function gs1Serial(code: string): string | null {
  let rest = code.replace(/^\](C1|d2|Q3)/, "");
  if (!/^01\d{14}/.test(rest) && !rest.startsWith(separator)) return null;
  while (rest.length > 2) {
    if (rest.startsWith(separator)) {
      rest = rest.slice(1);
      continue;
    }
    const field = rest.slice(0, 2);
    const value = rest.slice(2);
    if (field === "21") return value.split(separator)[0] ?? null;
    const length = fixedFields[field];
    if (length !== undefined) rest = value.slice(length);
    else if (value.includes(separator)) rest = value.slice(value.indexOf(separator));
    else return null;
  }
  return null;
}

/**
 * What a scanned barcode or QR code says of the serial number: its GS1 serial field, written with or without
 * brackets, the `sn` or the last part of an address, or else all of it.
 */
export function serialInCode(code: string): string {
  const bracketed = /\(21\)([^(]+)/.exec(code)?.[1];
  if (bracketed) return bracketed;
  const gs1 = gs1Serial(code);
  if (gs1) return gs1;
  if (!/^https?:\/\//i.test(code) || !URL.canParse(code)) return code;
  const { searchParams, pathname } = new URL(code);
  return (
    searchParams.get("sn") ?? searchParams.get("serial") ?? pathname.split("/").findLast(Boolean) ?? code
  );
}
