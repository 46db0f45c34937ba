import { sql } from "kysely";
import type { Database } from "./database.ts";
import { endingLength, serialEnding } from "./serial-ending.ts";

const mostWearers = 50;

const wearers = (db: Database["db"]) =>
  db
    .selectFrom("sensor_owner")
    .innerJoin("patient", "patient.open_id", "sensor_owner.open_id")
    .select("patient.id")
    .limit(mostWearers);

async function wearersByBeginning(
  { db, kind }: Pick<Database, "db" | "kind">,
  beginning: string,
): Promise<{ id: string }[]> {
  const serial = sql<string>`serial collate ${sql.raw(kind === "postgres" ? '"C"' : "binary")}`;
  return wearers(db)
    .where(serial, ">=", beginning)
    .where(serial, "<", `${beginning}\u{10ffff}`)
    .orderBy(serial)
    .execute();
}

async function wearersByEnding(
  { db, kind }: Pick<Database, "db" | "kind">,
  ending: string,
): Promise<{ id: string }[]> {
  if (!/^\d+$/.test(ending) || ending.length < endingLength) return [];
  return wearers(db)
    .where(serialEnding(kind), "=", ending.slice(-endingLength))
    .where("serial", "like", `%${ending}`)
    .execute();
}

/** By the beginning or the ending of a sensor's serial number. */
export async function wearersOf(database: Pick<Database, "db" | "kind">, part: string): Promise<string[]> {
  const found = await Promise.all([wearersByBeginning(database, part), wearersByEnding(database, part)]);
  return found.flat().map(({ id }) => id);
}
