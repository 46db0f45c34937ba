import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { OpenedEmbed } from "#contract/embed.ts";
import { type EmbedRefusal, longestEmbedToken } from "#contract/embed-limits.ts";
import { minuteMs } from "#glucose/time.ts";
import { aboutQuery } from "../api/about.ts";
import { forgetPass, openView, refusalIn } from "../api/embedded.ts";
import { forgetAnswers } from "../api/session.ts";
import { exactRealMs, now, useNow } from "../clock.ts";
import { listenToParent, sayTo } from "./parent.ts";

interface Handed {
  readonly token: string;
  readonly origin: string;
}

/** What is shown for a token, and of which origin the page is that handed it over. */
interface View extends OpenedEmbed {
  readonly origin: string;
}

type ViewState =
  | { at: "waiting" }
  /** `before` is kept out of sight until it is known that it may be seen again. */
  | { at: "opening"; before: View | null }
  | { at: "shown"; view: View }
  | { at: "ended"; reason: EmbedRefusal }
  | { at: "failed"; error: Error; retry: () => void };

const soonMs = minuteMs;
const subjectOf = ({ shown }: View): string => (shown.kind === "patient" ? shown.patient.id : shown.serial);

/** From one token of the page around to the next: what is shown, and of which origin that page is once it said anything. */
export function useView(
  onPreferences: (opened: OpenedEmbed) => Promise<unknown>,
): [state: ViewState, origin: string | null] {
  const queryClient = useQueryClient();
  const [state, setState] = useState<ViewState>({ at: "waiting" });
  const [origin, setOrigin] = useState<string | null>(null);
  const view = state.at === "shown" ? state.view : null;
  const shown = useRef<View | null>(null);

  const end = useCallback(
    (reason: EmbedRefusal, origin: string) => {
      forgetPass();
      forgetAnswers(queryClient);
      shown.current = null;
      setState({ at: "ended", reason });
      sayTo(origin, { trendline: "token-needed", reason });
    },
    [queryClient],
  );

  /** Answers with what kept it from being opened or refused. */
  const open = useCallback(
    async ({ token, origin }: Handed): Promise<Error | null> => {
      setOrigin(origin);
      setState((known) => ({ at: "opening", before: known.at === "shown" ? known.view : null }));
      try {
        // How long is left is told by the server's clock, whatever this machine's says; and nothing is used up without it.
        await queryClient.fetchQuery({ ...aboutQuery, staleTime: 0 });
        const opened = await openView(token.length > longestEmbedToken ? "" : token, origin);
        await onPreferences(opened);
        const next = { ...opened, origin };
        if (shown.current && subjectOf(shown.current) !== subjectOf(next)) forgetAnswers(queryClient);
        shown.current = next;
        setState({ at: "shown", view: next });
        sayTo(origin, { trendline: "shown" });
        return null;
      } catch (thrown) {
        const reason = refusalIn(thrown);
        if (!reason) return thrown instanceof Error ? thrown : new Error(String(thrown));
        end(reason, origin);
        return null;
      }
    },
    [queryClient, end, onPreferences],
  );

  /** One after the other; of those that come meanwhile the last. */
  const queue = useRef<{ next: Handed | null; isBusy: boolean }>({ next: null, isBusy: false });
  const hand = useCallback(
    async (handed: Handed) => {
      const { current } = queue;
      current.next = handed;
      if (current.isBusy) return;
      current.isBusy = true;
      while (current.next) {
        const { next } = current;
        current.next = null;
        const error = await open(next);
        if (error) setState({ at: "failed", error, retry: () => void hand(next) });
      }
      current.isBusy = false;
    },
    [open],
  );
  useEffect(() => listenToParent((token, origin) => void hand({ token, origin })), [hand]);

  useEffect(() => {
    if (!view) return;
    return queryClient.getQueryCache().subscribe((event) => {
      if (event.type !== "updated" || event.action.type !== "error") return;
      const reason = refusalIn(event.action.error);
      // One that was asked with the pass before runs into its end.
      if (reason && !(reason === "expired" && now() < view.expiresAtMs)) end(reason, view.origin);
    });
  }, [view, queryClient, end]);

  const isOver = useEnd(view, end);
  return [isOver ? { at: "ended", reason: "expired" } : state, origin];
}

/** Says a minute ahead that a view is about to end, and ends it; true where it should have ended by now. */
function useEnd(view: View | null, end: (reason: EmbedRefusal, origin: string) => void): boolean {
  const nowMs = useNow();
  const told = useRef<View | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a clock that was set, or a sleep, renews `nowMs`, and with it the timers.
  useEffect(() => {
    if (!view) return;
    const { expiresAtMs, origin } = view;
    const sayExpiring = () => {
      if (told.current === view) return;
      told.current = view;
      sayTo(origin, { trendline: "token-needed", reason: "expiring" });
    };
    const inMs = (atMs: number) => Math.max(0, exactRealMs(atMs - now()));
    const timers = [
      setTimeout(sayExpiring, inMs(expiresAtMs - soonMs)),
      setTimeout(() => end("expired", origin), inMs(expiresAtMs)),
    ];
    return () => timers.forEach(clearTimeout);
  }, [view, end, nowMs]);
  return view !== null && nowMs >= view.expiresAtMs;
}
