import { notShownBox } from "#report/sheet-words.ts";
import type { Language } from "#words/language.ts";
import { type FontName, fontFor, type Weight } from "./fonts.ts";

/** A part of a line in one font. */
export interface Run {
  readonly font: FontName;
  readonly text: string;
  /** What no font has, where `text` is the box that stands for it. */
  readonly notShown: string | null;
}

export interface TextLine {
  readonly runs: readonly Run[];
}

type WidthOf = (text: string, font: FontName, sizePt: number) => number;

const opening = "（「『【〈《“‘([{";
const closing = "、。，．：；！？）」』】〉》”’…—%‰℃)\\]},.!?:;";
const ideograph = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}";
/** What stays in one line: a word, or one Chinese character, with the signs around it and the space behind it. */
const word = new RegExp(
  `[${opening}]*(?:[${ideograph}][${closing}]*|[^ ${ideograph}${opening}]+) *|[${opening}]+ *| +`,
  "gu",
);

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const graphemesOf = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => segment);

/** Nothing that is not drawn, for which a font may have an empty box; one kind of space but that which holds words together. */
const drawn = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/[\t\u1680\u2000-\u200a\u202f\u205f\u3000]/gu, " ")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "");

export interface Setting {
  readonly sizePt: number;
  readonly weight: Weight;
}

/** Breaks texts into lines of one width, in whatever fonts have what they say. */
export function createTypesetter(language: Language, widthOf: WidthOf) {
  const notShown = new Set<string>();
  const known: Record<Weight, Map<string, readonly Run[]>> = { regular: new Map(), bold: new Map() };

  function graphemeRun(grapheme: string, weight: Weight): Run {
    const font = fontFor(grapheme, language, weight);
    if (font) return { font, text: grapheme, notShown: null };
    notShown.add(grapheme);
    return {
      font: fontFor(notShownBox, language, weight) ?? "chinese",
      text: notShownBox,
      notShown: grapheme,
    };
  }

  /** A word in one font, if there is one that has all of it. */
  function runsOf(text: string, weight: Weight): readonly Run[] {
    const before = known[weight].get(text);
    if (before) return before;
    const font = fontFor(text, language, weight);
    const runs = font
      ? [{ font, text, notShown: null }]
      : joined(graphemesOf(text).map((grapheme) => graphemeRun(grapheme, weight)));
    known[weight].set(text, runs);
    return runs;
  }

  const widthOfRuns = (runs: readonly Run[], sizePt: number) =>
    runs.reduce((sum, { font, text }) => sum + widthOf(text, font, sizePt), 0);

  function paragraphLines(text: string, widthPt: number, { sizePt, weight }: Setting): TextLine[] {
    const lines: Run[][] = [[]];
    let left = widthPt;
    const put = (runs: readonly Run[], width: number) => {
      lines.at(-1)?.push(...runs);
      left -= width;
    };
    const begin = () => {
      lines.push([]);
      left = widthPt;
    };
    const widthOfWord = (part: string) => widthOfRuns(runsOf(part, weight), sizePt);
    for (const whole of drawn(text).match(word) ?? []) {
      // A space at a line's end may stand outside.
      const inked = widthOfWord(whole.trimEnd());
      if (inked > left && left < widthPt) begin();
      if (inked <= left) {
        put(runsOf(whole, weight), widthOfWord(whole));
        continue;
      }
      for (const grapheme of graphemesOf(whole)) {
        const width = widthOfWord(grapheme);
        if (width > left && left < widthPt && grapheme !== " ") begin();
        put(runsOf(grapheme, weight), width);
      }
    }
    return lines.map((runs) => ({ runs: joined(runs) }));
  }

  return {
    /** What had to be drawn as a box so far. */
    notShown: notShown as ReadonlySet<string>,
    /** Every line of a text begins a line. */
    lines: (text: string, widthPt: number, setting: Setting): TextLine[] =>
      text.split(/\r\n|[\n\r\u2028\u2029]/u).flatMap((line) => paragraphLines(line, widthPt, setting)),
  };
}

/** Neighbours in the same font are drawn at once, and read aloud together. */
function joined(runs: readonly Run[]): Run[] {
  const whole: Run[] = [];
  for (const run of runs) {
    const last = whole.at(-1);
    if (last && last.font === run.font && (last.notShown === null) === (run.notShown === null))
      whole[whole.length - 1] = {
        font: last.font,
        text: last.text + run.text,
        notShown: last.notShown === null ? null : last.notShown + run.notShown,
      };
    else whole.push(run);
  }
  return whole;
}
