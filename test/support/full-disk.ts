import { sql } from "kysely";
import { expect } from "vitest";
import type { Database } from "#proxy/store/database.ts";

/** The file takes no page more; answers with what makes room again. */
export async function fillUp({ db }: Database): Promise<() => Promise<unknown>> {
  const fill = (length: number) => sql`insert into filler values (${"x".repeat(length)})`.execute(db);
  await sql`create table filler (text text)`.execute(db);
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
  const limitTo = (pages: number) => sql.raw(`pragma max_page_count = ${pages}`).execute(db);
  await limitTo(rows[0]?.page_count ?? 0);
  // What lies free within the file is taken first.
  for (let length = 50_000; length > 0; length = Math.floor(length / 2)) await fill(length).catch(() => {});
  await expect(fill(5000)).rejects.toThrow(/full/);
  return () => limitTo(1_000_000);
}
