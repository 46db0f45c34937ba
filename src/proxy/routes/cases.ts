import { type Context, Hono } from "hono";
import { caseTexts, impossibleIn, mostCaseChanges } from "#contract/case-fields.ts";
import {
  type CaseChange,
  type CaseFields,
  type CaseList,
  type CaseSummary,
  type CasesAbout,
  type CasesAboutSensor,
  caseChange,
  caseList,
  caseQuery,
  casesAbout,
  casesAboutSensor,
  type ExportedCases,
  exportedCases,
  type NewCall,
  newCall,
  newCase,
  type SensorCase,
  sensorCase,
} from "#contract/cases.ts";
import { glucoseRoles, roles } from "#contract/staff.ts";
import { hourMs } from "#glucose/time.ts";
import { earlyEndOf } from "#sensor/complaint.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import type { Platform } from "../platform/types.ts";
import { isInDoubt } from "../roster/in-doubt.ts";
import { factsOf } from "../roster/sensor-facts.ts";
import type { StoredCase } from "../store/case-reader.ts";
import type { PatientStore } from "../store/patients.ts";
import type { RecallStore } from "../store/recalls.ts";
import { boxOf } from "../store/sensor-box.ts";
import type { SensorCaseStore } from "../store/sensor-cases.ts";
import type { KnownSensor, SensorStore } from "../store/sensors.ts";
import { serialOf } from "./device-states.ts";
import { describe, valid } from "./openapi.ts";
import { recordOf } from "./patient-record.ts";
import { actorOf } from "./worklist-acts.ts";

export interface CaseOptions {
  cases: SensorCaseStore;
  patients: PatientStore;
  sensors: Pick<SensorStore, "bySerial" | "note">;
  platform: Pick<Platform, "deviceInfo">;
  recalls: Pick<RecallStore, "recalledOf" | "ofSensor">;
  /** By how many hours early a sensor must have ended to be replaced free of charge. */
  freeReplacementHours: number | null;
  fingerprint: (text: string) => string;
  now: () => number;
}

export type PatientCasesOptions = Pick<CaseOptions, "cases" | "patients">;
export type CaseRouteOptions = CaseOptions & { requireRole: RequireRole };

/** Without the way to a page that this role may not open. */
const shownTo = <One extends CaseSummary>(c: Context<AppEnv>, one: One): One =>
  glucoseRoles.includes(c.get("staff").role) || !one.patient
    ? one
    : { ...one, patient: { ...one.patient, patientId: null } };

export const noSuchCase = () => new Failure("not-found", { detail: "No case has this ID." });
const noSuchCall = () => new Failure("not-found", { detail: "No call of this case has this ID." });
const refused = (field: string, reason: string, detail: string) =>
  new Failure("invalid-request", { detail, fields: [{ field, reason }] });

function refuseImpossible(serial: string, given: Partial<CaseFields>, nowMs: number): void {
  const fields = Object.entries(impossibleIn(serial, given, nowMs)).map(([field, reason]) => ({
    field,
    reason,
  }));
  if (fields.length > 0)
    throw new Failure("invalid-request", { detail: "No case about this sensor can be like that.", fields });
}

/** Of which sensor a replacement is, and whose that is. */
interface Replaced {
  readonly serial: string;
  readonly patientId: string | null;
}

/** Whether it is known to be another person's than the sensor's that it replaces, of whichever partner. */
async function isElsewhere(
  { patients, sensors }: CaseOptions,
  known: KnownSensor | null,
  { serial, patientId }: Replaced,
): Promise<boolean> {
  if (!known) return false;
  const { openId, state, partnerId } = known;
  const replaced = await sensors.bySerial(serial);
  if (openId === null) {
    // Accounts of other partners are not kept: of one partner both may be one person's.
    const isOfOne = replaced?.openId === null && partnerId !== null && partnerId === replaced.partnerId;
    return (state === "bound" || state === "activated") && !isOfOne;
  }
  if (openId === replaced?.openId) return false;
  return patientId === null || (await patients.byOpenId(openId))?.id !== patientId;
}

