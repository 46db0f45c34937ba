import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ConfigError } from "#proxy/config.ts";
import { databaseTrouble } from "#proxy/store/database-trouble.ts";

/** The folder as an absolute path, made when it is missing. */
export function writableFolder(path: string): string {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ConfigError(
      `The data folder ${folder} cannot be written (${code}). Choose another one: DATA_DIR=/path npm start`,
      { cause },
    );
  }
}

/**
 * Keeps a second server off what this one keeps in the folder; answers with what gives it free. It is
 * SQLite's lock on a file of its own, which the system takes from a killed process at once.
 */
export function claimFolder(folder: string, sandbox: boolean, command: string): () => void {
  const lock = new DatabaseSync(join(folder, sandbox ? "sandbox.lock" : "trendline.lock"));
  try {
    lock.exec("pragma journal_mode = memory; begin exclusive");
  } catch (cause) {
    lock.close();
    if (databaseTrouble(cause) !== "busy") throw cause;
    throw new ConfigError(
      `Another Trendline server is running on the data folder ${folder}. Stop it first, or name another folder: DATA_DIR=/path ${command}`,
      { cause },
    );
  }
  return () => lock.close();
}

/** The sandbox's secret is made at first start and stays in the data folder, readable by its owner only. */
export function sandboxAuthSecret(folder: string): string {
  const file = join(folder, "sandbox-auth-secret");
  if (!existsSync(file)) {
    // Under its name once it is whole: a disk may be full.
    writeFileSync(`${file}.new`, randomBytes(32).toString("hex"), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, "utf8");
}
