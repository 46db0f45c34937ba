import type { Language } from "#words/language.ts";
import { formatList } from "#words/list.ts";
import type { Messages } from "#words/messages.ts";

/** What stands where no font has what should. */
export const notShownBox = "□";

/** What a file says of itself. */
export interface SheetWords {
  pageOf(page: number, pages: number): string;
  /** Names them by their code points, as U+1F600. */
  notShown(texts: Iterable<string>): string;
  /** What the software is, below a partner's name or without one. */
  madeWith(name: string | null): string;
}

export function sheetWords(ui: Messages<"ui">, t: Messages<"report">, language: Language): SheetWords {
  const codesOf = (text: string) =>
    [...text].map((one) => `U+${one.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`).join(" ");
  return {
    pageOf: (page, pages) => ui("sheet.pageOf", { page, pages }),
    madeWith: (name) => (name === null ? t("ownMade") : t("madeWith", { name })),
    notShown: (texts) =>
      t("notShown", { box: notShownBox, codes: formatList([...texts].map(codesOf), language) }),
  };
}

/** What a file of many reports is called. */
export const bookTitle = (t: Messages<"report">, count: number): string => t("bookTitle", { count });
