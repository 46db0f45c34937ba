import type { Kysely } from "kysely";
import type { Tables } from "./schema.ts";

/** The place of every case and further call among all calls about a sensor, by its ID, from 1. */
export async function callNumbers(
  db: Kysely<Tables>,
  serial: string,
): Promise<{ numbers: Map<string, number>; withdrawn: number }> {
  const opened = await db
    .selectFrom("sensor_case")
    .leftJoin("sensor_case_change as opening", (join) =>
      join.onRef("opening.case_id", "=", "sensor_case.id").on("opening.version", "=", 0),
    )
    .where("serial", "=", serial)
    .select(["sensor_case.id", "received_at_ms as cameAtMs", "opening.at_ms as notedAtMs"])
    .execute();
  const further = await db
    .selectFrom("sensor_case_call")
    .innerJoin("sensor_case as of", "of.id", "sensor_case_call.case_id")
    .where("of.serial", "=", serial)
    .select(["sensor_case_call.id", "at_ms", "of.received_at_ms", "withdrawn_at_ms"])
    .execute();
  const calls = [
    ...opened.map(({ notedAtMs, ...one }) => ({ ...one, notedAtMs: notedAtMs ?? one.cameAtMs })),
    // A date that was corrected does not put a case behind its own further calls.
    ...further.map(({ id, at_ms, received_at_ms }) => ({
      id,
      cameAtMs: Math.max(at_ms, received_at_ms),
      notedAtMs: Math.max(at_ms, received_at_ms + 1),
    })),
  ];
  calls.sort((a, b) => a.cameAtMs - b.cameAtMs || a.notedAtMs - b.notedAtMs || (a.id < b.id ? -1 : 1));
  return {
    numbers: new Map(calls.map(({ id }, index) => [id, index + 1])),
    withdrawn: further.filter(({ withdrawn_at_ms }) => withdrawn_at_ms !== null).length,
  };
}
