import type { QueryClient } from "@tanstack/react-query";
import { markSignedOut, sessionQuery } from "./api/session.ts";
import { clearMemory } from "./local-data.ts";

/** Between the tabs of one browser, which share a session. A message says only that the session has changed. */
const channel = new BroadcastChannel("trendline-session");

/** Somebody has signed in or out here: what other tabs show is no longer for the person at the screen. */
export const notifyOtherTabs = (): void => channel.postMessage(null);

/** Clears this tab when another one has signed in or out, and asks who is signed in now. Returns what ends the watch. */
export function watchSession(queryClient: QueryClient): () => void {
  const onMessage = () => {
    sessionStorage.clear();
    clearMemory();
    markSignedOut(queryClient);
    void queryClient.invalidateQueries(sessionQuery);
  };
  channel.addEventListener("message", onMessage);
  return () => channel.removeEventListener("message", onMessage);
}
