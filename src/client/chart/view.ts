import { minuteMs, type Span } from "#glucose/time.ts";

const shortestMs = 30 * minuteMs;

/**
 * A window brought inside the extent, no shorter than half an hour and no longer than the
 * extent, kept where it is if it can be.
 */
export function fitted(view: Span, extent: Span): Span {
  const longestMs = extent.endMs - extent.startMs;
  const lengthMs = Math.min(longestMs, Math.max(shortestMs, view.endMs - view.startMs));
  const middleMs = (view.startMs + view.endMs) / 2;
  const startMs = Math.min(extent.endMs - lengthMs, Math.max(extent.startMs, middleMs - lengthMs / 2));
  return { startMs, endMs: startMs + lengthMs };
}

export const panned = (view: Span, extent: Span, byMs: number): Span =>
  fitted({ startMs: view.startMs + byMs, endMs: view.endMs + byMs }, extent);

/** `factor` below 1 shows less time; the instant `atMs` stays where it is, as far as the extent lets it. */
export function zoomed(view: Span, extent: Span, factor: number, atMs: number): Span {
  const longestMs = extent.endMs - extent.startMs;
  const lengthMs = view.endMs - view.startMs;
  const newMs = Math.min(longestMs, Math.max(Math.min(shortestMs, longestMs), lengthMs * factor));
  const startMs = atMs - ((atMs - view.startMs) / lengthMs) * newMs;
  return fitted({ startMs, endMs: startMs + newMs }, extent);
}

/** Whether a window is the whole extent, to a thousandth. */
export const isWhole = (view: Span, extent: Span): boolean =>
  view.endMs - view.startMs >= (extent.endMs - extent.startMs) * 0.999;

/** The part of the extent that the curve shows when it is asked for a window; null for all of it. */
export function partOf(asked: Span | null, extent: Span): Span | null {
  const view = asked && fitted(asked, extent);
  return view && !isWhole(view, extent) ? view : null;
}

/**
 * The window on screen while it is being moved, outside React: many moves, one notice per animation frame.
 * `rested` hears of it once it has stood still, which is when the address and everything else may follow.
 */
export interface ViewStore {
  get(): Span;
  set(view: Span): void;
  /**
   * Takes a window from outside, without telling `rested`; not while it is being moved by hand, and not the
   * one that it took last: until the address has come after, that is where the hand has moved it from.
   */
  follow(view: Span): void;
  onFrame(listener: () => void): () => void;
}

const restMs = 250;

export function createViewStore(initial: Span, rested: (view: Span) => void): ViewStore {
  let view = initial;
  let followed = initial;
  let isAnnounced = false;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const change = (next: Span): boolean => {
    if (next.startMs === view.startMs && next.endMs === view.endMs) return false;
    view = next;
    if (isAnnounced) return true;
    isAnnounced = true;
    requestAnimationFrame(() => {
      isAnnounced = false;
      for (const listener of listeners) listener();
    });
    return true;
  };
  return {
    get: () => view,
    set: (next) => {
      if (!change(next)) return;
      clearTimeout(rest);
      rest = setTimeout(() => {
        rest = undefined;
        rested(view);
      }, restMs);
    },
    follow: (next) => {
      const isSame = next.startMs === followed.startMs && next.endMs === followed.endMs;
      if (rest !== undefined || isSame) return;
      followed = next;
      change(next);
    },
    onFrame: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
