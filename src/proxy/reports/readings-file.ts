import { setImmediate } from "node:timers/promises";
import type { Patient } from "#contract/patient.ts";
import type { ReadingsFileAsked } from "#contract/readings-file.ts";
import { byteOrderMark, csvLines } from "#report/csv.ts";
import {
  endRow,
  type FiledRead,
  type FileSpeech,
  failedRow,
  fileHeader,
  missingRows,
  readingFileRows,
} from "#report/patient/readings-file.ts";
import type { AppEnv } from "../app-env.ts";
import { spanOf } from "../audit/view.ts";
import { Failure } from "../failure.ts";
import { messagesIn } from "../pdf/words.ts";
import { withDeadline } from "../platform/call-context.ts";
import type { StatusReader } from "../roster/patient-status.ts";
import type { PatientStore } from "../store/patients.ts";
import { periodFor } from "./make-report.ts";
import { shownSpan } from "./read-period.ts";

export interface ReadingsFileOptions {
  patients: Pick<PatientStore, "byId">;
  statuses: Pick<StatusReader, "readings">;
  now: () => number;
}

const longestReadMs = 60_000;
/** Patients being read while the rows of one are taken. */
const mostAhead = 3;
const rowsAtOnce = 1000;

type Found =
  | { patient: Patient | null; failure: Failure }
  | { patient: Patient; read: FiledRead; details: Record<string, string | number> };

/** Rows of readings, patient by patient as they are asked for: nothing is kept of those before. */
export const createReadingsFile = ({ patients, statuses, now }: ReadingsFileOptions) => {
  async function readOf(patient: Patient, period: ReadingsFileAsked["period"]) {
    const { startMs, endMs } = shownSpan(periodFor(period, patient), now(), patient.timeZone);
    const read = await withDeadline("list", longestReadMs, () =>
      statuses.readings(patient, startMs, Math.min(endMs, Math.ceil(now()))),
    );
    return { read, details: { ...spanOf(startMs, endMs, now()), file: "csv", count: read.to - read.from } };
  }

  async function find(id: string, period: ReadingsFileAsked["period"]): Promise<Found> {
    const patient = await patients.byId(id);
    if (!patient)
      return {
        patient,
        failure: new Failure("patient-unknown", { detail: "No patient has this ID." }),
      };
    try {
      return { patient, ...(await readOf(patient, period)) };
    } catch (failure) {
      if (failure instanceof Failure) return { patient, failure };
      throw failure;
    }
  }

  /** Each patient is in the trail before the first of their rows is told. */
  return async function* readingsFile(
    { patients: asked, period, language, unit }: ReadingsFileAsked,
    audit: AppEnv["Variables"]["audit"],
  ): AsyncGenerator<string> {
    const speech: FileSpeech = {
      language,
      unit,
      file: messagesIn(language, "report", "file"),
      page: messagesIn(language, "patient", "page"),
      failure: messagesIn(language, "domain", "failure"),
    };
    const ids = [...new Set(asked)];
    const ahead: Promise<Found>[] = [];
    let readings = 0;
    yield byteOrderMark + csvLines([fileHeader(speech)]);
    for (let index = 0; index < ids.length; index += 1) {
      for (const id of ids.slice(index + ahead.length, index + mostAhead)) {
        const reading = find(id, period);
        // Where the file is broken off before its turn, nobody waits for it.
        reading.catch(() => {});
        ahead.push(reading);
      }
      const found = (await ahead.shift()) as Found;
      const place = index + 1;
      const entry = { action: "patient-readings.export", subject: ids[index] as string } as const;
      if ("failure" in found) {
        await audit({ ...entry, outcome: "failed", details: { file: "csv" } });
        yield csvLines([failedRow(place, found.patient, found.failure.code, speech)]);
        continue;
      }
      const { patient, read, details } = found;
      await audit({ ...entry, outcome: "ok", details });
      for (let from = read.from; from < read.to; from += rowsAtOnce) {
        const part = { series: read.series, from, to: Math.min(read.to, from + rowsAtOnce) };
        yield csvLines(readingFileRows(place, patient, part, speech));
        // Others get their turn, however fast the rows are taken.
        await setImmediate();
      }
      const missing = missingRows(place, patient, read, speech);
      if (missing.length > 0) yield csvLines(missing);
      readings += read.to - read.from;
    }
    yield csvLines([endRow({ patients: ids.length, readings }, speech)]);
  };
};
