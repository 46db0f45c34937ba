import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import {
  type NewStaffMember,
  type Session,
  type StaffAccount,
  type StaffMember,
  session,
} from "#contract/staff.ts";
import { libraryOptions, longestSessionS, longestWindowS, type StaffAuthOptions } from "./library-options.ts";
import { createOwnAccount, lockOf, type OwnAccount } from "./own-account.ts";
import { isSecondFactorReadable, type Resealed, resealSecondFactors } from "./reseal.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { oidcProviderId } from "./single-sign-on.ts";

/** Who the staff are and who is signed in. better-auth is known only here. */
export interface StaffAuth {
  /** The library's own answer. Only the addresses of `sign-in/routes.ts` get here. */
  fetch(request: Request): Promise<Response>;
  sessionOf(headers: Headers): Promise<Session>;
  sessions: Sessions;
  ownAccount: OwnAccount;
  /** Who owes a code after the right password. */
  challengedUser(headers: Headers): Promise<StaffMember | null>;
  /** False when it was set up under a secret that is gone. */
  canCheckSecondFactor(staffId: string): Promise<boolean>;
  idOf(email: string): Promise<string | null>;
  /** The hash of an account's password; null where there is none. */
  credentialOf(email: string): Promise<string | null>;
  list(): Promise<StaffAccount[]>;
  /** Null when the e-mail address is taken. */
  add(member: NewStaffMember & { password: string }): Promise<StaffMember | null>;
  /** Makes them an active administrator with this password alone, signed out everywhere; answers with their ID. */
  reinstate(email: string, password: string): Promise<string>;
  /** Ends a lock-out as well. */
  setPassword(staffId: string, password: string): Promise<void>;
  endSessions(staffId: string): Promise<void>;
  /** For somebody who has lost theirs, recovery codes and all. */
  removeSecondFactor(staffId: string): Promise<void>;
  /** As by the sign-in page: better-auth's answer with its cookies. */
  signIn(email: string, password: string, headers: Headers): Promise<Response>;
  migrate(): Promise<void>;
  /** Encrypts anew what a previous secret encrypted. */
  reseal(): Promise<Resealed>;
}

const listedAtOnce = 1000;

/** For how many seconds the library's limit of an address refuses. */
const waitOf = (answer: Response) => Number(answer.headers.get("x-retry-after"));

