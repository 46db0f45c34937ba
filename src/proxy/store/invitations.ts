import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Selectable } from "kysely";
import { type Invitation, invitationDays } from "#contract/invitation.ts";
import type { Role } from "#contract/staff.ts";
import { dayMs } from "#glucose/time.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

type InvitationRow = Selectable<Tables["invitation"]>;

interface Invited {
  name: string;
  email: string;
  role: Role;
  /** For someone who is here already. */
  staffId: string | null;
}

/**
 * Links that are handed over. Only a hash of their token is kept, so that the database opens none of them.
 */
export interface InvitationStore {
  /** Makes a link; an earlier one for the same address no longer works. */
  create(invited: Invited): Promise<{ invitation: Invitation; token: string }>;
  /** Those that still work, the newest first. */
  list(): Promise<Invitation[]>;
  find(token: string): Promise<Invitation | null>;
  /** Uses it up: of two who come with the same token at once, one gets null. */
  take(token: string): Promise<InvitationRow | null>;
  /** What was taken in vain works again. */
  putBack(taken: InvitationRow): Promise<void>;
  /** What was removed; null when there is none. */
  remove(id: string): Promise<Invitation | null>;
  removeOf(staffId: string): Promise<void>;
}

// A token is 256 random bits; there is nothing to guess that a slow hash would have to guard.
const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

const toInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  purpose: row.staff_id === null ? "join" : "new-password",
  name: row.name,
  email: row.email,
  role: row.role,
  createdAtMs: row.created_at_ms,
  expiresAtMs: row.expires_at_ms,
});

export function createInvitationStore({ db }: Pick<Database, "db">, now: () => number): InvitationStore {
  return {
    create: async ({ name, email, role, staffId }) => {
      const token = randomBytes(32).toString("base64url");
      const row: InvitationRow = {
        id: randomUUID(),
        token_hash: hashOf(token),
        name,
        email: email.toLowerCase(),
        role,
        staff_id: staffId,
        created_at_ms: now(),
        expires_at_ms: now() + invitationDays * dayMs,
      };
      await db.deleteFrom("invitation").where("expires_at_ms", "<=", now()).execute();
      await db
        .insertInto("invitation")
        .values(row)
        .onConflict((conflict) => conflict.column("email").doUpdateSet(row))
        .execute();
      return { invitation: toInvitation(row), token };
    },
    list: async () => {
      const rows = await db
        .selectFrom("invitation")
        .selectAll()
        .where("expires_at_ms", ">", now())
        .orderBy("created_at_ms", "desc")
        .orderBy("id")
        .execute();
      return rows.map(toInvitation);
    },
    find: async (token) => {
      const row = await db
        .selectFrom("invitation")
        .selectAll()
        .where("token_hash", "=", hashOf(token))
        .where("expires_at_ms", ">", now())
        .executeTakeFirst();
      return row ? toInvitation(row) : null;
    },
    take: async (token) => {
      const row = await db
        .deleteFrom("invitation")
        .where("token_hash", "=", hashOf(token))
        .where("expires_at_ms", ">", now())
        .returningAll()
        .executeTakeFirst();
      return row ?? null;
    },
    putBack: async (taken) => {
      await db
        .insertInto("invitation")
        .values(taken)
        .onConflict((conflict) => conflict.column("email").doNothing())
        .execute();
    },
    remove: async (id) => {
      const row = await db.deleteFrom("invitation").where("id", "=", id).returningAll().executeTakeFirst();
      return row ? toInvitation(row) : null;
    },
    removeOf: async (staffId) => {
      await db.deleteFrom("invitation").where("staff_id", "=", staffId).execute();
    },
  };
}
