import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { NewLink } from "#contract/invitation.ts";
import type { StaffChange, StaffList } from "#contract/staff.ts";
import { getJson, sendJson } from "../http.ts";
import { invitationQueries } from "./invitations.ts";

export const staffQueries = {
  /** Everyone who may sign in or once could, for administrators. */
  list: queryOptions({
    queryKey: ["staff"],
    queryFn: ({ signal }) => getJson<StaffList>("/api/staff", signal),
  }),
};

export type StaffAction =
  | { readonly kind: "change"; readonly change: StaffChange }
  | { readonly kind: "sign-out" }
  | { readonly kind: "remove-second-factor" };

function send(id: string, action: StaffAction) {
  const path = `/api/staff/${id}`;
  if (action.kind === "change") return sendJson<StaffList>(path, action.change, { method: "PATCH" });
  const part = action.kind === "sign-out" ? "sessions" : "second-factor";
  return sendJson<StaffList>(`${path}/${part}`, {}, { method: "DELETE" });
}

const changes = [staffQueries.list.queryKey, invitationQueries.open.queryKey];

export const staffMutations = {
  /** What an administrator does with one person; a link that was handed to them may be void then. */
  act: (id: string) =>
    mutationOptions({
      meta: { changes },
      mutationFn: async (action: StaffAction) => (await send(id, action)).data,
      onSuccess: (staff, _action, _before, { client }) => {
        client.setQueryData(staffQueries.list.queryKey, staff);
        return client.invalidateQueries(invitationQueries.open);
      },
      onError: (_error, _action, _before, { client }) => client.invalidateQueries(staffQueries.list),
    }),
  /** A link by which somebody chooses a new password. */
  makePasswordLink: (id: string) =>
    mutationOptions({
      meta: { changes },
      mutationFn: async () => (await sendJson<NewLink>(`/api/staff/${id}/password-link`, {})).data,
      onSuccess: (_link, _sent, _before, { client }) => client.invalidateQueries(invitationQueries.open),
      onError: (_error, _sent, _before, { client }) => client.invalidateQueries(staffQueries.list),
    }),
};
