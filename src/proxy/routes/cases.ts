import { type Context, Hono } from "hono";
import { caseTexts, impossibleIn, mostCaseChanges } from "#contract/case-fields.ts";
import {
  type CaseChange,
  type CaseFields,
  type CaseList,
  caseChange,
  caseList,
  caseQuery,
  type ExportedCases,
  exportedCases,
  type NewCall,
  newCall,
  newCase,
  type SensorCase,
  sensorCase,
} from "#contract/cases.ts";
import { roles } from "#contract/staff.ts";
import { hourMs } from "#glucose/time.ts";
import { earlyEndOf } from "#sensor/complaint.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import { isInDoubt } from "../roster/in-doubt.ts";
import type { StoredCase } from "../store/case-reader.ts";
import type { PatientStore } from "../store/patients.ts";
import type { RecallStore } from "../store/recalls.ts";
import { boxOf } from "../store/sensor-box.ts";
import type { SensorCaseStore } from "../store/sensor-cases.ts";
import {
  type ReplacementOptions,
  refuseDoubtfulReplacement,
  refused,
  replacementOf,
} from "./case-replacement.ts";
import { shownTo } from "./cases-about.ts";
import { describe, valid } from "./openapi.ts";
import { actorOf } from "./worklist-acts.ts";

export interface CaseOptions extends ReplacementOptions {
  cases: SensorCaseStore;
  patients: PatientStore;
  recalls: Pick<RecallStore, "recalledOf" | "ofSensor">;
  /** By how many hours early a sensor must have ended to be replaced free of charge. */
  freeReplacementHours: number | null;
  fingerprint: (text: string) => string;
}

export type CaseRouteOptions = CaseOptions & { requireRole: RequireRole };

export const noSuchCase = () => new Failure("not-found", { detail: "No case has this ID." });
const noSuchCall = () => new Failure("not-found", { detail: "No call of this case has this ID." });
function refuseImpossible(serial: string, given: Partial<CaseFields>, nowMs: number): void {
  const fields = Object.entries(impossibleIn(serial, given, nowMs)).map(([field, reason]) => ({
    field,
    reason,
  }));
  if (fields.length > 0)
    throw new Failure("invalid-request", { detail: "No case about this sensor can be like that.", fields });
}

/** The case with what is known of its sensor now; nobody is asked for it. */
export async function withSensor(options: CaseOptions, found: StoredCase): Promise<SensorCase> {
  const { sensors, recalls, freeReplacementHours, now } = options;
  const known = await sensors.bySerial(found.serial);
  const { state = null, askedAtMs = null } = known ?? {};
  const sensor =
    known && state !== null && askedAtMs !== null
      ? {
          state,
          boundAtMs: known.boundAtMs,
          activatedAtMs: known.activatedAtMs,
          estimatedEndAtMs: known.estimatedEndAtMs,
          endedAtMs: known.endedAtMs,
          isInDoubt: isInDoubt(known, now()),
          askedAtMs,
        }
      : null;
  const earlyMs = sensor && !sensor.isInDoubt ? (earlyEndOf(sensor, now())?.earlyMs ?? 0) : null;
  return {
    ...found,
    box: boxOf(known),
    recalls: (await recalls.ofSensor(found.serial)).map(({ name, createdAtMs }) => ({ name, createdAtMs })),
    sensor,
    ...(await replacementOf(options, found)),
    freeReplacementHours,
    isReplacedFree:
      freeReplacementHours === null || earlyMs === null ? null : earlyMs >= freeReplacementHours * hourMs,
  };
}

/** Of the patient who wears it, as far as that is known here. */
async function wearerOf({ sensors, patients }: CaseOptions, serial: string): Promise<string | null> {
  const openId = (await sensors.bySerial(serial))?.openId;
  return openId ? ((await patients.byOpenId(openId))?.id ?? null) : null;
}

/** What of a change began from another case than the one that is kept. */
const changedSince = ({ from = {} }: CaseChange, kept: StoredCase) =>
  (Object.keys(from) as (keyof CaseFields)[])
    .filter((field) => from[field] !== kept[field])
    .map((field) => ({ field, reason: "changed" }));

async function changeCase(c: Context<AppEnv>, options: CaseOptions, id: string, change: CaseChange) {
  const { cases, now } = options;
  const known = await cases.versioned(id);
  if (!known) throw noSuchCase();
  const { from: _, isReplacementSure, ...fields } = change;
  refuseImpossible(known.found.serial, fields, now());
  const { replacementSerial } = fields;
  if (replacementSerial !== known.found.replacementSerial)
    await refuseDoubtfulReplacement(
      c,
      options,
      { replacementSerial, isReplacementSure },
      { serial: known.found.serial, patientId: known.found.patient?.patientId ?? null },
    );
  const written = caseTexts.find((name) => fields[name] !== undefined);
  if (written && known.found.isUnreadable)
    throw refused(written, "unreadable", "None of the server's secrets opens what was written before.");
  const details = {
    fields: Object.keys(fields).join(" "),
    ...(fields.state && { state: fields.state }),
  };
  const isClosing = details.fields === "state" && fields.state === "closed" && known.found.state !== "closed";
  if (known.version >= mostCaseChanges && !isClosing) {
    await c.get("audit")({ action: "case.change", subject: id, outcome: "failed", details });
    throw refused("case", "too-many", `After ${mostCaseChanges} changes a case can only be closed.`);
  }
  const clashes = changedSince(change, known.found);
  const kept = clashes.length > 0 ? null : await cases.change(known, fields, actorOf(c, now));
  await c.get("audit")({ action: "case.change", subject: id, outcome: kept ? "ok" : "failed", details });
  if (kept) return kept;
  throw new Failure("changed-meanwhile", {
    detail: "Nothing was changed: read the case again and decide.",
    fields: clashes.length > 0 ? clashes : [{ field: "case", reason: "changed" }],
  });
}

