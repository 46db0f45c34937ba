import { Hono } from "hono";
import { fhirPatientQuery, mostTokens } from "#contract/fhir.ts";
import type { Patient } from "#contract/patient.ts";
import { toSearchset } from "#fhir/bundle.ts";
import { toPatient } from "#fhir/patient.ts";
import { isAskedFor, parseTokens, type Token } from "#fhir/token.ts";
import type { AppEnv } from "../app-env.ts";
import { refused } from "../fhir/asked-days.ts";
import { searchOf } from "../fhir/search.ts";
import type { PatientStore } from "../store/patients.ts";
import { describeFhir, valid } from "./openapi.ts";
import { recordOf } from "./patient-record.ts";

/** These would find fewer: left out they would find the wrong ones. */
const notInAddresses = [
  "name",
  "family",
  "given",
  "birthdate",
  "phone",
  "telecom",
  "email",
  "address",
  "gender",
];
const uuidPrefix = "urn:uuid:";

/** Those who have one of these as an identifier: our own, the partner user ID or the hospital number, to the letter. */
async function patientsCalled(patients: PatientStore, tokens: readonly Token[]): Promise<Patient[]> {
  // Of the identifiers that we give out only our own has a system.
  const ids = tokens.flatMap(({ value }) =>
    value.startsWith(uuidPrefix) && isAskedFor(tokens, "urn:ietf:rfc:3986", value)
      ? value.slice(uuidPrefix.length)
      : [],
  );
  const numbers = tokens.flatMap(({ value }) => (isAskedFor(tokens, undefined, value) ? value : []));
  const [own, others] = await Promise.all([
    Promise.all(ids.map((id) => patients.byId(id))),
    patients.with(numbers, numbers),
  ]);
  return [...own.filter((one) => one !== null), ...others];
}

const tokensOf = (field: string, text: string): Token[] => {
  const tokens = parseTokens(text);
  if (tokens.length > mostTokens) throw refused(field, "too-many", `At most ${mostTokens} at once.`);
  if (tokens.some(({ value }) => value === ""))
    throw refused(field, "required", "Name a value: a system alone is nobody.");
  return tokens;
};

export function createFhirPatientRoutes({
  patients,
  publicUrl,
}: {
  patients: PatientStore;
  publicUrl: string | null;
}): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get(
    "/",
    describeFhir("Find a patient by an ID, as FHIR", "Bundle"),
    valid("query", fhirPatientQuery),
    async (c) => {
      const search = searchOf(c, publicUrl, Object.keys(fhirPatientQuery.shape));
      const personal = notInAddresses.find((name) => c.req.query(name) !== undefined);
      if (personal)
        throw refused(
          personal,
          "not-supported",
          "What is personal stands in no address here, which logs keep: find people by name or date of birth with POST /api/patients/search.",
        );
      const { identifier, _id, _count: count, _offset: offset } = c.req.valid("query");
      if (!_id && !identifier)
        throw refused("identifier", "required", "Name whom you look for: identifier or _id.");
      const called = identifier && (await patientsCalled(patients, tokensOf("identifier", identifier)));
      const ids = _id && tokensOf("_id", _id);
      const found =
        called ||
        (await Promise.all((ids || []).map(({ value }) => patients.byId(value)))).filter(
          (one) => one !== null,
        );
      const items = [...new Map(found.map((one) => [one.id, one])).values()].filter(
        ({ id }) => !ids || isAskedFor(ids, undefined, id),
      );
      const details = { resource: "Patient", found: items.length };
      const told = items.slice(offset, offset + count);
      for (const one of told.length > 0 ? told : [undefined])
        await c.get("audit")({ action: "patient-fhir.read", subject: one?.id, details });
      const page = { items, offset, count, note: search.noteWith() };
      const bundle = toSearchset(page, toPatient, search.baseUrl, search.addressFrom);
      return c.body(JSON.stringify(bundle), 200, { "content-type": "application/fhir+json" });
    },
  );
  routes.get("/:id", describeFhir("A patient, as FHIR", "Patient"), async (c) => {
    const found = await recordOf(patients, c.req.param("id"));
    await c.get("audit")({
      action: "patient-fhir.read",
      subject: found.id,
      details: { resource: "Patient" },
    });
    return c.body(JSON.stringify(toPatient(found)), 200, { "content-type": "application/fhir+json" });
  });
  return routes;
}
