import { queryOptions } from "@tanstack/react-query";
import type { Colleagues } from "#contract/staff.ts";
import { minuteMs } from "#glucose/time.ts";
import { getJson } from "../http.ts";

/**
 * Who can be in a care team, by ID and name. Apart from what administrators ask for, which takes more code.
 */
export const colleaguesQuery = queryOptions({
  queryKey: ["staff", "colleagues"],
  queryFn: async ({ signal }) => (await getJson<Colleagues>("/api/staff/colleagues", signal)).colleagues,
  staleTime: 5 * minuteMs,
});
