import { queryOptions } from "@tanstack/react-query";
import type { Colleagues } from "#contract/staff.ts";
import { minuteMs } from "#glucose/time.ts";
import { getJson } from "../http.ts";

/** Who is here and who was, by ID and name. Apart from what administrators ask for, which takes more code. */
export const everyColleagueQuery = queryOptions({
  queryKey: ["staff", "colleagues"],
  queryFn: ({ signal }) => getJson<Colleagues>("/api/staff/colleagues", signal),
  staleTime: 5 * minuteMs,
});

/** Who can be in a care team. */
export const colleaguesQuery = queryOptions({
  ...everyColleagueQuery,
  select: (answer) => answer.colleagues,
});
