import { type WardChoice, wardChoice } from "#contract/ward.ts";
import type { Database } from "./database.ts";

/** What somebody has chosen for their screen on the wall, with their account. */
export interface WardChoiceStore {
  get(staffId: string): Promise<WardChoice | null>;
  keep(staffId: string, choice: WardChoice): Promise<void>;
}

export const createWardChoiceStore = ({ db }: Pick<Database, "db">): WardChoiceStore => ({
  get: async (staffId) => {
    const row = await db
      .selectFrom("ward_choice")
      .select("choice")
      .where("staff_id", "=", staffId)
      .executeTakeFirst();
    // What a later server has kept may be more than this one knows.
    return row ? (wardChoice.safeParse(JSON.parse(row.choice)).data ?? null) : null;
  },
  keep: async (staffId, choice) => {
    const text = JSON.stringify(choice);
    await db
      .insertInto("ward_choice")
      .values({ staff_id: staffId, choice: text })
      .onConflict((conflict) => conflict.column("staff_id").doUpdateSet({ choice: text }))
      .execute();
  },
});
