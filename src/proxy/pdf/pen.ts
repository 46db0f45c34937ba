import type PDFDocument from "pdfkit";
import type { Language } from "#words/language.ts";
import { type FontName, fontOf } from "./fonts.ts";
import { createTypesetter, type Setting, type TextLine } from "./typeset.ts";

export type PdfFile = InstanceType<typeof PDFDocument>;
export type Pen = ReturnType<typeof createPen>;

/** How a text looks. */
export interface Ink extends Setting {
  readonly color: string;
}

/** Writes in fonts that are parsed once for all files; each file has only the glyphs that it shows. */
export function createPen(file: PdfFile, language: Language) {
  const used = new Set<FontName>();
  const withFont = (name: FontName, sizePt: number): PdfFile => {
    if (!used.has(name)) {
      used.add(name);
      // It takes a parsed font as well, of which its types do not know.
      file.registerFont(name, fontOf(name) as unknown as Buffer);
    }
    return file.font(name, sizePt);
  };
  const widthOfText = (text: string, font: FontName, sizePt: number) =>
    withFont(font, sizePt).widthOfString(text);
  const { lines, notShown } = createTypesetter(language, widthOfText);
  return {
    linesOf: lines,
    /** What had to be drawn as a box so far. */
    notShown,
    widthOf: ({ runs }: TextLine, sizePt: number): number =>
      runs.reduce((sum, { font, text }) => sum + widthOfText(text, font, sizePt), 0),
    line: ({ runs }: TextLine, leftPt: number, baselinePt: number, { sizePt, color }: Ink): void => {
      let x = leftPt;
      for (const { font, text, notShown: hidden } of runs) {
        withFont(font, sizePt).fillColor(color);
        // Copied and read aloud as what it stands for.
        if (hidden !== null) file.markContent("Span", { actual: hidden });
        file.text(text, x, baselinePt, { lineBreak: false, baseline: "alphabetic" });
        if (hidden !== null) file.endMarkedContent();
        x += widthOfText(text, font, sizePt);
      }
    },
  };
}
