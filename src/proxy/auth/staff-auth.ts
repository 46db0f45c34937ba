import { type BetterAuthOptions, betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { admin, createAccessControl } from "better-auth/plugins";
import { passwordMinLength } from "#contract/password.ts";
import { type NewStaffMember, type Session, type StaffMember, session } from "#contract/staff.ts";
import type { Database } from "../store/database.ts";
import { demoSignIn } from "./demo-sign-in.ts";
import type { LockOut } from "./lock-out.ts";
import { createOwnAccount, type OwnAccount } from "./own-account.ts";
import { type Resealed, resealSecondFactors } from "./reseal.ts";
import { challenge, closedPaths, isByPassword, secondFactor } from "./second-factor.ts";
import { toVersions } from "./secrets.ts";
import { createSessions, type Sessions } from "./sessions.ts";

/** Who the staff are and who is signed in. better-auth is known only here. */
export interface StaffAuth {
  /** Answers everything under /api/auth. */
  fetch(request: Request): Promise<Response>;
  sessionOf(headers: Headers): Promise<Session>;
  sessions: Sessions;
  ownAccount: OwnAccount;
  /** Who owes a code after the right password. */
  challengedUser(headers: Headers): Promise<StaffMember | null>;
  idOf(email: string): Promise<string | null>;
  list(): Promise<StaffMember[]>;
  /** Null when the e-mail address is taken. */
  add(member: NewStaffMember): Promise<StaffMember | null>;
  migrate(): Promise<void>;
  /** Encrypts anew what a previous secret encrypted. */
  reseal(): Promise<Resealed>;
}

/** Set by the app from the connection; what a client sends under this name is thrown away. */
export const clientAddressHeader = "x-trendline-client-address";

const accessControl = createAccessControl({
  user: ["create", "list", "set-role", "ban", "set-password"],
  session: ["list", "revoke"],
});
const nothing = accessControl.newRole({ user: [], session: [] });
const everything = accessControl.newRole({
  user: ["create", "list", "set-role", "ban", "set-password"],
  session: ["list", "revoke"],
});

export function createStaffAuth(options: {
  database: Database;
  secret: string;
  /** Secrets that are still read with, newest first. */
  previousSecrets: readonly string[];
  publicUrl: string;
  isOwnOrigin: (origin: string, request: Request) => boolean;
  demo: boolean;
  lockOut: LockOut;
  idleMs: number;
  secondFactorRequired: boolean;
}): StaffAuth {
  const { database } = options;
  const config = {
    appName: "Trendline",
    baseURL: options.publicUrl,
    basePath: "/api/auth",
    secrets: toVersions([options.secret, ...options.previousSecrets]),
    database: { db: database.db, type: database.kind },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: passwordMinLength },
    session: {
      expiresIn: 12 * 3600,
      // Twelve hours and no more, however busy a page keeps itself.
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
      // For each client address; the lock-out counts for each account. A clinic is often one address.
      storage: "database",
      customRules: {
        "/sign-in/email": { window: 60, max: 30 },
        "/two-factor/*": { window: 60, max: 30 },
      },
    },
    disabledPaths: closedPaths,
    telemetry: { enabled: false },
    trustedOrigins: (request?: Request) => {
      const origin = request?.headers.get("origin");
      return request && origin && options.isOwnOrigin(origin, request) ? [origin] : [];
    },
    advanced: {
      useSecureCookies: options.publicUrl.startsWith("https:"),
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      cookiePrefix: "trendline",
    },
    logger: { disabled: true },
    // Its spans carry the messages of errors.
    experimental: { instrumentation: { enabled: false } },
    plugins: [
      admin({
        ac: accessControl,
        roles: { administrator: everything, clinician: nothing, support: nothing },
        adminRoles: ["administrator"],
        defaultRole: "support",
      }),
      secondFactor(),
      challenge(),
      ...(options.demo ? [demoSignIn()] : []),
    ],
  } satisfies BetterAuthOptions;
  const auth = betterAuth(config);
  const { idleMs, secondFactorRequired, lockOut } = options;
  const sessions = createSessions({
    context: auth.$context,
    find: (headers) => auth.api.getSession({ headers }),
    idleMs,
    secondFactorRequired,
  });

  const toMember = (user: { id: string; name: string; email: string; role?: unknown }): StaffMember[] => {
    const parsed = session.safeParse({ user });
    return parsed.success && parsed.data ? [parsed.data.user] : [];
  };

  return {
    fetch: (request) => auth.handler(request),
    sessionOf: sessions.of,
    sessions,
    ownAccount: createOwnAccount({ api: auth.api, context: auth.$context, lockOut }),
    challengedUser: async (headers) => {
      const user = await auth.api.challengedUser({ headers });
      return (user && toMember(user)[0]) ?? null;
    },
    idOf: async (email) => {
      const { internalAdapter } = await auth.$context;
      return (await internalAdapter.findUserByEmail(email.toLowerCase()))?.user.id ?? null;
    },
    list: async () => {
      const { internalAdapter } = await auth.$context;
      const users = await internalAdapter.listUsers(1000, 0, { field: "name", direction: "asc" });
      return users.flatMap(toMember);
    },
    add: async ({ name, email, role, password }) => {
      const { internalAdapter, password: hasher } = await auth.$context;
      if (await internalAdapter.findUserByEmail(email.toLowerCase())) return null;
      const user = await internalAdapter.createUser(
        { name, email: email.toLowerCase(), emailVerified: true, role },
        { method: "administrator" },
      );
      await internalAdapter.linkAccount({
        userId: user.id,
        accountId: user.id,
        providerId: "credential",
        password: await hasher.hash(password),
      });
      return { id: user.id, name, email: user.email, role };
    },
    migrate: async () => {
      const { runMigrations } = await getMigrations(config);
      await runMigrations();
    },
    reseal: async () => resealSecondFactors(await auth.$context),
  };
}