/** Complaints about sensors; the trail has who did what and when, never what was said. */
export function createCaseRoutes(options: CaseRouteOptions): Hono<AppEnv> {
  const { cases, requireRole, fingerprint, now } = options;
  const routes = new Hono<AppEnv>();
  routes.use(requireRole(...roles));
  const answer = async (c: Context<AppEnv>, found: StoredCase): Promise<SensorCase> =>
    shownTo(c, await withSensor(options, found));

  routes.post(
    "/",
    describe("Open a case about a sensor", sensorCase, "Opened"),
    valid("json", newCase),
    async (c) => {
      const given = c.req.valid("json");
      refuseImpossible(given.serial, given, now());
      const wearer = await wearerOf(options, given.serial);
      await refuseDoubtfulReplacement(c, options, given, { serial: given.serial, patientId: wearer });
      const opened = await cases.open(given, wearer, actorOf(c, now));
      await c.get("audit")({ action: "case.open", subject: opened.id, details: { serial: given.serial } });
      return c.json(await answer(c, opened), 201);
    },
  );

  routes.post(
    "/search",
    describe("Cases by state and by a serial number or the vendor's number, the newest first", caseList),
    valid("json", caseQuery),
    async (c) => {
      const query = c.req.valid("json");
      const found = await cases.search(query);
      await c.get("audit")({
        action: "case.search",
        details: {
          shown: found.cases.length,
          ...(query.state && { state: query.state }),
          ...(query.q && { text: fingerprint(query.q) }),
        },
      });
      return c.json({ ...found, cases: found.cases.map((one) => shownTo(c, one)) } satisfies CaseList);
    },
  );

  routes.post(
    "/export",
    describe("Whole cases for a file, the newest first", exportedCases),
    valid("json", caseQuery),
    async (c) => {
      const query = c.req.valid("json");
      const { cases: found, next } = await cases.whole(query);
      await c.get("audit")({
        action: "case.export",
        details: { rows: found.length, ...(query.state && { state: query.state }) },
      });
      const whole: SensorCase[] = [];
      for (const one of found) whole.push(await answer(c, one));
      return c.json({ cases: whole, next } satisfies ExportedCases);
    },
  );

  routes.get("/:id", describe("One case with its calls", sensorCase), async (c) => {
    const id = c.req.param("id");
    const found = await cases.byId(id);
    if (!found) throw noSuchCase();
    await c.get("audit")({ action: "case.view", subject: id });
    return c.json(await answer(c, found));
  });

  routes.patch("/:id", describe("Change a case", sensorCase), valid("json", caseChange), async (c) =>
    c.json(await answer(c, await changeCase(c, options, c.req.param("id"), c.req.valid("json")))),
  );

  routes.post(
    "/:id/calls",
    describe("Note another call about the same", sensorCase, "Kept"),
    valid("json", newCall),
    async (c) => {
      const id = c.req.param("id");
      const kept = await cases.addCall(id, c.req.valid("json"), actorOf(c, now));
      if (!kept) throw noSuchCase();
      await c.get("audit")({ action: "case.call", subject: id, outcome: kept === "full" ? "failed" : "ok" });
      if (kept === "full") throw refused("said", "too-many", "This case has as many calls as it can hold.");
      return c.json(await answer(c, kept), 201);
    },
  );

  const changeCall = async (c: Context<AppEnv>, id: string, callId: string, told: NewCall | null) => {
    const kept = await cases.changeCall(id, callId, told, actorOf(c, now));
    if (kept === null) throw noSuchCall();
    await c.get("audit")({
      action: told ? "case.call-change" : "case.call-withdraw",
      subject: id,
      outcome: kept === "changed" ? "ok" : "failed",
    });
    if (kept !== "changed") throw refused("said", kept, "Only who noted a call changes it.");
    const found = await cases.byId(id);
    if (!found) throw noSuchCase();
    return c.json(await answer(c, found));
  };

  routes.put(
    "/:id/calls/:call",
    describe("Correct a further call that one has noted; the history keeps what it was", sensorCase),
    valid("json", newCall),
    (c) => changeCall(c, c.req.param("id"), c.req.param("call"), c.req.valid("json")),
  );

  routes.delete(
    "/:id/calls/:call",
    describe(
      "Withdraw a further call that one has noted; the history tells only that it was withdrawn",
      sensorCase,
    ),
    (c) => changeCall(c, c.req.param("id"), c.req.param("call"), null),
  );

  return routes;
}
