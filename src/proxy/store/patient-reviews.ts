import type { Kysely, Selectable } from "kysely";
import type * as z from "zod/mini";
import {
  type HandOver,
  handOver,
  type PatientMarks,
  type Reason,
  type Review,
  type Snooze,
  snooze,
} from "#contract/patient-marks.ts";
import type { Role } from "#contract/staff.ts";
import type { ReviewedPatient } from "#contract/worklist-acts.ts";
import { dayMs, minuteMs } from "#glucose/time.ts";
import type { ActRefusal, Done, Marked } from "./patient-marks.ts";
import type { Tables } from "./schema.ts";

/** Who acts, and when. */
export interface Actor {
  id: string;
  role: Role;
  atMs: number;
}

export interface NewReview {
  seen: number | null;
  reasons: readonly Reason[];
  /** When the first of the reasons arose that are new since the review before; null where nobody knows. */
  newSinceMs: number | null;
  /** Whether nothing is new or worse since this review. */
  isReviewedBy: (review: Review) => boolean;
}

/** One's own review can be taken back for so long; an administrator takes back any. */
const undoWithinMs = dayMs;
const mostOthers = 10;
/** A colleague's review is told though the screen knew it: it may have come after the last look at the row. */
const recentMs = 15 * minuteMs;
/** Two who review within such a time have done it together. */
const togetherMs = 60 * minuteMs;

const standing = (trx: Kysely<Tables>, patientId: string) =>
  trx
    .selectFrom("patient_review")
    .where("patient_id", "=", patientId)
    .where("undone_at_ms", "is", null)
    .orderBy("number", "desc");

const toReview = (
  row: Pick<Selectable<Tables["patient_review"]>, "number" | "by_id" | "at_ms" | "reasons">,
): Review => ({
  number: row.number,
  by: row.by_id,
  atMs: row.at_ms,
  reasons: JSON.parse(row.reasons) as Reason[],
});

/** The reviews that stand and came after the one with the number `seen`, or just now from somebody else. */
async function reviewsOfOthers(
  trx: Kysely<Tables>,
  patientId: string,
  by: Actor,
  seen: number | null,
): Promise<ReviewedPatient["others"]> {
  const rows = await standing(trx, patientId)
    .leftJoin("user", "user.id", "patient_review.by_id")
    .select(["number", "at_ms", "by_id", "user.name"])
    .where((eb) =>
      eb.or([
        eb("number", ">", seen ?? 0),
        eb.and([eb("by_id", "!=", by.id), eb("at_ms", ">=", by.atMs - recentMs)]),
      ]),
    )
    .limit(mostOthers)
    .execute();
  return rows.map(({ number, at_ms, by_id, name }) => ({ number, atMs: at_ms, by: { id: by_id, name } }));
}

/** A review, with those of colleagues that stand beside it. */
async function withOthers(trx: Kysely<Tables>, patientId: string, review: Review): Promise<Review> {
  const rows = await standing(trx, patientId)
    .select(["by_id", "at_ms"])
    .where("number", "<", review.number)
    .where("by_id", "!=", review.by)
    .where("at_ms", ">=", review.atMs - togetherMs)
    .limit(mostOthers)
    .execute();
  const latest = rows.filter(({ by_id }, index) => rows.findIndex((row) => row.by_id === by_id) === index);
  return latest.length === 0
    ? review
    : { ...review, also: latest.map(({ by_id, at_ms }) => ({ by: by_id, atMs: at_ms })) };
}

const isToThem = ({ to }: HandOver, { id, role }: Actor) =>
  "staffId" in to ? to.staffId === id : to.role === role;

/**
 * The later of two reviews stands, and both are kept. While nothing is new none is added to one's own that could be
 * taken back, nor to a colleague's that the screen did not know. It ends a snooze until worse, which was about the figures of before, and a hand-over to the
 * person who reviewed or to their role.
 */
