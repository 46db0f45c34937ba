import type { Kysely } from "kysely";
import type { Tables } from "../store/schema.ts";

/** What the subjects of audit rows are called; an ID that is not here is not in the answer. */
export interface AuditNames {
  patients(ids: readonly string[]): Promise<Map<string, string>>;
  files(ids: readonly string[]): Promise<Map<string, string>>;
  recalls(ids: readonly string[]): Promise<Map<string, string>>;
  /** By the serial number of the sensor. */
  cases(ids: readonly string[]): Promise<Map<string, string>>;
}

export const createAuditNames = (db: Kysely<Tables>): AuditNames => ({
  patients: async (ids) => {
    if (ids.length === 0) return new Map();
    const rows = await db.selectFrom("patient").select(["id", "name"]).where("id", "in", ids).execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  },
  recalls: async (ids) => {
    if (ids.length === 0) return new Map();
    const rows = await db.selectFrom("recall").select(["id", "name"]).where("id", "in", ids).execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  },
  cases: async (ids) => {
    if (ids.length === 0) return new Map();
    const rows = await db.selectFrom("sensor_case").select(["id", "serial"]).where("id", "in", ids).execute();
    return new Map(rows.map(({ id, serial }) => [id, serial]));
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
