import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import type { NewStaffMember } from "#contract/new-staff-member.ts";
import type { Session, StaffAccount, StaffMember } from "#contract/staff.ts";
import type { StaffStore } from "../store/staff.ts";
import { createRunAlone, lockOf } from "./account-lock.ts";
import { createCountAttempt } from "./count-attempt.ts";
import { type Credentials, createCredentials } from "./credentials.ts";
import { libraryOptions, longestSessionS, longestWindowS, type StaffAuthOptions } from "./library-options.ts";
import { createOwnAccount, type OwnAccount } from "./own-account.ts";
import { isSecondFactorReadable, type Resealed, resealSecondFactors } from "./reseal.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { listStaff, toMember } from "./staff-list.ts";

/** Who the staff are and who is signed in. better-auth is known only here. */
export interface StaffAuth extends Credentials {
  /** The library's own response; called only for the paths in `sign-in/routes.ts`. */
  fetch(request: Request): Promise<Response>;
  sessionOf(headers: Headers): Promise<Session>;
  sessions: Sessions;
  ownAccount: OwnAccount;
  /** Who has given the right password and still needs a code. */
  challengedUser(headers: Headers): Promise<StaffMember | null>;
  /** False when it was encrypted with a secret that is no longer configured. */
  canCheckSecondFactor(staffId: string): Promise<boolean>;
  idOf(email: string): Promise<string | null>;
  /** The hash of an account's password; null where there is none. */
  credentialOf(email: string): Promise<string | null>;
  list(): Promise<StaffAccount[]>;
  /** Null when the e-mail address is taken. */
  add(member: NewStaffMember & { password: string }): Promise<StaffMember | null>;
  /**
   * Makes them an active administrator with this password and no second factor, ends
   * their sessions, and returns their ID.
   */
  reinstate(email: string, password: string): Promise<string>;
  /** As the sign-in page does: better-auth's response with its cookies. */
  signIn(email: string, password: string, headers: Headers): Promise<Response>;
  migrate(): Promise<void>;
  /** Encrypts anew what a previous secret encrypted. */
  reseal(): Promise<Resealed>;
}

/** For how many seconds the library's rate limit refuses this address. */
const waitOf = (answer: Response) => Number(answer.headers.get("x-retry-after"));

type StaffLibrary = ReturnType<typeof betterAuth<ReturnType<typeof libraryOptions>>>;
type Accounts = Pick<StaffAuth, "idOf" | "credentialOf" | "list" | "add" | "reinstate">;

function createAccounts(
  { $context: context, api }: StaffLibrary,
  staff: StaffStore,
  { setPassword, removeSecondFactor, endSessions }: Credentials,
): Accounts {
  return {
    idOf: async (email) => {
      const { internalAdapter } = await context;
      return (await internalAdapter.findUserByEmail(email.toLowerCase()))?.user.id ?? null;
    },
    credentialOf: async (email) => {
      const { internalAdapter } = await context;
      const found = await internalAdapter.findUserByEmail(email.toLowerCase(), { includeAccounts: true });
      return found?.accounts.find(({ providerId }) => providerId === "credential")?.password ?? null;
    },
    list: async () => listStaff(await context, staff),
    add: async ({ name, email, role, password }) => {
      const { internalAdapter } = await context;
      const found = await internalAdapter.findUserByEmail(email.toLowerCase(), { includeAccounts: true });
      if (found && found.accounts.length > 0) return null;
      // Not the internal adapter: single sign-on's checks need the endpoint that creates the user.
      const { user } =
        found ?? (await api.createUser({ body: { name, email, data: { emailVerified: true } } }));
      // A user without an account was left by an addition that failed here; it is completed now.
      await staff.change(user.id, { role });
      await setPassword(user.id, password);
      return { id: user.id, name, email: user.email, role };
    },
    reinstate: async (email, password) => {
      const { internalAdapter } = await context;
      const found = await internalAdapter.findUserByEmail(email.toLowerCase());
      if (!found) throw new Error("nobody has this e-mail address");
      const { id } = found.user;
      await staff.change(id, { role: "administrator", active: true });
      await setPassword(id, password);
      await removeSecondFactor(id);
      await endSessions(id);
      return id;
    },
  };
}

export function createStaffAuth(options: StaffAuthOptions): StaffAuth {
  const library = libraryOptions(options);
  const auth = betterAuth(library);
  const { config, staff, lockOut, browserCookie, withLock } = options;
  const context = auth.$context;
  const alone = createRunAlone(context, withLock);
  const countAttempt = createCountAttempt({ lockOut, browserCookie, alone });
  const credentials = createCredentials({ context, staff, lockOut });
  const sessions = createSessions({
    context,
    staff,
    brief: options.brief,
    find: async (headers) => {
      const found = await auth.api.getSession({ headers });
      // A session that began in the moment its person was made inactive.
      return found?.user.banned ? null : found;
    },
    idleMs: config.idleSignOutMinutes * 60_000,
    longestMs: longestSessionS * 1000,
    secondFactorFor: config.secondFactorFor,
    steadyMs: options.steadyMs,
  });

  /**
   * Counts dated in the future were made before the clock was set back,
   * and would block an address until then.
   */
  async function forgetFuture(): Promise<void> {
    const { adapter } = await context;
    const where = [
      { field: "lastRequest", operator: "gt", value: Date.now() + longestWindowS * 1000 } as const,
    ];
    await adapter.deleteMany({ model: "rateLimit", where });
  }

  return {
    ...createAccounts(auth, staff, credentials),
    fetch: async (request) => {
      const again = request.clone();
      const answer = await auth.handler(request);
      if (waitOf(answer) <= longestWindowS) return answer;
      await forgetFuture();
      return auth.handler(again);
    },
    sessionOf: sessions.of,
    sessions,
    ownAccount: createOwnAccount({ api: auth.api, context, staff, countAttempt }),
    challengedUser: async (headers) => {
      const user = await auth.api.challengedUser({ headers });
      return (user && toMember(user)[0]) ?? null;
    },
    canCheckSecondFactor: async (staffId) => isSecondFactorReadable(await context, staffId),
    setPassword: (staffId, password) =>
      withLock(lockOf(staffId), () => credentials.setPassword(staffId, password)),
    endSessions: credentials.endSessions,
    removeSecondFactor: (staffId) => withLock(lockOf(staffId), () => credentials.removeSecondFactor(staffId)),
    signIn: (email, password, headers) =>
      auth.api.signInEmail({ body: { email, password }, headers, asResponse: true }),
    migrate: async () => {
      const { runMigrations } = await getMigrations(library);
      await runMigrations();
    },
    reseal: async () => resealSecondFactors(await context),
  };
}
