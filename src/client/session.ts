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

/** So soon a page says that its server or the platform is gone, or back. */
const beatMs = 5000;

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
  staleTime: beatMs,
  refetchInterval: ({ state }) => (state.error ? beatMs / 2 : beatMs),
  // The next beat is the next try; until then the page says that the server is gone.
  retry: false,
});

/** Forgets every answer but who is signed in and what runs here. */
export function forgetAnswers(queryClient: QueryClient): void {
  const [keptAbout] = aboutQuery.queryKey;
  const [keptSession] = sessionQuery.queryKey;
  queryClient.removeQueries({
    predicate: ({ queryKey: [first] }) => first !== keptAbout && first !== keptSession,
  });
}
