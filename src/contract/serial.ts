/**
 * A serial number as people type, paste or scan it, to the form the platform knows: no white space or
 * invisible characters, upper case. Null when what remains cannot be a serial number (empty, over 64
 * characters, or other than letters, digits, dot, hyphen, underscore).
 */
export function parseSerial(text: string): string | null {
  const serial = text
    .normalize("NFKC")
    .replace(/[\s\p{Cf}\p{Cc}]/gu, "")
    .toUpperCase();
  return /^[A-Z0-9._-]{1,64}$/.test(serial) && /[A-Z0-9]/.test(serial) ? serial : null;
}

/** Long enough, and with enough digits, to be nothing but a serial number; not a date. */
export const isPlainSerial = (word: string): boolean =>
  /^[A-Z0-9][A-Z0-9._-]{6,63}$/.test(word) &&
  word.replace(/\D/g, "").length >= 4 &&
  !/^(\d{4}[.-]\d\d?[.-]\d\d?|\d\d?[.-]\d\d?[.-]\d{4})$/.test(word);

/** Letters and digits alike: the shape that serial numbers of one kind share. */
export const shapeOf = (serial: string) => serial.replace(/[A-Z]/g, "A").replace(/\d/g, "9");

/**
 * The serial numbers that stand as words of their own in a text: those of one shape, that of the first one
 * beginning with a letter, so that a lot number or a date beside them is not taken for another.
 */
export function serialsAmong(text: string): string[] {
  const words = text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .toUpperCase()
    // A letter of another alphabet belongs to its word, which is no serial number then; Chinese has no spaces.
    .split(/[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}._-]+/u)
    .map((word) => word.replace(/^[._-]+|[._-]+$/g, ""));
  const plain = words.filter(isPlainSerial);
  const first = plain.find((word) => /^[A-Z]/.test(word)) ?? plain[0];
  return first === undefined ? [] : plain.filter((word) => shapeOf(word) === shapeOf(first));
}
