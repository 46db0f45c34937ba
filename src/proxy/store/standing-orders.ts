import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import type { NewStandingOrder, StandingOrder } from "#contract/submissions.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";
import { type Asker, addSubmission, type SentDays } from "./submissions.ts";

export interface DueOrder extends SentDays {
  id: string;
  patientId: string;
  every: StandingOrder["every"];
  days: StandingOrder["days"];
  nextAtMs: number;
}

/** What is sent again and again until somebody stops it. */
export interface StandingOrderStore {
  /** False where the same patient's order for this receiver stands already. */
  add(patientId: string, order: NewStandingOrder, by: Asker): Promise<boolean>;
  /** Those that stand, of these records, the newest first. */
  of(patientIds: readonly string[]): Promise<StandingOrder[]>;
  /** False where none of these patients has it, or it is stopped. */
  stop(id: string, patientIds: readonly string[], by: string): Promise<boolean>;
  due(): Promise<DueOrder[]>;
  /** What is due becomes a submission of these days, and is due again at `nextAtMs`; once, whoever else does it at the same time. */
  place(order: DueOrder, days: { firstDate: string; lastDate: string }, nextAtMs: number): Promise<void>;
}

const dueAtOnce = 50;

/** Stops what stands of a receiver or a patient; answers with how many that were. */
export async function stopOrders(
  db: Kysely<Tables>,
  of: { receiver_id: string } | { patient_id: string },
  by: string | null,
  nowMs: number,
): Promise<number> {
  const [column, id] =
    "receiver_id" in of
      ? (["receiver_id", of.receiver_id] as const)
      : (["patient_id", of.patient_id] as const);
  const { numUpdatedRows } = await db
    .updateTable("standing_order")
    .set({ stopped_at_ms: nowMs, stopped_by_id: by })
    .where(column, "=", id)
    .where("stopped_at_ms", "is", null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export function createStandingOrderStore(
  { db }: Pick<Database, "db">,
  now: () => number,
): StandingOrderStore {
  const standing = () => db.selectFrom("standing_order").where("stopped_at_ms", "is", null);
  return {
    add: async (patientId, { receiverId, every, days, language, unit, paper }, by) => {
      const same = await standing()
        .select("id")
        .where("patient_id", "=", patientId)
        .where("receiver_id", "=", receiverId)
        .executeTakeFirst();
      if (same) return false;
      await db
        .insertInto("standing_order")
        .values({
          id: randomUUID(),
          receiver_id: receiverId,
          patient_id: patientId,
          language,
          unit,
          paper,
          by_id: by.id,
          by_role: by.role,
          by_address: by.clientAddress,
          created_at_ms: now(),
          every,
          days,
          next_at_ms: now(),
          stopped_at_ms: null,
          stopped_by_id: null,
        })
        .execute();
      return true;
    },
    of: async (patientIds) => {
      const rows = await standing()
        .innerJoin("receiver", "receiver.id", "standing_order.receiver_id")
        .leftJoin("user", "user.id", "standing_order.by_id")
        .selectAll("standing_order")
        .select(["receiver.name as receiver_name", "user.name as by_name"])
        .where("patient_id", "in", patientIds)
        .orderBy("standing_order.created_at_ms", "desc")
        .execute();
      return rows.map((row) => ({
        id: row.id,
        receiver: { id: row.receiver_id, name: row.receiver_name },
        byName: row.by_name,
        createdAtMs: row.created_at_ms,
        every: row.every,
        days: row.days,
        nextAtMs: row.next_at_ms,
      }));
    },
    stop: async (id, patientIds, by) => {
      const { numUpdatedRows } = await db
        .updateTable("standing_order")
        .set({ stopped_at_ms: now(), stopped_by_id: by })
        .where("id", "=", id)
        .where("patient_id", "in", patientIds)
        .where("stopped_at_ms", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    due: async () => {
      const rows = await standing()
        .selectAll()
        .where("next_at_ms", "<=", now())
        .orderBy("next_at_ms")
        .limit(dueAtOnce)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        receiverId: row.receiver_id,
        patientId: row.patient_id,
        language: row.language,
        unit: row.unit,
        paper: row.paper,
        by: { id: row.by_id, role: row.by_role, clientAddress: row.by_address },
        every: row.every,
        days: row.days,
        nextAtMs: row.next_at_ms,
      }));
    },
    place: (order, days, nextAtMs) =>
      db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable("standing_order")
          .set({ next_at_ms: nextAtMs })
          .where("id", "=", order.id)
          .where("next_at_ms", "=", order.nextAtMs)
          .where("stopped_at_ms", "is", null)
          .executeTakeFirst();
        if (numUpdatedRows > 0n) await addSubmission(trx, { ...order, ...days, orderId: order.id }, now());
      }),
  };
}
