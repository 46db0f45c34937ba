import { destination, type Logger, pino } from "pino";
import { databaseTrouble, troubleWords } from "./store/database-trouble.ts";

interface Described {
  name?: unknown;
  message?: unknown;
  code?: unknown;
  stack?: unknown;
  cause?: unknown;
}

/** An error without what drivers attach to it: `query`, `parameters` and `detail` of a database error hold patient data. */
export function describeError(error: Described | undefined): object | undefined {
  if (!error) return undefined;
  const { name, code, stack, cause } = error;
  // A database's message quotes the values it complains about; its code says enough.
  const message = code === undefined ? error.message : undefined;
  const frames =
    typeof stack === "string" ? stack.split("\n").filter((line) => /^\s+at /.test(line)) : undefined;
  const trouble = databaseTrouble(error);
  return {
    ...{ name, code, message, words: trouble ? troubleWords[trouble] : undefined, frames },
    cause: describeError(cause as Described | undefined),
  };
}

/** More than a bad minute says. Beyond it lines are lost while standard error takes none, such as a file on a full disk. */
const mostHeldBytes = 1024 * 1024;

/** JSON lines on standard error. One that cannot be written is no reason to end, and there is nowhere else to say so: it waits. */
export function createLog(level: string): Logger {
  const lines = destination({ fd: 2, sync: true, maxLength: mostHeldBytes });
  const waits = () => {};
  lines.on("error", waits);
  // Once it holds so much it no longer tries by itself.
  lines.on("drop", () => {
    try {
      lines.flushSync();
    } catch {
      waits();
    }
  });
  return pino({ level, base: null, serializers: { err: describeError } }, lines);
}

/**
 * An error that nobody caught ends the process, as it would anyhow, but is told like any other: Node prints everything that
 * hangs on it, such as a query's values. Should somebody have reports of crashes written, they are without the environment.
 */
export function endOnCrash(log: Logger): void {
  if (process.report) process.report.excludeEnv = true;
  process.once("uncaughtException", (err) => {
    log.fatal({ err }, "An error that nobody caught");
    process.exit(1);
  });
}
