import type { Selectable } from "kysely";
import * as z from "zod";
import { type ImportJob, type ImportTrouble, importStates, importTrouble } from "#contract/import.ts";
import type { Role } from "#contract/staff.ts";
import type { Tables } from "./schema.ts";

/** A file whose rows the server works through, as it is kept, without what is counted from its rows. */
export interface StoredJob
  extends Pick<ImportJob, "id" | "fileName" | "state" | "total" | "createdAtMs" | "trouble" | "waitUntilMs"> {
  startedAtMs: number | null;
  /** Who started it last; null before anybody has. */
  startedBy: { id: string; role: Role; clientAddress: string } | null;
  failures: number;
}

export const toTrouble = (json: string | null): ImportTrouble | null =>
  json === null ? null : importTrouble.parse(JSON.parse(json));
export const fromTrouble = (trouble: ImportTrouble | null | undefined) => trouble && JSON.stringify(trouble);

export const toStoredJob = (row: Selectable<Tables["import_job"]>): StoredJob => ({
  id: row.id,
  fileName: row.file_name,
  state: z.enum(importStates).parse(row.state),
  total: row.total,
  createdAtMs: row.created_at_ms,
  trouble: toTrouble(row.trouble),
  waitUntilMs: row.wait_until_ms,
  startedAtMs: row.started_at_ms,
  startedBy:
    row.started_by !== null && row.started_role !== null
      ? { id: row.started_by, role: row.started_role, clientAddress: row.started_from ?? "" }
      : null,
  failures: row.failures,
});
