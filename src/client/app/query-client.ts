import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, type FailureCode } from "../http.ts";
import { sessionQuery } from "../session.ts";

/** Failures that may be over in a second. The proxy has already retried what is worth retrying at the platform. */
const passing: readonly FailureCode[] = [
  "offline",
  "platform-unreachable",
  "platform-timeout",
  "platform-busy",
  "internal",
];

/** A platform that is left alone for a while (`retryAfterS`) fails at once again. */
const isPassing = (error: Error) =>
  error instanceof ApiError && passing.includes(error.code) && error.problem?.retryAfterS === undefined;

/** The client's cache. An answer that the session has ended makes everyone on screen signed out. */
export function createQueryClient(): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.code === "not-signed-in")
      queryClient.setQueryData(sessionQuery.queryKey, null);
  };
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // A browser that believes itself offline may be wrong; the failure says so in words either way.
        networkMode: "always",
        retry: (count, error) => count < 2 && isPassing(error),
        retryDelay: (attempt) => 1000 * 2 ** attempt,
        refetchOnWindowFocus: true,
        staleTime: 10_000,
      },
      mutations: { networkMode: "always" },
    },
  });
  return queryClient;
}
