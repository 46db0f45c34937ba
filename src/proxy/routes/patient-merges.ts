import { Hono } from "hono";
import { mergedPatients, patient, patientMerge } from "#contract/patient.ts";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";
import type { Merged } from "../store/patient-merges.ts";
import type { PatientStore } from "../store/patients.ts";
import { describe, valid } from "./openapi.ts";
import { noSuchPatient, recordOf } from "./patient-record.ts";

const cannotMerge = (reason: string, detail: string) =>
  new Failure("invalid-request", { detail, fields: [{ field: "into", reason }] });

/** Null where it was done. */
const refusals: Record<Merged, () => Failure | null> = {
  done: () => null,
  unknown: noSuchPatient,
  same: () => cannotMerge("same", "A record cannot become a part of itself."),
  archived: () =>
    cannotMerge("archived", "One of the two records is archived: take it out of the archive first."),
  merged: () => cannotMerge("merged", "The other record is itself a part of a third, or of this one."),
};

/** Records of one person that are shown as one. */
export function createMergeRoutes(
  patients: Pick<PatientStore, "byId" | "merge" | "mergedInto">,
): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get(
    "/:id/merged",
    describe("The records that are a part of this one", mergedPatients),
    async (c) => {
      const { id } = await recordOf(patients, c.req.param("id"));
      await c.get("audit")({ action: "patient.view", subject: id });
      return c.json({ patients: await patients.mergedInto(id) });
    },
  );

  routes.put(
    "/:id/merged-into",
    describe("Make a record a part of another one of the same person, or take it out again", patient),
    valid("json", patientMerge),
    async (c) => {
      const { id } = await recordOf(patients, c.req.param("id"));
      const { into } = c.req.valid("json");
      const refuse = (merged: Merged) => {
        const refusal = refusals[merged]();
        if (refusal) throw refusal;
      };
      if (into === id) refuse("same");
      if (into !== null && (await recordOf(patients, into)).mergedInto !== null) refuse("merged");
      const action = into ? "patient.merge" : "patient.unmerge";
      const details = into ? { into } : undefined;
      // Somebody may have merged one of the two meanwhile.
      const merged = await patients.merge(id, into);
      const outcome = merged === "done" ? "ok" : "failed";
      await c.get("audit")({ action, subject: id, outcome, details });
      refuse(merged);
      return c.json(await recordOf(patients, id));
    },
  );

  return routes;
}
