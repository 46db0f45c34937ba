import { createHash } from "node:crypto";
import type { Patient } from "#contract/patient.ts";
import type { Database } from "./database.ts";
import { patientsWith } from "./patient-reads.ts";

interface LaunchUnderWay {
  challenge: string;
  issuerId: string;
  staffId: string;
  expiresAtMs: number;
}

/** Launches under way at a record, and whom they are about. */
export interface LaunchStore {
  begin(state: string, launch: LaunchUnderWay): Promise<void>;
  /** What was begun with this state, which is used up by that; null where nothing was, or too long ago. */
  take(state: string): Promise<LaunchUnderWay | null>;
  /**
   * Who has one of these hospital numbers or partner user IDs, by the record that theirs became a part of; of those
   * archived only where nobody else has.
   */
  patientsWith(hospitalNumbers: readonly string[], partnerUids: readonly string[]): Promise<Patient[]>;
}

const hashOf = (state: string) => createHash("sha256").update(state).digest("base64url");

export function createLaunchStore({ db }: Pick<Database, "db">, now: () => number): LaunchStore {
  return {
    begin: async (state, { challenge, issuerId, staffId, expiresAtMs }) => {
      await db.deleteFrom("launch").where("expires_at_ms", "<=", now()).execute();
      await db
        .insertInto("launch")
        .values({
          state_hash: hashOf(state),
          challenge,
          issuer_id: issuerId,
          staff_id: staffId,
          expires_at_ms: expiresAtMs,
        })
        .execute();
    },
    take: async (state) => {
      const row = await db
        .deleteFrom("launch")
        .where("state_hash", "=", hashOf(state))
        .returningAll()
        .executeTakeFirst();
      if (!row || row.expires_at_ms <= now()) return null;
      return {
        challenge: row.challenge,
        issuerId: row.issuer_id,
        staffId: row.staff_id,
        expiresAtMs: row.expires_at_ms,
      };
    },
    patientsWith: async (hospitalNumbers, partnerUids) => {
      const all = await patientsWith(db, hospitalNumbers, partnerUids);
      const active = all.filter(({ archivedAtMs }) => archivedAtMs === null);
      return active.length > 0 ? active : all;
    },
  };
}
