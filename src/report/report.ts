import type { Band } from "#glucose/bands.ts";
import type { Language } from "#words/language.ts";
import type { Drawing, Tone } from "./drawing.ts";

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

export type TextBlock =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "lines"; readonly lines: readonly Line[] }
  | { readonly kind: "entries"; readonly entries: readonly Entry[] };

/** A number with its unit. */
interface Amount {
  readonly value: string;
  readonly unit: string;
}

/** A number under its name, the same by another method, what there is to say of it, and where it stands. */
export interface Fact extends Amount {
  readonly name: string;
  readonly also: Amount | null;
  readonly note: string | null;
  readonly drawing?: Drawing;
}

export interface Cell {
  readonly text: string;
  readonly isStrong?: boolean;
}

export interface Row {
  /** Shown before the first cell. */
  readonly band: Band | null;
  /** The sum of rows around it, or a part of the one above. */
  readonly isQuiet: boolean;
  readonly cells: readonly Cell[];
}

/** How wide a column is beside the others, and what stands above it. */
interface Column {
  readonly title: string;
  readonly weight: number;
}

/** A day of a calendar: its name, its curve in small and what is said of it. */
export interface Tile {
  readonly name: string;
  readonly part: string | null;
  readonly drawing: Drawing;
  readonly texts: readonly string[];
}

export type Block =
  | TextBlock
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "facts"; readonly facts: readonly Fact[] }
  | { readonly kind: "table"; readonly columns: readonly Column[]; readonly rows: readonly Row[] }
  | {
      readonly kind: "shares";
      readonly alt: string;
      readonly parts: readonly { readonly band: Band; readonly share: number; readonly text: string }[];
    }
  | {
      readonly kind: "chart";
      readonly drawing: Drawing;
      readonly legend: readonly { readonly tone: Tone; readonly text: string }[];
    }
  | { readonly kind: "tiles"; readonly tiles: readonly Tile[] }
  /** Room for a hand. */
  | { readonly kind: "writing-lines"; readonly count: number };

/** What is said of something, block by block, before it is Markdown or a PDF file. */
export interface Report<B extends Block = Block> {
  readonly language: Language;
  /** What it is about, on every sheet. */
  readonly title: string;
  /** Below it there: of what time it is. */
  readonly subtitle?: string;
  /** Much on few sheets, or little that everybody can read. */
  readonly type?: "dense" | "large";
  /** When its data was changed last. */
  readonly changedAtMs: number;
  readonly blocks: readonly B[];
}

/** One without charts. */
export type TextReport = Report<TextBlock>;
