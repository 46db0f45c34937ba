import { mostSavedViews, type SavedView } from "#contract/saved-views.ts";
import type { Database } from "./database.ts";
import { lockUntilCommit } from "./transaction-lock.ts";

export interface SavedViewStore {
  list(staffId: string): Promise<SavedView[]>;
  /** Null, and nothing kept, where there are as many as there may be. One of the same name gives way. */
  save(staffId: string, view: SavedView): Promise<SavedView[] | null>;
  /** Null where there is none of this name. */
  remove(staffId: string, name: string): Promise<SavedView[] | null>;
}

export function createSavedViewStore(
  { db, kind }: Pick<Database, "db" | "kind">,
  now: () => number,
): SavedViewStore {
  const list = (staffId: string) =>
    db
      .selectFrom("saved_view")
      .select(["name", "search"])
      .where("staff_id", "=", staffId)
      .orderBy("created_at_ms")
      .orderBy("name")
      .execute();
  return {
    list,
    save: async (staffId, { name, search }) => {
      const isKept = await db.transaction().execute(async (trx) => {
        await lockUntilCommit(trx, kind, `saved_view ${staffId}`);
        const others = await trx
          .selectFrom("saved_view")
          .select("name")
          .where("staff_id", "=", staffId)
          .where("name", "!=", name)
          .execute();
        if (others.length >= mostSavedViews) return false;
        await trx
          .insertInto("saved_view")
          .values({ staff_id: staffId, name, search, created_at_ms: now() })
          .onConflict((conflict) => conflict.columns(["staff_id", "name"]).doUpdateSet({ search }))
          .execute();
        return true;
      });
      return isKept ? list(staffId) : null;
    },
    remove: async (staffId, name) => {
      const { numDeletedRows } = await db
        .deleteFrom("saved_view")
        .where("staff_id", "=", staffId)
        .where("name", "in", [name, name.trim().normalize("NFC")])
        .executeTakeFirst();
      return numDeletedRows > 0n ? list(staffId) : null;
    },
  };
}
