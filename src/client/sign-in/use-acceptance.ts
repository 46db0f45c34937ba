import { useMutation } from "@tanstack/react-query";
import { acceptInvitation } from "../api/invitations.ts";
import { readNewSession } from "../api/session.ts";
import { notifyOtherTabs } from "../tabs.ts";
import { keepDraftsOf } from "../ui/draft.ts";

/** Uses the link up, and then reads who is here now. */
export const useAcceptance = (token: string) =>
  useMutation({
    mutationFn: async (password: string, { client }) => {
      const answer = await acceptInvitation(token, password);
      const signedIn = await readNewSession(client);
      notifyOtherTabs();
      if (signedIn) keepDraftsOf(signedIn.user.id);
      return answer;
    },
  });
