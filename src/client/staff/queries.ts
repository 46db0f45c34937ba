import { queryOptions } from "@tanstack/react-query";
import { staffList } from "#contract/staff.ts";
import { getJson } from "../http.ts";

export const staffQuery = queryOptions({
  queryKey: ["staff"],
  queryFn: ({ signal }) => getJson("/api/staff", staffList, signal),
});
