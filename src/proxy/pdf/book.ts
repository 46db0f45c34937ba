import type { Report } from "#report/report.ts";
import type { SheetWords } from "#report/sheet-words.ts";
import type { Letterhead } from "./letterhead.ts";
import type { PdfFile } from "./pen.ts";
import { createFile, type Paper } from "./sheets.ts";
import { drawReport } from "./write-report.ts";

/** What its types do not know of pdfkit: which elements have the marks of a page, page by page. */
interface ParentTree {
  get(key: number): unknown[];
  add(key: number, value: unknown): void;
}
/** An object of the file. Once it is written, only its number is read, and of an element whose part it is. */
interface FileObject {
  data: { P?: unknown };
}
type WithParents = PdfFile & {
  getStructParentTree(): ParentTree;
  page: { structParentTreeKey: number };
  _refEnd(written: FileObject): void;
};
const nothing = {};

/**
 * One PDF file of many reports, each with its own page numbers and in the outline. What is written so far is given
 * away report by report, so that it need not be held; fonts and the outline stand at its end.
 */
export function createBook(title: string, paper: Paper, first: Report, letterhead: Letterhead | null) {
  const file = createFile({ ...first, title, paper }) as WithParents;
  // Whatever is written is given up: the elements of 500 reports would take 40 MB of the thread's 96.
  const noteWritten = file._refEnd.bind(file);
  file._refEnd = (written) => {
    noteWritten(written);
    const { P } = written.data;
    written.data = P === undefined ? nothing : { P };
  };
  const whole = file.struct("Document");
  file.addStructure(whole);
  let latestMs = first.changedAtMs;
  const written = (): Uint8Array<ArrayBuffer> => {
    const parts: Uint8Array[] = [];
    for (let part = file.read(); part !== null; part = file.read()) parts.push(part as unknown as Uint8Array);
    return Buffer.concat(parts);
  };
  const pageKeys: number[] = [];
  file.on("pageAdded", () => pageKeys.push(file.page.structParentTreeKey));

  /** Writes down which elements a page has: held until the end, those of 500 reports take 400 MB. */
  function writeParents(): void {
    const tree = file.getStructParentTree();
    for (const key of pageKeys.splice(0)) {
      const parents = file.ref(tree.get(key));
      parents.end("");
      tree.add(key, parents);
    }
  }

  return {
    add: (report: Report, words: SheetWords): Uint8Array<ArrayBuffer> => {
      const part = file.struct("Part", { title: report.title });
      whole.add(part);
      file.once("pageAdded", () => file.outline.addItem(report.title));
      drawReport(file, part, report, words, letterhead);
      part.end();
      writeParents();
      latestMs = Math.max(latestMs, report.changedAtMs);
      return written();
    },
    end: (): Uint8Array<ArrayBuffer> => {
      file.info.CreationDate = new Date(latestMs);
      file.info.ModDate = new Date(latestMs);
      file._refEnd = noteWritten;
      file.end();
      return written();
    },
  };
}
