/**
 * What better-auth would answer to a browser and Trendline does not. Passwords, second factors and sessions have our own
 * routes, with the lock-out, the password rules and the audit trail around them; administration goes through /api/staff,
 * which keeps the last administrator; people's names, addresses and ways to sign in are not theirs to change; and nobody
 * needs the sign-in service's tokens.
 */
const closed = new Set([
  "admin",
  "link-social",
  "unlink-account",
  "account-info",
  "get-access-token",
  "refresh-token",
  "update-user",
  "update-session",
  "change-email",
  "delete-user",
  "change-password",
  "set-password",
  "verify-password",
  "request-password-reset",
  "reset-password",
  "list-sessions",
  "revoke-session",
  "revoke-sessions",
  "revoke-other-sessions",
  "two-factor/enable",
  "two-factor/disable",
  "two-factor/get-totp-uri",
  "two-factor/generate-backup-codes",
  "two-factor/send-otp",
  "two-factor/verify-otp",
]);

export function isClosedPath(pathname: string): boolean {
  const [first = "", second = ""] = pathname.replace(/^\/+api\/+auth\/+/, "").split(/\/+/);
  return closed.has(first) || closed.has(`${first}/${second}`);
}
