import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, type FailureCode } from "../http.ts";
import { sessionQuery } from "../session.ts";

/** Failures that may be over in a second. The proxy has already retried what is worth retrying at the platform. */
const passing: readonly FailureCode[] = [
  "offline",
  "proxy-no-answer",
  "platform-unreachable",
  "platform-timeout",
  "platform-busy",
  "internal",
];

/** A platform that is left alone for a while (`retryAfterS`) fails at once again. */
const isPassing = (error: Error) =>
  error instanceof ApiError && passing.includes(error.code) && error.problem?.retryAfterS === undefined;

/** After these, what was read before is not to be seen either. */
const takenAway: readonly FailureCode[] = ["forbidden", "platform-refused"];

const codeOf = (error: Error) => (error instanceof ApiError ? error.code : null);

/**
 * The client's cache. An answer that the session has ended makes everyone on screen signed out, one that a role may not do
 * something asks anew what the role is, and a refusal leaves nothing on screen from before.
 */
export function createQueryClient(): QueryClient {
  const onError = (error: Error) => {
    const code = codeOf(error);
    if (code === "not-signed-in") queryClient.setQueryData(sessionQuery.queryKey, null);
    if (code === "forbidden") void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        const code = codeOf(error);
        if (code && takenAway.includes(code)) query.setState({ data: undefined });
        onError(error);
      },
    }),
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