/** Why one that is known cannot be a replacement for this wearer; null where it can. */
async function whyNoReplacement(
  options: CaseOptions,
  serial: string,
  replaced: Replaced,
): Promise<string | null> {
  if ((await options.recalls.recalledOf([serial])).has(serial)) return "recalled";
  const known = await options.sensors.bySerial(serial);
  if (known?.state === "ended" || (known?.endedAtMs ?? Number.POSITIVE_INFINITY) <= options.now())
    return "ended";
  return (await isElsewhere(options, known, replaced)) ? "elsewhere" : null;
}

/**
 * A replacement that nobody has seen is asked for: one that the platform does not know is mostly mistyped. One that
 * cannot replace anything is kept only by who is sure.
 */
async function refuseDoubtfulReplacement(
  c: Context<AppEnv>,
  options: CaseOptions,
  {
    replacementSerial: serial,
    isReplacementSure,
  }: Pick<CaseChange, "replacementSerial" | "isReplacementSure">,
  replaced: Replaced,
): Promise<void> {
  if (!serial || isReplacementSure) return;
  await refuseUnknown(c, options, serial);
  const why = await whyNoReplacement(options, serial, replaced);
  if (why) throw refused("replacementSerial", why, "This sensor can hardly be a replacement.");
}

async function refuseUnknown(
  c: Context<AppEnv>,
  { sensors, platform }: CaseOptions,
  serial: string,
): Promise<void> {
  if ((await sensors.bySerial(serial))?.state != null) return;
  const look = { action: "device.view", subject: serial } as const;
  try {
    const found = await auditLook(c, look, () => platform.deviceInfo(serial));
    if (!found.stale) await sensors.note([factsOf(found)]);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const reason = error.code === "device-unknown" ? "not-known" : "not-asked";
    throw refused("replacementSerial", reason, "The platform has not told of this sensor.");
  }
}

async function replacementOf(
  options: CaseOptions,
  { serial, replacementSerial, patient }: StoredCase,
): Promise<Pick<SensorCase, "isReplacementElsewhere" | "isReplacementUnknown">> {
  if (replacementSerial === null) return { isReplacementElsewhere: false, isReplacementUnknown: false };
  const known = await options.sensors.bySerial(replacementSerial);
  return {
    isReplacementElsewhere: await isElsewhere(options, known, {
      serial,
      patientId: patient?.patientId ?? null,
    }),
    isReplacementUnknown: (known?.state ?? null) === null,
  };
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

const about = (c: Context<AppEnv>, { cases, ...rest }: CasesAbout): CasesAbout => ({
  ...rest,
  cases: cases.map((one) => shownTo(c, one)),
});

/** The cases about one sensor. */
export function createDeviceCasesRoute(options: CaseRouteOptions): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get(
    "/:serial/cases",
    options.requireRole(...roles),
    describe("The cases about a sensor, and how many calls they came with", casesAboutSensor),
    async (c) => {
      const serial = serialOf(c.req.param("serial"));
      const look = { action: "device-cases.view", subject: serial } as const;
      const found = await auditLook(c, look, () => options.cases.aboutSensor(serial));
      const { freeReplacementHours } = options;
      const replacementOf = await options.cases.replacedBy(serial);
      const answer = { ...about(c, found), freeReplacementHours, replacementOf };
      return c.json(answer satisfies CasesAboutSensor);
    },
  );
  return routes;
}

/** The cases about the sensors of one patient. */
export function createPatientCasesRoute({ cases, patients }: PatientCasesOptions): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/:id/cases", describe("The cases about sensors of a patient", casesAbout), async (c) => {
    const found = await recordOf(patients, c.req.param("id"));
    const look = { action: "patient-cases.view", subject: found.id } as const;
    const whole = found.mergedInto ?? found.id;
    return c.json(about(c, await auditLook(c, look, () => cases.aboutPatient(whole))));
  });
  return routes;
}
