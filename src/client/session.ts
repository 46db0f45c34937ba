import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { about, session } from "#contract/staff.ts";
import { clockSetter } from "./clock.ts";
import { getJson } from "./http.ts";

/** Who is signed in here; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => getJson("/api/auth/get-session", session, signal),
  staleTime: 5 * 60_000,
});

/** Which platform stands behind this server, whether it answers, and the server's clock: each answer sets ours. */
export const aboutQuery = queryOptions({
  queryKey: ["about"],
  queryFn: async ({ signal }) => {
    const setClock = clockSetter();
    const { nowMs, clockSpeed, ...answer } = await getJson("/api/about", about, signal);
    setClock({ nowMs, clockSpeed });
    // Without the clock it is mostly what it was, and nobody who reads it is rendered anew.
    return answer;
  },
  staleTime: 30_000,
  refetchInterval: 30_000,
});

/** Forgets every answer but who is signed in and what runs here. */
export function forgetAnswers(queryClient: QueryClient): void {
  const [keptAbout] = aboutQuery.queryKey;
  const [keptSession] = sessionQuery.queryKey;
  queryClient.removeQueries({
    predicate: ({ queryKey: [first] }) => first !== keptAbout && first !== keptSession,
  });
}
