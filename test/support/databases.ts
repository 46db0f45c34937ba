import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#proxy/store/database.ts";
import { hasPostgres, type Postgres, startPostgres } from "./postgres.ts";

/**
 * What holds on any database. `open` opens the same one again and again, as further servers do;
 * the sandbox's unless it is given false.
 */
export function onBothDatabases(suite: (open: (sandbox?: boolean) => Promise<Database>) => void): void {
  describe("SQLite", () => {
    const dataDir = mkdtempSync(join(tmpdir(), "trendline-sqlite-"));
    afterAll(() => rmSync(dataDir, { recursive: true }));
    suite((sandbox = true) => openDatabase({ databaseUrl: null, dataDir, sandbox }));
  });

  if (hasPostgres)
    describe("PostgreSQL", () => {
      let postgres: Postgres;
      beforeAll(async () => {
        postgres = await startPostgres();
      });
      afterAll(() => postgres.stop());
      suite((sandbox = true) => openDatabase({ databaseUrl: postgres.url, dataDir: "", sandbox }));
    });
  else
    test("PostgreSQL is NOT tested here: the registry's binaries are for Linux on x64", () => {
      expect(`${process.platform}-${process.arch}`).not.toBe("linux-x64");
    });
}
