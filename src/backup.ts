import { chmodSync, closeSync, existsSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ConfigError, parseConfig } from "#proxy/config.ts";
import { sqliteFile } from "#proxy/store/database.ts";
import { databaseTrouble, troubleWords } from "#proxy/store/database-trouble.ts";

/**
 * The clinic's database where there is one, whatever this shell's environment knows
 * of its platform; else the sandbox's.
 */
function sourceIn(dataDir: string, isClinic: boolean): string {
  const [clinic, sandbox] = [sqliteFile(dataDir, false), sqliteFile(dataDir, true)];
  const source = isClinic || existsSync(clinic) ? clinic : sandbox;
  if (!existsSync(source)) throw new ConfigError(`There is no database at ${source}. Is DATA_DIR right?`);
  return source;
}

function copyInto(file: string, source: string): void {
  // An empty file, which SQLite fills, so that nobody else can read it at any time.
  closeSync(openSync(file, "wx", 0o600));
  chmodSync(file, 0o600);
  const database = new DatabaseSync(source);
  try {
    database.exec("pragma busy_timeout = 30000");
    database.prepare("vacuum into ?").run(file);
  } finally {
    database.close();
  }
  const written = new DatabaseSync(file, { readOnly: true });
  const { integrity_check: found } = written.prepare("pragma integrity_check").get() as {
    integrity_check: string;
  };
  written.close();
  if (found !== "ok") throw new Error(`The copy is damaged: ${found}`);
}

/** Writes a consistent copy of the SQLite database, also while the server is running, and checks it. */
export function backUp(target: string | undefined, env: Record<string, string | undefined>): string {
  const config = parseConfig(env);
  if (config.databaseUrl)
    throw new ConfigError(
      "DATABASE_URL is set, and PostgreSQL is backed up by its own tools: pg_dump --format=custom --file=FILE DATABASE_URL",
    );
  if (!target) throw new ConfigError("Say where to: npm run backup -- FILE");
  const source = sourceIn(resolve(config.dataDir), config.partner !== null);
  const copy = resolve(target);
  const overwrites = () => new ConfigError(`${copy} is there already; a backup overwrites nothing.`);
  if (existsSync(copy)) throw overwrites();
  if (!existsSync(dirname(copy))) throw new ConfigError(`There is no folder ${dirname(copy)}.`);

  // Under its name once it is whole: whatever goes wrong, nobody takes a part for a backup.
  const partial = `${copy}.${process.pid}.partial`;
  try {
    copyInto(partial, source);
    // Taken for us alone, so that of two at once none overwrites the other.
    closeSync(openSync(copy, "wx", 0o600));
    renameSync(partial, copy);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") throw overwrites();
    const trouble = databaseTrouble(cause);
    if (trouble === "full" || code === "ENOSPC")
      throw new Error(`The disk of ${copy} or that of ${source} is full. No part of a copy was left.`, {
        cause,
      });
    if (trouble === "busy") throw new Error(`${troubleWords.busy} Try again.`, { cause });
    throw cause;
  } finally {
    rmSync(partial, { force: true });
    rmSync(`${partial}-journal`, { force: true });
  }
  return `Backed up ${source} to ${copy}. Keep AUTH_SECRET as well, somewhere else: without it the copy's tokens, notes and audit trail cannot be read.`;
}

if (import.meta.main)
  try {
    process.umask(0o077);
    console.log(backUp(process.argv[2], process.env));
  } catch (error) {
    console.error(`Nothing was backed up. ${(error as Error).message}`);
    process.exit(1);
  }
