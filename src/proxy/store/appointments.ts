import * as z from "zod";
import type { Appointments } from "#contract/appointments.ts";
import type { Database } from "./database.ts";

/** Whom each of the staff sees today, in order; nothing of it outlives their day. */
export interface AppointmentStore {
  idsOf(staffId: string): Promise<string[]>;
  keep(staffId: string, appointments: Appointments): Promise<void>;
  remove(staffId: string): Promise<void>;
}

const ids = z.array(z.string());

export function createAppointmentStore({ db }: Pick<Database, "db">, now: () => number): AppointmentStore {
  const dropPast = () => db.deleteFrom("appointment").where("until_ms", "<=", Math.ceil(now())).execute();
  return {
    idsOf: async (staffId) => {
      const row = await db
        .selectFrom("appointment")
        .select(["patient_ids", "until_ms"])
        .where("staff_id", "=", staffId)
        .executeTakeFirst();
      if (!row) return [];
      if (row.until_ms > now()) return ids.parse(JSON.parse(row.patient_ids));
      await dropPast();
      return [];
    },
    keep: async (staffId, { ids: patientIds, untilMs }) => {
      await dropPast();
      const kept = { patient_ids: JSON.stringify(patientIds), until_ms: Math.floor(untilMs) };
      await db
        .insertInto("appointment")
        .values({ staff_id: staffId, ...kept })
        .onConflict((conflict) => conflict.column("staff_id").doUpdateSet(kept))
        .execute();
    },
    remove: async (staffId) => {
      await db.deleteFrom("appointment").where("staff_id", "=", staffId).execute();
      await dropPast();
    },
  };
}
