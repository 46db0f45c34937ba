import { existsSync } from "node:fs";
import type { Config } from "../config.ts";
import { openDatabase, sqliteFile } from "../store/database.ts";
import { databaseTrouble, troubleWords } from "../store/database-trouble.ts";
import { inspectDatabase } from "../store/inspect.ts";
import { createSealer } from "../store/seal.ts";
import { codeOf, type Finding, fail, ok, warn } from "./finding.ts";

const what = "database";

function troubleOf(error: unknown, onPostgres: boolean): string {
  const trouble = databaseTrouble(error);
  if (trouble === "full" || trouble === "busy") return troubleWords[trouble];
  const code = codeOf(error);
  if (/^28/.test(code))
    return `PostgreSQL does not let us in (${code}): look at user and password in DATABASE_URL.`;
  if (code === "3D000") return `PostgreSQL has no such database (${code}): make it, or correct DATABASE_URL.`;
  if (code === "42501")
    return `PostgreSQL does not let this user make tables (${code}): grant it CREATE on the database.`;
  if (code === "25006") return `PostgreSQL is read-only (${code}): DATABASE_URL must name the primary.`;
  if (onPostgres) return `PostgreSQL does not answer (${code || "no reason given"}): look at DATABASE_URL.`;
  return `the file cannot be read and written (${code || "no reason given"}): look at the permissions in DATA_DIR.`;
}

/** Whether the database is there, ours to write, up to date, and sealed with the secret we have. */
export async function examineDatabase(config: Config, dataDir: string): Promise<Finding[]> {
  const { databaseUrl, partner, authSecret, previousAuthSecrets } = config;
  const file = sqliteFile(dataDir, !partner);
  const name = databaseUrl ? "PostgreSQL" : file;
  if (!databaseUrl && !existsSync(file)) return [ok(what, `${file} will be made at the first start.`)];
  try {
    const database = await openDatabase({ databaseUrl, dataDir, sandbox: !partner });
    try {
      const sealerOf = (purpose: string) => createSealer(authSecret ?? "", purpose, previousAuthSecrets);
      const { pending, unknown, tokens, notes } = await inspectDatabase(database, {
        tokens: sealerOf("platform tokens"),
        notes: sealerOf("notes"),
      });
      const shut = authSecret === null ? 0 : tokens.sampled - tokens.open;
      const shutNotes = authSecret === null ? 0 : notes.sampled - notes.open;
      return [
        unknown > 0
          ? fail(
              what,
              `${name} belongs to a newer Trendline (${unknown} migrations unknown here). Do not start this one on it.`,
            )
          : ok(
              what,
              `${name} answers and is ours to write${pending > 0 ? `; the next start will bring it up to date (${pending} migrations)` : ", up to date"}.`,
            ),
        ...(shut > 0
          ? [
              warn(
                "sealed tokens",
                `${shut} of ${tokens.sampled} were sealed with another AUTH_SECRET. Put that one into AUTH_SECRET_PREVIOUS; without it they are fetched anew, everybody signs in again, second factors have to be removed and set up again, and earlier rows of the audit trail cannot be checked.`,
              ),
            ]
          : []),
        ...(shutNotes > 0
          ? [
              warn(
                "sealed notes",
                `${shutNotes} of ${notes.sampled} were sealed with another AUTH_SECRET. Put that one into AUTH_SECRET_PREVIOUS; without it nobody can read them.`,
              ),
            ]
          : []),
      ];
    } finally {
      await database.db.destroy();
    }
  } catch (error) {
    return [fail(what, troubleOf(error, databaseUrl !== null))];
  }
}
