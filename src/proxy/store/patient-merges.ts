import type { Kysely } from "kysely";
import { lockPatients } from "./change-counter.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

/**
 * `unknown`: one of the two records does not exist. `merged`: the target is merged
 * into a third record, or into this one.
 * `archived`: one of the two is archived, and the merged patient would not be in the list.
 */
export type Merged = "done" | "unknown" | "same" | "merged" | "archived";

/** A record and every record merged into it, directly or through others. */
export const withParts = (trx: Kysely<Tables>, id: string) =>
  trx
    .withRecursive("part", (db) =>
      db
        .selectFrom("patient")
        .select("patient.id")
        .where("patient.id", "=", id)
        .union((eb) =>
          eb
            .selectFrom("patient")
            .innerJoin("part", "part.id", "patient.merged_directly_into")
            .select("patient.id"),
        ),
    )
    .selectFrom("part")
    .select("part.id");

async function mergeIn(trx: Kysely<Tables>, id: string, into: string | null): Promise<Merged> {
  if (id === into) return "same";
  const named = await trx
    .selectFrom("patient")
    .select(["id", "merged_into", "archived_at_ms"])
    .where("id", "in", into === null ? [id] : [id, into])
    .execute();
  if (named.length < (into === null ? 1 : 2)) return "unknown";
  if (named.some((one) => one.id === into && one.merged_into !== null)) return "merged";
  if (into !== null && named.some((one) => one.archived_at_ms !== null)) return "archived";
  const parts = (await withParts(trx, id).execute()).map((part) => part.id);
  const others = parts.filter((part) => part !== id);
  await trx
    .updateTable("patient")
    .set({ merged_into: into, merged_directly_into: into })
    .where("id", "=", id)
    .execute();
  // Its own parts stay directly merged into it; only the record they are shown under changes.
  if (others.length > 0)
    await trx
      .updateTable("patient")
      .set({ merged_into: into ?? id })
      .where("id", "in", others)
      .execute();
  // What was reckoned from another set of merged records no longer holds.
  const before = named.find((one) => one.id === id)?.merged_into ?? null;
  const wholes = [before, into].filter((whole) => whole !== null);
  await trx
    .updateTable("patient")
    .set({ figures: null, check_due_ms: 0 })
    .where("id", "in", [...wholes, ...parts])
    .execute();
  await trx
    .deleteFrom("glucose_days")
    .where("patient_id", "in", [...wholes, ...parts])
    .execute();
  return "done";
}

/**
 * Merges a record, with its own parts, into another one; null takes it out again, with its parts.
 * Reads and writes under one lock, so that when two records are merged into each other at the same
 * moment, one of the merges is refused.
 */
export const mergePatient = (
  { db, kind }: Pick<Database, "db" | "kind">,
  id: string,
  into: string | null,
): Promise<Merged> =>
  db.transaction().execute(async (trx) => {
    await lockPatients(trx, kind);
    return mergeIn(trx, id, into);
  });
