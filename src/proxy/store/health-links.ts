import { createHash, randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import { type HealthLink, mostNamedOpenings, mostWrongPasscodes } from "#contract/health-links.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

/** A link as it is made; `content` is sealed with a key that is not here. */
interface MadeLink {
  token: string;
  patientId: string;
  byId: string;
  firstDate: string;
  lastDate: string;
  expiresAtMs: number;
  passcodeHash: string | null;
  content: string;
}

interface StoredHealthLink extends Omit<HealthLink, "byName"> {
  byId: string;
}

/** What is behind a link that works. */
export interface OpenLink {
  id: string;
  patientId: string;
  createdAtMs: number;
  passcodeHash: string | null;
  triesLeft: number;
  content: string;
}

export interface HealthLinkStore {
  /** False where the patient has `most` that work. */
  make(link: MadeLink, most: number): Promise<boolean>;
  /** Of these records, the newest first. */
  of(patientIds: readonly string[]): Promise<StoredHealthLink[]>;
  /** Null where there is none that works. */
  open(token: string): Promise<OpenLink | null>;
  /** Takes one of the tries that are left before a passcode is looked at, so that of many at once none is for nothing; null: none is left. */
  takeTry(id: string): Promise<number | null>;
  /** That somebody opened it, who then gives back the try they took, or was refused. */
  noteOpening(id: string, recipient: string, isRefused: boolean, tookTry: boolean): Promise<void>;
  /** Its content goes with it; false where there is none of these patients that works. */
  revoke(id: string, patientIds: readonly string[]): Promise<boolean>;
  /** Takes the contents of those that work no more away. */
  forgetEnded(): Promise<void>;
}

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

/** Whoever is archived here shares nothing any more. */
export async function revokeLinksOf(db: Kysely<Tables>, patientId: string, nowMs: number): Promise<void> {
  await db
    .updateTable("health_link")
    .set({ revoked_at_ms: nowMs, content: null })
    .where("patient_id", "=", patientId)
    .where("revoked_at_ms", "is", null)
    .execute();
}

export function createHealthLinkStore({ db }: Pick<Database, "db">, now: () => number): HealthLinkStore {
  const working = () =>
    db
      .selectFrom("health_link")
      .where("revoked_at_ms", "is", null)
      .where("expires_at_ms", ">", now())
      .where("tries_left", ">", 0);

  return {
    make: async ({ token, ...link }, most) => {
      const { count } = await working()
        .where("patient_id", "=", link.patientId)
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      if (Number(count) >= most) return false;
      await db
        .insertInto("health_link")
        .values({
          id: randomUUID(),
          token_hash: hashOf(token),
          patient_id: link.patientId,
          by_id: link.byId,
          first_date: link.firstDate,
          last_date: link.lastDate,
          passcode_hash: link.passcodeHash,
          content: link.content,
          created_at_ms: now(),
          expires_at_ms: link.expiresAtMs,
          tries_left: mostWrongPasscodes,
          opened: 0,
          refused: 0,
          revoked_at_ms: null,
        })
        .execute();
      return true;
    },
    of: async (patientIds) => {
      const rows = await db
        .selectFrom("health_link")
        .select(["id", "by_id", "first_date", "last_date", "created_at_ms", "expires_at_ms"])
        .select(["tries_left", "opened", "refused", "revoked_at_ms"])
        .select((eb) => eb("passcode_hash", "is not", null).as("has_passcode"))
        .where("patient_id", "in", patientIds)
        .orderBy("created_at_ms", "desc")
        .limit(200)
        .execute();
      return Promise.all(
        rows.map(async (row) => {
          const openings = await db
            .selectFrom("health_link_opening")
            .selectAll()
            .where("link_id", "=", row.id)
            .orderBy("at_ms", "desc")
            .limit(mostNamedOpenings)
            .execute();
          return {
            id: row.id,
            byId: row.by_id,
            createdAtMs: row.created_at_ms,
            expiresAtMs: row.expires_at_ms,
            firstDate: row.first_date,
            lastDate: row.last_date,
            state:
              row.revoked_at_ms !== null
                ? "revoked"
                : row.tries_left <= 0
                  ? "locked"
                  : row.expires_at_ms <= now()
                    ? "expired"
                    : "active",
            hasPasscode: Boolean(row.has_passcode),
            wrongPasscodesLeft: row.tries_left,
            openedCount: row.opened,
            refusedCount: row.refused,
            openings: openings.map(({ at_ms: atMs, recipient, is_refused }) => ({
              atMs,
              recipient,
              isRefused: is_refused === 1,
            })),
          };
        }),
      );
    },
    open: async (token) => {
      const row = await working()
        .select(["id", "patient_id", "created_at_ms", "passcode_hash", "tries_left", "content"])
        .where("token_hash", "=", hashOf(token))
        .executeTakeFirst();
      if (!row?.content) return null;
      return {
        id: row.id,
        patientId: row.patient_id,
        createdAtMs: row.created_at_ms,
        passcodeHash: row.passcode_hash,
        triesLeft: row.tries_left,
        content: row.content,
      };
    },
    takeTry: async (id) => {
      const row = await db
        .updateTable("health_link")
        .set((eb) => ({ tries_left: eb("tries_left", "-", 1) }))
        .where("id", "=", id)
        .where("tries_left", ">", 0)
        .returning("tries_left")
        .executeTakeFirst();
      return row?.tries_left ?? null;
    },
    noteOpening: async (id, recipient, isRefused, tookTry) => {
      await db
        .updateTable("health_link")
        .set((eb) =>
          isRefused
            ? { refused: eb("refused", "+", 1) }
            : { opened: eb("opened", "+", 1), ...(tookTry && { tries_left: eb("tries_left", "+", 1) }) },
        )
        .where("id", "=", id)
        .execute();
      await db
        .insertInto("health_link_opening")
        .values({ id: randomUUID(), link_id: id, at_ms: now(), recipient, is_refused: isRefused ? 1 : 0 })
        .execute();
      const kept = db
        .selectFrom("health_link_opening")
        .select("id")
        .where("link_id", "=", id)
        .orderBy("at_ms", "desc")
        .limit(mostNamedOpenings);
      await db
        .deleteFrom("health_link_opening")
        .where("link_id", "=", id)
        .where("id", "not in", kept)
        .execute();
    },
    revoke: async (id, patientIds) => {
      const { numUpdatedRows } = await db
        .updateTable("health_link")
        .set({ revoked_at_ms: now(), content: null })
        .where("id", "=", id)
        .where("patient_id", "in", patientIds)
        .where("revoked_at_ms", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    forgetEnded: async () => {
      await db
        .updateTable("health_link")
        .set({ content: null })
        .where("content", "is not", null)
        .where((eb) => eb.or([eb("expires_at_ms", "<=", now()), eb("tries_left", "<=", 0)]))
        .execute();
    },
  };
}
