/** A code as the library compares it: people type spaces, and full-width digits with a Chinese keyboard. */
export const plainCode = (typed: string): string => typed.normalize("NFKC").replaceAll(/\s/g, "");
