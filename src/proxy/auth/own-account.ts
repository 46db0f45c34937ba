import type { AuthContext, betterAuth } from "better-auth";
import { APIError } from "better-auth/api";
import type { Enrolment, FactorProof, PasswordChange } from "#contract/account.ts";
import { Failure } from "../failure.ts";
import type { WithLock } from "../lock.ts";
import type { StaffStore } from "../store/staff.ts";
import type { BrowserCookie } from "./browser-cookie.ts";
import type { LockOut } from "./lock-out.ts";
import { plainCode } from "./plain-code.ts";
import { recoveryCodeCount, type secondFactor } from "./second-factor.ts";
import type { SignedIn } from "./sessions.ts";

type Api = ReturnType<typeof betterAuth<{ plugins: [ReturnType<typeof secondFactor>] }>>["api"];

/** Better-auth's endpoints that ask for the password or a code of who is signed in. */
type OwnAccountApi = Pick<
  Api,
  | "changePassword"
  | "verifyPassword"
  | "enableTwoFactor"
  | "verifyTOTP"
  | "verifyBackupCode"
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
  /** With the second factor that is to go, or a recovery code. */
  turnOff(call: Call, proof: FactorProof): Promise<Done<null>>;
  renewRecoveryCodes(call: Call, proof: FactorProof): Promise<Done<string[]>>;
}

export interface Call {
  who: SignedIn;
  headers: Headers;
  onLocked: () => Promise<void>;
}

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

/** Whoever changes how somebody signs in does it alone. */
export const lockOf = (userId: string): string => `account ${userId}`;

const changedMeanwhile = () =>
  new Failure("changed-meanwhile", {
    detail: "The password or the second factor was changed in this moment. Nothing else was; begin again.",
  });

const tooManyFailures = (forMs: number): Failure =>
  new Failure("rate-limited", {
    detail: "Too many wrong passwords or codes. Wait, then try again.",
    retryAfterS: Math.max(1, Math.ceil(forMs / 1000)),
  });

