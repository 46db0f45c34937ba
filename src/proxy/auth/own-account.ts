import type { betterAuth } from "better-auth";
import { APIError } from "better-auth/api";
import type { Enrolment, FactorProof, PasswordChange } from "#contract/account.ts";
import { Failure } from "../failure.ts";
import type { StaffStore } from "../store/staff.ts";
import type { AccountContext } from "./account-lock.ts";
import type { Call, CountAttempt, Done, Run } from "./count-attempt.ts";
import { plainCode } from "./plain-code.ts";
import { recoveryCodeCount, type secondFactor } from "./second-factor.ts";
import type { SignedIn } from "./sessions.ts";

type Api = ReturnType<typeof betterAuth<{ plugins: [ReturnType<typeof secondFactor>] }>>["api"];

/** Better-auth's endpoints that ask for one's own password or code. */
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

/** One's own password and second factor. Rejects with a Failure. */
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

interface OwnAccountOptions {
  api: OwnAccountApi;
  context: Promise<AccountContext>;
  staff: Pick<StaffStore, "endChallenges">;
  countAttempt: CountAttempt;
}

/** Tried again where another code was used in the same moment, which is a conflict. */
async function verifyRecoveryCode(
  api: OwnAccountApi,
  headers: Headers,
  code: string,
  tries = recoveryCodeCount,
): Promise<void> {
  try {
    await api.verifyBackupCode({ headers, body: { code, disableSession: true } });
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode !== 409 || tries === 1) throw error;
    await verifyRecoveryCode(api, headers, code, tries - 1);
  }
}

/** Checks the password, and the second factor where there is one. */
async function prove(
  api: OwnAccountApi,
  headers: Headers,
  password: string,
  code: string | undefined,
): Promise<void> {
  await api.verifyPassword({ headers, body: { password } });
  if (code === "")
    throw new Failure("invalid-request", {
      detail: "The second factor is asked for as well: a code of the app, or a recovery code.",
      fields: [{ field: "code", reason: "required" }],
    });
  if (code === undefined) return;
  if (/^\d{6}$/.test(code)) await api.verifyTOTP({ headers, body: { code } });
  else await verifyRecoveryCode(api, headers, code);
}

/** Ends the sign-ins that still need a code: they began with the credentials of before this change. */
const endingChallenges =
  <T>(staff: OwnAccountOptions["staff"], { who }: Call, run: Run<T>): Run<T> =>
  async () => {
    const made = await run();
    await staff.endChallenges(who.user.id);
    return made;
  };

type SecondFactorChanges = Pick<
  OwnAccount,
  "beginEnrolment" | "confirmEnrolment" | "turnOff" | "renewRecoveryCodes"
>;

function createSecondFactorChanges({ api, staff, countAttempt }: OwnAccountOptions): SecondFactorChanges {
  const proven = <T>(call: Call, { password, code: typed = "" }: FactorProof, run: Run<T>) => {
    const code = call.who.user.twoFactorEnabled ? plainCode(typed) : undefined;
    const change = endingChallenges(staff, call, run);
    return countAttempt(
      call,
      async () => {
        await prove(api, call.headers, password, code);
        return change();
      },
      code || undefined,
    );
  };

  return {
    beginEnrolment: async (call, password) => {
      const { value, cookies } = await countAttempt(call, () =>
        api.enableTwoFactor({ headers: call.headers, body: { password }, returnHeaders: true }),
      );
      if (!("totpURI" in value)) throw new Error("better-auth made no secret");
      const secret = new URL(value.totpURI).searchParams.get("secret") ?? "";
      return { value: { uri: value.totpURI, secret, recoveryCodes: value.backupCodes }, cookies };
    },
    confirmEnrolment: async (call, typed) => {
      const code = plainCode(typed);
      const verify = () => api.verifyTOTP({ headers: call.headers, body: { code }, returnHeaders: true });
      const done = await countAttempt(call, endingChallenges(staff, call, verify), code);
      return { ...done, value: null };
    },
    turnOff: async (call, proof) => {
      const body = { password: proof.password };
      const done = await proven(call, proof, () =>
        api.disableTwoFactor({ headers: call.headers, body, returnHeaders: true }),
      );
      return { ...done, value: null };
    },
    renewRecoveryCodes: async (call, proof) => {
      const body = { password: proof.password };
      const { value, cookies } = await proven(call, proof, () =>
        api.generateBackupCodes({ headers: call.headers, body, returnHeaders: true }),
      );
      return { value: value.backupCodes, cookies };
    },
  };
}

export function createOwnAccount(options: OwnAccountOptions): OwnAccount {
  const { api, staff, countAttempt } = options;
  return {
    ...createSecondFactorChanges(options),
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
      const change = () => api.changePassword({ headers: call.headers, body, returnHeaders: true });
      const done = await countAttempt(call, endingChallenges(staff, call, change));
      return { ...done, value: null };
    },
  };
}
