import type { BetterAuthOptions, BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { type GenericOAuthConfig, genericOAuth } from "better-auth/plugins";
import type { Logger } from "pino";
import type { AuditAction } from "#contract/audit.ts";
import { staffNameMaxLength } from "#contract/new-staff-member.ts";
import type { SignInError } from "#contract/staff.ts";
import { beginningOf, usableText } from "#contract/text.ts";
import type { StaffStore } from "../store/staff.ts";
import { type Claims, isEmailVerified, roleFromClaims } from "./claims.ts";
import { createDiscovery, discoveryUrlOf, readClaims } from "./discovery.ts";
import type { OidcSettings } from "./oidc-settings.ts";

/** Also the last part of the address that the provider sends people back to. */
export const oidcProviderId = "oidc";

/**
 * Why somebody is inactive whose claims stood for a role and no longer do. An
 * administrator's reason is another one.
 */
const roleLost = "single-sign-on: no role";

export interface SingleSignOnOptions {
  settings: OidcSettings;
  staff: StaffStore;
  log: Logger;
  /** Into the audit trail: the provider has changed what somebody may do here. */
  record: (
    action: AuditAction,
    staffId: string,
    headers: Headers | undefined,
    details?: { before: string },
  ) => Promise<void>;
}

type Admit = NonNullable<NonNullable<BetterAuthOptions["user"]>["validateUserInfo"]>;

/** What better-auth's admin plugin keeps of a person. */
type Known = { id: string; role?: unknown; banned?: unknown; banReason?: unknown };

const textOf = (claim: unknown) => (typeof claim === "string" && claim ? claim : undefined);

/** The provider's name without invalid characters, since it cannot be typed again here. */
const nameOf = ({ name }: Claims) =>
  textOf(beginningOf(usableText(textOf(name) ?? "").trim(), staffNameMaxLength));

const refusal = (error: SignInError) => ({ error });

/**
 * Decides who may sign in and in which role. better-auth calls it at every
 * sign-in, and refuses when it throws.
 */
const createAdmit =
  ({ settings, staff, record }: Omit<SingleSignOnOptions, "log">): Admit =>
  async ({ user, source }, ctx) => {
    if (source.oauth?.providerId !== oidcProviderId) return;
    const claims = source.oauth.profile ?? {};
    const role = roleFromClaims(claims, settings);
    if (source.action !== "sign-in" && !settings.trustEmail && !isEmailVerified(claims))
      return refusal("email_unverified");
    if (source.action === "create-user") {
      if (!role) return refusal("no_role");
      // This is the very record that better-auth writes next.
      user.role = role;
      return;
    }
    const id = String(user.id);
    const { internalAdapter } = ctx.context;
    const known: Known | null = await internalAdapter.findUserById(id);
    if (!known) return refusal("no_role");
    const { banned, banReason, role: roleHere } = known;
    if (!role) {
      if (source.action === "sign-in") {
        // A password they may also have must not work either.
        const changed = await staff.change(id, { active: false, reason: roleLost });
        await internalAdapter.deleteUserSessions(id);
        if (changed === "done" && !banned) await record("staff.deactivate", id, ctx.headers);
      }
      return refusal("no_role");
    }
    if (banned && banReason !== roleLost) return refusal("BANNED_USER");
    if (roleHere === role && !banned) return;
    if ((await staff.change(id, { role, active: true })) === "last-administrator")
      return refusal("last_administrator");
    if (banned) await record("staff.reactivate", id, ctx.headers);
    if (roleHere !== role)
      await record(`staff.make-${role}`, id, ctx.headers, { before: String(roleHere ?? "") });
  };

/** Sign-in at an OpenID Connect provider, through better-auth's /sign-in/social and /callback/oidc. */
export function singleSignOn(options: SingleSignOnOptions): BetterAuthPlugin[] {
  const { settings, log } = options;
  const discover = createDiscovery(settings);
  const config: GenericOAuthConfig = {
    providerId: oidcProviderId,
    name: settings.name,
    scopes: settings.scopes,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    discoveryUrl: discoveryUrlOf(settings),
    requireIdTokenVerification: true,
    accountSubject: ({ profile }) => String(profile.sub ?? ""),
    getUserInfo: async (tokens) => {
      const claims = await readClaims(await discover(), tokens);
      const email = textOf(claims?.email);
      const emailVerified = settings.trustEmail || isEmailVerified(claims ?? {});
      return claims && { ...claims, email, emailVerified, name: nameOf(claims) ?? email };
    },
  };

  return [
    {
      id: "single-sign-on",
      init: () => ({
        options: {
          user: { validateUserInfo: createAdmit(options) },
          onAPIError: { errorURL: "/sign-in" },
          account: { updateAccountOnSignIn: false },
          databaseHooks: {
            account: {
              create: {
                // Nothing here calls the provider later, so that its tokens are not kept.
                before: async (account) => ({
                  data: { ...account, accessToken: null, refreshToken: null, idToken: null },
                }),
              },
            },
          },
        },
      }),
      hooks: {
        before: [
          {
            matcher: ({ path }) => path === "/sign-in/social" || path === "/callback/:id",
            handler: createAuthMiddleware(async (ctx) => {
              const begins = ctx.path === "/sign-in/social";
              const found = await discover().catch((err: unknown) => {
                log.warn({ err }, "The sign-in service cannot be used");
                return null;
              });
              const error: SignInError = "provider_unreachable";
              if (!found && begins) throw new APIError("SERVICE_UNAVAILABLE", { code: error });
              if (!found) throw ctx.redirect(`/sign-in?error=${error}`);
              // Read when the code is exchanged. Not every provider takes both ways.
              const basic = found.token_endpoint_auth_methods_supported.includes("client_secret_basic");
              config.authentication = basic ? "basic" : "post";
            }),
          },
        ],
      },
    },
    {
      ...genericOAuth({ config: [config] }),
      // Without this it would ask the provider while Trendline starts, with no limit of time, and
      // a provider that is down would keep password sign-in down as well. So it asks when the
      // first person comes, as after a failure.
      init: () => ({ context: { genericOAuthPendingDiscovery: new Map([[oidcProviderId, config]]) } }),
    },
  ];
}
