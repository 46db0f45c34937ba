import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { Accepted, InvitationList, InvitationShown, NewLink } from "#contract/invitation.ts";
import type { NewStaffMember } from "#contract/new-staff-member.ts";
import { getJson, sendJson } from "../http.ts";

export const invitationQueries = {
  /** The links that still work. */
  open: queryOptions({
    queryKey: ["invitations"],
    queryFn: ({ signal }) => getJson<InvitationList>("/api/invitations", signal),
  }),
  /** To whom a link was given. Asked by POST, so that the token never stands in a request's address. */
  shown: (token: string) =>
    queryOptions({
      queryKey: ["invitation", token],
      queryFn: async ({ signal }) =>
        (await sendJson<InvitationShown>("/api/invitations/look", { token }, { signal })).data,
      enabled: token !== "",
    }),
};

export const invitationMutations = {
  create: mutationOptions({
    meta: { changes: [invitationQueries.open.queryKey] },
    mutationFn: async (body: NewStaffMember) => (await sendJson<NewLink>("/api/invitations", body)).data,
    onSuccess: (_link, _body, _before, { client }) => client.invalidateQueries(invitationQueries.open),
  }),
  withdraw: mutationOptions({
    meta: { changes: [invitationQueries.open.queryKey] },
    mutationFn: async (id: string) =>
      (await sendJson<InvitationList>(`/api/invitations/${id}`, {}, { method: "DELETE" })).data,
    onSuccess: (left, _id, _before, { client }) => {
      client.setQueryData(invitationQueries.open.queryKey, left);
    },
    onError: (_error, _id, _before, { client }) => client.invalidateQueries(invitationQueries.open),
  }),
};

/** Uses the link up and sets the password. */
export const acceptInvitation = async (token: string, password: string) =>
  (await sendJson<Accepted>("/api/invitations/accept", { token, password })).data;
