import type { QueryClient } from "@tanstack/react-query";
import { endSession, markSignedOut } from "../api/session.ts";
import { clearPersonalData } from "../local-data.ts";
import { notifyOtherTabs } from "../tabs.ts";

/**
 * Ends the session on the server and forgets here what belonged to it: drafts and searches now, answers on
 * the sign-in page, when every page that could ask anew has left the screen.
 */
export async function signOut(queryClient: QueryClient): Promise<void> {
  await endSession();
  sessionStorage.clear();
  clearPersonalData();
  markSignedOut(queryClient);
  notifyOtherTabs();
}

/**
 * Nobody is here: the screen is cleared whether the server can be reached or not, which ends the session by
 * itself soon after. What was typed stays for its owner.
 */
export async function signOutIdle(queryClient: QueryClient): Promise<void> {
  try {
    await endSession();
  } finally {
    markSignedOut(queryClient);
  }
}
