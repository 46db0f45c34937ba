import { randomUUID } from "node:crypto";
import type { Kysely, Selectable } from "kysely";
import type { Trouble } from "#contract/receivers.ts";
import type { Role } from "#contract/staff.ts";
import { isTaken, type NewSubmission, type Submission, type SubmissionEntry } from "#contract/submissions.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";

/** Who wants something sent, and from where. */
export interface Asker {
  id: string;
  role: Role;
  clientAddress: string;
}

export interface SentDays extends Pick<NewSubmission, "receiverId" | "language" | "unit" | "paper"> {
  patientId: string;
  by: Asker;
}

interface AddedSubmission extends SentDays {
  firstDate: string;
  lastDate: string;
  orderId: string | null;
}

export interface StoredSubmission extends AddedSubmission {
  id: string;
  attempts: number;
}

/** Where a receiver has a patient, "Patient/7"; `isByNumberAlone` where no dates of birth could be compared. */
export interface FoundThere {
  address: string;
  isByNumberAlone: boolean;
}

interface AnsweredEntry extends SubmissionEntry {
  /** Where the receiver has it; null where it did not say. */
  location: string | null;
}

type Settled = { state: "done" | "partly" | "failed"; trouble: Trouble | null };

/** What is to be sent and what became of it. No table has what was sent. */
export interface SubmissionStore {
  /** Nothing is added where the same waits already. */
  add(submission: AddedSubmission): Promise<void>;
  /** The latest of these records, the newest first. */
  of(patientIds: readonly string[]): Promise<Submission[]>;
  isAnyDue(): Promise<boolean>;
  due(): Promise<StoredSubmission[]>;
  /** Counts a try before it is made; false where it is no longer to be made, or somebody else makes it. */
  begin(submission: StoredSubmission): Promise<boolean>;
  /** What was taken so far, and where it is. */
  taken(id: string): Promise<Map<string, string | null>>;
  noteThere(id: string, there: FoundThere): Promise<void>;
  noteEntries(id: string, entries: readonly AnsweredEntry[]): Promise<void>;
  settle(id: string, settled: Settled): Promise<void>;
  /** It is tried again at `nextAtMs`, and where the receiver wants to be left alone, nothing is sent there before. */
  postpone(
    submission: StoredSubmission,
    trouble: Trouble,
    nextAtMs: number,
    isForAll: boolean,
  ): Promise<void>;
  /** Sends what was refused, did not arrive or waits for its time now, also to a receiver that wants to be left alone; false where there is nothing to send. */
  again(id: string, patientIds: readonly string[], by: Asker): Promise<boolean>;
  /** False where it does not wait. */
  cancel(id: string, patientIds: readonly string[]): Promise<boolean>;
}

const shownOfPatient = 30;
const dueAtOnce = 20;

export async function addSubmission(
  db: Kysely<Tables>,
  { receiverId, patientId, firstDate, lastDate, language, unit, paper, by, orderId }: AddedSubmission,
  nowMs: number,
): Promise<void> {
  const same = await db
    .selectFrom("submission")
    .select("id")
    .where("receiver_id", "=", receiverId)
    .where("patient_id", "=", patientId)
    .where("first_date", "=", firstDate)
    .where("last_date", "=", lastDate)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  if (same) return;
  await db
    .insertInto("submission")
    .values({
      id: randomUUID(),
      receiver_id: receiverId,
      patient_id: patientId,
      order_id: orderId,
      first_date: firstDate,
      last_date: lastDate,
      language,
      unit,
      paper,
      by_id: by.id,
      by_role: by.role,
      by_address: by.clientAddress,
      created_at_ms: nowMs,
      state: "waiting",
      attempts: 0,
      next_at_ms: nowMs,
      answered_at_ms: null,
      problem: null,
      problem_status: null,
      sealed_said: null,
      patient_there: null,
      by_number_alone: null,
    })
    .execute();
}

/** Of who is archived nothing is sent any more. */
export async function cancelSubmissionsOf(db: Kysely<Tables>, patientId: string): Promise<void> {
  await db
    .updateTable("submission")
    .set({ state: "cancelled" })
    .where("patient_id", "=", patientId)
    .where("state", "=", "waiting")
    .execute();
}

const toStored = (row: Selectable<Tables["submission"]>): StoredSubmission => ({
  id: row.id,
  receiverId: row.receiver_id,
  patientId: row.patient_id,
  orderId: row.order_id,
  firstDate: row.first_date,
  lastDate: row.last_date,
  language: row.language,
  unit: row.unit,
  paper: row.paper,
  by: { id: row.by_id, role: row.by_role, clientAddress: row.by_address },
  attempts: row.attempts,
});

