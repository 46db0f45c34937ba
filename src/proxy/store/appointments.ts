import * as z from "zod";
import type { Appointments } from "#contract/appointments.ts";
import type { Database } from "./database.ts";

/** Whom each of the staff sees today, in order; nothing of it outlives their day. */
export interface AppointmentStore {
  idsOf(staffId: string): Promise<string[]>;
  of(staffId: string): Promise<Kept[]>;
  keep(staffId: string, appointments: Appointments): Promise<void>;
  remove(staffId: string): Promise<void>;
}

interface Kept {
  id: string;
  /** Null where it is not known. */
  time: string | null;
}

const kept = z.array(
  z.union([
    z.object({ id: z.string(), time: z.nullable(z.string()) }),
    // From before times were kept.
    z.string().transform((id): Kept => ({ id, time: null })),
  ]),
);

export function createAppointmentStore({ db }: Pick<Database, "db">, now: () => number): AppointmentStore {
  const dropPast = () => db.deleteFrom("appointment").where("until_ms", "<=", Math.ceil(now())).execute();
  async function appointmentsOf(staffId: string): Promise<Kept[]> {
    const row = await db
      .selectFrom("appointment")
      .select(["patient_ids", "until_ms"])
      .where("staff_id", "=", staffId)
      .executeTakeFirst();
    if (!row) return [];
    if (row.until_ms > now()) return kept.parse(JSON.parse(row.patient_ids));
    await dropPast();
    return [];
  }
  return {
    idsOf: async (staffId) => (await appointmentsOf(staffId)).map(({ id }) => id),
    of: appointmentsOf,
    keep: async (staffId, { ids, times = {}, untilMs }) => {
      await dropPast();
      const appointed = ids.map((id): Kept => ({ id, time: times[id] ?? null }));
      const row = { patient_ids: JSON.stringify(appointed), until_ms: Math.floor(untilMs) };
      await db
        .insertInto("appointment")
        .values({ staff_id: staffId, ...row })
        .onConflict((conflict) => conflict.column("staff_id").doUpdateSet(row))
        .execute();
    },
    remove: async (staffId) => {
      await db.deleteFrom("appointment").where("staff_id", "=", staffId).execute();
      await dropPast();
    },
  };
}
