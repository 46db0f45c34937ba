import type { Kysely } from "kysely";
import { lockPatients } from "./change-counter.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

/**
 * `unknown`: one of the two is not here. `merged`: the other one is itself a part of a third, or of this one. `archived`: one of them is,
 * and whoever becomes a part of it would not be in the list any more.
 */
export type Merged = "done" | "unknown" | "same" | "merged" | "archived";

/** A record and all that became a part of it, directly or by way of others. */
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
  // Its own parts stay its own: what they are shown as now is what it has become a part of, or itself again.
  if (others.length > 0)
    await trx
      .updateTable("patient")
      .set({ merged_into: into ?? id })
      .where("id", "in", others)
      .execute();
  // What was reckoned of other records than are together now says nothing of anybody.
  const before = named.find((one) => one.id === id)?.merged_into ?? null;
  const wholes = [before, into].filter((whole) => whole !== null);
  await trx
    .updateTable("patient")
    .set({ ranges: null, check_due_ms: 0 })
    .where("id", "in", [...wholes, ...parts])
    .execute();
  return "done";
}

/**
 * Makes a record, with what is a part of it, a part of another one; null takes it out again, with what had become a part of it
 * before. What it decides by is read in the same turn as it writes, so that of two who merge each into the other one is refused.
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
