import {
  type Mutation,
  type MutationCacheNotifyEvent,
  type Query,
  type QueryCacheNotifyEvent,
  type QueryClient,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo, useRef, useState } from "react";
import { aboutQuery } from "./api/about.ts";
import { now } from "./clock.ts";
import { ApiError, type FailureCode } from "./http.ts";

/**
 * What keeps everything on screen from being renewed, and since when where that is known.
 * One notice says it for the whole page.
 */
export interface Outage {
  readonly code: FailureCode;
  readonly sinceMs: number | null;
}

/** Our own server does not answer. */
const serverFailures: readonly FailureCode[] = ["offline", "proxy-no-answer"];
/** These strike whatever is asked for, not one patient or one sensor. */
const outageFailures: readonly FailureCode[] = [
  ...serverFailures,
  "platform-unreachable",
  "platform-timeout",
  "platform-busy",
  "platform-unauthorized",
  "database-unavailable",
  "storage-full",
];
/** A period that is too long, or one slow sensor, comes too late by itself. */
const minTimeouts = 3;

/**
 * When all that failed before has been told by the notice, on this machine's
 * clock: now, or the end of the last outage.
 */
export const ToldUntilContext = createContext<number>(Number.NEGATIVE_INFINITY);

/**
 * Whether the notice at the top of the page tells of this failure, or has until what failed is asked again.
 */
export function useIsToldAbove(error: unknown): boolean {
  const toldUntilMs = useContext(ToldUntilContext);
  return error instanceof ApiError && outageFailures.includes(error.code) && error.atMs <= toldUntilMs;
}

export const useIsOut = (): boolean => useContext(ToldUntilContext) === Number.POSITIVE_INFINITY;

/** During an outage all is told, whenever it failed. */
export function useToldUntilMs(outage: Outage | null): number {
  const isOut = outage !== null;
  const [last, setLast] = useState({ isOut, endMs: Number.NEGATIVE_INFINITY });
  if (last.isOut !== isOut) setLast({ isOut, endMs: isOut ? last.endMs : Date.now() });
  return isOut ? Number.POSITIVE_INFINITY : last.endMs;
}

const recovered = new EventTarget();

/** Calls back at the end of every outage. Returns what ends that. */
function onRecovery(act: () => void): () => void {
  recovered.addEventListener("recovered", act);
  return () => recovered.removeEventListener("recovered", act);
}

/** Waits for so long, or for the end of an outage if that comes first. */
export const untilRecovery = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(end, ms);
    const stop = onRecovery(end);
  });

const codeOf = (error: unknown): FailureCode | null => (error instanceof ApiError ? error.code : null);

/**
 * Why a query shows what is no longer so: its own failure, or what the server says of an answer from before.
 */
function failureOf({ state }: Query): FailureCode | null {
  const answer = state.data as { stale?: { code: FailureCode } | null } | undefined;
  const code = codeOf(state.error) ?? answer?.stale?.code ?? null;
  return code && outageFailures.includes(code) ? code : null;
}

type Failing = ReadonlyMap<Query, FailureCode>;

/**
 * The queries on screen that an outage has struck; one that is being asked
 * again still is until it is answered.
 */
function useFailing(queryClient: QueryClient): Failing {
  const [failing, setFailing] = useState<Failing>(new Map());
  useEffect(() => {
    const found = new Map<Query, FailureCode>();
    const about = () => void queryClient.refetchQueries({ queryKey: aboutQuery.queryKey });
    const isAbout = ({ queryKey }: Query) => queryKey[0] === aboutQuery.queryKey[0];
    /** A first failure, before it is tried again: whether the server is there at all is found out at once. */
    const onFailed = (error: unknown) => {
      if (serverFailures.includes(codeOf(error) ?? "internal")) about();
    };
    const ask = ({ queryKey }: Query) => queryClient.refetchQueries({ queryKey, exact: true });
    /** One asks; when it is answered, so do the others. */
    const askAgain = async () => {
      const [first] = found.keys();
      if (!first) return;
      await ask(first);
      if (!found.has(first)) for (const query of found.keys()) void ask(query);
    };
    const onQuery = (event: QueryCacheNotifyEvent) => {
      const { query } = event;
      if (isAbout(query)) {
        if (event.type === "updated" && event.action.type === "success") void askAgain();
        return;
      }
      if (event.type === "updated" && event.action.type === "failed") onFailed(event.action.error);
      if (!["updated", "observerAdded", "observerRemoved", "removed"].includes(event.type)) return;
      const isShown = event.type !== "removed" && query.isActive();
      if (isShown && query.state.fetchStatus === "fetching") return;
      const code = isShown ? failureOf(query) : null;
      if (code === (found.get(query) ?? null)) return;
      if (code === null) found.delete(query);
      else found.set(query, code);
      setFailing(new Map(found));
    };
    const onMutation = (event: MutationCacheNotifyEvent) => {
      const mutation: Mutation | undefined = event.mutation;
      if (event.type === "updated" && mutation?.state.status === "error") onFailed(mutation.state.error);
    };
    const ends = [
      queryClient.getQueryCache().subscribe(onQuery),
      queryClient.getMutationCache().subscribe(onMutation),
    ];
    addEventListener("offline", about);
    return () => {
      removeEventListener("offline", about);
      for (const end of ends) end();
    };
  }, [queryClient]);
  return failing;
}

function codeOfMost(failing: Failing): FailureCode | null {
  const codes = [...failing.values()].filter((code) => !serverFailures.includes(code));
  const [other] = codes.filter((code) => code !== "platform-timeout");
  return other ?? (codes.length >= minTimeouts ? "platform-timeout" : null);
}

/**
 * What this page cannot be renewed for: the server or the network is gone, the platform does not answer, the
 * database cannot be reached. While it lasts, one of those queries asks again with every beat of
 * `aboutQuery`; when it is over, everything on screen does.
 */
export function useOutage(): Outage | null {
  const queryClient = useQueryClient();
  const { data, error, dataUpdatedAt } = useQuery(aboutQuery);
  const failing = useFailing(queryClient);
  const sinceMs = data?.notAnsweringSinceMs ?? null;
  const serverCode = codeOf(error);
  const platformCode = sinceMs === null ? codeOfMost(failing) : "platform-unreachable";
  const isServerGone = data !== undefined && serverCode !== null && serverFailures.includes(serverCode);
  const code = isServerGone ? serverCode : platformCode;

  const wasOut = useRef(false);
  useEffect(() => {
    const isOver = wasOut.current && code === null;
    wasOut.current = code !== null;
    if (!isOver) return;
    recovered.dispatchEvent(new Event("recovered"));
    void queryClient.invalidateQueries();
  }, [code, queryClient]);
  /**
   * On the server's clock; the time of the query's answer is by this
   * machine's own, which may be set meanwhile.
   */
  const answeredMs = useRef(now());
  useEffect(() => {
    if (dataUpdatedAt > 0) answeredMs.current = now();
  }, [dataUpdatedAt]);
  return useMemo(() => {
    if (code === null) return null;
    return { code, sinceMs: isServerGone ? answeredMs.current : sinceMs };
  }, [code, isServerGone, sinceMs]);
}
