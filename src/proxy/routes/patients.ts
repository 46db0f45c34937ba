import { type Context, Hono } from "hono";
import type * as z from "zod/mini";
import {
  lookedUpPatient,
  newPatient,
  type Patient,
  type PatientChange,
  partnerUidLookup,
  patient,
  patientChange,
} from "#contract/patient.ts";
import { readingsRange, readingsResponse } from "#contract/readings.ts";
import { patientRanges, patientSummary, rosterFacets, rosterPage, rosterQuery } from "#contract/roster.ts";
import { glucoseRoles } from "#contract/staff.ts";
import { seriesOf, wholeOf } from "#glucose/reading-series.ts";
import type { AppEnv } from "../app-env.ts";
import { detailsOfChange, targetsSetBy } from "../audit/changes.ts";
import { auditLook, spanOf } from "../audit/view.ts";
import type { RequireRole } from "../auth/guard.ts";
import type { BriefCaches } from "../brief-cache.ts";
import { Failure } from "../failure.ts";
import { compressedJson } from "../http/compressed-json.ts";
import type { LimitReads } from "../http/limit-reads.ts";
import type { PlatformReadings } from "../platform/types.ts";
import type { StatusReader } from "../roster/patient-status.ts";
import type { RegisterPatient } from "../roster/register-patient.ts";
import type { Roster } from "../roster/roster.ts";
import { searchWords } from "../roster/terms.ts";
import type { PatientStore } from "../store/patients.ts";
import { describe, valid } from "./openapi.ts";
import { createMergeRoutes, noSuchPatient } from "./patient-merges.ts";
import { readingsAnswer } from "./readings-answer.ts";

