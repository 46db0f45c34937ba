import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { SavedView, SavedViews } from "#contract/saved-views.ts";
import { minuteMs } from "#glucose/time.ts";
import { getJson, sendJson } from "../http.ts";

const path = "/api/account/views";

/** Saves a view of the list under its name; answers all that this person has named. */
export const saveView = async (view: SavedView) =>
  (await sendJson<SavedViews>(path, view, { method: "PUT" })).data.views;

/** What this person has named, with their account. */
export const savedViewsQuery = (owner: string) =>
  queryOptions({
    queryKey: ["saved-views", owner],
    queryFn: async ({ signal }) => (await getJson<SavedViews>(path, signal)).views,
    staleTime: minuteMs,
  });

export type SavedViewChange = { readonly save: SavedView } | { readonly remove: string };

/** Saves or removes one view. */
export function changeSavedViews(owner: string) {
  const { queryKey } = savedViewsQuery(owner);
  return mutationOptions({
    meta: { changes: [queryKey] },
    mutationFn: async (change: SavedViewChange) =>
      "save" in change
        ? saveView(change.save)
        : (await sendJson<SavedViews>(path, { name: change.remove }, { method: "DELETE" })).data.views,
    // An answer that is on its way would bring the views of before.
    onMutate: (_change, { client }) => client.cancelQueries({ queryKey }),
    onSuccess: (views, _change, _before, { client }) => {
      client.setQueryData(queryKey, views);
    },
    // Saved or removed meanwhile in another window.
    onError: (_error, _change, _before, { client }) => client.invalidateQueries({ queryKey }),
  });
}
