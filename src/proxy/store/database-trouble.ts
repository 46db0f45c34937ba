import pg from "pg";
import { Failure } from "../failure.ts";

/** Why a database that is sound cannot be used at the moment. */
export type DatabaseTrouble = "away" | "busy" | "full" | "read-only";

export const troubleWords: Readonly<Record<DatabaseTrouble, string>> = {
  away: "The database cannot be reached.",
  busy: "The database is held by another program, or has no connection left for this server.",
  full: "The disk that the database lies on is full.",
  "read-only": "The database cannot be written.",
};

/** By the beginning of PostgreSQL's code, the longest first. */
const byState: readonly (readonly [string, DatabaseTrouble])[] = [
  ["25006", "read-only"],
  ["25P03", "away"],
  ["53100", "full"],
  ["53", "busy"],
  ["55P03", "busy"],
  ["40", "busy"],
  ["57P", "away"],
  ["08", "away"],
];

/** By SQLite's primary result code: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN. */
const bySqliteCode: Readonly<Record<number, DatabaseTrouble>> = {
  5: "busy",
  6: "busy",
  8: "read-only",
  10: "read-only",
  13: "full",
  14: "read-only",
};

/**
 * By SQLite's extended code: IOERR_SHMSIZE, which is what a full disk makes of
 * the file beside the write-ahead log.
 */
const byExtendedCode: Readonly<Record<number, DatabaseTrouble>> = { 4874: "full" };

/** What the driver says without a code. */
const byMessage: readonly (readonly [RegExp, DatabaseTrouble])[] = [
  [/^timeout exceeded when trying to connect$/, "busy"],
  [/^(Connection terminated|timeout expired$|Client (has encountered|was closed))/, "away"],
];

/** Of a connection and not of a file; calls of the platform wrap theirs in a TypeError. */
const isOfTheLine = (code: string, syscall: unknown) =>
  /^E(CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN|NOENT|NOTFOUND|AI_AGAIN)$/.test(code) &&
  (syscall === undefined || ["connect", "read", "write", "getaddrinfo"].includes(String(syscall)));

function troubleIn(error: Error & { code?: unknown; errcode?: unknown; syscall?: unknown }) {
  const { code, errcode, message, syscall } = error;
  if (code === "ERR_SQLITE_ERROR") {
    const extended = Number(errcode);
    return byExtendedCode[extended] ?? bySqliteCode[extended & 0xff] ?? null;
  }
  if (error instanceof pg.DatabaseError)
    return byState.find(([beginning]) => error.code?.startsWith(beginning))?.[1] ?? null;
  if (typeof code === "string") return isOfTheLine(code, syscall) ? "away" : null;
  return byMessage.find(([words]) => words.test(message))?.[1] ?? null;
}

/**
 * Null for an error that is not of this kind. Libraries between us and the
 * database name it as their error's cause.
 */
export function databaseTrouble(error: unknown): DatabaseTrouble | null {
  for (let one = error; one instanceof Error; one = one.cause) {
    // Those are about the platform or the sign-in service.
    if (one instanceof Failure || one instanceof TypeError) return null;
    const trouble = troubleIn(one);
    if (trouble) return trouble;
  }
  return null;
}
