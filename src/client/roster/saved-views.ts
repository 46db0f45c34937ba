import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import * as z from "zod/mini";
import { longestViewName, type SavedView } from "#contract/saved-views.ts";
import { beginningOf, usableText } from "#contract/text.ts";
import { changeSavedViews, savedViewsQuery, saveView } from "../api/saved-views.ts";
import { ApiError } from "../http.ts";

const views = z.array(z.object({ name: z.string(), search: z.string() }));

const keyOf = (owner: string) => `trendline-views-${owner}`;

/** The views that this browser kept for a person before they belonged to the account. */
function keptHere(owner: string): SavedView[] {
  try {
    const kept = views.parse(JSON.parse(localStorage.getItem(keyOf(owner)) ?? "[]"));
    return kept.map(({ name, search }) => ({ name: beginningOf(usableText(name), longestViewName), search }));
  } catch {
    // Storage blocked, or damaged: the views' addresses still work.
    return [];
  }
}

const isRefused = (error: unknown) => error instanceof ApiError && error.code === "invalid-request";

/** Brings them to the account, each once; one that is refused stays behind. */
async function bringKeptHere(owner: string): Promise<boolean> {
  const kept = keptHere(owner);
  for (const [i, body] of kept.entries()) {
    await saveView(body).catch((error: unknown) => {
      if (!isRefused(error)) throw error;
    });
    localStorage.setItem(keyOf(owner), JSON.stringify(kept.slice(i + 1)));
  }
  if (kept.length > 0) localStorage.removeItem(keyOf(owner));
  return kept.length > 0;
}

/**
 * The views this person has named. They belong to the account; a view itself is
 * an address and can be sent to anybody.
 */
export function useSavedViews(owner: string) {
  const queryClient = useQueryClient();
  const { data } = useQuery(savedViewsQuery(owner));
  const change = useMutation(changeSavedViews(owner));
  const { mutate } = change;
  const save = (view: SavedView, onSaved?: () => void) =>
    mutate({ save: view }, onSaved && { onSuccess: onSaved });
  const isRead = data !== undefined;
  useEffect(() => {
    if (!isRead) return;
    bringKeptHere(owner)
      .then((isBrought) => {
        if (isBrought) void queryClient.invalidateQueries(savedViewsQuery(owner));
      })
      // Tried again when the list is next opened.
      .catch(() => undefined);
  }, [isRead, owner, queryClient]);
  return {
    views: data ?? [],
    error: change.error,
    isPending: change.isPending,
    save,
    remove: (name: string) => mutate({ remove: name }),
  };
}
