import { APIError } from "better-auth/api";
import { Failure } from "../failure.ts";
import type { RunAlone } from "./account-lock.ts";
import type { BrowserCookie } from "./browser-cookie.ts";
import type { LockOut } from "./lock-out.ts";
import type { SignedIn } from "./sessions.ts";

/** A result, and the cookies that the browser needs from now on. */
export interface Done<T> {
  value: T;
  cookies: string[];
}

export interface Call {
  who: SignedIn;
  headers: Headers;
  /** Called when this failure locked the account. */
  onLocked: () => Promise<void>;
}

/** An endpoint of better-auth, called with `returnHeaders`. */
export type Run<T> = () => Promise<{ headers: Headers; response: T }>;

/** Better-auth's words for a wrong password or code, and the fields of ours they belong to. */
const wrong: Record<string, string> = {
  INVALID_PASSWORD: "password",
  INVALID_CODE: "code",
  INVALID_BACKUP_CODE: "code",
};

const isWrong = (field: string) =>
  new Failure("invalid-request", {
    detail: `This ${field} is wrong.`,
    fields: [{ field, reason: "wrong" }],
  });

function refusalOf(error: unknown): Failure | null {
  if (error instanceof Failure) return error;
  if (!(error instanceof APIError)) return null;
  const field = wrong[error.body?.code ?? ""];
  if (field) return isWrong(field);
  if (error.statusCode >= 500) return null;
  return new Failure("invalid-request", { detail: error.body?.message, cause: error });
}

const counts = ({ details }: Failure) => details.fields?.some(({ reason }) => reason === "wrong") ?? false;

const tooManyFailures = (forMs: number): Failure =>
  new Failure("rate-limited", {
    detail: "Too many wrong passwords or codes. Wait, then try again.",
    retryAfterS: Math.max(1, Math.ceil(forMs / 1000)),
  });

/** Runs what checks a password or a code, and counts its failures as the sign-in does. */
export type CountAttempt = <T>(call: Call, run: Run<T>, code?: string) => Promise<Done<T>>;

type Outcome<T> = { done: Done<T> } | { refused: Failure };

/**
 * A correct password neither counts nor resets the count, which is the sign-in's own. A correct
 * code has been used, as at the sign-in.
 */
async function attemptOf<T>(run: Run<T>) {
  try {
    const { headers: answered, response } = await run();
    const value: Outcome<T> = { done: { value: response, cookies: answered.getSetCookie() } };
    return { verdict: "neither" as const, value, served: true };
  } catch (error) {
    const refused = refusalOf(error);
    if (!refused) throw error;
    const value: Outcome<T> = { refused };
    return { verdict: counts(refused) ? ("failed" as const) : ("neither" as const), value };
  }
}

export function createCountAttempt(options: {
  lockOut: LockOut;
  browserCookie: BrowserCookie;
  alone: RunAlone;
}): CountAttempt {
  const { lockOut, browserCookie, alone } = options;
  return async <T>({ who, headers, onLocked }: Call, run: Run<T>, code?: string): Promise<Done<T>> => {
    const { email } = who.user;
    const browser = browserCookie.read(headers);
    const make = () => attemptOf(run);
    const attempt = await alone(who.user, () =>
      code === undefined
        ? lockOut.attempt<Outcome<T>>(email, make, browser)
        : lockOut.withCode<Outcome<T>>(email, code, make, () => ({ refused: isWrong("code") }), browser),
    );
    if (attempt.kind === "locked") throw tooManyFailures(attempt.forMs);
    if (attempt.lockedNow) await onLocked();
    if ("refused" in attempt.value) throw attempt.value.refused;
    return attempt.value.done;
  };
}
