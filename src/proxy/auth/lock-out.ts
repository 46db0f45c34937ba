import { createHmac } from "node:crypto";
import type { SignInGuard } from "../store/sign-in-guard.ts";

/**
 * passed: the person is who they say, all counts are forgotten. failed: it counts. neither: the right password with a
 * code still to come, or an attempt that tested nothing.
 */
export type Verdict = "passed" | "failed" | "neither";

type Attempt<T> =
  | { kind: "locked"; forMs: number }
  /** `lockedNow`: this failure was the one too many. */
  | { kind: "made"; value: T; lockedNow: boolean };

/**
 * Locks an account after ten passwords or codes in a row that were wrong, for a minute, then for twice as long at each further one.
 * An e-mail address that nobody has is locked in the same way, so that a lock tells nothing.
 */
export interface LockOut {
  attempt<T>(email: string, make: () => Promise<{ verdict: Verdict; value: T }>): Promise<Attempt<T>>;
  /** Makes an attempt with a code, which serves once. `used` is the answer to one that has served. */
  withCode<T>(
    email: string,
    code: string,
    make: () => Promise<{ verdict: Verdict; value: T }>,
    used: () => T,
  ): Promise<Attempt<T>>;
}

/** Real time, as better-auth keeps it: the sandbox's clock may run sixty times as fast. */
export function createLockOut(guard: SignInGuard, secret: string): LockOut {
  // People type their passwords into the wrong field: what was tried is not kept readable.
  const keyOf = (text: string) =>
    createHmac("sha256", secret).update(`sign-in guard ${text}`).digest("base64url");
  const accountKeyOf = (email: string) => keyOf(email.trim().toLowerCase());

  const attempt: LockOut["attempt"] = async (email, make) => {
    const key = accountKeyOf(email);
    const begun = await guard.begin(key, Date.now());
    if (begun.isLocked) return { kind: "locked", forMs: begun.untilMs - Date.now() };
    let isSettled = false;
    try {
      const { verdict, value } = await make();
      if (verdict === "passed") await guard.clear(key, Date.now());
      isSettled = verdict !== "neither";
      return { kind: "made", value, lockedNow: verdict === "failed" && begun.untilMs > 0 };
    } finally {
      if (!isSettled) await guard.takeBack(key);
    }
  };

  return {
    attempt,
    withCode: (email, code, make, used) =>
      attempt(email, async () => {
        const [account, codeKey] = [accountKeyOf(email), keyOf(code)];
        if (!(await guard.claimCode(account, codeKey, Date.now())))
          return { verdict: "failed", value: used() };
        let isPassed = false;
        try {
          const made = await make();
          isPassed = made.verdict === "passed";
          return made;
        } finally {
          if (!isPassed) await guard.releaseCode(account, codeKey);
        }
      }),
  };
}
