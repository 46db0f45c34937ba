import type { BetterAuthOptions } from "better-auth";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { admin, createAccessControl } from "better-auth/plugins";
import pLimit from "p-limit";
import { passwordMinLength } from "#contract/password.ts";
import type { BriefCaches } from "../brief-cache.ts";
import type { WithLock } from "../lock.ts";
import type { RunningConfig } from "../proxy-options.ts";
import type { Database } from "../store/database.ts";
import type { StaffStore } from "../store/staff.ts";
import { type BrowserCookie, cookiePrefixFor } from "./browser-cookie.ts";
import { demoSignIn } from "./demo-sign-in.ts";
import { lastSignIn } from "./last-sign-in.ts";
import { clientAddressHeader, knownBrowserHeader } from "./library-request.ts";
import type { LockOut } from "./lock-out.ts";
import type { Passwords } from "./passwords.ts";
import { challenge, isByPassword, secondFactor } from "./second-factor.ts";
import { toVersions } from "./secrets.ts";
import { type SingleSignOnOptions, singleSignOn } from "./single-sign-on.ts";

export const longestSessionS = 12 * 3600;

/** The longest window of the rate limits for an address. */
export const longestWindowS = 60;

/**
 * Passwords take two of Node's four threads at most: the signatures of cookies are checked
 * there, too, and must not wait for them.
 */
const hashing = pLimit(2);

/**
 * A known browser is limited by the lock-out alone, so that somebody who guesses passwords at
 * the same address does not keep it out.
 */
const strangersOnly = (request: Request) =>
  request.headers.has(knownBrowserHeader) ? false : { window: longestWindowS, max: 30 };

export const scrypt: Passwords = { hash: hashPassword, verify: verifyPassword };

/** Permissions in better-auth's own administration, which is not exposed over HTTP. */
const nothing = createAccessControl({}).newRole({});

export type StaffAuthConfig = Pick<
  RunningConfig,
  "authSecret" | "previousAuthSecrets" | "publicUrl" | "idleSignOutMinutes" | "secondFactorFor"
>;

export interface StaffAuthOptions {
  config: StaffAuthConfig;
  /** In people's authenticator apps. */
  productName: string;
  /** One-click sign-in. */
  isSandbox: boolean;
  database: Database;
  isOwnOrigin: (origin: string, request: Request) => boolean;
  lockOut: LockOut;
  browserCookie: BrowserCookie;
  withLock: WithLock;
  brief: BriefCaches;
  staff: StaffStore;
  singleSignOn: Omit<SingleSignOnOptions, "staff"> | null;
  /** better-auth's own unless a test says otherwise. */
  passwords?: Passwords;
  now: () => number;
  /** Of real time. */
  steadyMs: () => number;
}

/** better-auth's options: ways to sign in, sessions, rate limits, and which of its features are off. */
export function libraryOptions(options: StaffAuthOptions) {
  const { config, database, staff, passwords = scrypt } = options;
  const { publicUrl } = config;
  return {
    appName: "Trendline",
    baseURL: new URL(publicUrl).origin,
    basePath: "/api/auth",
    secrets: toVersions([config.authSecret, ...config.previousAuthSecrets]),
    database: { db: database.db, type: database.kind },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordMinLength,
      password: {
        hash: (password) => hashing(passwords.hash, password),
        verify: (tried) => hashing(passwords.verify, tried),
      },
    },
    session: {
      expiresIn: longestSessionS,
      // A session is not prolonged by use.
      disableSessionRefresh: true,
      additionalFields: {
        activeAt: { type: "date", required: false, input: false },
        byPassword: { type: "boolean", required: false, input: false },
      },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (made, ctx) => {
            if (isByPassword(ctx?.path)) return { data: { ...made, byPassword: true } };
          },
        },
      },
    },
    rateLimit: {
      enabled: true,
      // By client address; the lock-out is by account. A clinic often has one address.
      storage: "database",
      customRules: {
        "/sign-in/email": strangersOnly,
        "/two-factor/*": strangersOnly,
        // No password is checked there, and in the morning a whole clinic signs in from one address.
        "/sign-in/social": { window: 5, max: 200 },
        "/callback/*": { window: 5, max: 200 },
        "/sign-out": false,
      },
    },
    telemetry: { enabled: false },
    // Errors are answered and logged by our own handler; better-auth would print a query's values.
    onAPIError: { throw: true },
    trustedOrigins: (request?: Request) => {
      const origin = request?.headers.get("origin");
      return request && origin && options.isOwnOrigin(origin, request) ? [origin] : [];
    },
    advanced: {
      // Its prefix for secure cookies, `__Secure-`, would let other hosts of the site set them.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: publicUrl.startsWith("https:") },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      cookiePrefix: cookiePrefixFor(publicUrl),
    },
    logger: { disabled: true },
    // Its spans contain error messages.
    experimental: { instrumentation: { enabled: false } },
    plugins: [
      admin({
        roles: { administrator: nothing, clinician: nothing, support: nothing },
        adminRoles: ["administrator"],
        defaultRole: "support",
      }),
      secondFactor(options.productName),
      challenge(),
      lastSignIn(options.now),
      ...(options.singleSignOn ? singleSignOn({ ...options.singleSignOn, staff }) : []),
      ...(options.isSandbox ? [demoSignIn()] : []),
    ],
  } satisfies BetterAuthOptions;
}
