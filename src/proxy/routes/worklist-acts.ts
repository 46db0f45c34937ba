import { type Context, Hono } from "hono";
import type { AuditAction } from "#contract/audit.ts";
import { mostReasons } from "#contract/patient-marks.ts";
import { patientReasons } from "#contract/roster.ts";
import {
  type MarkedPatient,
  markedPatient,
  mostSnoozeDays,
  newHandOver,
  newReview,
  newSnooze,
  reviewedPatient,
  takenBack,
} from "#contract/worklist-acts.ts";
import { dayMs } from "#glucose/time.ts";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";
import type { Roster } from "../roster/roster.ts";
import type { ActRefusal } from "../store/patient-marks.ts";
import type { Actor } from "../store/patient-reviews.ts";
import type { PatientStore } from "../store/patients.ts";
import type { WorklistActs } from "../store/worklist-acts.ts";
import { describe, valid } from "./openapi.ts";
import { noSuchPatient, recordOf } from "./patient-record.ts";

export interface WorklistActOptions {
  patients: PatientStore;
  acts: WorklistActs;
  roster: Roster;
  now: () => number;
}

const refuse = (field: string, reason: string, detail: string) => () =>
  new Failure("invalid-request", { detail, fields: [{ field, reason }] });

const failures: Record<ActRefusal, () => Failure> = {
  "patient-unknown": noSuchPatient,
  "patient-archived": refuse(
    "archived",
    "archived",
    "This patient is archived: take them out of the archive first.",
  ),
  "receiver-unknown": refuse("to.staffId", "unknown", "Nobody here has this ID."),
  "receiver-inactive": refuse("to.staffId", "inactive", "This colleague is inactive and cannot sign in."),
  "receiver-sees-no-patients": refuse(
    "to.staffId",
    "role",
    "This colleague's role sees no patients: hand over to the role instead.",
  ),
  "with-colleague": refuse("to", "with-colleague", "This patient is with a colleague already."),
  "handed-over-since": () =>
    new Failure("changed-meanwhile", {
      detail: "A colleague has acted on this hand-over since.",
      fields: [{ field: "atMs", reason: "changed" }],
    }),
  "review-unknown": () => new Failure("not-found", { detail: "There is no review to take back." }),
  "reviewed-since": () =>
    new Failure("changed-meanwhile", {
      detail: "Another review is the last one by now.",
      fields: [{ field: "number", reason: "changed" }],
    }),
  "review-of-another": refuse(
    "number",
    "another",
    "It is a colleague's review: they, or an administrator, can take it back.",
  ),
  "review-too-old": refuse(
    "number",
    "too-old",
    "One's own review can be taken back within 24 hours; after that an administrator can.",
  ),
  "words-too-long": refuse("words", "too-long", "With what was said before it is too long."),
  "words-glucose": refuse("words", "glucose", "With what was said before it reads like a glucose value."),
  "note-unknown": () => new Failure("not-found", { detail: "This patient has no such note." }),
  "note-of-another": refuse("noteId", "another", "Only its author removes a note."),
};

export const actorOf = (c: Context<AppEnv>, now: () => number): Actor => ({ ...c.get("staff"), atMs: now() });

interface SaidOfAct {
  action: AuditAction;
  details?: Readonly<Record<string, string | number>>;
}

/** Writes into the trail what came of an act on the patient with this ID; a refused one ends in its failure. */
export async function auditAct<T extends MarkedPatient & { isChanged: boolean }>(
  c: Context<AppEnv>,
  id: string,
  { action, details }: SaidOfAct,
  acted: T | ActRefusal,
): Promise<Omit<T, "isChanged">> {
  if (typeof acted === "string") {
    if (acted !== "patient-unknown")
      await c.get("audit")({ action, subject: id, outcome: "failed", ...(details && { details }) });
    throw failures[acted]();
  }
  const { isChanged, ...answer } = acted;
  // Who was told that there is nothing to add has looked all the same.
  const outcome = isChanged ? "ok" : "unchanged";
  await c.get("audit")({ action, subject: answer.patientId, outcome, ...(details && { details }) });
  return answer;
}

