import type { Bundle } from "@medplum/fhirtypes";
import { CompactEncrypt } from "jose";
import type { HealthLinkRequest } from "#contract/health-links.ts";
import type { Patient } from "#contract/patient.ts";
import { toCollection } from "#fhir/bundle.ts";
import { toPatient } from "#fhir/patient.ts";
import { localDateOf } from "#glucose/local-time.ts";
import { daysUntil } from "../fhir/asked-days.ts";
import { type ReadContentOptions, readContent } from "../fhir/read-content.ts";

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
  options: ReadContentOptions,
  patient: Patient,
  { days, language, unit, paper }: Pick<HealthLinkRequest, "days" | "language" | "unit" | "paper">,
  baseUrl: string,
): Promise<LinkContent> {
  const nowMs = options.now();
  const lastDate = localDateOf(nowMs, patient.timeZone);
  const dates = daysUntil(lastDate, Number(days), patient);
  const { devices, summary, report } = await readContent(options, patient, dates, { language, unit, paper });
  const resources = [toPatient(patient), ...devices, ...summary, report];
  return { bundle: toCollection(resources, baseUrl, nowMs), ...dates };
}

/** As a SMART Health Link has its files: a compact JWE, AES-256-GCM with the link's own key. */
export const sealContent = (bundle: Bundle, key: Uint8Array): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(JSON.stringify(bundle)))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", cty: contentType })
    .encrypt(key);
