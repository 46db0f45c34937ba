import type { Bundle } from "@medplum/fhirtypes";
import { CompactEncrypt } from "jose";
import type { HealthLinkRequest } from "#contract/health-links.ts";
import type { Patient } from "#contract/patient.ts";
import { toCollection } from "#fhir/bundle.ts";
import { toPatient } from "#fhir/patient.ts";
import { toReport } from "#fhir/report.ts";
import { localDateOf, localDayOf } from "#glucose/local-time.ts";
import { dayMs } from "#glucose/time.ts";
import { daysBetween } from "../fhir/asked-days.ts";
import type { createRecordReader } from "../fhir/record-reader.ts";
import { makePdf } from "../pdf/make-pdf.ts";
import type { ReadPeriod } from "../reports/read-period.ts";

export interface MakeContentOptions {
  record: ReturnType<typeof createRecordReader>;
  readPeriod: ReadPeriod;
  now: () => number;
}

export const contentType = "application/fhir+json";

export interface LinkContent {
  readonly bundle: Bundle;
  readonly firstDate: string;
  readonly lastDate: string;
}

/**
 * What somebody takes along of their last days by their own clock, today's so far included: who they are, their sensors,
 * the summary, and the report as PDF within. Rejects with a Failure where not all of it could be read.
 */
export async function makeContent(
  { record, readPeriod, now }: MakeContentOptions,
  patient: Patient,
  { days, language, unit, paper }: Pick<HealthLinkRequest, "days" | "language" | "unit" | "paper">,
  baseUrl: string,
): Promise<LinkContent> {
  const nowMs = now();
  const { timeZone } = patient;
  const today = localDayOf(nowMs, timeZone);
  const lastDate = localDateOf(nowMs, timeZone);
  const firstDate = localDateOf(today.startMs - (Number(days) - 1.5) * dayMs, timeZone);
  const span = daysBetween(firstDate, lastDate, patient);
  const { devices, summary } = await record.summary(patient, span, await record.readingsIn(patient, span));
  const read = await readPeriod(patient, { kind: "range", ...span });
  const pdf = await makePdf({ ...read, asked: { language, unit, paper, audience: "clinic" } });
  const report = toReport(
    { firstDate, lastDate, isFinal: span.endMs + dayMs <= nowMs },
    patient,
    { data: Buffer.from(pdf).toString("base64"), language },
    summary[0],
  );
  const resources = [toPatient(patient), ...devices, ...summary, report];
  return { bundle: toCollection(resources, baseUrl, nowMs), firstDate, lastDate };
}

/** As a SMART Health Link has its files: a compact JWE, AES-256-GCM with the link's own key. */
export const sealContent = (bundle: Bundle, key: Uint8Array): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(JSON.stringify(bundle)))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", cty: contentType })
    .encrypt(key);
