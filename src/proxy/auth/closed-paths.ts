/**
 * What better-auth offers and Trendline does not. Administration goes through /api/staff, which keeps the last
 * administrator and writes the audit trail; people's names, addresses and ways to sign in are not theirs to change; and
 * nobody needs the sign-in service's tokens.
 */
const closed = new Set([
  "link-social",
  "unlink-account",
  "account-info",
  "get-access-token",
  "refresh-token",
  "update-user",
  "change-email",
  "delete-user",
]);

export function isClosedPath(pathname: string): boolean {
  const [first = ""] = pathname.replace(/^\/+api\/+auth\/+/, "").split("/");
  return first === "admin" || closed.has(first);
}
