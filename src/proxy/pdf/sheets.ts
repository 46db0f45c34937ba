import PDFDocument from "pdfkit";
import type { Drawing } from "#report/drawing.ts";
import type { Language } from "#words/language.ts";
import { draw as drawDrawing } from "./drawings.ts";
import { drawLogo, type Letterhead, logoSize } from "./letterhead.ts";
import { createPen, type Ink, type PdfFile } from "./pen.ts";
import type { TextLine } from "./typeset.ts";

export type Tagged = ReturnType<PdfFile["struct"]>;
export type Sheets = ReturnType<typeof createSheets>;

/** How a text looks; `leadPt` is from one baseline to the next. */
export interface Style extends Ink {
  readonly leadPt: number;
}

/** A part of a sheet's width. */
export interface Place {
  readonly x: number;
  readonly widthPt: number;
}

export type Paper = "a4" | "letter";

interface FileOptions {
  language: Language;
  paper: Paper;
  title: string;
  /** The only time in the bytes. */
  changedAtMs: number;
}

interface SheetOptions {
  language: Language;
  /** At the head of every sheet. */
  head: string;
  sidePt: number;
  letterhead: Letterhead | null;
  /** Below the page's number on every sheet. */
  foot: string | null;
}

const leastFootPt = 60;
const aboveFootPt = 20;
const belowFootPt = 16;
const edgePt = 28;
const columnGapPt = 12;
const fine: Style = { sizePt: 8.5, leadPt: 12, weight: "regular", color: "#55585e" };

