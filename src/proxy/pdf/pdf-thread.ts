import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { CasePdfQuery, SensorCase } from "#contract/cases.ts";
import type { LeafletQuery } from "#contract/patient-report.ts";
import { caseReport } from "#report/case-report.ts";
import type { IdentifiedPatient } from "#report/patient/identity.ts";
import { leaflet } from "#report/patient/leaflet.ts";
import { patientReport } from "#report/patient/patient-report.ts";
import { patientSheet } from "#report/patient/patient-sheet.ts";
import { reportedPeriod } from "#report/patient/reported-period.ts";
import type { Report } from "#report/report.ts";
import { bookTitle, sheetWords } from "#report/sheet-words.ts";
import type { Language } from "#words/language.ts";
import { answerQuestions } from "../worker.ts";
import { createBook } from "./book.ts";
import type { Letterhead } from "./letterhead.ts";
import { type PatientQuestion, receivedReads } from "./patient-question.ts";
import { patientSpeech } from "./patient-speech.ts";
import type { Paper } from "./sheets.ts";
import { messagesIn } from "./words.ts";
import { writeReport } from "./write-report.ts";

interface CaseQuestion {
  kind: "case";
  of: SensorCase;
  asked: CasePdfQuery;
  nowMs: number;
}

/** What a patient gets to begin with. */
interface LeafletQuestion {
  kind: "leaflet";
  patient: IdentifiedPatient;
  asked: LeafletQuery;
}

/** A patient's report as plain data, packed: no fonts are read for it. */
interface PackQuestion {
  kind: "pack";
  of: PatientQuestion;
}

/** A packed report as a file of its own. */
interface PackedQuestion {
  kind: "packed";
  packed: Uint8Array;
  paper: Paper;
}

/** Packed reports one after the other as one file, of which each answer is the next part; without one it is the end. */
interface BookQuestion {
  kind: "book";
  id: number;
  /** Of all its reports. */
  count: number;
  paper: Paper;
  isFirst: boolean;
  packed: Uint8Array | null;
}

/** Nobody wants the rest of a book. */
interface DropQuestion {
  kind: "drop";
  id: number;
}

/** What is to be told, and how; fonts of 20 MB are read for it. */
export type Question =
  | CaseQuestion
  | LeafletQuestion
  | PatientQuestion
  | PackQuestion
  | PackedQuestion
  | BookQuestion
  | DropQuestion;

/** With what every sheet has, whatever is asked for. */
export interface Asked {
  question: Question;
  letterhead: Letterhead | null;
}

const reportOfPatient = ({ reads, asked, nowMs }: PatientQuestion): Report => {
  const reported = reportedPeriod(receivedReads(reads));
  const speech = patientSpeech(asked);
  return asked.audience === "patient"
    ? patientSheet(reported, speech)
    : patientReport(reported, speech, nowMs);
};

const reportOfCase = ({ of, asked: { language, zone }, nowMs }: CaseQuestion): Report =>
  caseReport(of, { t: messagesIn(language, "cases"), language, zone }, nowMs);

function leafletOf({ patient, asked: { language } }: LeafletQuestion): Report {
  return leaflet(patient, {
    t: messagesIn(language, "report", "leaflet"),
    page: messagesIn(language, "patient", "page"),
    language,
  });
}

const wordsIn = (language: Language) =>
  sheetWords(messagesIn(language, "ui"), messagesIn(language, "report"), language);

const pack = (report: Report): Uint8Array<ArrayBuffer> => deflateRawSync(JSON.stringify(report));
const unpack = (packed: Uint8Array): Report => JSON.parse(inflateRawSync(packed).toString("utf8"));

const write = (report: Report, paper: Paper, letterhead: Letterhead | null) =>
  writeReport(report, paper, wordsIn(report.language), letterhead);

const nothing = new Uint8Array();
const books = new Map<number, ReturnType<typeof createBook>>();

function writeBook(
  { id, count, paper, isFirst, packed }: BookQuestion,
  letterhead: Letterhead | null,
): Uint8Array<ArrayBuffer> {
  const report = packed && unpack(packed);
  if (isFirst && report)
    books.set(
      id,
      createBook(bookTitle(messagesIn(report.language, "report"), count), paper, report, letterhead),
    );
  const book = books.get(id);
  if (!book) throw new Error("this file was begun in a thread that has ended");
  if (report) return book.add(report, wordsIn(report.language));
  books.delete(id);
  return book.end();
}

answerQuestions(async ({ question, letterhead }: Asked): Promise<Uint8Array<ArrayBuffer>> => {
  switch (question.kind) {
    case "case":
      return write(reportOfCase(question), question.asked.paper, letterhead);
    case "patient":
      return write(reportOfPatient(question), question.asked.paper, letterhead);
    case "leaflet":
      return write(leafletOf(question), question.asked.paper, letterhead);
    case "pack":
      return pack(reportOfPatient(question.of));
    case "packed":
      return write(unpack(question.packed), question.paper, letterhead);
    case "book":
      return writeBook(question, letterhead);
    case "drop":
      books.delete(question.id);
      return nothing;
  }
});
