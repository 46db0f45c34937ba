import type { Exchange } from "#contract/api-keys.ts";
import type { Database } from "./database.ts";

/** Whether other programs are told anything: one switch for all that leaves this server for them. */
export interface ExchangeStore {
  read(): Promise<Exchange>;
  /** False where it was so already. */
  set(isOn: boolean, by: string, nowMs: number): Promise<boolean>;
}

const key = "exchange";

export function createExchangeStore({ db }: Pick<Database, "db">): ExchangeStore {
  const read = async (): Promise<Exchange> => {
    const row = await db
      .selectFrom("clinic_setting")
      .leftJoin("user", "user.id", "clinic_setting.by_id")
      .select(["value", "by_id", "at_ms", "user.name"])
      .where("key", "=", key)
      .executeTakeFirst();
    if (!row) return { isOn: true, set: null };
    return { isOn: row.value === "true", set: { by: { id: row.by_id, name: row.name }, atMs: row.at_ms } };
  };
  return {
    read,
    set: async (isOn, by, nowMs) => {
      if ((await read()).isOn === isOn) return false;
      const row = { value: String(isOn), by_id: by, at_ms: nowMs };
      await db
        .insertInto("clinic_setting")
        .values({ key, version: 1, ...row })
        .onConflict((conflict) =>
          conflict
            .column("key")
            .doUpdateSet((eb) => ({ ...row, version: eb("clinic_setting.version", "+", 1) })),
        )
        .execute();
      return true;
    },
  };
}
