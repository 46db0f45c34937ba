import type { QueryClient } from "@tanstack/react-query";
import * as z from "zod/mini";
import { sendJson } from "../http.ts";
import { forgetAnswers, sessionQuery } from "../session.ts";

/** Ends the session on the server and forgets here whatever belonged to it: answers, drafts, searches. */
export async function signOut(queryClient: QueryClient): Promise<void> {
  await sendJson("/api/auth/sign-out", {}, z.unknown());
  sessionStorage.clear();
  forget(queryClient);
}

/**
 * Nobody is here: the screen is cleared whether the server can be reached or not, which ends the session by itself soon
 * after. What was typed stays for its owner.
 */
export async function signOutIdle(queryClient: QueryClient): Promise<void> {
  try {
    await sendJson("/api/auth/sign-out", {}, z.unknown());
  } finally {
    forget(queryClient);
  }
}

function forget(queryClient: QueryClient): void {
  queryClient.setQueryData(sessionQuery.queryKey, null);
  forgetAnswers(queryClient);
}
