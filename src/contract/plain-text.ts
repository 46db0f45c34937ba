const invisible = /\u20E3|[\u00AD\u200B-\u200F\u2060\u2066-\u2069\uFEFF]|\uFE0E|\uFE0F/gu;

/** Of a digit of any script: their tens begin at 0 or at 6 of a row of sixteen. */
function digitOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const inRow = code % 16;
  return String(/\p{Nd}/u.test(String.fromCodePoint(code - inRow)) ? inRow : inRow - 6);
}

/**
 * In digits and with decimal points as everybody types them: full width, keycaps, those of other scripts, a point in the
 * middle of the line as it is written by hand, and the letter O for a zero before a decimal point.
 */
export const plainOf = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(invisible, "")
    .replace(/\p{Nd}/gu, (digit) => (digit <= "9" ? digit : digitOf(digit)))
    .replace(/(?<=\d)[٫·‧∙⋅•・。](?=\d)/gu, ".")
    .replace(/(?<![\p{L}\p{N}])[OoОоΟο](?=[.,]\d)/gu, "0")
    .replace(/(?<=\d[.,]\d)\/(?=\d{1,2}[.,]\d)/gu, " ");
