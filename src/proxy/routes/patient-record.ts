import { type Context, Hono } from "hono";
import { type Patient, patient } from "#contract/patient.ts";
import { type PatientChange, patientChange } from "#contract/patient-change.ts";
import type { AppEnv } from "../app-env.ts";
import { detailsOfChange, targetsSetBy } from "../audit/changes.ts";
import { Failure } from "../failure.ts";
import type { PatientStore } from "../store/patients.ts";
import { describe, valid } from "./openapi.ts";

export interface PatientRecordOptions {
  patients: PatientStore;
  /** Of these, the IDs that are nobody's here. */
  strangersAmong: (staffIds: readonly string[]) => Promise<string[]>;
  now: () => number;
}

export const noSuchPatient = () => new Failure("patient-unknown", { detail: "No patient has this ID." });

export async function recordOf(patients: Pick<PatientStore, "byId">, id: string): Promise<Patient> {
  const found = await patients.byId(id);
  if (!found) throw noSuchPatient();
  return found;
}

const changedMeanwhile = ({ merged: _parts, ...from }: PatientChange["from"] = {}, kept: Patient) =>
  (Object.keys(from) as (keyof typeof from)[])
    .filter((field) => JSON.stringify(from[field]) !== JSON.stringify(kept[field]))
    .map((field) => ({ field, reason: "changed" }));

const isPart = () =>
  new Failure("invalid-request", {
    detail: "This record is a part of another one: take them apart first, or archive the other one.",
    fields: [{ field: "archived", reason: "merged" }],
  });

async function refuseStrangers(
  { strangersAmong }: PatientRecordOptions,
  before: Patient,
  { careTeam = [] }: PatientChange,
): Promise<void> {
  const joining = careTeam.filter((member) => !before.careTeam.includes(member));
  if (joining.length > 0 && (await strangersAmong(joining)).length > 0)
    throw new Failure("invalid-request", {
      detail: "Nobody here has one of these IDs.",
      fields: [{ field: "careTeam", reason: "unknown" }],
    });
}

/** Refuses a change that began from another record than the one stored now. */
async function changeRecord(
  c: Context<AppEnv>,
  { patients, now }: PatientRecordOptions,
  before: Patient,
  body: PatientChange,
): Promise<Patient | null> {
  const { id } = before;
  const details = detailsOfChange(before, body);
  const refuse = async (now: Patient, orElse: readonly string[] = []) => {
    await c.get("audit")({ action: "patient.change", subject: id, outcome: "failed", details });
    if (body.archived && now.mergedInto !== null) return isPart();
    const fields = changedMeanwhile(body.from, now);
    return new Failure("changed-meanwhile", {
      detail: "Nothing was changed: read the patient again and decide.",
      fields: fields.length > 0 ? fields : orElse.map((field) => ({ field, reason: "changed" })),
    });
  };
  if (changedMeanwhile(body.from, before).length > 0 || (body.archived && before.mergedInto !== null))
    throw await refuse(before);
  const set = targetsSetBy(c.get("staff").id, body, before, now());
  const { patient: kept, changed } = await patients.change(id, body, now(), set);
  if (!changed)
    throw await refuse(await recordOf(patients, id), [
      ...(set ? ["targets"] : []),
      ...(body.archived ? ["archived"] : []),
    ]);
  await c.get("audit")({ action: "patient.change", subject: id, details });
  return kept;
}

/** One patient as this clinic keeps it. */
export function createPatientRecordRoutes(options: PatientRecordOptions): Hono<AppEnv> {
  const { patients } = options;
  const routes = new Hono<AppEnv>();

  routes.get("/:id", describe("One patient", patient), async (c) => {
    const found = await recordOf(patients, c.req.param("id"));
    await c.get("audit")({ action: "patient.view", subject: found.id });
    return c.json(found);
  });

  routes.patch(
    "/:id",
    describe("Change what is kept here about a patient", patient),
    valid("json", patientChange),
    async (c) => {
      const before = await recordOf(patients, c.req.param("id"));
      const body = c.req.valid("json");
      await refuseStrangers(options, before, body);
      return c.json(await changeRecord(c, options, before, body));
    },
  );

  return routes;
}
