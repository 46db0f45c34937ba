import type { Kysely } from "kysely";
import { deviceWordsMaxLength, saidTogether } from "#contract/device-rows.ts";
import type { DeviceHandOver, DeviceWords } from "#contract/device-worklist.ts";
import { glucoseIn } from "#contract/glucose-in-text.ts";
import {
  type DeviceMarks,
  type HandOver,
  isHandedOn,
  isToSupport,
  type Reason,
  type Receiver,
  type Snooze,
} from "#contract/patient-marks.ts";
import type { Database } from "./database.ts";
import { type Acted, type ActRefusal, changeMarks } from "./patient-marks.ts";
import { type Actor, forgetEnded, whyNotUndone } from "./patient-reviews.ts";
import type { Tables } from "./schema.ts";
import { handedOver, whyNotReceiver } from "./worklist-acts.ts";

/** What people do with a row of the list of devices: none of it moves anybody in the clinicians' list. */
export interface DeviceActs {
  /**
   * It ends a snooze until worse and a hand-over to support; where nothing is new since the last one, that one
   * stands. Answers with when the one that stands was made.
   */
  review(
    id: string,
    by: Actor,
    known: { reasons: readonly Reason[]; isReviewed: boolean },
  ): Promise<Acted<{ atMs: number }>>;
  /** Takes back the review that was made at `atMs`, if it is the last one; what it ended stands again. */
  undoReview(id: string, by: Actor, atMs: number): Promise<Acted>;
  /** Adds to one's own review, if it is the last one, what was done, after what it says already. */
  say(id: string, by: Actor, review: DeviceWords): Promise<Acted>;
  /** Null ends it. */
  snooze(
    id: string,
    by: Actor,
    snooze: Pick<Snooze, "untilMs" | "untilWorse" | "reasons"> | null,
  ): Promise<Acted>;
  /** Away from support; not where a patient is with a colleague already. */
  handOver(id: string, by: Actor, given: DeviceHandOver): Promise<Acted>;
  /** Takes back the one that was made at `atMs` while it stands: what stood before it stands again. */
  takeBackHandOver(id: string, atMs: number): Promise<Acted>;
}

const noMarks: DeviceMarks = { review: null, snooze: null };

async function isBySupport(trx: Kysely<Tables>, { by }: HandOver): Promise<boolean> {
  const person = await trx.selectFrom("user").select("role").where("id", "=", by).executeTakeFirst();
  return person?.role === "support";
}

function receiverOf(to: DeviceHandOver["to"], standing: HandOver | null): Receiver | ActRefusal {
  if (to !== "back") return { role: to };
  return standing && isToSupport(standing) ? { staffId: standing.by } : "receiver-unknown";
}

export function createDeviceActs(database: Pick<Database, "db" | "kind">): DeviceActs {
  return {
    review: (id, { id: by, atMs }, { reasons, isReviewed }) =>
      changeMarks(database, id, async (_trx, { marks }) => {
        const { review, snooze } = marks.devices ?? noMarks;
        if (isReviewed && review) return { marks: null, more: { atMs: review.atMs } };
        const endedSnooze = snooze?.untilWorse ? snooze : null;
        const endedHandOver = marks.handOver && isToSupport(marks.handOver) ? marks.handOver : null;
        const before = {
          review: review && {
            by: review.by,
            atMs: review.atMs,
            reasons: review.reasons,
            words: review.words,
          },
          snooze: endedSnooze,
          handOver: endedHandOver,
        };
        const devices: DeviceMarks = {
          ...marks.devices,
          review: { by, atMs, reasons: [...reasons], before },
          snooze: endedSnooze ? null : snooze,
        };
        const handOver = endedHandOver ? null : marks.handOver;
        return { marks: { ...marks, handOver, devices }, more: { atMs } };
      }),
    undoReview: (id, by, atMs) =>
      changeMarks(database, id, async (_trx, { marks }) => {
        const { review, snooze } = marks.devices ?? noMarks;
        const refusal = whyNotUndone(review, review?.atMs === atMs, by);
        if (refusal) return refusal;
        const before = review?.before;
        const devices: DeviceMarks = {
          ...marks.devices,
          review: before?.review ? { ...before.review, before: null } : null,
          snooze: snooze ?? before?.snooze ?? null,
        };
        const handOver = marks.handOver ?? before?.handOver ?? null;
        return { marks: { ...marks, handOver, devices }, more: {} };
      }),
    say: (id, { id: by }, { atMs, words }) =>
      changeMarks(database, id, async (_trx, { marks }) => {
        const { review, snooze } = marks.devices ?? noMarks;
        if (!review) return "review-unknown";
        if (review.atMs !== atMs) return "reviewed-since";
        if (review.by !== by) return "review-of-another";
        const { words: before } = review;
        // Sent again after an answer that was lost.
        if (before === words || before?.endsWith(saidTogether("", words))) return { marks: null, more: {} };
        const together = saidTogether(before, words);
        if ([...together].length > deviceWordsMaxLength) return "words-too-long";
        if (glucoseIn(`${before} ${words}`) !== null) return "words-glucose";
        const devices = { ...marks.devices, review: { ...review, words: together }, snooze };
        return { marks: { ...marks, devices }, more: {} };
      }),
    snooze: (id, { id: by, atMs }, snooze) =>
      changeMarks(database, id, async (_trx, { marks }) => {
        const { review, snooze: standing } = marks.devices ?? noMarks;
        if (!snooze && !standing) return { marks: null, more: {} };
        return {
          marks: {
            ...marks,
            devices: { ...marks.devices, review, snooze: snooze && { by, atMs, ...snooze } },
          },
          more: {},
        };
      }),
    handOver: (id, { id: by, atMs }, { to, words }) =>
      changeMarks(database, id, async (trx, { id: patientId, marks }) => {
        const { handOver: standing } = marks;
        const isOwn = standing === null || isToSupport(standing) || isHandedOn(marks);
        if (!isOwn && !(await isBySupport(trx, standing))) return "with-colleague";
        const receiver = receiverOf(to, standing);
        const refusal = typeof receiver === "string" ? receiver : await whyNotReceiver(trx, receiver);
        if (refusal !== null || typeof receiver === "string") return refusal ?? "receiver-unknown";
        await forgetEnded(trx, patientId, "ended_hand_over");
        const handed = handedOver(marks, { by, atMs, to: receiver, words });
        const devices: DeviceMarks = {
          ...(handed.devices ?? noMarks),
          handedOnMs: atMs,
          handedOnFrom: standing,
        };
        return { marks: { ...handed, devices }, more: {} };
      }),
    takeBackHandOver: (id, atMs) =>
      changeMarks(database, id, async (_trx, { marks }) => {
        if (!marks.devices || !isHandedOn(marks) || marks.handOver?.atMs !== atMs) return "handed-over-since";
        const { handedOnMs: _ms, handedOnFrom = null, ...kept } = marks.devices;
        const isBefore = handedOnFrom !== null && !isToSupport(handedOnFrom);
        const devices: DeviceMarks = isBefore ? { ...kept, handedOnMs: handedOnFrom.atMs } : kept;
        return { marks: { ...marks, handOver: handedOnFrom, devices }, more: {} };
      }),
  };
}
