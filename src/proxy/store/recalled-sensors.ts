import type { Kysely } from "kysely";
import { isAmong } from "./fingerprints.ts";
import type { Tables } from "./schema.ts";
import { fingerprintOf } from "./serial-index.ts";

/** The recalls whose files name each of these serials among those that were not known here. */
async function namedInRest(
  db: Kysely<Tables>,
  serials: readonly string[],
): Promise<{ recall_id: string; serial: string }[]> {
  const found = [];
  for (const serial of serials) {
    const fingerprint = fingerprintOf(serial);
    const parts = await db
      .selectFrom("recall_rest")
      .select(["recall_id", "packed"])
      .where("first_fingerprint", "<=", fingerprint)
      .where("last_fingerprint", ">=", fingerprint)
      .execute();
    for (const { recall_id, packed } of parts)
      if (isAmong(packed, fingerprint)) found.push({ recall_id, serial });
  }
  return found;
}

async function newAmong(db: Kysely<Tables>, serials: readonly string[]): Promise<string[]> {
  const known = await db.selectFrom("sensor").select("serial").where("serial", "in", serials).execute();
  const old = new Set(known.map(({ serial }) => serial));
  return serials.filter((serial) => !old.has(serial));
}

/**
 * The IDs of the recalls that are begun and that have each of them; of a serial that is not known here, those whose files name it.
 * What is known is read first: whatever is noted meanwhile has joined before.
 */
export async function recallsOf(
  db: Kysely<Tables>,
  serials: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const found = new Map<string, string[]>();
  if (serials.length === 0) return found;
  const unknown = await newAmong(db, serials);
  const joined = await db
    .selectFrom("recall_sensor")
    .select(["recall_id", "serial"])
    .where("serial", "in", serials)
    .execute();
  const named = await namedInRest(db, unknown);
  if (joined.length + named.length === 0) return found;
  const begun = await db.selectFrom("recall").select("id").where("is_begun", "=", 1).execute();
  for (const { id } of begun)
    for (const serial of new Set(
      [...joined, ...named].flatMap((one) => (one.recall_id === id ? one.serial : [])),
    ))
      found.set(serial, [...(found.get(serial) ?? []), id]);
  return found;
}

/** These sensors join the recalls whose files named them. */
export async function joinRecalls(db: Kysely<Tables>, serials: readonly string[]): Promise<void> {
  const found = await namedInRest(db, serials);
  if (found.length === 0) return;
  await db
    .insertInto("recall_sensor")
    .values(found)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * The same of those that are about to be noted for the first time. Before they are: a process that ends in between finds
 * them new once more.
 */
export async function joinIfNew(db: Kysely<Tables>, serials: readonly string[]): Promise<void> {
  if (serials.length === 0) return;
  await joinRecalls(db, await newAmong(db, serials));
}
