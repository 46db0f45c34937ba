import { buffer } from "node:stream/consumers";
import type { Block, Entry, Line, Report } from "#report/report.ts";
import type { SheetWords } from "#report/sheet-words.ts";
import type { Letterhead } from "./letterhead.ts";
import type { PdfFile } from "./pen.ts";
import { createFile, createSheets, type Paper, type Sheets, type Tagged } from "./sheets.ts";
import { dense, large, missingColor, type Styles, usual } from "./styles.ts";
import { drawChart, drawFacts, drawShares, drawTable, drawTiles, leastRowPt } from "./write-charts.ts";

function drawLines(sheets: Sheets, lines: readonly Line[], { body, aroundRowPt, namePt }: Styles): void {
  if (lines.length === 0) return;
  const table = sheets.begin(sheets.whole, "Table");
  for (const { name, value, isMissing } of lines) {
    sheets.space(aroundRowPt);
    sheets.row(table, name, value, namePt, body, isMissing ? missingColor : body.color);
    sheets.space(aroundRowPt);
    sheets.rule();
  }
}

function drawEntry(sheets: Sheets, list: Tagged, { head, texts }: Entry, { body, quiet }: Styles): void {
  const item = sheets.begin(sheets.begin(list, "LI"), "LBody");
  const { x, widthPt } = sheets.place;
  sheets.space(5);
  sheets.keep(2 * body.leadPt);
  sheets.text(item, "P", head, quiet);
  for (const text of texts) sheets.text(item, "P", text, body, { x: x + 12, widthPt: widthPt - 12 });
}

const writingLinePt = 30;

/** How much of a block stands below its heading at least. */
function leastPt({ place }: Sheets, block: Block, { body, aroundRowPt }: Styles): number {
  switch (block.kind) {
    case "chart":
      return (block.drawing.height * place.widthPt) / block.drawing.width;
    case "table":
      return (block.rows.length + 1) * (body.leadPt + 2 * aroundRowPt);
    case "facts":
    case "tiles":
      return leastRowPt;
    default:
      return 3 * body.leadPt;
  }
}

/** A heading stands above what it is of: notes, and the first block that is none. */
function keepHeading(sheets: Sheets, below: readonly Block[], styles: Styles): void {
  const first = below.findIndex(({ kind }) => kind !== "note" && kind !== "shares");
  const sum = below
    .slice(0, first + 1)
    .reduce((all, block) => all + styles.aboveBlockPt + leastPt(sheets, block, styles), 0);
  sheets.keep(styles.heading.leadPt + sum);
}

function drawBlock(sheets: Sheets, block: Block, below: readonly Block[], styles: Styles): void {
  const { heading, body, quiet } = styles;
  if (block.kind === "heading") {
    sheets.space(styles.aboveHeadingPt);
    keepHeading(sheets, below, styles);
    sheets.text(sheets.whole, "H2", block.text, heading);
    return;
  }
  if (block.kind !== "entries") sheets.space(styles.aboveBlockPt);
  switch (block.kind) {
    case "paragraph":
      sheets.text(sheets.whole, "P", block.text, body);
      break;
    case "note":
      sheets.text(sheets.whole, "P", block.text, quiet);
      break;
    case "lines":
      drawLines(sheets, block.lines, styles);
      break;
    case "entries": {
      const list = sheets.begin(sheets.whole, "L");
      for (const entry of block.entries) drawEntry(sheets, list, entry, styles);
      break;
    }
    case "facts":
      drawFacts(sheets, block.facts, styles);
      break;
    case "table":
      drawTable(sheets, block, styles);
      break;
    case "shares":
      drawShares(sheets, block, styles);
      break;
    case "chart":
      drawChart(sheets, block, styles);
      break;
    case "tiles":
      drawTiles(sheets, block.tiles, styles);
      break;
    case "writing-lines":
      for (let line = 0; line < block.count; line += 1) {
        sheets.keep(writingLinePt);
        sheets.space(writingLinePt);
        sheets.rule();
      }
      sheets.space(styles.aboveHeadingPt);
  }
}

/** A report from a new sheet of a file on, below an element of what is read aloud. */
export function drawReport(
  file: PdfFile,
  whole: Tagged,
  { language, title, subtitle, type, blocks }: Report,
  words: SheetWords,
  letterhead: Letterhead | null,
): void {
  const styles = type ? { dense, large }[type] : usual;
  const head = subtitle ? `${title}\n${subtitle}` : title;
  const foot = letterhead
    ? [words.madeWith(letterhead.name), letterhead.legal].filter(Boolean).join(" · ")
    : null;
  const { sidePt } = styles;
  const sheets = createSheets(file, whole, { language, head, sidePt, letterhead, foot });
  sheets.text(sheets.whole, "H1", title, styles.title);
  for (const [index, block] of blocks.entries()) drawBlock(sheets, block, blocks.slice(index + 1), styles);
  if (sheets.notShown.size > 0) {
    sheets.space(16);
    sheets.text(sheets.whole, "P", words.notShown(sheets.notShown), styles.quiet);
  }
  sheets.finish(words.pageOf);
}

/** A report as a PDF file. The same report has the same bytes, whenever it is written. */
export function writeReport(
  report: Report,
  paper: Paper,
  words: SheetWords,
  letterhead: Letterhead | null = null,
): Promise<Buffer<ArrayBuffer>> {
  const file = createFile({ ...report, paper });
  const whole = file.struct("Document");
  file.addStructure(whole);
  drawReport(file, whole, report, words, letterhead);
  file.end();
  return buffer(file);
}
