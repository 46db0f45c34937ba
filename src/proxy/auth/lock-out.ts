import { createHmac } from "node:crypto";
import type { SignInGuard } from "../store/sign-in-guard.ts";

/**
 * passed: the count of failures is reset. failed: it is counted. neither: the correct password with a code
 * still to come, or nothing was checked.
 */
export type Verdict = "passed" | "failed" | "neither";

export type Attempt<T> =
  | { kind: "locked"; forMs: number }
  /** `lockedNow`: this failure locked the account. */
  | { kind: "made"; value: T; lockedNow: boolean };

/** `served`: the code was correct and must not be accepted again, although nobody was signed in. */
interface Made<T> {
  verdict: Verdict;
  value: T;
  served?: boolean;
}

/** `isKnown`: from a browser that is known for this account. */
type Make<T> = (isKnown: boolean) => Promise<Made<T>>;

/**
 * Locks an account after ten wrong passwords or codes in a row, for a minute, then for twice as
 * long after each further one. An unknown e-mail address is locked in the same way, so that a lock
 * does not reveal which accounts exist.
 *
 * A browser that somebody has signed in with before has a count of its own for that account: strangers who
 * keep an account locked do not keep its owner out.
 */
export interface LockOut {
  attempt<T>(email: string, make: Make<T>, browser?: string | null): Promise<Attempt<T>>;
  /** An attempt with a code that is valid once. `used` is the answer to one that was used before. */
  withCode<T>(
    email: string,
    code: string,
    make: Make<T>,
    used: () => T,
    browser?: string | null,
  ): Promise<Attempt<T>>;
  /** Whether somebody has signed in to that account in this browser. */
  isKnown(email: string, browser: string | null): Promise<boolean>;
  /** From now on this browser is known for that account. */
  remember(email: string, browser: string): Promise<void>;
  /** Ends every lock of an account; no browser is known for it any more. */
  forgive(email: string): Promise<void>;
}

/** Real time, as better-auth keeps it: the sandbox's clock may run sixty times as fast. */
export function createLockOut(guard: SignInGuard, secret: string): LockOut {
  // People type passwords into the field for the e-mail address: only its HMAC is stored.
  const keyOf = (text: string) =>
    createHmac("sha256", secret).update(`sign-in guard ${text}`).digest("base64url");
  const accountKeyOf = (email: string) => keyOf(email.trim().toLowerCase());
  const browserKeyOf = (account: string, browser: string) => keyOf(`browser ${browser} of ${account}`);

  /** The key under which failures are counted. */
  const countedAs = async (account: string, browser: string | null) => {
    if (browser === null) return account;
    const key = browserKeyOf(account, browser);
    return (await guard.isKnownBrowser(account, key)) ? key : account;
  };

  const attempt: LockOut["attempt"] = async (email, make, browser = null) => {
    const account = accountKeyOf(email);
    const key = await countedAs(account, browser);
    const begun = await guard.begin(key, Date.now());
    if (begun.isLocked) return { kind: "locked", forMs: begun.untilMs - Date.now() };
    let isSettled = false;
    try {
      const { verdict, value } = await make(key !== account);
      if (verdict === "passed") await guard.clear(key, Date.now());
      isSettled = verdict !== "neither";
      return { kind: "made", value, lockedNow: verdict === "failed" && begun.untilMs > 0 };
    } finally {
      if (!isSettled) await guard.takeBack(key, begun.untilMs);
    }
  };

  return {
    attempt,
    withCode: (email, code, make, used, browser) =>
      attempt(
        email,
        async (isKnown) => {
          const [account, codeKey] = [accountKeyOf(email), keyOf(code)];
          if (!(await guard.claimCode(account, codeKey, Date.now())))
            return { verdict: "failed", value: used() };
          let hasServed = false;
          try {
            const made = await make(isKnown);
            hasServed = made.verdict === "passed" || made.served === true;
            return made;
          } finally {
            if (!hasServed) await guard.releaseCode(account, codeKey);
          }
        },
        browser,
      ),
    isKnown: async (email, browser) => {
      const account = accountKeyOf(email);
      return (await countedAs(account, browser)) !== account;
    },
    remember: (email, browser) => {
      const account = accountKeyOf(email);
      return guard.rememberBrowser(account, browserKeyOf(account, browser), Date.now());
    },
    forgive: (email) => guard.forgive(accountKeyOf(email)),
  };
}
