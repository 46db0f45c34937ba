import { buffer } from "node:stream/consumers";
import PDFDocument from "pdfkit";
import type { Language } from "#words/language.ts";
import { type FontName, fontOf } from "./fonts.ts";
import { createTypesetter, type Setting, type TextLine } from "./typeset.ts";

type PdfFile = InstanceType<typeof PDFDocument>;
export type Tagged = ReturnType<PdfFile["struct"]>;

/** How a text looks; `leadPt` is from one baseline to the next. */
export interface Style extends Setting {
  readonly leadPt: number;
  readonly color: string;
}

interface SheetOptions {
  language: Language;
  paper: "a4" | "letter";
  /** At the head of every sheet. */
  title: string;
  /** The only time in the bytes. */
  changedAtMs: number;
}

const sidePt = 54;
const footPt = 60;
const edgePt = 28;
const columnGapPt = 12;
const fine: Style = { sizePt: 8.5, leadPt: 12, weight: "regular", color: "#55585e" };

const createFile = ({ language, paper, title, changedAtMs }: SheetOptions): PdfFile =>
  new PDFDocument({
    size: paper,
    margin: 0,
    pdfVersion: "1.7",
    // Its types are of the version before.
    subset: "PDF/UA" as "PDF/A-1",
    tagged: true,
    lang: language,
    displayTitle: true,
    bufferPages: true,
    // Otherwise one that is not embedded.
    font: "",
    info: {
      // It is written into XML as it is.
      Title: title.replace(/[<>&]/g, " "),
      Creator: "Trendline",
      Producer: "Trendline",
      CreationDate: new Date(changedAtMs),
      ModDate: new Date(changedAtMs),
    },
  });

/** Draws in fonts that are parsed once for all files; each file has only the glyphs that it shows. */
function createPen(file: PdfFile) {
  const used = new Set<FontName>();
  const withFont = (name: FontName, sizePt: number): PdfFile => {
    if (!used.has(name)) {
      used.add(name);
      // It takes a parsed font as well, of which its types do not know.
      file.registerFont(name, fontOf(name) as unknown as Buffer);
    }
    return file.font(name, sizePt);
  };
  const widthOf = (text: string, font: FontName, sizePt: number) =>
    withFont(font, sizePt).widthOfString(text);
  return {
    widthOf,
    line: ({ runs }: TextLine, leftPt: number, baselinePt: number, { sizePt, color }: Style): void => {
      let x = leftPt;
      for (const { font, text, notShown } of runs) {
        withFont(font, sizePt).fillColor(color);
        // Copied and read aloud as what it stands for.
        if (notShown !== null) file.markContent("Span", { actual: notShown });
        file.text(text, x, baselinePt, { lineBreak: false, baseline: "alphabetic" });
        if (notShown !== null) file.endMarkedContent();
        x += widthOf(text, font, sizePt);
      }
    },
  };
}

/**
 * Sheets of paper that are filled from head to foot. Everything on them has its place in the structure that is read
 * aloud, or is an artifact.
 */
export function createSheets(options: SheetOptions) {
  const file = createFile(options);
  const pen = createPen(file);
  const { lines: linesOf, notShown } = createTypesetter(options.language, pen.widthOf);
  const widthPt = file.page.width - 2 * sidePt;
  const bottomPt = file.page.height - footPt;
  const head = linesOf(options.title, widthPt, fine);
  const topPt = edgePt + head.length * fine.leadPt + 18;
  const whole = file.struct("Document");
  file.addStructure(whole);
  /** Where the next line begins. */
  let y = topPt;

  const sheetCount = () => file.bufferedPageRange().count;
  function keep(neededPt: number): void {
    if (y + neededPt <= bottomPt) return;
    file.addPage();
    y = topPt;
  }
  function begin(parent: Tagged, tag: string, attributes = {}): Tagged {
    const element = file.struct(tag, attributes);
    parent.add(element);
    return element;
  }
  /** Lines below each other, on as many sheets as they take. */
  function draw(element: Tagged, tag: string, lines: readonly TextLine[], x: number, style: Style): void {
    for (let first = 0; first < lines.length; ) {
      keep(style.leadPt);
      const fitting = lines.slice(first, first + Math.floor((bottomPt - y) / style.leadPt));
      const content = file.markStructureContent(tag);
      for (const line of fitting) {
        pen.line(line, x, y + style.sizePt, style);
        y += style.leadPt;
      }
      file.endMarkedContent();
      element.add(content);
      first += fitting.length;
    }
  }
  function artifact(attached: "Top" | "Bottom", lines: readonly TextLine[], fromPt: number): void {
    file.markContent("Artifact", { type: "Pagination", attached: [attached] });
    for (const [index, line] of lines.entries())
      pen.line(line, sidePt, fromPt + fine.sizePt + index * fine.leadPt, fine);
    file.endMarkedContent();
  }

  return {
    whole,
    begin,
    keep,
    /** What stands as a box so far. */
    notShown,
    space: (spacePt: number): void => {
      y += spacePt;
    },
    text: (parent: Tagged, tag: string, text: string, style: Style, indentPt = 0): void =>
      draw(begin(parent, tag), tag, linesOf(text, widthPt - indentPt, style), sidePt + indentPt, style),
    /** A row of a table: a name and, beside it, what may go on over the next sheets. */
    row: (
      table: Tagged,
      name: string,
      value: string,
      namePt: number,
      style: Style,
      valueColor: string,
    ): void => {
      const names = linesOf(name, namePt, style);
      const valuePt = widthPt - namePt - columnGapPt;
      const values = linesOf(value, valuePt, style);
      keep(Math.max(names.length, Math.min(2, values.length)) * style.leadPt);
      const row = begin(table, "TR");
      const [sheet, fromPt] = [sheetCount(), y];
      draw(begin(row, "TH", { scope: "Row" }), "TH", names, sidePt, { ...style, color: fine.color });
      const namesEndPt = y;
      y = fromPt;
      draw(begin(row, "TD"), "TD", values, sidePt + namePt + columnGapPt, { ...style, color: valueColor });
      if (sheetCount() === sheet) y = Math.max(y, namesEndPt);
    },
    rule: (): void => {
      file.markContent("Artifact", { type: "Layout" });
      file
        .moveTo(sidePt, y)
        .lineTo(sidePt + widthPt, y)
        .lineWidth(0.5)
        .stroke("#d5d8dd");
      file.endMarkedContent();
    },
    /** The finished file, with the title and the page's number on every sheet. */
    finish: (pageOf: (page: number, pages: number) => string): Promise<Buffer<ArrayBuffer>> => {
      const pages = sheetCount();
      for (let page = 1; page <= pages; page += 1) {
        file.switchToPage(page - 1);
        artifact("Top", head, edgePt);
        artifact("Bottom", linesOf(pageOf(page, pages), widthPt, fine), file.page.height - footPt + 20);
      }
      file.end();
      return buffer(file);
    },
  };
}
