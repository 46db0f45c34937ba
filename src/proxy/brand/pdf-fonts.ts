/** The fonts of PDF files have no signs of other scripts, which would be boxes. */
const inPdfFonts =
  /^(?:(?!\p{Extended_Pictographic})[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Common}\p{Script=Inherited}]|[\d#*©®™])*$/u;

export const isInPdfFonts = (text: string): boolean => inPdfFonts.test(text);
