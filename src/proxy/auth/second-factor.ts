import { createAuthEndpoint } from "better-auth/api";
import { twoFactor } from "better-auth/plugins";
import type { BetterAuthPlugin } from "better-auth/types";

export const recoveryCodeCount = 10;

/**
 * Codes of an authenticator app (TOTP) and recovery codes. Failed ones are
 * counted with failed passwords, by LockOut.
 */
export const secondFactor = (productName: string) =>
  twoFactor({
    // A colon parts it from the account.
    issuer: productName.replaceAll(":", " "),
    accountLockout: { enabled: false },
    backupCodeOptions: { amount: recoveryCodeCount, storeBackupCodes: "encrypted" },
  });

/** Who has given the right password and still owes a code, by the cookie that says so. Not on the network. */
export const challenge = () =>
  ({
    id: "challenge",
    endpoints: {
      challengedUser: createAuthEndpoint.serverOnly({ method: "GET", requireHeaders: true }, async (ctx) => {
        const { internalAdapter, secret, createAuthCookie } = ctx.context;
        const identifier = await ctx.getSignedCookie(createAuthCookie("two_factor").name, secret);
        const pending = identifier ? await internalAdapter.findVerificationValue(identifier) : null;
        return pending ? internalAdapter.findUserById(pending.value) : null;
      }),
    },
  }) satisfies BetterAuthPlugin;

/** Where a password has been given on the way to a session. */
const passwordPaths: readonly string[] = [
  "/sign-in/email",
  "/two-factor/verify-totp",
  "/two-factor/verify-backup-code",
  "/change-password",
];

export const isByPassword = (path: string | undefined): boolean => passwordPaths.includes(path ?? "");
