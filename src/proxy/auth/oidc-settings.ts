import * as z from "zod";
import { type Role, roles } from "#contract/staff.ts";
import { loopback } from "../http/own-origin.ts";
import { areMissing, orNull, refuse, setting } from "../setting.ts";

const listOf = (text: string) =>
  text
    .split(",")
    .map((value) => value.trim())
    .filter(Boolean);

const roleValues = (role: string) => setting(`OIDC_ROLE_${role}`, z.string().default("").transform(listOf));

/** Single sign-on: all of it, or null. */
export const oidcSettings = z
  .object({
    issuer: setting(
      "OIDC_ISSUER",
      orNull(z.url({ protocol: /^https?$/ })),
      "the sign-in service's address, such as https://login.clinic.example",
    ),
    clientId: setting("OIDC_CLIENT_ID", orNull(z.string())),
    clientSecret: setting("OIDC_CLIENT_SECRET", orNull(z.string())),
    /** On the button of the sign-in page. */
    name: setting("OIDC_NAME", orNull(z.string().trim().max(60)), "at most 60 characters"),
    scopes: setting(
      "OIDC_SCOPES",
      z
        .string()
        .default("openid email profile")
        .transform((text) => text.split(/[\s,]+/).filter(Boolean)),
    ),
    rolesClaim: setting("OIDC_ROLES_CLAIM", z.string().trim().default("roles")),
    /** Which of the claim's values make somebody what. */
    roleValues: z.object({
      clinician: roleValues("CLINICIAN"),
      support: roleValues("SUPPORT"),
      administrator: roleValues("ADMINISTRATOR"),
    }),
    /** The provider's e-mail addresses count as verified although it does not say so. */
    trustEmail: setting(
      "OIDC_TRUST_EMAIL",
      z.stringbool({ truthy: ["yes"], falsy: ["no"], case: "sensitive" }).default(false),
      "yes or no",
    ),
  })
  .transform((given, ctx) => {
    const { issuer, clientId, clientSecret, name } = given;
    const values = roles.flatMap((role: Role) => given.roleValues[role]);
    if (!issuer || !clientId || !clientSecret || !name) {
      const needed = {
        OIDC_ISSUER: issuer,
        OIDC_CLIENT_ID: clientId,
        OIDC_CLIENT_SECRET: clientSecret,
        OIDC_NAME: name,
      };
      const missing = Object.entries(needed).flatMap(([variable, value]) => (value ? [] : [variable]));
      if (missing.length === 4 && values.length === 0) return null;
      return refuse(
        ctx,
        `${areMissing(missing, ", ")} ` +
          "For single sign-on set OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME, for none of it leave every OIDC_ variable out.",
      );
    }
    if (values.length === 0)
      return refuse(
        ctx,
        "Nobody could sign in at OIDC_ISSUER: say which values of the roles claim mean which role with OIDC_ROLE_CLINICIAN, OIDC_ROLE_SUPPORT and OIDC_ROLE_ADMINISTRATOR, at least one of them.",
      );
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined)
      return refuse(
        ctx,
        `The roles claim's value ${JSON.stringify(twice)} stands for two roles; it can be one.`,
      );
    const url = new URL(issuer);
    if (url.protocol === "http:" && !loopback.has(url.hostname))
      return refuse(
        ctx,
        "OIDC_ISSUER must be an https address: who signs in and with what role comes from there.",
      );
    return { ...given, issuer: issuer.replace(/\/$/, ""), clientId, clientSecret, name };
  });

export type OidcSettings = NonNullable<z.infer<typeof oidcSettings>>;
