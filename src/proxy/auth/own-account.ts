import type { AuthContext, betterAuth } from "better-auth";
import { APIError } from "better-auth/api";
import type { Enrolment, PasswordChange } from "#contract/account.ts";
import { isOwnAddress } from "#contract/password.ts";
import { Failure } from "../failure.ts";
import type { LockOut } from "./lock-out.ts";
import type { secondFactor } from "./second-factor.ts";
import type { SignedIn } from "./sessions.ts";

type Api = ReturnType<typeof betterAuth<{ plugins: [ReturnType<typeof secondFactor>] }>>["api"];

/** Better-auth's endpoints that ask for the password or a code of who is signed in. */
type OwnAccountApi = Pick<
  Api,
  | "changePassword"
  | "enableTwoFactor"
  | "verifyTOTP"
  | "disableTwoFactor"
  | "generateBackupCodes"
  | "viewBackupCodes"
>;

/** What was done, and the cookies that the browser needs from now on. */
interface Done<T> {
  value: T;
  cookies: string[];
}

/** One's own password and second factor. Rejects with a Failure; `onLocked` hears of a failure that locked the account. */
export interface OwnAccount {
  hasPassword(userId: string): Promise<boolean>;
  recoveryCodesLeft(who: SignedIn): Promise<number | null>;
  /** Ends all other sessions. */
  changePassword(call: Call, change: PasswordChange): Promise<Done<null>>;
  beginEnrolment(call: Call, password: string): Promise<Done<Enrolment>>;
  confirmEnrolment(call: Call, code: string): Promise<Done<null>>;
  turnOff(call: Call, password: string): Promise<Done<null>>;
  renewRecoveryCodes(call: Call, password: string): Promise<Done<string[]>>;
}

export interface Call {
  who: SignedIn;
  headers: Headers;
  onLocked: () => Promise<void>;
}

/** Better-auth's words for a wrong password or code, and the fields of ours they belong to. */
const wrong: Record<string, string> = { INVALID_PASSWORD: "password", INVALID_CODE: "code" };

function refusalOf(error: unknown): Failure | null {
  if (!(error instanceof APIError)) return null;
  const field = wrong[error.body?.code ?? ""];
  if (field)
    return new Failure("invalid-request", {
      detail: `This ${field} is wrong.`,
      fields: [{ field, reason: "wrong" }],
    });
  if (error.statusCode >= 500) return null;
  return new Failure("invalid-request", { detail: error.body?.message, cause: error });
}

const tooManyFailures = (forMs: number): Failure =>
  new Failure("rate-limited", {
    detail: "Too many wrong passwords or codes. Wait, then try again.",
    retryAfterS: Math.max(1, Math.ceil(forMs / 1000)),
  });

export function createOwnAccount(options: {
  api: OwnAccountApi;
  context: Promise<{ internalAdapter: Pick<AuthContext["internalAdapter"], "findCredentialAccount"> }>;
  lockOut: LockOut;
}): OwnAccount {
  const { api, lockOut } = options;

  /** A right password neither counts nor forgives: the sign-in's own count is not to be reset from here. */
  const ask = async <T>(
    { who, onLocked }: Call,
    run: () => Promise<{ headers: Headers; response: T }>,
  ): Promise<Done<T>> => {
    type Outcome = { done: Done<T> } | { refused: Failure };
    const attempt = await lockOut.attempt<Outcome>(who.user.email, async () => {
      try {
        const { headers, response } = await run();
        return { verdict: "neither", value: { done: { value: response, cookies: headers.getSetCookie() } } };
      } catch (error) {
        const refused = refusalOf(error);
        if (!refused) throw error;
        return { verdict: refused.details.fields ? "failed" : "neither", value: { refused } };
      }
    });
    if (attempt.kind === "locked") throw tooManyFailures(attempt.forMs);
    if (attempt.lockedNow) await onLocked();
    if ("refused" in attempt.value) throw attempt.value.refused;
    return attempt.value.done;
  };

  return {
    hasPassword: async (userId) => {
      const { internalAdapter } = await options.context;
      return Boolean((await internalAdapter.findCredentialAccount(userId))?.password);
    },
    recoveryCodesLeft: async ({ user }) => {
      if (!user.twoFactorEnabled) return null;
      return (await api.viewBackupCodes({ body: { userId: user.id } })).backupCodes.length;
    },
    changePassword: async (call, { password, next }) => {
      const reason = isOwnAddress(next, call.who.user.email)
        ? "is-address"
        : next === password
          ? "same"
          : null;
      if (reason)
        throw new Failure("invalid-request", {
          detail: "This password cannot be used.",
          fields: [{ field: "next", reason }],
        });
      const body = { currentPassword: password, newPassword: next, revokeOtherSessions: true };
      const done = await ask(call, () =>
        api.changePassword({ headers: call.headers, body, returnHeaders: true }),
      );
      return { ...done, value: null };
    },
    beginEnrolment: async (call, password) => {
      const { value, cookies } = await ask(call, () =>
        api.enableTwoFactor({ headers: call.headers, body: { password }, returnHeaders: true }),
      );
      if (!("totpURI" in value)) throw new Error("better-auth made no secret");
      const secret = new URL(value.totpURI).searchParams.get("secret") ?? "";
      return { value: { uri: value.totpURI, secret, recoveryCodes: value.backupCodes }, cookies };
    },
    confirmEnrolment: async (call, code) => {
      const body = { code: code.replaceAll(/\s/g, "") };
      const done = await ask(call, () =>
        api.verifyTOTP({ headers: call.headers, body, returnHeaders: true }),
      );
      return { ...done, value: null };
    },
    turnOff: async (call, password) => {
      const done = await ask(call, () =>
        api.disableTwoFactor({ headers: call.headers, body: { password }, returnHeaders: true }),
      );
      return { ...done, value: null };
    },
    renewRecoveryCodes: async (call, password) => {
      const { value, cookies } = await ask(call, () =>
        api.generateBackupCodes({ headers: call.headers, body: { password }, returnHeaders: true }),
      );
      return { value: value.backupCodes, cookies };
    },
  };
}
