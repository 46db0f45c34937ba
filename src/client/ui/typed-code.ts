/** A code as it was meant: an input method types digits in full width, and an app shows them in groups. */
export const plainCode = (typed: string): string => typed.normalize("NFKC").replace(/[\s\p{Cf}]/gu, "");