export function createOwnAccount(options: {
  api: OwnAccountApi;
  context: Promise<{
    internalAdapter: Pick<AuthContext["internalAdapter"], "findCredentialAccount">;
    adapter: Pick<AuthContext["adapter"], "findMany">;
  }>;
  withLock: WithLock;
  staff: Pick<StaffStore, "endChallenges">;
  lockOut: LockOut;
  browserCookie: BrowserCookie;
}): OwnAccount {
  const { api, staff, lockOut, browserCookie, withLock } = options;

  /** By what somebody signs in at the moment. */
  const standingOf = async (userId: string) => {
    const { internalAdapter, adapter } = await options.context;
    const [user] = await adapter.findMany<{ twoFactorEnabled: boolean | null }>({
      model: "user",
      where: [{ field: "id", value: userId }],
    });
    const credential = await internalAdapter.findCredentialAccount(userId);
    const factors = await adapter.findMany({
      model: "twoFactor",
      where: [{ field: "userId", value: userId }],
    });
    return {
      hasFactor: user?.twoFactorEnabled === true,
      all: JSON.stringify([user?.twoFactorEnabled, credential?.password, factors]),
    };
  };

  /** Of two at once the first is made and the other refused: each looks first, and then acts on what it saw. */
  const alone = async <T>({ id, twoFactorEnabled }: SignedIn["user"], act: () => Promise<T>): Promise<T> => {
    const before = await standingOf(id);
    // The session was read a moment before.
    if (before.hasFactor !== (twoFactorEnabled === true)) throw changedMeanwhile();
    return withLock(lockOf(id), async () => {
      if ((await standingOf(id)).all !== before.all) throw changedMeanwhile();
      return act();
    });
  };

  /** A sign-in that still owes a code began under what was right before this change. */
  const changing = async <T>({ who }: Call, run: () => Promise<T>): Promise<T> => {
    const made = await run();
    await staff.endChallenges(who.user.id);
    return made;
  };

  /**
   * A right password neither counts nor forgives: the sign-in's own count is not to be reset from here. A code that was right has
   * served, here as at the sign-in.
   */
  const ask = async <T>(
    { who, headers, onLocked }: Call,
    run: () => Promise<{ headers: Headers; response: T }>,
    code?: string,
  ): Promise<Done<T>> => {
    type Outcome = { done: Done<T> } | { refused: Failure };
    const make = async () => {
      try {
        const { headers: answered, response } = await run();
        const value: Outcome = { done: { value: response, cookies: answered.getSetCookie() } };
        return { verdict: "neither" as const, value, served: true };
      } catch (error) {
        const refused = refusalOf(error);
        if (!refused) throw error;
        const value: Outcome = { refused };
        return { verdict: counts(refused) ? ("failed" as const) : ("neither" as const), value };
      }
    };
    const { email } = who.user;
    const browser = browserCookie.read(headers);
    const attempt = await alone(who.user, () =>
      code === undefined
        ? lockOut.attempt<Outcome>(email, make, browser)
        : lockOut.withCode<Outcome>(email, code, make, () => ({ refused: isWrong("code") }), browser),
    );
    if (attempt.kind === "locked") throw tooManyFailures(attempt.forMs);
    if (attempt.lockedNow) await onLocked();
    if ("refused" in attempt.value) throw attempt.value.refused;
    return attempt.value.done;
  };

  /** One that another served beside in the same moment is tried after it. */
  const verifyRecoveryCode = async (
    headers: Headers,
    code: string,
    tries = recoveryCodeCount,
  ): Promise<void> => {
    try {
      await api.verifyBackupCode({ headers, body: { code, disableSession: true } });
    } catch (error) {
      if (!(error instanceof APIError) || error.statusCode !== 409 || tries === 1) throw error;
      await verifyRecoveryCode(headers, code, tries - 1);
    }
  };

  /** Asks for the password, and where there is a second factor for that too. */
  const askBoth = <T>(
    call: Call,
    { password, code: typed = "" }: FactorProof,
    run: () => Promise<{ headers: Headers; response: T }>,
  ): Promise<Done<T>> => {
    const { headers } = call;
    const code = call.who.user.twoFactorEnabled ? plainCode(typed) : undefined;
    const prove = async () => {
      await api.verifyPassword({ headers, body: { password } });
      if (code === "")
        throw new Failure("invalid-request", {
          detail: "The second factor is asked for as well: a code of the app, or a recovery code.",
          fields: [{ field: "code", reason: "required" }],
        });
      if (code === undefined) return;
      if (/^\d{6}$/.test(code)) await api.verifyTOTP({ headers, body: { code } });
      else await verifyRecoveryCode(headers, code);
    };
    return ask(
      call,
      async () => {
        await prove();
        return changing(call, run);
      },
      code || undefined,
    );
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
      if (next === password)
        throw new Failure("invalid-request", {
          detail: "This is the password that it has now.",
          fields: [{ field: "next", reason: "same" }],
        });
      const body = { currentPassword: password, newPassword: next, revokeOtherSessions: true };
      const done = await ask(call, () =>
        changing(call, () => api.changePassword({ headers: call.headers, body, returnHeaders: true })),
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
    confirmEnrolment: async (call, typed) => {
      const code = plainCode(typed);
      const done = await ask(
        call,
        () =>
          changing(call, () =>
            api.verifyTOTP({ headers: call.headers, body: { code }, returnHeaders: true }),
          ),
        code,
      );
      return { ...done, value: null };
    },
    turnOff: async (call, proof) => {
      const body = { password: proof.password };
      const done = await askBoth(call, proof, () =>
        api.disableTwoFactor({ headers: call.headers, body, returnHeaders: true }),
      );
      return { ...done, value: null };
    },
    renewRecoveryCodes: async (call, proof) => {
      const body = { password: proof.password };
      const { value, cookies } = await askBoth(call, proof, () =>
        api.generateBackupCodes({ headers: call.headers, body, returnHeaders: true }),
      );
      return { value: value.backupCodes, cookies };
    },
  };
}
