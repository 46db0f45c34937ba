import type { Kysely } from "kysely";
import type { Tables } from "../store/schema.ts";

/** What the subjects of audit rows are called; an ID that is not here is not in the answer. */
export interface AuditNames {
  patients(ids: readonly string[]): Promise<Map<string, string>>;
  files(ids: readonly string[]): Promise<Map<string, string>>;
  recalls(ids: readonly string[]): Promise<Map<string, string>>;
}

/** A statement of SQLite takes 32,766 at most, one of PostgreSQL twice as many. */
const mostParameters = 10_000;

export const createAuditNames = (db: Kysely<Tables>): AuditNames => ({
  patients: async (ids) => {
    const known = new Map<string, string>();
    for (let from = 0; from < ids.length; from += mostParameters) {
      const some = ids.slice(from, from + mostParameters);
      const rows = await db.selectFrom("patient").select(["id", "name"]).where("id", "in", some).execute();
      for (const { id, name } of rows) known.set(id, name);
    }
    return known;
  },
  recalls: async (ids) => {
    if (ids.length === 0) return new Map();
    const rows = await db.selectFrom("recall").select(["id", "name"]).where("id", "in", ids).execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  },
  files: async (ids) => {
    if (ids.length === 0) return new Map();
    const rows = await db
      .selectFrom("import_job")
      .select(["id", "file_name"])
      .where("id", "in", ids)
      .execute();
    return new Map(rows.map(({ id, file_name: name }) => [id, name]));
  },
});
