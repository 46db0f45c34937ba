import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { sessionQuery } from "./session.ts";
import { forgetInMemory } from "./traces.ts";

declare module "@tanstack/react-query" {
  interface Register {
    /** `changes`: the keys of all that a mutation may have changed, in every tab. */
    mutationMeta: { changes?: readonly QueryKey[] };
  }
}

/** Null: the session is another one. */
type Told = { readonly changed: readonly QueryKey[] } | null;

/** Between the tabs of one browser, which have one session. It says what is to be asked anew, never what is known. */
const channel = new BroadcastChannel("trendline-session");

/** Somebody has signed in or out here: what another tab shows is no longer for whoever sits there. */
export const tellOtherTabs = (): void => channel.postMessage(null);

/** Something has been changed here, or may have been: other tabs ask for it anew. */
export const tellChanged = (changed: readonly QueryKey[]): void => channel.postMessage({ changed });

/** Does in this tab what another one tells: asks anew for what has changed, or clears all and asks who is here now. Returns what ends the watch. */
export function watchTabs(queryClient: QueryClient): () => void {
  const onTold = ({ data: told }: MessageEvent<Told>) => {
    if (told) {
      if (queryClient.getQueryData(sessionQuery.queryKey))
        for (const queryKey of told.changed) void queryClient.invalidateQueries({ queryKey });
      return;
    }
    sessionStorage.clear();
    forgetInMemory();
    queryClient.setQueryData(sessionQuery.queryKey, null);
    void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  channel.addEventListener("message", onTold);
  return () => channel.removeEventListener("message", onTold);
}
