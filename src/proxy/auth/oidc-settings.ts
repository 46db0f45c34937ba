import * as z from "zod";
import { type Role, roles } from "#contract/staff.ts";

/** The environment's part about single sign-on. */
export const oidcVariables = {
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().trim().max(60).optional(),
  OIDC_SCOPES: z.string().default("openid email profile"),
  OIDC_ROLES_CLAIM: z.string().trim().default("roles"),
  OIDC_ROLE_CLINICIAN: z.string().optional(),
  OIDC_ROLE_SUPPORT: z.string().optional(),
  OIDC_ROLE_ADMINISTRATOR: z.string().optional(),
  OIDC_TRUST_EMAIL: z.enum(["yes", "no"]).default("no"),
};
type Variables = z.infer<z.ZodObject<typeof oidcVariables>>;

export const oidcMeanings = {
  OIDC_ISSUER: "the sign-in service's address, such as https://login.clinic.example",
  OIDC_NAME: "at most 60 characters",
  OIDC_TRUST_EMAIL: "yes or no",
};

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** On the button of the sign-in page. */
  name: string;
  scopes: string[];
  rolesClaim: string;
  /** Which of the claim's values make somebody what. */
  roleValues: Record<Role, string[]>;
  /** The provider's e-mail addresses count as verified although it does not say so. */
  trustEmail: boolean;
}

const isLoopback = (url: URL) => ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);

const listOf = (text: string | undefined) =>
  (text ?? "")
    .split(",")
    .map((value) => value.trim())
    .filter(Boolean);

/** All of it, none of it, or in words what is wrong. */
export function readOidcSettings(e: Variables): { settings: OidcSettings | null; fault: string | null } {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = e;
  const needed = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret };
  const roleValues: OidcSettings["roleValues"] = {
    clinician: listOf(e.OIDC_ROLE_CLINICIAN),
    support: listOf(e.OIDC_ROLE_SUPPORT),
    administrator: listOf(e.OIDC_ROLE_ADMINISTRATOR),
  };
  const values = roles.flatMap((role) => roleValues[role]);
  const refuse = (fault: string) => ({ settings: null, fault });

  const missing = Object.entries({ ...needed, OIDC_NAME: e.OIDC_NAME }).flatMap(([name, value]) =>
    value ? [] : [name],
  );
  if (missing.length === 4 && values.length === 0) return { settings: null, fault: null };
  if (!issuer || !clientId || !clientSecret || !e.OIDC_NAME)
    return refuse(
      `${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing. ` +
        "For single sign-on set OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME, for none of it leave every OIDC_ variable out.",
    );
  if (values.length === 0)
    return refuse(
      "Nobody could sign in at OIDC_ISSUER: say which values of the roles claim mean which role with OIDC_ROLE_CLINICIAN, OIDC_ROLE_SUPPORT and OIDC_ROLE_ADMINISTRATOR, at least one of them.",
    );
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined)
    return refuse(`The roles claim's value ${JSON.stringify(twice)} stands for two roles; it can be one.`);
  const url = new URL(issuer);
  if (url.protocol === "http:" && !isLoopback(url))
    return refuse("OIDC_ISSUER must be an https address: who signs in and with what role comes from there.");
  return {
    settings: {
      ...{ issuer: issuer.replace(/\/$/, ""), clientId, clientSecret, name: e.OIDC_NAME, roleValues },
      scopes: e.OIDC_SCOPES.split(/[\s,]+/).filter(Boolean),
      rolesClaim: e.OIDC_ROLES_CLAIM,
      trustEmail: e.OIDC_TRUST_EMAIL === "yes",
    },
    fault: null,
  };
}
