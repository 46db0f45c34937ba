import { chmodSync, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ConfigError, parseConfig } from "#proxy/config.ts";
import { sqliteFile } from "#proxy/store/database.ts";

/** Writes a consistent copy of the SQLite database, also while the server is running, and checks it. */
export function backUp(target: string | undefined, env: Record<string, string | undefined>): string {
  const config = parseConfig(env);
  if (config.databaseUrl)
    throw new ConfigError(
      "DATABASE_URL is set, and PostgreSQL is backed up by its own tools: pg_dump --format=custom --file=FILE DATABASE_URL",
    );
  if (!target) throw new ConfigError("Say where to: npm run backup -- FILE");
  const source = sqliteFile(resolve(config.dataDir), !config.partner);
  if (!existsSync(source)) throw new ConfigError(`There is no database at ${source}. Is DATA_DIR right?`);
  const copy = resolve(target);
  if (existsSync(copy)) throw new ConfigError(`${copy} is there already; a backup overwrites nothing.`);

  if (!existsSync(dirname(copy))) throw new ConfigError(`There is no folder ${dirname(copy)}.`);
  const database = new DatabaseSync(source);
  database.exec("pragma busy_timeout = 30000");
  database.prepare("vacuum into ?").run(copy);
  database.close();
  chmodSync(copy, 0o600);
  const written = new DatabaseSync(copy, { readOnly: true });
  const { integrity_check: found } = written.prepare("pragma integrity_check").get() as {
    integrity_check: string;
  };
  written.close();
  if (found !== "ok") throw new Error(`The copy at ${copy} is damaged: ${found}`);
  return `Backed up ${source} to ${copy}. Keep AUTH_SECRET as well, somewhere else: without it the copy's tokens and its audit trail cannot be read.`;
}

if (import.meta.main)
  try {
    console.log(backUp(process.argv[2], process.env));
  } catch (error) {
    console.error(`Nothing was backed up. ${(error as Error).message}`);
    process.exit(1);
  }
