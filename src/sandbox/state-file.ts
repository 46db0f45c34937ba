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

/** A user registered while the sandbox ran. */
export interface LateUser {
  partnerUid: string;
  region: string;
  openId: string;
  registeredAtMs: number;
}

/**
 * One user a line. A last line that was cut off, by a stop of the machine or a
 * full disk, is left out and taken away.
 */
export function readUsers(file: string): LateUser[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole !== text) truncateSync(file, Buffer.byteLength(whole));
  const lines = whole.split("\n");
  return lines.slice(0, -1).map((line, index) => {
    const entry = parse(line);
    if (!isLateUser(entry))
      throw new Error(`Cannot read the sandbox's users from ${file}: line ${index + 1} is damaged`);
    return entry;
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
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