export interface PatientRoutesOptions {
  patients: PatientStore;
  roster: Roster;
  statuses: StatusReader;
  register: RegisterPatient;
  brief: BriefCaches;
  requireRole: RequireRole;
  limitReads: LimitReads;
  fingerprint: (text: string) => string;
  /** Of these, the IDs that are nobody's here. */
  strangersAmong: (staffIds: readonly string[]) => Promise<string[]>;
  now: () => number;
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

type Seen = Record<string, string | number>;

/** How many patients an answer shows, from which place of the list, and which. */
const seenIn = (rows: readonly Pick<Patient, "id">[], from = 0): Seen => ({
  shown: rows.length,
  ...(from > 0 ? { from } : {}),
  ...(rows.length > 0 ? { patients: rows.map(({ id }) => id).join(" ") } : {}),
});

/** The future has no readings to ask the platform for. */
const nothingRead = (asOfMs: number): PlatformReadings => ({
  ...wholeOf(seriesOf([])),
  leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
  unreadable: [],
  unread: [],
  asOfMs,
  stale: null,
});

export function createPatientRoutes(options: PatientRoutesOptions): Hono<AppEnv> {
  const { patients, roster, statuses, register, requireRole, limitReads, fingerprint, now } = options;
  const routes = new Hono<AppEnv>();
  routes.use(requireRole(...glucoseRoles));

  /**
   * A name that was searched for may be anybody's, mistyped or not a patient here, and nothing is ever taken out of the audit
   * trail: it keeps a keyed fingerprint, which tells the same search from another and no more. Whom it showed stands beside it.
   */
  const auditSearch = (c: Context<AppEnv>, q: string, found: number, seen: Seen) =>
    c.get("audit")({
      action: "patients.search",
      details: {
        found,
        text: fingerprint(searchWords(q).join(" ")),
        ...seen,
      },
    });

  const known = options.brief.create<Patient>();
  const patientOf = async (id: string): Promise<Patient> => {
    const found = await patients.byId(id);
    if (!found) throw noSuchPatient();
    return found;
  };

  routes.post(
    "/search",
    describe("Patients who match, in order", rosterPage),
    valid("json", rosterQuery),
    async (c) => {
      const query = c.req.valid("json");
      const page = await roster.search(query, c.get("staff").id);
      const seen = seenIn(page.rows, query.offset);
      if (query.q.trim()) await auditSearch(c, query.q, page.total, seen);
      else await c.get("audit")({ action: "patients.view", details: { found: page.total, ...seen } });
      return compressedJson(c, page);
    },
  );

  routes.get("/facets", describe("What the patients can be filtered by", rosterFacets), async (c) =>
    c.json(await roster.facets()),
  );

  routes.post(
    "/lookup",
    describe("Who has a partner user ID here", lookedUpPatient),
    valid("json", partnerUidLookup),
    async (c) => {
      const { partnerUid } = c.req.valid("json");
      const found = await patients.byPartnerUid(partnerUid);
      const similar = found ? null : ((await roster.withUidsLike([partnerUid])).get(partnerUid) ?? null);
      const seen = found ?? similar;
      await auditSearch(c, partnerUid, seen ? 1 : 0, seenIn(seen ? [seen] : []));
      if (seen) await c.get("audit")({ action: "patient.view", subject: seen.id });
      return c.json({ patient: found, similar } satisfies z.infer<typeof lookedUpPatient>);
    },
  );

  routes.post(
    "/",
    describe(
      "Register a patient; one whose partner user ID is here already is answered as is",
      patient,
      "Registered",
    ),
    valid("json", newPatient),
    async (c) => {
      const { patient: registered, created } = await register(c.req.valid("json"));
      await c.get("audit")({
        action: created ? "patient.register" : "patient.register-again",
        subject: registered.id,
      });
      return c.json(registered, created ? 201 : 200);
    },
  );

  routes.get("/:id", describe("One patient", patient), async (c) => {
    const found = await patientOf(c.req.param("id"));
    await c.get("audit")({ action: "patient.view", subject: found.id });
    return c.json(found);
  });

  routes.patch(
    "/:id",
    describe("Change what is kept here about a patient", patient),
    valid("json", patientChange),
    async (c) => {
      const before = await patientOf(c.req.param("id"));
      const { id } = before;
      const body = c.req.valid("json");
      const details = detailsOfChange(before, body);
      const joining = (body.careTeam ?? []).filter((member) => !before.careTeam.includes(member));
      if (joining.length > 0 && (await options.strangersAmong(joining)).length > 0)
        throw new Failure("invalid-request", {
          detail: "Nobody here has one of these IDs.",
          fields: [{ field: "careTeam", reason: "unknown" }],
        });
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
        throw await refuse(await patientOf(id), [
          ...(set ? ["targets"] : []),
          ...(body.archived ? ["archived"] : []),
        ]);
      await c.get("audit")({ action: "patient.change", subject: id, details });
      return c.json(kept);
    },
  );

  routes.route("/", createMergeRoutes(patients, patientOf));

  routes.get("/:id/summary", limitReads, describe("Where a patient is now", patientSummary), async (c) => {
    const found = await patientOf(c.req.param("id"));
    const look = { action: "patient-summary.view", subject: found.id } as const;
    return c.json(await auditLook(c, look, () => statuses.summary(found)));
  });

  routes.get(
    "/:id/ranges",
    limitReads,
    describe("Time in ranges of the last 14 days", patientRanges),
    async (c) => {
      const found = await patientOf(c.req.param("id"));
      const look = { action: "patient-summary.view", subject: found.id } as const;
      return c.json(await auditLook(c, look, () => statuses.ranges(found)));
    },
  );

  routes.get(
    "/:id/readings",
    limitReads,
    describe("A patient's readings, by column", readingsResponse),
    valid("query", readingsRange, "range-invalid"),
    async (c) => {
      const found = await known(c.req.param("id"), () => patientOf(c.req.param("id")));
      if (!found) throw noSuchPatient();
      const { start, end } = c.req.valid("query");
      const endMs = Math.min(end, Math.ceil(now()));
      const details = spanOf(start, end, now());
      const look = { action: "patient-readings.view", subject: found.id, details } as const;
      const read = await auditLook(c, look, async () =>
        start < endMs ? statuses.readings(found, start, endMs) : nothingRead(now()),
      );
      return readingsAnswer(c, read);
    },
  );

  return routes;
}
