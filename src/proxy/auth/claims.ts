import type { Role } from "#contract/staff.ts";
import type { OidcSettings } from "./oidc-settings.ts";

export type Claims = Record<string, unknown>;

const isObject = (value: unknown): value is Claims => typeof value === "object" && value !== null;

/** A claim by its name, or by a path of names with dots between them; names may have dots of their own. */
function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path
    .split(".")
    .reduce<unknown>(
      (value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      claims,
    );
}

/** Where somebody's claims stand for several roles, they have the first of these. */
const precedence: readonly Role[] = ["administrator", "clinician", "support"];

/** The role that the claims map to; null when there is none, and then the sign-in is refused. */
export function roleFromClaims(
  claims: Claims,
  { rolesClaim, roleValues }: Pick<OidcSettings, "rolesClaim" | "roleValues">,
): Role | null {
  const found = claimAt(claims, rolesClaim);
  const given = Array.isArray(found) ? found : [found];
  return precedence.find((role) => roleValues[role].some((value) => given.includes(value))) ?? null;
}

/** Some providers send it as a text. */
export const isEmailVerified = ({ email_verified: verified }: Claims): boolean =>
  verified === true || verified === "true";

/** The claims of an ID token whose signature, issuer, audience and nonce better-auth has checked before. */
export function claimsOfCheckedToken(idToken: string): Claims {
  const payload: unknown = JSON.parse(Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString("utf8"));
  if (!isObject(payload)) throw new Error("the ID token holds no claims");
  return payload;
}
