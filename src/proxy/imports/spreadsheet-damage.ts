/** Of a long number a spreadsheet keeps so many digits and makes the others zeros. */
const digitsKept = 15;

export const isRounded = (text: string) =>
  /^\d+[.,]\d+E[+-]?\d+$/i.test(text) ||
  /^\d+E[+-]\d+$/i.test(text) ||
  (/^\d+$/.test(text) && text.length >= digitsKept + 2 && /^0+$/.test(text.slice(digitsKept)));

/** "1-Mar", "Mar-01", "1. Mrz 26", "3月1日", "1/3/2026": what a spreadsheet makes of 3-1 or MAR1. */
const months =
  "jan|feb|fév|mar|mär|mrz|mrt|apr|avr|abr|may|mai|mag|maj|jun|jui|giu|jul|lug|aug|aoû|ago|sep|set|oct|okt|ott|nov|dec|dez|déc|dic";
const isDate = (text: string) =>
  new RegExp(`^\\d{1,4}[-. /]+(${months})\\p{L}{0,7}\\.?([-. /]+\\d{2,4})?$`, "iu").test(text) ||
  new RegExp(`^(${months})\\p{L}{0,7}\\.?[- /]+\\d{1,4}$`, "iu").test(text) ||
  /^\d{1,4}\/\d{1,2}(\/\d{1,4})?$/.test(text) ||
  /^(\d{2,4}年)?\d{1,2}月(\d{1,2}日)?$/.test(text);

/** "#N/A", "#REF!", "#NAME?", "#####" and what they are in other languages. */
const isError = (text: string) => /^#(#+|[\p{Lu}\p{Nd}/.]+[!?]|N\/A|N\/D|NV|NA)$/iu.test(text);

/** What programs write for nothing. */
const isNothing = (text: string) => /^\(?(null|undefined|n\/a)\)?$/i.test(text);
/** Nobody's ID, though it may be somebody's name. */
const isNoUid = (text: string) => /^(none|nan|nil|-+)$/i.test(text);

/** What a spreadsheet has made of a cell, so that what was typed is lost; null where it looks as typed. */
export function damageOf(text: string): "error" | "nothing" | null {
  if (isError(text)) return "error";
  return isNothing(text) ? "nothing" : null;
}

/** The same of an ID, which may have become a number or a date besides. */
export function damageOfUid(uid: string): ReturnType<typeof damageOf> | "spreadsheet" | "date" {
  if (isRounded(uid)) return "spreadsheet";
  if (isDate(uid)) return "date";
  return isNoUid(uid) ? "nothing" : damageOf(uid);
}

/** A number of 16 digits that ends in a zero: one in ten does, and each that a spreadsheet has rounded. */
export const mayBeRounded = (uid: string): boolean => new RegExp(`^\\d{${digitsKept}}0$`).test(uid);
