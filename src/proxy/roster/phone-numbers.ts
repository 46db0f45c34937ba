/** With fewer digits than a whole number has, so much of it finds somebody in the list of patients. */
export const shortestPhoneEnd = 4;
/** Anywhere a number has as many digits, without the country's code and the zero in its place. */
const shortestWhole = 7;
/** Nowhere has one more, so that a longer one has its country's code before it. */
const longestNational = 11;
/** ITU-T E.164: of one digit, of two, or of three. */
const countryCode = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/** The digits of what is written as a phone number; none of anything else. */
export function phoneDigits(text: string): string {
  const written = text.normalize("NFKC");
  return /^[\d\s+()./\-‐-―]+$/.test(written) ? written.replace(/\D/g, "") : "";
}

interface PhoneNumber {
  /** With the country's code; null where it was given without. */
  readonly full: string | null;
  readonly national: string;
}

function phoneNumberOf(text: string): PhoneNumber {
  const digits = phoneDigits(text);
  const bare = digits.replace(/^0+/, "");
  const isFull = /^\s*\+|^\s*\(?00/.test(text.normalize("NFKC")) || bare.length > longestNational;
  if (!isFull) return { full: null, national: bare };
  const [code = ""] = countryCode.exec(bare) ?? [];
  const national = bare.slice(code.length).replace(/^0+/, "");
  return { full: code + national, national };
}

/** The last digits that a number has however it is written; empty where it is too short for a whole one. */
export function wholePhoneEnd(text: string): string {
  const { national } = phoneNumberOf(text);
  return national.length < shortestWhole ? "" : national.slice(-shortestWhole);
}

/** Whether two are the same number, with or without the country's code, or the zero in its place. */
export function isSamePhone(one: string, other: string): boolean {
  const [a, b] = [phoneNumberOf(one), phoneNumberOf(other)];
  return a.full !== null && b.full !== null ? a.full === b.full : a.national === b.national;
}
