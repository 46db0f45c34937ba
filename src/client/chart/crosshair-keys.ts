import type { Episode } from "#glucose/episodes.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import type { Span } from "#glucose/time.ts";
import { panned, type ViewStore, zoomed } from "./view.ts";
import { beside, episodeFrom, episodePlace, into, outOf, type Place, type Tree } from "./walk.ts";

interface Keyboard {
  readonly tree: Tree;
  readonly extent: Span;
  readonly view: ViewStore;
  readonly place: Place | null;
  readonly isShift: boolean;
  readonly onStepDay: ((by: -1 | 1) => void) | undefined;
  readonly onPlay: (place: Place | null) => void;
  readonly goTo: (place: Place) => void;
  /** Says what keeps a key from going anywhere. */
  readonly say: (what: "noEpisodes" | "noLows") => void;
  /** Says which window is shown, where a key has moved it and not the cursor. */
  readonly sayWindow: () => void;
  readonly pin: () => void;
  readonly back: () => void;
}

const pageStep = 20;
const keyZoom = 0.6;

/** What each key does on the curve, as its help tells. */
export function keysOf(keyboard: Keyboard): Record<string, () => void> {
  const { tree, extent, view, place, isShift, onStepDay, onPlay, goTo, say, sayWindow, pin, back } = keyboard;
  const { readings } = tree;
  const now = view.get();
  const lengthMs = now.endMs - now.startMs;
  const first = firstAtOrAfter(readings, now.startMs);
  const last = firstAtOrAfter(readings, now.endMs + 1) - 1;
  const own = place?.level === "reading" ? firstAtOrAfter(readings, place.timeMs) : null;
  // Two sensors can measure at the same instant; going right passes both.
  const lastOwn = place?.level === "reading" ? firstAtOrAfter(readings, place.timeMs + 1) - 1 : first - 1;
  const anchorMs =
    place === null || place.level === "view"
      ? (now.startMs + now.endMs) / 2
      : place.level === "reading"
        ? place.timeMs
        : (place.startMs + place.endMs) / 2;
  const go = (next: Place | null | undefined) => {
    if (next) goTo(next);
  };
  const reading = (index: number) => {
    const found = readings[Math.min(readings.length - 1, Math.max(0, index))];
    if (found) goTo({ level: "reading", timeMs: found.timeMs });
  };
  const sideways = (by: 1 | -1) => {
    if (place?.level === "view") {
      view.set(panned(now, extent, by * lengthMs));
      goTo(place);
    } else if (place && place.level !== "reading") go(beside(tree, place, by));
    else reading(by > 0 ? lastOwn + (isShift ? pageStep : 1) : (own ?? last + 1) - (isShift ? pageStep : 1));
  };
  const episode = (among: readonly Episode[], forward: boolean, none: "noEpisodes" | "noLows") => {
    const found = episodeFrom(among, place, now, forward);
    if (found) goTo(episodePlace(found));
    else say(none);
  };
  const any = (forward: boolean) => episode(tree.episodes, forward, "noEpisodes");
  const lows = tree.episodes.filter(({ kind }) => kind.endsWith("low"));
  const low = (forward: boolean) => episode(lows, forward, "noLows");
  const show = (window: Span) => {
    view.set(window);
    sayWindow();
  };
  const zoom = (factor: number) => show(zoomed(now, extent, factor, anchorMs));
  const move = (by: 1 | -1) => (onStepDay ? onStepDay(by) : show(panned(now, extent, (by * lengthMs) / 2)));
  return {
    ArrowLeft: () => sideways(-1),
    ArrowRight: () => sideways(1),
    ArrowDown: () => go(into(tree, place, now)),
    ArrowUp: () => goTo(outOf(tree, place)),
    PageDown: () => reading((own ?? last + 1) - pageStep),
    PageUp: () => reading(lastOwn + pageStep),
    Home: () => reading(first),
    End: () => reading(last),
    Enter: pin,
    " ": pin,
    "+": () => zoom(keyZoom),
    "=": () => zoom(keyZoom),
    "-": () => zoom(1 / keyZoom),
    "[": () => move(-1),
    "]": () => move(1),
    e: () => any(true),
    E: () => any(false),
    l: () => low(true),
    L: () => low(false),
    p: () => onPlay(place),
    P: () => onPlay(place),
    Escape: back,
  };
}