async function readSubmissions(
  db: Kysely<Tables>,
  sealer: Sealer,
  patientIds: readonly string[],
): Promise<Submission[]> {
  const rows = await db
    .selectFrom("submission")
    .innerJoin("receiver", "receiver.id", "submission.receiver_id")
    .leftJoin("user", "user.id", "submission.by_id")
    .selectAll("submission")
    .select(["receiver.name as receiver_name", "quiet_until_ms", "user.name as by_name"])
    .where("patient_id", "in", patientIds)
    .orderBy("submission.created_at_ms", "desc")
    .orderBy("submission.id")
    .limit(shownOfPatient)
    .execute();
  const entries = Map.groupBy(
    rows.length === 0
      ? []
      : await db
          .selectFrom("submission_entry")
          .selectAll()
          .where(
            "submission_id",
            "in",
            rows.map(({ id }) => id),
          )
          .orderBy("position")
          .execute(),
    (entry) => entry.submission_id,
  );
  const said = (sealed: string | null) => (sealed && sealer.open(sealed)) ?? "";
  return rows.map((row) => ({
    id: row.id,
    receiver: { id: row.receiver_id, name: row.receiver_name },
    byName: row.by_name,
    isStanding: row.order_id !== null,
    createdAtMs: row.created_at_ms,
    firstDate: row.first_date,
    lastDate: row.last_date,
    state: row.state,
    attempts: row.attempts,
    nextAtMs: row.state === "waiting" ? Math.max(row.next_at_ms, row.quiet_until_ms) : null,
    answeredAtMs: row.answered_at_ms,
    trouble: row.problem && { problem: row.problem, status: row.problem_status, said: said(row.sealed_said) },
    patientThere: row.patient_there,
    isByNumberAlone: row.by_number_alone === 1,
    entries: (entries.get(row.id) ?? []).map(({ type, name, status, sealed_said }) => ({
      type,
      name,
      status,
      said: said(sealed_said),
    })),
  }));
}

export function createSubmissionStore(
  { db }: Pick<Database, "db">,
  sealer: Sealer,
  now: () => number,
): SubmissionStore {
  const sealed = (text: string) => (text === "" ? null : sealer.seal(text));
  const troubleColumns = (trouble: Trouble | null) => ({
    problem: trouble?.problem ?? null,
    problem_status: trouble?.status ?? null,
    sealed_said: sealed(trouble?.said ?? ""),
  });
  const due = () =>
    db
      .selectFrom("submission")
      .where("state", "=", "waiting")
      .where("next_at_ms", "<=", now())
      .where("receiver_id", "in", (eb) =>
        eb.selectFrom("receiver").select("id").where("quiet_until_ms", "<=", now()),
      );
  /** Of a submission that waits. */
  const change = (id: string) =>
    db.updateTable("submission").where("id", "=", id).where("state", "=", "waiting");

  return {
    add: (submission) => addSubmission(db, submission, now()),
    of: (patientIds) => readSubmissions(db, sealer, patientIds),
    isAnyDue: async () => (await due().select("id").limit(1).executeTakeFirst()) !== undefined,
    due: async () => (await due().selectAll().orderBy("next_at_ms").limit(dueAtOnce).execute()).map(toStored),
    begin: async ({ id, attempts }) => {
      const { numUpdatedRows } = await change(id)
        .set({ attempts: attempts + 1 })
        .where("attempts", "=", attempts)
        .where("id", "in", due().select("id"))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    taken: async (id) => {
      const rows = await db
        .selectFrom("submission_entry")
        .select(["name", "status", "location"])
        .where("submission_id", "=", id)
        .execute();
      return new Map(rows.filter(isTaken).map(({ name, location }) => [name, location]));
    },
    noteThere: async (id, { address, isByNumberAlone }) => {
      const there = { patient_there: address, by_number_alone: Number(isByNumberAlone) };
      await db.updateTable("submission").set(there).where("id", "=", id).execute();
    },
    noteEntries: async (id, entries) => {
      for (const [position, { type, name, status, location, said }] of entries.entries()) {
        const answer = { status, location, sealed_said: sealed(said) };
        await db
          .insertInto("submission_entry")
          .values({ submission_id: id, name, type, position, ...answer })
          .onConflict((conflict) => conflict.columns(["submission_id", "name"]).doUpdateSet(answer))
          .execute();
      }
      await db.updateTable("submission").set({ answered_at_ms: now() }).where("id", "=", id).execute();
    },
    settle: async (id, { state, trouble }) => {
      await change(id)
        .set({ state, ...troubleColumns(trouble) })
        .execute();
    },
    postpone: async ({ id, receiverId }, trouble, nextAtMs, isForAll) => {
      await change(id)
        .set({ next_at_ms: nextAtMs, ...troubleColumns(trouble) })
        .execute();
      if (!isForAll) return;
      await db
        .updateTable("receiver")
        .set({ quiet_until_ms: nextAtMs })
        .where("id", "=", receiverId)
        .execute();
    },
    again: async (id, patientIds, by) => {
      const pressed = await db
        .updateTable("submission")
        .set({
          state: "waiting",
          attempts: 0,
          next_at_ms: now(),
          by_id: by.id,
          by_role: by.role,
          by_address: by.clientAddress,
          ...troubleColumns(null),
        })
        .where("id", "=", id)
        .where("patient_id", "in", patientIds)
        .where((eb) =>
          eb.or([
            eb("state", "in", ["partly", "failed"]),
            // Not one that is under way.
            eb.and([eb("state", "=", "waiting"), eb.not(eb("id", "in", due().select("id")))]),
          ]),
        )
        .where("receiver_id", "in", (eb) =>
          eb.selectFrom("receiver").select("id").where("removed_at_ms", "is", null),
        )
        .returning("receiver_id")
        .executeTakeFirst();
      if (!pressed) return false;
      await db
        .updateTable("receiver")
        .set({ quiet_until_ms: 0 })
        .where("id", "=", pressed.receiver_id)
        .execute();
      return true;
    },
    cancel: async (id, patientIds) => {
      const { numUpdatedRows } = await change(id)
        .set({ state: "cancelled" })
        .where("patient_id", "in", patientIds)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
