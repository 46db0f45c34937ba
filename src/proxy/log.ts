import { writeSync } from "node:fs";
import { type Logger, pino } from "pino";
import { databaseTrouble, troubleWords } from "./store/database-trouble.ts";

interface Described {
  name?: unknown;
  message?: unknown;
  code?: unknown;
  stack?: unknown;
  cause?: unknown;
}

/**
 * An error without what drivers attach to it: `query`, `parameters` and `detail`
 * of a database error hold patient data.
 */
export function describeError(error: Described | undefined): object | undefined {
  if (!error) return undefined;
  const { name, code, stack, cause } = error;
  // A database's message quotes the values it complains about; its code says enough.
  const message = code === undefined ? error.message : undefined;
  const frames =
    typeof stack === "string" ? stack.split("\n").filter((line) => /^\s+at /.test(line)) : undefined;
  const trouble = databaseTrouble(error);
  return {
    name,
    code,
    message,
    words: trouble ? troubleWords[trouble] : undefined,
    frames,
    cause: describeError(cause as Described | undefined),
  };
}

/** More than a bad minute says; what comes beyond it is lost. */
const mostHeldBytes = 1024 * 1024;
const mostUnwrittenChars = 64 * 1024;
/** So long the end of the process waits for a reader who is behind. */
const longestEndMs = 2000;
const retryMs = 5;

/**
 * The lines of one turn of the loop are written together, since a write costs as much as all else of a
 * line many times over; at the end of the process, whatever ends it but a kill, they are all written, to a
 * slow reader too.
 *
 * Standard error may be a file on a full disk, or a pipe without a reader: what it does not take is held for
 * the next lines. pino's own destination waits for it then, and with it the whole process.
 */
function toStandardError() {
  let held = Buffer.alloc(0);
  let lines = "";
  /** Whether a reader is behind with what is left. */
  function flush(): boolean {
    if (held.length < mostHeldBytes) held = Buffer.concat([held, Buffer.from(lines)]);
    lines = "";
    try {
      while (held.length > 0) held = held.subarray(writeSync(2, held));
      return false;
    } catch (error) {
      // There is nowhere else to say so.
      return (error as NodeJS.ErrnoException).code === "EAGAIN";
    }
  }
  process.on("exit", () => {
    const clock = new Int32Array(new SharedArrayBuffer(4));
    for (let waitedMs = 0; flush() && waitedMs < longestEndMs; waitedMs += retryMs)
      Atomics.wait(clock, 0, 0, retryMs);
  });
  return {
    write(line: string): void {
      if (lines === "") setImmediate(flush);
      lines += line;
      if (lines.length >= mostUnwrittenChars) flush();
    },
  };
}

/** JSON lines on standard error. */
export const createLog = (level: string): Logger =>
  pino({ level, base: null, serializers: { err: describeError } }, toStandardError());

/**
 * An uncaught error ends the process as usual, but is logged like any other: Node prints
 * everything that hangs on it, such as a query's values. Should somebody have reports of crashes
 * written, they are without the environment.
 */
export function endOnCrash(log: Logger): void {
  // Nobody reads on, or their disk is full: no reason to end.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  if (process.report) process.report.excludeEnv = true;
  process.once("uncaughtException", (err) => {
    log.fatal({ err }, "An error that nobody caught");
    process.exit(1);
  });
}
