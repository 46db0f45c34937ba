import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { createSingleFlight } from "../single-flight.ts";
import type { Database } from "./database.ts";
import { type DatabaseTrouble, databaseTrouble } from "./database-trouble.ts";

/** Null when the database takes what is written. Rejects with an error of another kind. */
export type Readiness = () => Promise<DatabaseTrouble | null>;

/** Anybody may ask, as often as they like; it is written no more often than this. */
const writesEveryMs = 1000;
/** A readiness probe comes every few seconds, and counts a late answer as a failure. */
const longestWaitMs = 2000;

/**
 * Of a disk that was full: as much as a few requests write. Hex digits of
 * chance, which no database makes smaller.
 */
const roomBytes = 64 * 1024;
const roomId = 2;

/**
 * Writes a row, since reading tells nothing of a full disk, of a lock, or of a database that has become
 * read-only. Those who ask meanwhile share the answer.
 */
export function createReadiness({ db, kind, disk }: Pick<Database, "db" | "kind" | "disk">): Readiness {
  let writtenAtMs = Number.NEGATIVE_INFINITY;
  const shareWrite = createSingleFlight<void>();
  const silent: DatabaseTrouble = kind === "postgres" ? "away" : "busy";

  const put = (id: number, filler: string) =>
    db
      .insertInto("readiness")
      .values({ id, writes: 1, filler })
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet((eb) => ({ writes: eb("readiness.writes", "+", 1), filler })),
      )
      .execute();

  async function write(): Promise<void> {
    await put(1, "");
    if (disk.wasFull) {
      // A row that is there already fits in, however full the disk is.
      await put(roomId, randomBytes(roomBytes / 2).toString("hex"));
      await db.deleteFrom("readiness").where("id", "=", roomId).execute();
      disk.wasFull = false;
    }
    writtenAtMs = performance.now();
  }

  async function ask(): Promise<null> {
    await sql`select 1`.execute(db);
    if (!disk.wasFull && performance.now() - writtenAtMs < writesEveryMs) return null;
    await shareWrite(write);
    return null;
  }

  return async () => {
    const answered = new AbortController();
    try {
      return await Promise.race([ask(), wait(longestWaitMs, silent, { signal: answered.signal })]);
    } catch (error) {
      const trouble = databaseTrouble(error);
      if (!trouble) throw error;
      return trouble;
    } finally {
      answered.abort();
    }
  };
}
