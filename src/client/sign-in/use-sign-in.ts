import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { readNewSession } from "../api/session.ts";
import type { SignInOutcome } from "../api/sign-in.ts";
import { notifyOtherTabs } from "../tabs.ts";

/** Sends one way to sign in, and when it has worked reads who is here now; in between a code may be owed. */
export function useSignIn(onOwesCode: (owes: boolean) => void) {
  const attempt = useMutation({
    mutationFn: async (send: () => Promise<SignInOutcome>, { client }) => {
      const outcome = await send();
      if (outcome.kind === "code-asked") onOwesCode(true);
      if (outcome.kind === "too-late") onOwesCode(false);
      if (outcome.kind !== "signed-in") return outcome;
      await readNewSession(client);
      notifyOtherTabs();
      return outcome;
    },
  });
  const { reset } = attempt;
  useEffect(() => {
    // Back from the sign-in service by the browser's own button, the page wakes up as it was left.
    const wakeUp = ({ persisted }: PageTransitionEvent) => persisted && reset();
    window.addEventListener("pageshow", wakeUp);
    return () => window.removeEventListener("pageshow", wakeUp);
  }, [reset]);
  return attempt;
}
