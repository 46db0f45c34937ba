import type { Database } from "./database.ts";
import { type CheckedRow, fromChecked, type StoredImport, toJob } from "./import-records.ts";
import { createImportRowStore, type ImportRowStore } from "./import-rows.ts";
import { addJob, createJobStore, type JobStore } from "./jobs.ts";

type NewImport = Pick<StoredImport, "fileName" | "encoding" | "delimiter" | "columns">;

export interface ImportStore extends JobStore<StoredImport>, ImportRowStore {
  /** Keeps a file with its rows; answers with its ID. */
  add(job: NewImport, rows: readonly CheckedRow[], nowMs: number): Promise<string>;
}

export function createImportStore({ db }: Pick<Database, "db">): ImportStore {
  return {
    ...createJobStore(db, "patients", toJob),
    ...createImportRowStore(db),
    add: ({ fileName, encoding, delimiter, columns }, rows, nowMs) =>
      addJob(
        db,
        "patients",
        {
          job: { file_name: fileName, encoding, delimiter, columns: JSON.stringify(columns) },
          rows,
          state: "checked",
          nowMs,
        },
        (id, some) =>
          db
            .insertInto("import_row")
            .values(some.map((row) => fromChecked(id, row)))
            .execute(),
      ),
  };
}
