import type { QueryClient } from "@tanstack/react-query";
import { markSignedOut, sessionQuery } from "./api/session.ts";
import { forgetInMemory } from "./traces.ts";

/** Between the tabs of one browser, which have one session. It says only that the session is another one. */
const channel = new BroadcastChannel("trendline-session");

/** Somebody has signed in or out here: what another tab shows is no longer for whoever sits there. */
export const tellOtherTabs = (): void => channel.postMessage(null);

/** Clears this tab when another one has told, and asks who is here now. Returns what ends the watch. */
export function watchSession(queryClient: QueryClient): () => void {
  const onTold = () => {
    sessionStorage.clear();
    forgetInMemory();
    markSignedOut(queryClient);
    void queryClient.invalidateQueries(sessionQuery);
  };
  channel.addEventListener("message", onTold);
  return () => channel.removeEventListener("message", onTold);
}
