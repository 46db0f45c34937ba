import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Session } from "#contract/staff.ts";
import { minuteMs } from "#glucose/time.ts";
import { getJson, sendJson } from "../http.ts";
import { aboutQuery } from "./about.ts";

/** Who is signed in here; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => getJson<Session>("/api/auth/get-session", signal),
  staleTime: 5 * minuteMs,
});

const [aboutKey] = aboutQuery.queryKey;
const [sessionKey] = sessionQuery.queryKey;

/** Forgets every answer but who is signed in and what runs here. */
export const forgetAnswers = (client: QueryClient): void =>
  client.removeQueries({
    predicate: ({ queryKey: [first] }) => first !== aboutKey && first !== sessionKey,
  });

/** After a sign-in: forgets what is still cached of the person before, and reads who is signed in now. */
export function readNewSession(client: QueryClient): Promise<Session> {
  client.removeQueries({ type: "inactive", predicate: ({ queryKey: [first] }) => first !== aboutKey });
  return client.fetchQuery({ ...sessionQuery, staleTime: 0 });
}

/** Nobody is signed in here any more. */
export const markSignedOut = (client: QueryClient): void => {
  client.setQueryData(sessionQuery.queryKey, null);
};

/** Ends the session on the server. */
export const endSession = () => sendJson("/api/auth/sign-out", {});
