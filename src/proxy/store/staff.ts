import { type Kysely, sql } from "kysely";
import type { Role } from "#contract/staff.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

interface StaffChange {
  role?: Role;
  active?: boolean;
  /** Why somebody is made inactive. */
  reason?: string;
}

type StaffChanged = "done" | "unknown" | "last-administrator";

/** What better-auth's own tables do not guard: at any time somebody must be able to administrate. */
export interface StaffStore {
  /** Changes nothing when no active administrator would be left. Sign-ins that still owe a code end. */
  change(id: string, change: StaffChange): Promise<StaffChanged>;
  /** By person, the ways they can sign in: "credential" is a password. */
  signInMethods(): Promise<Map<string, string[]>>;
  /** One of a person's sessions, or all but one; says how many there were. */
  endSessions(staffId: string, which: { id: string } | { butNot: string }): Promise<number>;
  /** Those of these IDs that belong to no colleague. */
  strangersAmong(ids: readonly string[]): Promise<string[]>;
  /** Those of these IDs that belong to a colleague, also an inactive one. */
  people(ids: readonly string[]): Promise<ReadonlyMap<string, { name: string; role: Role }>>;
  /** Ends the sign-ins to this account that still need a code. */
  endChallenges(staffId: string): Promise<void>;
}

const yes = sql<boolean>`true`;
const no = sql<boolean>`false`;

/**
 * In PostgreSQL they are locked, so that two administrators cannot each take
 * the other's role at the same moment.
 */
async function activeAdministrators(trx: Kysely<Tables>, kind: Database["kind"]): Promise<string[]> {
  const asked = trx
    .selectFrom("user")
    .select("id")
    .where("role", "=", "administrator")
    .where(sql<boolean>`banned is not true`)
    // Locked in one order, so that two who change each other's role do not wait for each other.
    .orderBy("id");
  const rows = await (kind === "postgres" ? asked.forUpdate() : asked).execute();
  return rows.map(({ id }) => id);
}

export function createStaffStore({ db, kind }: Pick<Database, "db" | "kind">): StaffStore {
  return {
    change: (id, { role, active, reason = null }) =>
      db.transaction().execute(async (trx): Promise<StaffChanged> => {
        const loses = (role !== undefined && role !== "administrator") || active === false;
        const administrators = loses ? await activeAdministrators(trx, kind) : [];
        if (administrators.length === 1 && administrators[0] === id) return "last-administrator";
        const ban = active === undefined ? {} : { banned: active ? no : yes, banReason: reason };
        const { numUpdatedRows } = await trx
          .updateTable("user")
          .set({ ...ban, ...(role ? { role } : {}) })
          .where("id", "=", id)
          .executeTakeFirst();
        await trx.deleteFrom("verification").where("value", "=", id).execute();
        return numUpdatedRows > 0n ? "done" : "unknown";
      }),
    signInMethods: async () => {
      const rows = await db.selectFrom("account").select(["userId", "providerId"]).execute();
      const methods = new Map<string, string[]>();
      for (const { userId, providerId } of rows)
        methods.set(userId, [...(methods.get(userId) ?? []), providerId]);
      return methods;
    },
    endSessions: async (staffId, which) => {
      const theirs = db.deleteFrom("session").where("userId", "=", staffId);
      const chosen =
        "id" in which ? theirs.where("id", "=", which.id) : theirs.where("id", "!=", which.butNot);
      const { numDeletedRows } = await chosen.executeTakeFirst();
      return Number(numDeletedRows);
    },
    strangersAmong: async (ids) => {
      const rows = await db.selectFrom("user").select("id").where("id", "in", ids).execute();
      const here = new Set(rows.map(({ id }) => id));
      return ids.filter((id) => !here.has(id));
    },
    people: async (ids) => {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom("user")
        .select(["id", "name", "role"])
        .where("id", "in", ids)
        .execute();
      return new Map(rows.map(({ id, name, role }) => [id, { name, role }]));
    },
    endChallenges: async (staffId) => {
      await db.deleteFrom("verification").where("value", "=", staffId).execute();
    },
  };
}
