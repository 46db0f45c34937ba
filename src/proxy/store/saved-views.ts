import { mostSavedViews, type SavedView } from "#contract/saved-views.ts";
import type { Database } from "./database.ts";

export interface SavedViewStore {
  list(staffId: string): Promise<SavedView[]>;
  /** Null, and nothing kept, where there are as many as there may be. One of the same name gives way. */
  save(staffId: string, view: SavedView): Promise<SavedView[] | null>;
  remove(staffId: string, name: string): Promise<SavedView[]>;
}

export function createSavedViewStore({ db }: Pick<Database, "db">, now: () => number): SavedViewStore {
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
      const others = (await list(staffId)).filter((view) => view.name !== name);
      if (others.length >= mostSavedViews) return null;
      await db
        .insertInto("saved_view")
        .values({ staff_id: staffId, name, search, created_at_ms: now() })
        .onConflict((conflict) => conflict.columns(["staff_id", "name"]).doUpdateSet({ search }))
        .execute();
      return list(staffId);
    },
    remove: async (staffId, name) => {
      await db.deleteFrom("saved_view").where("staff_id", "=", staffId).where("name", "=", name).execute();
      return list(staffId);
    },
  };
}