/** For the trail, which says that there are words and not which. */
export const withWords = ({ words }: { words?: string | undefined }): Record<string, string> =>
  words === undefined ? {} : { withWords: "true" };

export function refuseDate(untilMs: number | null, nowMs: number): void {
  if (untilMs === null) return;
  if (untilMs <= nowMs) throw refuse("untilMs", "past", "This date is over.")();
  if (untilMs > nowMs + mostSnoozeDays * dayMs)
    throw refuse("untilMs", "too-far", `A snooze ends within ${mostSnoozeDays} days.`)();
}

/** What people do with a patient's row in the list. */
export function createWorklistActRoutes(options: WorklistActOptions): Hono<AppEnv> {
  const { acts, patients, roster, now } = options;
  const routes = new Hono<AppEnv>();
  const reasonsOf = async (id: string) => {
    const { mergedInto } = await recordOf(patients, id);
    const { reasons, ...more } = await roster.reasonsNow(mergedInto ?? id);
    return { reasons: reasons.slice(0, mostReasons), ...more };
  };

  routes.get("/:id/marks", describe("What stands of a patient's row", markedPatient), async (c) => {
    const marked = await acts.read(c.req.param("id"));
    if (!marked) throw noSuchPatient();
    return c.json(marked);
  });

  routes.get(
    "/:id/reasons",
    describe("Why the list would have a patient looked at", patientReasons),
    async (c) => {
      const { id, mergedInto } = await recordOf(patients, c.req.param("id"));
      const row = await roster.rowNow(mergedInto ?? id);
      if (!row) throw noSuchPatient();
      await c.get("audit")({ action: "patient-reasons.view", subject: mergedInto ?? id });
      return c.json(row);
    },
  );

  routes.post(
    "/:id/review",
    describe("Mark a patient as reviewed", reviewedPatient),
    valid("json", newReview),
    async (c) => {
      const id = c.req.param("id");
      const { seen } = c.req.valid("json");
      const acted = await acts.review(id, actorOf(c, now), { seen, ...(await reasonsOf(id)) });
      return c.json(await auditAct(c, id, { action: "patient.review" }, acted));
    },
  );

  routes.delete(
    "/:id/review",
    describe("Take the last review back; what stood before it stands again", reviewedPatient),
    valid("json", takenBack),
    async (c) => {
      const id = c.req.param("id");
      const acted = await acts.undoReview(id, actorOf(c, now), c.req.valid("json").number);
      return c.json(await auditAct(c, id, { action: "patient.review-undo" }, acted));
    },
  );

  routes.put(
    "/:id/snooze",
    describe("Leave a patient out of the list until a date, until worse, or both", markedPatient),
    valid("json", newSnooze),
    async (c) => {
      const id = c.req.param("id");
      const { untilMs, untilWorse } = c.req.valid("json");
      refuseDate(untilMs, now());
      const { reasons } = await reasonsOf(id);
      const acted = await acts.snooze(id, actorOf(c, now), { untilMs, untilWorse, reasons });
      const details = { ...(untilMs !== null && { untilMs }), untilWorse: String(untilWorse) };
      return c.json(await auditAct(c, id, { action: "patient.snooze", details }, acted));
    },
  );

  routes.delete("/:id/snooze", describe("End a snooze", markedPatient), async (c) => {
    const id = c.req.param("id");
    const acted = await acts.snooze(id, actorOf(c, now), null);
    return c.json(await auditAct(c, id, { action: "patient.snooze-end" }, acted));
  });

  routes.put(
    "/:id/hand-over",
    describe("Hand a patient over to a colleague or to a role", markedPatient),
    valid("json", newHandOver),
    async (c) => {
      const id = c.req.param("id");
      const given = c.req.valid("json");
      const acted = await acts.handOver(id, actorOf(c, now), given);
      const details = { ...given.to, ...withWords(given) };
      return c.json(await auditAct(c, id, { action: "patient.hand-over", details }, acted));
    },
  );

  routes.delete("/:id/hand-over", describe("End a hand-over", markedPatient), async (c) => {
    const id = c.req.param("id");
    const acted = await acts.handOver(id, actorOf(c, now), null);
    return c.json(await auditAct(c, id, { action: "patient.hand-over-end" }, acted));
  });

  return routes;
}
