import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { markSignedOut, sessionQuery } from "./api/session.ts";
import { clearMemory } from "./local-data.ts";

declare module "@tanstack/react-query" {
  interface Register {
    /** `changes`: the keys of all that a mutation may have changed, in every tab. */
    mutationMeta: { changes?: readonly QueryKey[] };
  }
}

/** Null: the session is another one. */
type Message = { readonly changed: readonly QueryKey[] } | null;

/**
 * Between the tabs of one browser, which have one session. It names what is
 * to be asked anew, never what is known.
 */
const channel = new BroadcastChannel("trendline-session");

/** Somebody has signed in or out here: what other tabs show is no longer for the person at the screen. */
export const notifyOtherTabs = (): void => channel.postMessage(null);

/** Something has been changed here, or may have been: other tabs ask for it anew. */
export const reportChanged = (changed: readonly QueryKey[]): void => channel.postMessage({ changed });

/**
 * Follows the other tabs: asks anew for what has changed, or clears all and asks who is
 * here now. Returns what ends the watch.
 */
export function watchTabs(queryClient: QueryClient): () => void {
  const onMessage = ({ data: message }: MessageEvent<Message>) => {
    if (message) {
      if (queryClient.getQueryData(sessionQuery.queryKey))
        for (const queryKey of message.changed) void queryClient.invalidateQueries({ queryKey });
      return;
    }
    sessionStorage.clear();
    clearMemory();
    markSignedOut(queryClient);
    void queryClient.invalidateQueries(sessionQuery);
  };
  channel.addEventListener("message", onMessage);
  return () => channel.removeEventListener("message", onMessage);
}
