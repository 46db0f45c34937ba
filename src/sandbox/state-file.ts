import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A user registered while the sandbox ran. */
export interface LateUser {
  partnerUid: string;
  region: string;
  openId: string;
  registeredAtMs: number;
}

/** One user a line. A last line that was cut off when the machine stopped is left out. */
export function readUsers(file: string): LateUser[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
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
  appendFileSync(file, `${JSON.stringify(user)}\n`);
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
