import { makeZip } from "client-zip";
import { Failure } from "../failure.ts";
import type { Letterhead } from "../pdf/letterhead.ts";
import { writeBook, writePacked } from "../pdf/make-pdf.ts";
import type { Paper } from "../pdf/sheets.ts";
import type { PackedReport, ReportStore } from "../store/reports.ts";
import { fileNameAt } from "./file-names.ts";

/** The last day of a report: the only time in a zip, at midnight, whatever zone this server is in. */
function dayOf({ name }: PackedReport): Date {
  const [year = 0, month = 0, day = 0] = name.slice(-10).split("-").map(Number);
  return new Date(year, month - 1, day);
}

const gone = () =>
  new Failure("not-found", {
    detail: "These reports are no longer kept, or were sealed with a secret that this server does not have.",
  });

/** Reports one after the other, each read when it is its turn. */
async function* reportsIn(reports: Pick<ReportStore, "reportAt">, id: string, rows: readonly number[]) {
  for (const row of rows) {
    const report = await reports.reportAt(id, row);
    if (!report) throw gone();
    yield { row, ...report };
  }
}

interface Wanted {
  id: string;
  rows: readonly number[];
  paper: Paper;
  letterhead: Letterhead | null;
}

async function* filesIn(reports: Pick<ReportStore, "reportAt">, { id, rows, paper, letterhead }: Wanted) {
  for await (const report of reportsIn(reports, id, rows))
    yield {
      name: fileNameAt(report.row, report.name),
      lastModified: dayOf(report),
      input: await writePacked(report.packed, paper, letterhead),
    };
}

async function* packedIn(reports: Pick<ReportStore, "reportAt">, { id, rows }: Wanted) {
  for await (const { packed } of reportsIn(reports, id, rows)) yield packed;
}

/** Each report as a PDF file, in one zip: written as it is sent, and not deflated again. */
export const zipOf = (reports: Pick<ReportStore, "reportAt">, wanted: Wanted): ReadableStream<Uint8Array> =>
  makeZip(filesIn(reports, wanted));

/** All reports in one PDF file, written as it is sent. */
export const bookOf = (reports: Pick<ReportStore, "reportAt">, wanted: Wanted): ReadableStream<Uint8Array> =>
  ReadableStream.from(
    writeBook(wanted.rows.length, wanted.paper, wanted.letterhead, packedIn(reports, wanted)),
  );
