import { Hono } from "hono";
import {
  type DeviceRow,
  type DeviceWorklistPage,
  type DeviceWorklistQuery,
  deviceActed,
  deviceHandOver,
  deviceWords,
  deviceWorklistPage,
  deviceWorklistQuery,
  takenBackDeviceAct,
} from "#contract/device-worklist.ts";
import { isHandedOn, mostReasons } from "#contract/patient-marks.ts";
import { newSnooze } from "#contract/worklist-acts.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import type { KeptDeviceRow } from "../roster/device-list.ts";
import { isInDoubt } from "../roster/in-doubt.ts";
import type { StatusReader } from "../roster/patient-status.ts";
import type { Roster } from "../roster/roster.ts";
import { searchWords } from "../roster/terms.ts";
import type { DeviceActs } from "../store/device-acts.ts";
import type { PatientStore } from "../store/patients.ts";
import type { SensorCaseStore } from "../store/sensor-cases.ts";
import type { SensorStore } from "../store/sensors.ts";
import type { StaffStore } from "../store/staff.ts";
import { describe, valid } from "./openapi.ts";
import { seenIn } from "./patient-list.ts";
import { recordOf } from "./patient-record.ts";
import { actorOf, auditAct, refuseDate, withWords } from "./worklist-acts.ts";

interface DeviceWorklistOptions {
  patients: PatientStore;
  roster: Roster;
  deviceActs: DeviceActs;
  staff: Pick<StaffStore, "people">;
  cases: Pick<SensorCaseStore, "latestOf">;
  sensors: Pick<SensorStore, "known">;
  statuses: Pick<StatusReader, "renewFacts">;
  requireRole: RequireRole;
  fingerprint: (text: string) => string;
  now: () => number;
}

type People = Awaited<ReturnType<StaffStore["people"]>>;

/** To support or by support, so that nobody sees here what clinicians hand over among each other. */
function shownHandOver({ handOver, marks }: KeptDeviceRow, people: People): DeviceRow["handOver"] {
  if (!handOver) return null;
  const { by, atMs, to, words } = handOver;
  const receiver = "role" in to ? to.role : "colleague";
  const person = people.get(by);
  const isOurs = receiver === "support" || isHandedOn({ handOver, ...(marks && { devices: marks }) });
  if (!isOurs && person?.role !== "support") return null;
  return { by: { id: by, name: person?.name ?? null }, atMs, to: receiver, ...(isOurs && { words }) };
}

/** With the names of those who did something, and the cases about their sensors. */
async function shownRows(
  rows: readonly KeptDeviceRow[],
  { staff, cases, sensors, now }: Pick<DeviceWorklistOptions, "staff" | "cases" | "sensors" | "now">,
): Promise<DeviceRow[]> {
  const latest = await cases.latestOf(
    rows.flatMap(({ sensor, bound }) => [sensor?.serial, bound].filter((serial) => serial != null)),
  );
  const known = await sensors.known(rows.flatMap(({ sensor }) => sensor?.serial ?? []));
  const isDoubted = (serial: string | undefined) => {
    const sensor = serial === undefined ? undefined : known.get(serial);
    return sensor !== undefined && isInDoubt(sensor, now());
  };
  const caseOf = (serial: string | null | undefined) => {
    const found = serial == null ? undefined : latest.get(serial);
    return found && serial ? { ...found, serial } : null;
  };
  const ids = rows.flatMap(({ handOver, marks }) => [
    ...(handOver ? [handOver.by] : []),
    ...(marks?.review ? [marks.review.by] : []),
    ...(marks?.snooze ? [marks.snooze.by] : []),
  ]);
  const people = await staff.people([...new Set(ids)]);
  const actBy = ({ by, atMs }: { by: string; atMs: number }) => ({
    by: { id: by, name: people.get(by)?.name ?? null },
    atMs,
  });
  return rows.map((row) => {
    const { handOver: _, marks, ...shown } = row;
    const { review = null, snooze = null } = marks ?? {};
    return {
      ...shown,
      isInDoubt: shown.isInDoubt || isDoubted(row.sensor?.serial),
      case: caseOf(row.sensor?.serial) ?? caseOf(row.bound),
      handOver: shownHandOver(row, people),
      review: review && { ...actBy(review), words: review.words },
      snooze: snooze && { ...actBy(snooze), untilMs: snooze.untilMs, untilWorse: snooze.untilWorse },
    };
  });
}

