import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A user registered while the sandbox ran. */
export interface LateUser {
  partnerUid: string;
  region: string;
  openId: string;
  registeredAtMs: number;
}

export function readUsers(file: string): LateUser[] {
  if (!existsSync(file)) return [];
  try {
    const { users } = JSON.parse(readFileSync(file, "utf8")) as { users: unknown };
    if (!Array.isArray(users) || !users.every(isLateUser)) throw new Error("not a list of users");
    return users;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot read the sandbox's users from ${file}: ${reason}`, { cause: error });
  }
}

/** The old file stays whole until the new one is. */
export function writeUsers(file: string, users: readonly LateUser[]): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, JSON.stringify({ users }, null, 1));
  renameSync(draft, file);
}

function isLateUser(entry: unknown): entry is LateUser {
  const user = entry as LateUser | null;
  return (
    typeof user?.partnerUid === "string" &&
    typeof user.region === "string" &&
    typeof user.openId === "string" &&
    Number.isFinite(user.registeredAtMs)
  );
}
