import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accepted } from "#contract/invitation.ts";
import { sendJson } from "../http.ts";
import { aboutQuery, sessionQuery } from "../session.ts";
import { tellOtherTabs } from "../tabs.ts";
import { keepDraftsOf } from "../ui/draft.ts";

/** Uses the link up, and then reads who is here now. */
export function useAcceptance(token: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (password: string) => {
      const { data } = await sendJson("/api/invitations/accept", { token, password }, accepted);
      // What is still cached belonged to whoever was here before.
      const [kept] = aboutQuery.queryKey;
      queryClient.removeQueries({ type: "inactive", predicate: ({ queryKey: [first] }) => first !== kept });
      const signedIn = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
      tellOtherTabs();
      if (signedIn) keepDraftsOf(signedIn.user.id);
      return data;
    },
  });
}
