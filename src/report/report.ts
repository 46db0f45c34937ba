import type { Language } from "#words/language.ts";

/** A name and what stands for it. */
export interface Line {
  readonly name: string;
  readonly value: string;
  /** It should be there and is not: the value says so. */
  readonly isMissing: boolean;
}

/** Something of a moment: when and by whom, and what. */
export interface Entry {
  readonly head: string;
  readonly texts: readonly string[];
}

export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "lines"; readonly lines: readonly Line[] }
  | { readonly kind: "entries"; readonly entries: readonly Entry[] };

/** What is said of something, block by block, before it is Markdown or a PDF file. */
export interface Report {
  readonly language: Language;
  /** What it is about, on every sheet. */
  readonly title: string;
  /** When its data was changed last. */
  readonly changedAtMs: number;
  readonly blocks: readonly Block[];
}