/** The list for those who see sensors and no glucose, and what they do with its rows. */
export function createDeviceWorklistRoutes(options: DeviceWorklistOptions): Hono<AppEnv> {
  const { patients, roster, deviceActs: acts, statuses, requireRole, fingerprint, now } = options;
  const routes = new Hono<AppEnv>();
  routes.use(requireRole("support", "administrator"));
  const reasonsOf = async (id: string) => {
    const { mergedInto } = await recordOf(patients, id);
    const { reasons, isReviewed } = await roster.deviceReasonsNow(mergedInto ?? id);
    return { reasons: reasons.slice(0, mostReasons), isReviewed };
  };
  /** What is kept of the sensors of those shown may be older than what the database has by now. */
  const newest = async (query: DeviceWorklistQuery) => {
    const found = await roster.searchDevices(query);
    await Promise.all(found.rows.map(({ patientId }) => statuses.renewFacts(patientId)));
    return roster.searchDevices(query);
  };
  /** Without the row's marks, among which are the clinicians'. */
  const answerOf = ({ patientId }: { patientId: string }, { atMs }: { atMs: number }) => ({
    patientId,
    atMs,
  });

  routes.post(
    "/",
    describe("Whose sensor or phone needs a look, the most urgent first; no glucose", deviceWorklistPage),
    valid("json", deviceWorklistQuery),
    async (c) => {
      const query = c.req.valid("json");
      const { rows, ...about } = await newest(query);
      const q = query.q.trim();
      await c.get("audit")({
        action: q ? "patient-devices.search" : "patient-devices.view",
        details: {
          found: about.total,
          ...(q && { text: fingerprint(searchWords(q).join(" ")) }),
          ...seenIn(
            rows.map(({ patientId }) => ({ id: patientId })),
            query.offset,
          ),
        },
      });
      return c.json({ rows: await shownRows(rows, options), ...about } satisfies DeviceWorklistPage);
    },
  );

  routes.post(
    "/:id/review",
    describe("Mark the device reasons of a row as dealt with", deviceActed),
    async (c) => {
      const id = c.req.param("id");
      const acted = await acts.review(id, actorOf(c, now), await reasonsOf(id));
      const done = await auditAct(c, id, { action: "patient-devices.review" }, acted);
      return c.json(answerOf(done, done));
    },
  );

  routes.delete(
    "/:id/review",
    describe("Take the last of these reviews back; what it ended stands again", deviceActed),
    valid("json", takenBackDeviceAct),
    async (c) => {
      const id = c.req.param("id");
      const actor = actorOf(c, now);
      const acted = await acts.undoReview(id, actor, c.req.valid("json").atMs);
      return c.json(answerOf(await auditAct(c, id, { action: "patient-devices.review-undo" }, acted), actor));
    },
  );

  routes.put(
    "/:id/review",
    describe("Say to the clinicians what was done, with one's last such review", deviceActed),
    valid("json", deviceWords),
    async (c) => {
      const id = c.req.param("id");
      const said = c.req.valid("json");
      const acted = await acts.say(id, actorOf(c, now), said);
      return c.json(answerOf(await auditAct(c, id, { action: "patient-devices.words" }, acted), said));
    },
  );

  routes.put(
    "/:id/snooze",
    describe("Leave a row out of the list of devices until a date, until worse, or both", deviceActed),
    valid("json", newSnooze),
    async (c) => {
      const id = c.req.param("id");
      const actor = actorOf(c, now);
      const { untilMs, untilWorse } = c.req.valid("json");
      refuseDate(untilMs, actor.atMs);
      const { reasons } = await reasonsOf(id);
      const acted = await acts.snooze(id, actor, { untilMs, untilWorse, reasons });
      const details = { ...(untilMs !== null && { untilMs }), untilWorse: String(untilWorse) };
      return c.json(
        answerOf(await auditAct(c, id, { action: "patient-devices.snooze", details }, acted), actor),
      );
    },
  );

  routes.delete("/:id/snooze", describe("End such a snooze", deviceActed), async (c) => {
    const id = c.req.param("id");
    const actor = actorOf(c, now);
    const acted = await acts.snooze(id, actor, null);
    return c.json(answerOf(await auditAct(c, id, { action: "patient-devices.snooze-end" }, acted), actor));
  });

  routes.put(
    "/:id/hand-over",
    describe("Hand a row over from support to a role, or back to who handed it over", deviceActed),
    valid("json", deviceHandOver),
    async (c) => {
      const id = c.req.param("id");
      const actor = actorOf(c, now);
      const given = c.req.valid("json");
      const acted = await acts.handOver(id, actor, given);
      const details = { to: given.to, ...withWords(given) };
      return c.json(answerOf(await auditAct(c, id, { action: "patient.hand-over", details }, acted), actor));
    },
  );

  routes.delete(
    "/:id/hand-over",
    describe("Take back a hand-over by support that nobody has acted on", deviceActed),
    valid("json", takenBackDeviceAct),
    async (c) => {
      const id = c.req.param("id");
      const { atMs } = c.req.valid("json");
      const acted = await acts.takeBackHandOver(id, atMs);
      return c.json(
        answerOf(await auditAct(c, id, { action: "patient.hand-over-end" }, acted), actorOf(c, now)),
      );
    },
  );

  return routes;
}
