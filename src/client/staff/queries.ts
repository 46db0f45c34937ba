import { queryOptions } from "@tanstack/react-query";
import { invitationList } from "#contract/invitation.ts";
import { staffList } from "#contract/staff.ts";
import { getJson } from "../http.ts";

export const staffQuery = queryOptions({
  queryKey: ["staff"],
  queryFn: ({ signal }) => getJson("/api/staff", staffList, signal),
});

export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: ({ signal }) => getJson("/api/invitations", invitationList, signal),
});
