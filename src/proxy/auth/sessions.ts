import type { AuthContext } from "better-auth";
import type { OwnSession } from "#contract/account.ts";
import { type Role, type Session, signedInSession } from "#contract/staff.ts";
import type { BriefCaches } from "../brief-cache.ts";
import { createAges } from "../clock.ts";
import { shortKey } from "../short-key.ts";
import type { StaffStore } from "../store/staff.ts";

/** What better-auth keeps of a session, with our own fields. */
interface KeptSession {
  id: string;
  token: string;
  userId: string;
  createdAt: Date;
  ipAddress?: string | null;
  userAgent?: string | null;
  /** When a hand was last reported on the screen. */
  activeAt?: Date | null;
  byPassword?: boolean | null;
}

/** A signed-in person with the session that says so. */
export interface SignedIn {
  session: KeptSession;
  user: { id: string; email: string; twoFactorEnabled?: boolean | null };
}

/** Sessions of staff: ended by the server after the idle time, listed and revoked by their owner. */
export interface Sessions {
  signedIn(headers: Headers): Promise<SignedIn | null>;
  /** As the client sees it. */
  shown(found: SignedIn): NonNullable<Session>;
  of(headers: Headers): Promise<Session>;
  /** A hand is on the screen. */
  touch(headers: Headers): Promise<void>;
  list(current: SignedIn): Promise<OwnSession[]>;
  /** False when the person has no such session. */
  revoke(current: SignedIn, id: string): Promise<boolean>;
  /** All but the current one, however many, and sign-ins that still owe a code; says how many sessions. */
  revokeOthers(current: SignedIn): Promise<number>;
}

/**
 * The browser reports once a minute and signs out by itself; this is for one that was closed or put to sleep.
 */
const graceMs = 2 * 60_000;

const mostListed = 1000;

const usedAtMs = ({ activeAt, createdAt }: KeptSession) => (activeAt ?? createdAt).getTime();

export function createSessions(options: {
  context: Promise<{
    internalAdapter: Pick<AuthContext["internalAdapter"], "deleteSession" | "updateSession">;
    adapter: Pick<AuthContext["adapter"], "findMany">;
  }>;
  staff: Pick<StaffStore, "endSessions" | "endChallenges">;
  find: (headers: Headers) => Promise<SignedIn | null>;
  brief: BriefCaches;
  idleMs: number;
  longestMs: number;
  secondFactorFor: readonly Role[];
  steadyMs: () => number;
}): Sessions {
  const ageMs = createAges({ now: Date.now, steadyMs: options.steadyMs });
  /** By how much time has passed, not by what the clock was set to meanwhile. */
  const isIdle = (session: KeptSession) =>
    ageMs(`use of ${session.id}`, usedAtMs(session)) > options.idleMs + graceMs ||
    ageMs(`begin of ${session.id}`, session.createdAt.getTime()) >= options.longestMs;

  const recent = options.brief.create<SignedIn>();
  const signedIn: Sessions["signedIn"] = async (headers) => {
    const cookies = headers.get("cookie");
    // What else a browser sends as cookies may be long.
    const found = cookies ? await recent(shortKey(cookies), () => options.find(headers)) : null;
    if (!found || !isIdle(found.session)) return found;
    await (await options.context).internalAdapter.deleteSession(found.session.token);
    return null;
  };
  /** What is found is not changed: for half a second, all who ask get the same. */
  const alreadyShown = new WeakMap<SignedIn, NonNullable<Session>>();
  const show = ({ session, user }: SignedIn) => {
    const lacksFactor = session.byPassword === true && !user.twoFactorEnabled;
    const seen = signedInSession.parse({ user });
    const mustEnrol = lacksFactor && options.secondFactorFor.includes(seen.user.role);
    return mustEnrol ? { ...seen, mustEnrol } : seen;
  };
  const shown: Sessions["shown"] = (found) => {
    const known = alreadyShown.get(found) ?? show(found);
    alreadyShown.set(found, known);
    return known;
  };
  // Not the library's own list, which ends after a hundred.
  const listKept = async (userId: string): Promise<KeptSession[]> => {
    const kept = await (await options.context).adapter.findMany<KeptSession>({
      model: "session",
      where: [
        { field: "userId", value: userId },
        { field: "expiresAt", value: new Date(), operator: "gt" },
      ],
      sortBy: { field: "createdAt", direction: "desc" },
      limit: mostListed,
    });
    return kept.filter((session) => !isIdle(session));
  };

  return {
    signedIn,
    shown,
    of: async (headers) => {
      const found = await signedIn(headers);
      return found && shown(found);
    },
    touch: async (headers) => {
      const found = await signedIn(headers);
      if (!found) return;
      const { internalAdapter } = await options.context;
      await internalAdapter.updateSession(found.session.token, { activeAt: new Date() });
    },
    list: async ({ session, user }) => {
      const own = (await listKept(user.id)).map((kept) => ({
        id: kept.id,
        isCurrent: kept.id === session.id,
        begunAtMs: kept.createdAt.getTime(),
        usedAtMs: usedAtMs(kept),
        address: kept.ipAddress ?? "",
        userAgent: kept.userAgent ?? "",
      }));
      return own.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.usedAtMs - a.usedAtMs);
    },
    revoke: async ({ user }, id) => {
      return (await options.staff.endSessions(user.id, { id })) > 0;
    },
    revokeOthers: async ({ session, user }) => {
      await options.staff.endChallenges(user.id);
      return options.staff.endSessions(user.id, { butNot: session.id });
    },
  };
}