/** A file without a sheet. */
export const createFile = ({ language, paper, title, changedAtMs }: FileOptions): PdfFile =>
  new PDFDocument({
    autoFirstPage: false,
    size: paper,
    margin: 0,
    pdfVersion: "1.7",
    // Its types are of the version before.
    subset: "PDF/UA" as "PDF/A-1",
    tagged: true,
    lang: language,
    displayTitle: true,
    bufferPages: true,
    // The fonts keep what they have shaped, for all files, and no more than is asked for again and again.
    fontLayoutCache: false,
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

/**
 * Sheets of paper that are filled from head to foot, from a new one of the file on. Everything on them has its place in
 * the structure that is read aloud, below `whole`, or is an artifact.
 */
export function createSheets(file: PdfFile, whole: Tagged, options: SheetOptions) {
  const { sidePt, letterhead } = options;
  file.addPage();
  const pen = createPen(file, options.language);
  const { linesOf, notShown } = pen;
  const widthPt = file.page.width - 2 * sidePt;
  const foot = options.foot ? linesOf(options.foot, widthPt, fine) : [];
  const footPt = Math.max(leastFootPt, aboveFootPt + (foot.length + 1) * fine.leadPt + belowFootPt);
  const bottomPt = file.page.height - footPt;
  const logo = letterhead?.logo ?? null;
  const logoPt = logo ? logoSize(logo) : { widthPt: 0, heightPt: 0 };
  const head = linesOf(options.head, widthPt - (logo ? logoPt.widthPt + columnGapPt : 0), fine);
  const headPt = Math.max(head.length * fine.leadPt, logoPt.heightPt);
  const topPt = edgePt + headPt + 18;
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
  /** What is drawn within is read aloud as part of an element. */
  function mark(element: Tagged, tag: string, paint: () => void): void {
    const content = file.markStructureContent(tag);
    paint();
    file.endMarkedContent();
    element.add(content);
  }
  /** What is drawn within is not read aloud. */
  function artifact(attributes: Parameters<PdfFile["markContent"]>[1], paint: () => void): void {
    file.markContent("Artifact", attributes);
    paint();
    file.endMarkedContent();
  }
  /** Lines below each other, on as many sheets as they take. */
  function draw(element: Tagged, tag: string, lines: readonly TextLine[], x: number, style: Style): void {
    for (let first = 0; first < lines.length; ) {
      keep(style.leadPt);
      const fitting = lines.slice(first, first + Math.floor((bottomPt - y) / style.leadPt));
      mark(element, tag, () => {
        for (const line of fitting) {
          pen.line(line, x, y + style.sizePt, style);
          y += style.leadPt;
        }
      });
      first += fitting.length;
    }
  }
  const onEverySheet = (attached: "Top" | "Bottom", lines: readonly TextLine[], fromPt: number): void =>
    artifact({ type: "Pagination", attached: [attached] }, () => {
      for (const [index, line] of lines.entries())
        pen.line(line, sidePt, fromPt + fine.sizePt + index * fine.leadPt, fine);
    });

  const letter = (): void => {
    if (!letterhead) return;
    if (logo)
      artifact({ type: "Pagination", attached: ["Top"] }, () =>
        drawLogo(file, logo, sidePt + widthPt - logoPt.widthPt, edgePt),
      );
    const { color } = letterhead;
    if (color)
      artifact({ type: "Layout" }, () => {
        file.rect(sidePt, edgePt + headPt + 6, widthPt, 1.5).fill(color);
      });
  };

  return {
    language: options.language,
    whole,
    begin,
    keep,
    /** All of a sheet's width. */
    place: { x: sidePt, widthPt } satisfies Place,
    /** What stands as a box so far. */
    notShown,
    space: (spacePt: number): void => {
      y += spacePt;
    },
    /** Draws parts beside each other, each from here down; the next line begins below the longest. */
    beside: (parts: readonly (() => void)[]): void => {
      const fromPt = y;
      let lowest = y;
      for (const part of parts) {
        y = fromPt;
        part();
        lowest = Math.max(lowest, y);
      }
      y = lowest;
    },
    heightOf: (text: string, at: Pick<Place, "widthPt">, style: Style): number =>
      linesOf(text, at.widthPt, style).length * style.leadPt,
    text: (
      parent: Tagged,
      tag: string,
      text: string,
      style: Style,
      { x, widthPt: roomPt }: Place = { x: sidePt, widthPt },
      attributes = {},
    ): void => draw(begin(parent, tag, attributes), tag, linesOf(text, roomPt, style), x, style),
    /** One text and, behind it in another style where there is room and else below, a second one. */
    phrase: (
      parent: Tagged,
      tag: string,
      [first, second]: readonly [text: string, style: Style][],
      { x, widthPt: roomPt }: Place,
    ): void => {
      if (!first || !second) return;
      const [[text, style], [after, quiet]] = [first, second];
      const [line] = linesOf(text, roomPt, style);
      if (!line) return;
      const usedPt = pen.widthOf(line, style.sizePt);
      const lines = linesOf(after, roomPt, quiet);
      const [next] = lines;
      const isBeside = lines.length === 1 && next && usedPt + pen.widthOf(next, quiet.sizePt) <= roomPt;
      mark(begin(parent, tag), tag, () => {
        pen.line(line, x, y + style.sizePt, style);
        if (isBeside) pen.line(next, x + usedPt, y + style.sizePt, quiet);
        y += style.leadPt;
        for (const other of isBeside ? [] : linesOf(after.trim(), roomPt, quiet)) {
          pen.line(other, x, y + quiet.sizePt, quiet);
          y += quiet.leadPt;
        }
      });
    },
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
    /** A chart, with what it shows for those who do not see it. */
    figure: (parent: Tagged, drawing: Drawing, { x, widthPt: roomPt }: Place): void => {
      mark(begin(parent, "Figure", { alt: drawing.alt }), "Figure", () =>
        drawDrawing(file, pen, drawing, x, y, roomPt),
      );
      y += (drawing.height * roomPt) / drawing.width;
    },
    /** A filled box of this line that says nothing by itself. */
    box: (x: number, dyPt: number, boxPt: number, heightPt: number, color: string): void =>
      artifact({ type: "Layout" }, () => {
        file.rect(x, y + dyPt, boxPt, heightPt).fill(color);
      }),
    rule: (): void =>
      artifact({ type: "Layout" }, () => {
        file
          .moveTo(sidePt, y)
          .lineTo(sidePt + widthPt, y)
          .lineWidth(0.5)
          .stroke("#d5d8dd");
      }),
    /** Puts the head and the page's number on every sheet; they are through then. */
    finish: (pageOf: (page: number, pages: number) => string): void => {
      const { start, count: pages } = file.bufferedPageRange();
      for (let page = 1; page <= pages; page += 1) {
        file.switchToPage(start + page - 1);
        onEverySheet("Top", head, edgePt);
        letter();
        const below = [...linesOf(pageOf(page, pages), widthPt, fine), ...foot];
        onEverySheet("Bottom", below, bottomPt + aboveFootPt);
      }
      file.flushPages();
    },
  };
}