export async function review(
  trx: Kysely<Tables>,
  { id, marks }: Marked,
  by: Actor,
  { seen, reasons, newSinceMs, isReviewedBy }: NewReview,
): Promise<Done<Pick<ReviewedPatient, "others">>> {
  const others = await reviewsOfOthers(trx, id, by, seen);
  const endedSnooze = marks.snooze?.untilWorse ? marks.snooze : null;
  const endedHandOver = marks.handOver && isToThem(marks.handOver, by) ? marks.handOver : null;
  const last = marks.review;
  const isOwn = last?.by === by.id;
  const isEnough = last !== null && (isOwn ? by.atMs - last.atMs <= undoWithinMs : last.number > (seen ?? 0));
  if (isEnough && isReviewedBy(last) && !endedSnooze && !endedHandOver)
    return { marks: null, more: { others: others.filter(({ number }) => !isOwn || number !== last.number) } };
  const highest = await trx
    .selectFrom("patient_review")
    .select((eb) => eb.fn.max("number").as("number"))
    .where("patient_id", "=", id)
    .executeTakeFirst();
  const row = {
    patient_id: id,
    number: (highest?.number ?? 0) + 1,
    by_id: by.id,
    at_ms: by.atMs,
    reasons: JSON.stringify(reasons),
    ended_snooze: endedSnooze && JSON.stringify(endedSnooze),
    ended_hand_over: endedHandOver && JSON.stringify(endedHandOver),
    undone_by_id: null,
    undone_at_ms: null,
    waited_minutes: newSinceMs === null ? null : Math.max(0, Math.floor((by.atMs - newSinceMs) / minuteMs)),
  };
  await trx.insertInto("patient_review").values(row).execute();
  const after: PatientMarks = {
    ...marks,
    review: await withOthers(trx, id, toReview(row)),
    snooze: endedSnooze ? null : marks.snooze,
    handOver: endedHandOver ? null : marks.handOver,
  };
  return { marks: after, more: { others } };
}

/** `isSame`: the review that is to be taken back is the last one. */
export function whyNotUndone(
  review: Pick<Review, "by" | "atMs"> | null,
  isSame: boolean,
  by: Actor,
): ActRefusal | null {
  if (!review) return "review-unknown";
  if (!isSame) return "reviewed-since";
  if (by.role === "administrator") return null;
  if (review.by !== by.id) return "review-of-another";
  return by.atMs - review.atMs > undoWithinMs ? "review-too-old" : null;
}

const parsed = <T>(schema: z.ZodMiniType<T>, json: string | null | undefined): T | null =>
  json ? schema.parse(JSON.parse(json)) : null;

/** Takes the last review back: the one before it stands again, and the snooze and the hand-over that it ended. */
export async function undoReview(
  trx: Kysely<Tables>,
  { id, marks }: Marked,
  by: Actor,
  number: number,
): Promise<Done<Pick<ReviewedPatient, "others">> | ActRefusal> {
  const refusal = whyNotUndone(marks.review, marks.review?.number === number, by);
  if (refusal) return refusal;
  const undone = await trx
    .updateTable("patient_review")
    .set({ undone_by_id: by.id, undone_at_ms: by.atMs })
    .where("patient_id", "=", id)
    .where("number", "=", number)
    .returning(["ended_snooze", "ended_hand_over"])
    .executeTakeFirst();
  const before = await standing(trx, id).selectAll().executeTakeFirst();
  const after: PatientMarks = {
    ...marks,
    review: before ? await withOthers(trx, id, toReview(before)) : null,
    snooze: marks.snooze ?? parsed<Snooze>(snooze, undone?.ended_snooze),
    handOver: marks.handOver ?? parsed<HandOver>(handOver, undone?.ended_hand_over),
  };
  return { marks: after, more: { others: await reviewsOfOthers(trx, id, by, number) } };
}

/** Somebody has decided anew: no undo brings back what a review had ended before. */
export async function forgetEnded(
  trx: Kysely<Tables>,
  patientId: string,
  column: "ended_snooze" | "ended_hand_over",
): Promise<void> {
  await trx
    .updateTable("patient_review")
    .set({ [column]: null })
    .where("patient_id", "=", patientId)
    .where(column, "is not", null)
    .execute();
}
