import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { putAside, replaceFile } from "./files.ts";

/** A user registered while the sandbox ran. */
export interface LateUser {
  partnerUid: string;
  region: string;
  openId: string;
  registeredAtMs: number;
}

/**
 * One user a line; null for one whose line cannot be read, because the serial numbers of those
 * after it depend on how many came before. The file as it was is then put aside. A last line that
 * was cut off, by a stop of the machine or a full disk, is left out. A clock that ran fast may have
 * registered some in what is the future now: they are registered now, also in the file.
 */
export function readUsers(
  file: string,
  nowMs: number,
  warn: (words: string) => void,
): readonly (LateUser | null)[] {
  if (!existsSync(file)) return [];
  const text = readText(file);
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const users = whole
    .split("\n")
    .slice(0, -1)
    .map((line) => parse(line, nowMs));
  const lost = users.filter((user) => user === "damaged").length;
  const kept = users.map((user) => (user === "damaged" ? null : user));
  const clean = kept.map((user) => `${JSON.stringify(user)}\n`).join("");
  if (clean === text) return kept;
  if (lost > 0) {
    const aside = putAside(file);
    warn(
      `${lost} of the ${users.length} users in ${file} cannot be read: they are unknown to the sandbox until they are registered again. The file as it was is ${aside}.`,
    );
  }
  replaceFile(file, clean);
  return kept;
}

/** Of a folder or the like that stands in its place: one line that cannot be read. */
function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "?\n";
  }
}

function parse(line: string, nowMs: number): LateUser | null | "damaged" {
  try {
    const entry: unknown = JSON.parse(line);
    if (entry === null) return null;
    if (!isLateUser(entry)) return "damaged";
    return { ...entry, registeredAtMs: Math.min(entry.registeredAtMs, nowMs) };
  } catch {
    return "damaged";
  }
}

export function addUser(file: string, user: LateUser): void {
  mkdirSync(dirname(file), { recursive: true });
  const size = existsSync(file) ? statSync(file).size : 0;
  try {
    appendFileSync(file, `${JSON.stringify(user)}\n`);
  } catch (error) {
    // The next line must not begin within this one.
    if (existsSync(file)) truncateSync(file, size);
    throw error;
  }
}

export const forgetUsers = (file: string): void => writeFileSync(file, "");

function isLateUser(entry: unknown): entry is LateUser {
  const user = entry as LateUser | null;
  return (
    typeof user?.partnerUid === "string" &&
    typeof user.region === "string" &&
    typeof user.openId === "string" &&
    Number.isFinite(user.registeredAtMs)
  );
}
