import { useLocalStorage } from "@mantine/hooks";
import * as z from "zod/mini";

const savedViews = z.array(z.object({ name: z.string(), search: z.string() }));
export type SavedView = z.infer<typeof savedViews>[number];

const deserialize = (text: string | undefined): SavedView[] => {
  try {
    return savedViews.parse(JSON.parse(text ?? "[]"));
  } catch {
    // Damaged or of another version: the views' addresses still work.
    return [];
  }
};

/** The views this person has named, in this browser. A view itself is an address and can be sent to anybody. */
export function useSavedViews(owner: string) {
  const [views, setViews] = useLocalStorage<SavedView[]>({
    key: `trendline-views-${owner}`,
    defaultValue: [],
    deserialize,
    getInitialValueInEffect: false,
  });
  return {
    views,
    /** Another view of the same name gives way. */
    save: (view: SavedView) => setViews([...views.filter(({ name }) => name !== view.name), view]),
    remove: (name: string) => setViews(views.filter((view) => view.name !== name)),
  };
}
