import { limitKeys, type WorklistLimits } from "#contract/limits.ts";
import { type Limits, usualLimits } from "#glucose/limits.ts";
import type { Database } from "./database.ts";

/** `version` counts the changes; 0 where none were ever set. */
export interface KeptLimits extends Pick<WorklistLimits, "set"> {
  readonly limits: Limits;
  readonly version: number;
}

export interface LimitsStore {
  read(): Promise<KeptLimits>;
  /** Not `changed` where those that are kept are not `from`; `before` are the ones it found. */
  change(to: Limits, from: Limits, by: string, nowMs: number): Promise<{ before: Limits; changed: boolean }>;
}

const key = "worklist-limits";

export const limitsThatDiffer = (a: Limits, b: Limits) => limitKeys.filter((name) => a[name] !== b[name]);

/** Until a clinic sets others. */
export const limitsAtFirst: KeptLimits = { limits: usualLimits, version: 0, set: null };

/** Where the clinic draws its lines. */
export function createLimitsStore({ db }: Pick<Database, "db">): LimitsStore {
  const read = async (): Promise<KeptLimits> => {
    const row = await db
      .selectFrom("clinic_setting")
      .leftJoin("user", "user.id", "clinic_setting.by_id")
      .select(["value", "by_id", "at_ms", "version", "user.name"])
      .where("key", "=", key)
      .executeTakeFirst();
    if (!row) return limitsAtFirst;
    return {
      // One that there was not yet is the usual one.
      limits: { ...usualLimits, ...JSON.parse(row.value) },
      version: row.version,
      set: { by: { id: row.by_id, name: row.name }, atMs: row.at_ms },
    };
  };
  return {
    read,
    change: async (to, from, by, nowMs) => {
      const { limits: before, version } = await read();
      if (limitsThatDiffer(before, from).length > 0) return { before, changed: false };
      if (limitsThatDiffer(before, to).length === 0) return { before, changed: true };
      const row = { value: JSON.stringify(to), by_id: by, at_ms: nowMs, version: version + 1 };
      // Whoever has changed them since has taken the next version.
      const { numInsertedOrUpdatedRows: rows } = await db
        .insertInto("clinic_setting")
        .values({ key, ...row })
        .onConflict((conflict) =>
          conflict.column("key").doUpdateSet(row).where("clinic_setting.version", "=", version),
        )
        .executeTakeFirst();
      return { before, changed: rows === 1n };
    },
  };
}
