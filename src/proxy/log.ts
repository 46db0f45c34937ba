import { destination, type Logger, pino } from "pino";

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
  return { name, code, message, frames, cause: describeError(cause as Described | undefined) };
}

/** JSON lines on standard error. */
export const createLog = (level: string): Logger =>
  pino({ level, base: null, serializers: { err: describeError } }, destination({ fd: 2, sync: true }));

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
