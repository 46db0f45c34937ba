import type { Kysely } from "kysely";
import { resealRows } from "./reseal-rows.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";

const resealTable = (
  db: Kysely<Tables>,
  sealer: Sealer,
  table: "sensor_case" | "sensor_case_call" | "sensor_case_change",
): Promise<number> =>
  resealRows(sealer, {
    after: (key, limit) =>
      db
        .selectFrom(table)
        .select(["id as key", "sealed_text as sealed"])
        .where("id", ">", key)
        .orderBy("id")
        .limit(limit)
        .execute(),
    replace: ({ key, sealed }, sealed_text) =>
      db
        .updateTable(table)
        .set({ sealed_text })
        .where("id", "=", key)
        .where("sealed_text", "=", sealed)
        .executeTakeFirst(),
  });

export async function resealCases(db: Kysely<Tables>, sealer: Sealer): Promise<number> {
  let resealed = 0;
  for (const table of ["sensor_case", "sensor_case_call", "sensor_case_change"] as const)
    resealed += await resealTable(db, sealer, table);
  return resealed;
}