export function createStaffAuth(options: StaffAuthOptions): StaffAuth {
  const library = libraryOptions(options);
  const auth = betterAuth(library);
  const { config, staff, lockOut, browserCookie, withLock } = options;
  const sessions = createSessions({
    context: auth.$context,
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

  /** Requests counted at a time to come were counted before the clock was set back: they would keep an address out for as long. */
  async function forgetFuture(): Promise<void> {
    const { adapter } = await auth.$context;
    const where = [
      { field: "lastRequest", operator: "gt", value: Date.now() + longestWindowS * 1000 } as const,
    ];
    await adapter.deleteMany({ model: "rateLimit", where });
  }

  const toMember = (user: { id: string; name: string; email: string; role?: unknown }): StaffMember[] => {
    const parsed = session.safeParse({ user });
    return parsed.success && parsed.data ? [parsed.data.user] : [];
  };

  const setPassword: StaffAuth["setPassword"] = async (userId, password) => {
    const { internalAdapter, password: hasher } = await auth.$context;
    const hash = await hasher.hash(password);
    const accounts = await internalAdapter.findAccounts(userId);
    if (accounts.some(({ providerId }) => providerId === "credential"))
      await internalAdapter.updatePassword(userId, hash);
    else
      await internalAdapter.linkAccount({
        userId,
        accountId: userId,
        providerId: "credential",
        password: hash,
      });
    const user = await internalAdapter.findUserById(userId);
    if (user) await lockOut.forgive(user.email);
  };

  const removeSecondFactor: StaffAuth["removeSecondFactor"] = async (staffId) => {
    const { adapter } = await auth.$context;
    await adapter.deleteMany({ model: "twoFactor", where: [{ field: "userId", value: staffId }] });
    const where = [{ field: "id", value: staffId }];
    await adapter.update({ model: "user", where, update: { twoFactorEnabled: false } });
  };

  const endSessions: StaffAuth["endSessions"] = async (staffId) => {
    const { internalAdapter } = await auth.$context;
    await staff.endChallenges(staffId);
    await internalAdapter.deleteUserSessions(staffId);
  };

  return {
    fetch: async (request) => {
      const again = request.clone();
      const answer = await auth.handler(request);
      if (waitOf(answer) <= longestWindowS) return answer;
      await forgetFuture();
      return auth.handler(again);
    },
    sessionOf: sessions.of,
    sessions,
    ownAccount: createOwnAccount({
      api: auth.api,
      context: auth.$context,
      staff,
      lockOut,
      browserCookie,
      withLock,
    }),
    challengedUser: async (headers) => {
      const user = await auth.api.challengedUser({ headers });
      return (user && toMember(user)[0]) ?? null;
    },
    canCheckSecondFactor: async (staffId) => isSecondFactorReadable(await auth.$context, staffId),
    idOf: async (email) => {
      const { internalAdapter } = await auth.$context;
      return (await internalAdapter.findUserByEmail(email.toLowerCase()))?.user.id ?? null;
    },
    credentialOf: async (email) => {
      const { internalAdapter } = await auth.$context;
      const found = await internalAdapter.findUserByEmail(email.toLowerCase(), { includeAccounts: true });
      return found?.accounts.find(({ providerId }) => providerId === "credential")?.password ?? null;
    },
    list: async () => {
      const { internalAdapter } = await auth.$context;
      const listPart = (offset: number) =>
        internalAdapter.listUsers(listedAtOnce, offset, { field: "name", direction: "asc" });
      const users = await listPart(0);
      while (users.length > 0 && users.length % listedAtOnce === 0) {
        const more = await listPart(users.length);
        if (more.length === 0) break;
        users.push(...more);
      }
      const methods = await staff.signInMethods();
      return users.flatMap((user) =>
        toMember(user).map((member) => toAccount(member, user, methods.get(member.id) ?? [])),
      );
    },
    add: async ({ name, email, role, password }) => {
      const { internalAdapter } = await auth.$context;
      const found = await internalAdapter.findUserByEmail(email.toLowerCase(), { includeAccounts: true });
      if (found && found.accounts.length > 0) return null;
      // Not the internal adapter: single sign-on's rules ask for the endpoint that somebody comes in by.
      const { user } =
        found ?? (await auth.api.createUser({ body: { name, email, data: { emailVerified: true } } }));
      // Somebody who was found has no way in: adding them broke off here, and goes on here.
      await staff.change(user.id, { role });
      await setPassword(user.id, password);
      return { id: user.id, name, email: user.email, role };
    },
    reinstate: async (email, password) => {
      const { internalAdapter } = await auth.$context;
      const found = await internalAdapter.findUserByEmail(email.toLowerCase());
      if (!found) throw new Error("nobody has this e-mail address");
      const { id } = found.user;
      await staff.change(id, { role: "administrator", active: true });
      await setPassword(id, password);
      await removeSecondFactor(id);
      await endSessions(id);
      return id;
    },
    setPassword: (staffId, password) => withLock(lockOf(staffId), () => setPassword(staffId, password)),
    endSessions,
    removeSecondFactor: (staffId) => withLock(lockOf(staffId), () => removeSecondFactor(staffId)),
    signIn: (email, password, headers) =>
      auth.api.signInEmail({ body: { email, password }, headers, asResponse: true }),
    migrate: async () => {
      const { runMigrations } = await getMigrations(library);
      await runMigrations();
    },
    reseal: async () => resealSecondFactors(await auth.$context),
  };
}

/** What plugins keep with a person, as far as the list of staff shows it. */
interface Kept {
  id: string;
  banned?: unknown;
  twoFactorEnabled?: unknown;
  lastSignInAt?: unknown;
}

const toAccount = (
  member: StaffMember,
  { banned, twoFactorEnabled, lastSignInAt }: Kept,
  methods: string[],
): StaffAccount => ({
  ...member,
  active: !banned,
  hasPassword: methods.includes("credential"),
  hasSingleSignOn: methods.includes(oidcProviderId),
  secondFactor: twoFactorEnabled === true,
  lastSignInMs: lastSignInAt instanceof Date ? lastSignInAt.getTime() : null,
});
