import type { Block, Entry, Line, Report } from "#report/report.ts";
import type { SheetWords } from "#report/sheet-words.ts";
import { createSheets, type Style, type Tagged } from "./sheets.ts";

const ink = "#16181d";
const body: Style = { sizePt: 10, leadPt: 14.5, weight: "regular", color: ink };
const quiet: Style = { ...body, color: "#55585e" };
const title: Style = { sizePt: 18, leadPt: 24, weight: "bold", color: ink };
const heading: Style = { sizePt: 13, leadPt: 18, weight: "bold", color: ink };
const missingColor = "#9a3b00";
const namePt = 150;

type Sheets = ReturnType<typeof createSheets>;

function drawLines(sheets: Sheets, lines: readonly Line[]): void {
  const table = sheets.begin(sheets.whole, "Table");
  for (const { name, value, isMissing } of lines) {
    sheets.space(3);
    sheets.row(table, name, value, namePt, body, isMissing ? missingColor : ink);
    sheets.space(3);
    sheets.rule();
  }
}

function drawEntry(sheets: Sheets, list: Tagged, { head, texts }: Entry): void {
  const item = sheets.begin(sheets.begin(list, "LI"), "LBody");
  sheets.space(5);
  sheets.keep(2 * body.leadPt);
  sheets.text(item, "P", head, quiet);
  for (const text of texts) sheets.text(item, "P", text, body, 12);
}

function drawBlock(sheets: Sheets, block: Block): void {
  switch (block.kind) {
    case "heading":
      sheets.space(16);
      sheets.keep(heading.leadPt + 3 * body.leadPt);
      sheets.text(sheets.whole, "H2", block.text, heading);
      return;
    case "paragraph":
      sheets.space(4);
      sheets.text(sheets.whole, "P", block.text, body);
      return;
    case "lines":
      sheets.space(4);
      drawLines(sheets, block.lines);
      return;
    case "entries": {
      const list = sheets.begin(sheets.whole, "L");
      for (const entry of block.entries) drawEntry(sheets, list, entry);
    }
  }
}

/** A report as a PDF file. The same report has the same bytes, whenever it is written. */
export function writeReport(
  { language, title: text, changedAtMs, blocks }: Report,
  paper: "a4" | "letter",
  words: SheetWords,
): Promise<Buffer<ArrayBuffer>> {
  const sheets = createSheets({ language, paper, title: text, changedAtMs });
  sheets.text(sheets.whole, "H1", text, title);
  for (const block of blocks) drawBlock(sheets, block);
  if (sheets.notShown.size > 0) {
    sheets.space(16);
    sheets.text(sheets.whole, "P", words.notShown(sheets.notShown), quiet);
  }
  return sheets.finish(words.pageOf);
}
