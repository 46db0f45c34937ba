import { queryOptions } from "@tanstack/react-query";
import type { About } from "#contract/staff.ts";
import { clockSetter } from "../clock.ts";
import { getJson } from "../http.ts";

/** So soon a page says that its server or the platform is gone, or back. */
const beatMs = 5000;

/**
 * Which platform stands behind this server, whether it answers, and the
 * server's clock: each answer sets ours.
 */
export const aboutQuery = queryOptions({
  queryKey: ["about"],
  queryFn: async ({ signal }) => {
    const setClock = clockSetter();
    const { nowMs, clockSpeed, ...answer } = await getJson<About>("/api/about", signal);
    setClock({ nowMs, clockSpeed });
    // Without the clock it is mostly what it was, and nobody who reads it is rendered anew.
    return answer;
  },
  staleTime: beatMs,
  refetchInterval: ({ state }) => (state.error ? beatMs / 2 : beatMs),
  // The next beat is the next try; until then the page says that the server is gone.
  retry: false,
});
