import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  MutationCache,
  QueryCache,
  QueryClient,
  type QueryKey,
} from "@tanstack/react-query";
import { markSignedOut, sessionQuery } from "../api/session.ts";
import { ApiError, type FailureCode } from "../http.ts";
import { reportChanged } from "../tabs.ts";

/**
 * Failures that may be over in a second. The proxy has already retried
 * what is worth retrying at the platform.
 */
const passing: readonly FailureCode[] = [
  "offline",
  "proxy-no-answer",
  "platform-unreachable",
  "platform-timeout",
  "platform-busy",
  "database-unavailable",
  "internal",
];
/** By then the second try is made. */
const soonS = 2;

/** A platform that is left alone for a while (`retryAfterS`) fails at once again. */
const isPassing = (error: Error) =>
  error instanceof ApiError && passing.includes(error.code) && (error.problem?.retryAfterS ?? 0) <= soonS;

/** After these, what was read before is not to be seen either. */
const takenAway: readonly FailureCode[] = ["forbidden", "platform-refused"];

const codeOf = (error: Error) => (error instanceof ApiError ? error.code : null);

/**
 * By itself an invalidation lets a first answer come that was asked for before the
 * change, and takes it for the newest.
 */
class FreshQueryClient extends QueryClient {
  override async invalidateQueries<K extends QueryKey>(
    filters?: InvalidateQueryFilters<K>,
    options?: InvalidateOptions,
  ): Promise<void> {
    if (filters?.queryKey)
      await this.cancelQueries({
        queryKey: filters.queryKey,
        exact: filters.exact ?? false,
        type: "active",
        predicate: ({ state }) => state.data === undefined,
      });
    return super.invalidateQueries(filters, options);
  }
}

/**
 * The client's cache. An answer that the session has ended makes everyone on screen signed out, one that a
 * role may not do something asks anew what the role is, and a refusal leaves nothing on screen from before.
 */
export function createQueryClient(): QueryClient {
  const onError = (error: Error) => {
    const code = codeOf(error);
    if (code === "not-signed-in") markSignedOut(queryClient);
    if (code === "forbidden") void queryClient.invalidateQueries(sessionQuery);
  };
  const queryClient: QueryClient = new FreshQueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        const code = codeOf(error);
        if (code && takenAway.includes(code)) query.setState({ data: undefined });
        onError(error);
      },
    }),
    mutationCache: new MutationCache({
      onError,
      // After a failure as well: perhaps only the answer was lost.
      onSettled: (_data, _error, _sent, _context, { meta }) => {
        if (meta?.changes) reportChanged(meta.changes);
      },
    }),
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
