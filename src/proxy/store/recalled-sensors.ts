import type { Kysely } from "kysely";
import { isAmong } from "./fingerprints.ts";
import type { Tables } from "./schema.ts";
import { fingerprintOf } from "./serial-index.ts";

/** Those of them that a recall has. */
export async function recalledAmong(
  db: Kysely<Tables>,
  serials: readonly string[],
): Promise<ReadonlySet<string>> {
  if (serials.length === 0) return new Set();
  const rows = await db
    .selectFrom("recall_sensor")
    .innerJoin("recall", "recall.id", "recall_sensor.recall_id")
    .select("serial")
    .where("recall.is_read", "=", 1)
    .where("serial", "in", serials)
    .execute();
  return new Set(rows.map(({ serial }) => serial));
}

/** These sensors join the recalls whose files named them. */
export async function joinRecalls(db: Kysely<Tables>, serials: readonly string[]): Promise<void> {
  for (const serial of serials) {
    const fingerprint = fingerprintOf(serial);
    const parts = await db
      .selectFrom("recall_rest")
      .select(["recall_id", "packed"])
      .where("first_fingerprint", "<=", fingerprint)
      .where("last_fingerprint", ">=", fingerprint)
      .execute();
    const found = parts.filter(({ packed }) => isAmong(packed, fingerprint));
    if (found.length === 0) continue;
    await db
      .insertInto("recall_sensor")
      .values(found.map(({ recall_id }) => ({ recall_id, serial })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/**
 * The same of those that are about to be noted for the first time. Before they are: a process that ends in between finds
 * them new once more.
 */
export async function joinIfNew(db: Kysely<Tables>, serials: readonly string[]): Promise<void> {
  if (serials.length === 0) return;
  const known = await db.selectFrom("sensor").select("serial").where("serial", "in", serials).execute();
  const old = new Set(known.map(({ serial }) => serial));
  await joinRecalls(
    db,
    serials.filter((serial) => !old.has(serial)),
  );
}
