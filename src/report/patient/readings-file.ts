import type { Patient } from "#contract/patient.ts";
import type { Stale } from "#contract/problem.ts";
import type { ProblemCode } from "#contract/problem-codes.ts";
import type { LeftOut } from "#contract/readings.ts";
import { endCells, type FileEnd } from "#contract/readings-file-limits.ts";
import { readingsOf, type SeriesPart } from "#glucose/reading-series.ts";
import type { Span } from "#glucose/time.ts";
import type { Messages } from "#words/messages.ts";
import type { Preferences } from "#words/preferences.ts";
import { formatDateTime } from "#words/time.ts";
import { readingCells, readingHeader } from "./readings-csv.ts";

/** What the platform has of one patient's period. */
export interface FiledRead extends SeriesPart {
  readonly leftOut: LeftOut;
  readonly unread: readonly Span[];
  readonly asOfMs: number;
  readonly stale: Stale | null;
}

export interface FileSpeech extends Preferences {
  readonly file: Messages<"report", "file">;
  readonly page: Messages<"patient", "page">;
  readonly failure: Messages<"domain", "failure">;
}

type Filed = Pick<Patient, "name" | "partnerUid" | "hospitalNumber" | "timeZone">;

const who = ["place", "name", "partner_user_id", "hospital_number"];

/** The columns of a file of several patients' readings: whose, those of one patient's file, and a note. */
export const fileHeader = ({ unit }: FileSpeech): string[] => [...who, ...readingHeader(unit), "note"];

const whoCells = (place: number, patient: Filed | null): string[] => [
  String(place),
  patient?.name ?? "",
  patient?.partnerUid ?? "",
  patient?.hospitalNumber ?? "",
];

const noteRow = (before: readonly string[], note: string, { unit }: FileSpeech): string[] => [
  ...before,
  ...readingHeader(unit).map(() => ""),
  note,
];

/** So many readings of a patient as rows, of the part that was read. */
export function readingFileRows(
  place: number,
  patient: Filed,
  { series, from, to }: SeriesPart,
  { unit }: FileSpeech,
): string[][] {
  const before = whoCells(place, patient);
  return readingsOf(series, from, to).map((reading) => [
    ...before,
    ...readingCells(reading, patient.timeZone, unit),
    "",
  ]);
}

/** What of a patient's period is not among the rows, one row each. */
export function missingRows(place: number, patient: Filed, read: FiledRead, speech: FileSpeech): string[][] {
  const { file, page, failure, language } = speech;
  const { from, to, leftOut, unread, asOfMs, stale } = read;
  const at = (timeMs: number) => formatDateTime(timeMs, patient.timeZone, language);
  const notes = [
    ...(from === to && unread.length === 0 && !stale ? [page("noneInPeriod")] : []),
    ...unread.map(({ startMs, endMs }) => file("unread", { from: at(startMs), to: at(endMs) })),
    ...(stale ? [file("stale", { at: at(asOfMs), title: failure(`${stale.code}.title`) })] : []),
    ...(leftOut.malformed > 0 ? [file("malformed", { count: leftOut.malformed })] : []),
    ...(leftOut.contradicting > 0 ? [file("contradicting", { count: leftOut.contradicting })] : []),
  ];
  return notes.map((note) => noteRow(whoCells(place, patient), note, speech));
}

/** The row of a patient whose readings could not be had. */
export const failedRow = (
  place: number,
  patient: Filed | null,
  code: ProblemCode,
  speech: FileSpeech,
): string[] =>
  noteRow(
    whoCells(place, patient),
    speech.file("failed", { title: speech.failure(`${code}.title`) }),
    speech,
  );

/** The last row, without which a file broke off. */
export function endRow(end: FileEnd, speech: FileSpeech): string[] {
  const cells = endCells(end);
  return fileHeader(speech).map((_name, index) => cells[index] ?? "");
}
