import { type RefObject, useEffect, useRef } from "react";
import type { Span } from "#glucose/time.ts";
import { type Area, timeAtMs } from "#report/chart/plot.ts";
import { isWhole, panned, type ViewStore, zoomed } from "./view.ts";

interface Gestures {
  view: ViewStore;
  extent: Span;
  area: Area;
  /** The pointer rests over, or a finger slides along, this x in px; null when it left. */
  onPoint: (x: number | null) => void;
  /** A pointer that slid along an unmoved curve was lifted at this x. */
  onRest: (x: number) => void;
  /** A click or a tap at this x, and how far beside it may have been meant. */
  onTap: (x: number, reachPx: number) => void;
}

/** One that is held down. */
interface Pointer {
  x: number;
  readonly fromX: number;
  readonly isTouch: boolean;
  moved: boolean;
}

const dragPx = 4;
/** Half of what a finger covers. */
const fingerPx = 22;
const wheelStep = 1.0015;
const longestWheelPx = 120;
/**
 * A pinch on a trackpad comes as small turns with Ctrl; a whole notch with Ctrl held zooms as one without.
 */
const [pinchFactor, longestPinchPx] = [5, 200];
const scrollGoesOnMs = 300;
const linePx = 33;
const leastPinchPx = 20;

const xIn = (element: HTMLElement, event: MouseEvent): number =>
  event.clientX - element.getBoundingClientRect().left;

const isMeant = (event: WheelEvent): boolean => event.ctrlKey || event.metaKey;

/** Zooms, or moves sideways, unless the turn belongs to the page. */
function turnWheel(
  event: WheelEvent,
  { view, extent, area }: Gestures,
  { x, isOnCurve }: { x: number; isOnCurve: boolean },
): void {
  const now = view.get();
  const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
  if (!isSideways && !isMeant(event) && !isOnCurve) return;
  // Fully zoomed out, the wheel scrolls the page on.
  if (isWhole(now, extent) && (isSideways || (event.deltaY > 0 && !isMeant(event)))) return;
  event.preventDefault();
  if (isSideways) {
    const msPerPx = (now.endMs - now.startMs) / area.width;
    view.set(panned(now, extent, (event.deltaX || event.deltaY) * msPerPx));
    return;
  }
  const turnedPx = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? linePx : 1);
  const px = Math.max(-longestWheelPx, Math.min(longestWheelPx, turnedPx));
  const pinchPx = Math.max(-longestPinchPx, Math.min(longestPinchPx, px * pinchFactor));
  const factor = wheelStep ** (event.ctrlKey ? pinchPx : px * 2);
  view.set(zoomed(now, extent, factor, timeAtMs({ ...area, ...now }, x)));
}

/** One finger moves away from the other, or towards it; what lies under the other stays there. */
function pinch({ view, extent, area }: Gestures, otherX: number, fromX: number, toX: number): void {
  const before = Math.max(leastPinchPx, Math.abs(fromX - otherX));
  const after = Math.max(leastPinchPx, Math.abs(toX - otherX));
  const now = view.get();
  view.set(zoomed(now, extent, before / after, timeAtMs({ ...area, ...now }, otherX)));
}

/** Hears the wheel until the signal ends it. */
function hearWheel(element: HTMLElement, latest: RefObject<Gestures>, signal: AbortSignal): void {
  let scrolledElsewhereMs = Number.NEGATIVE_INFINITY;
  const noteScroll = (event: WheelEvent) => {
    if (!event.defaultPrevented) scrolledElsewhereMs = event.timeStamp;
  };
  const onWheel = (event: WheelEvent) => {
    // A page that is being scrolled goes on scrolling when the curve comes under the pointer.
    if (event.timeStamp - scrolledElsewhereMs < scrollGoesOnMs && !isMeant(event)) return;
    turnWheel(event, latest.current, {
      x: xIn(element, event),
      isOnCurve: element.matches(":focus-visible"),
    });
  };
  element.addEventListener("wheel", onWheel, { passive: false, signal });
  window.addEventListener("wheel", noteScroll, { passive: true, signal });
}

/** Hears pointers until the signal ends it. */
function hearPointers(element: HTMLElement, latest: RefObject<Gestures>, signal: AbortSignal): void {
  const pointers = new Map<number, Pointer>();
  /** Where the pointer last was on the screen: when the page scrolls under it, it has not moved. */
  const rests = { x: Number.NaN, y: Number.NaN };
  const hasMoved = ({ clientX, clientY }: PointerEvent) => rests.x !== clientX || rests.y !== clientY;
  const noteRest = (event: PointerEvent) => {
    rests.x = event.clientX;
    rests.y = event.clientY;
  };

  const onDown = (event: PointerEvent) => {
    const x = xIn(element, event);
    const isTouch = event.pointerType === "touch";
    if (event.button === 0) pointers.set(event.pointerId, { x, fromX: x, isTouch, moved: false });
  };
  const onMove = (event: PointerEvent) => {
    const { view, extent, area, onPoint } = latest.current;
    const x = xIn(element, event);
    const own = pointers.get(event.pointerId);
    if (!own) return hasMoved(event) ? onPoint(x) : undefined;
    const now = view.get();
    if (!own.moved && Math.abs(x - own.fromX) > dragPx) {
      own.moved = true;
      element.setPointerCapture(event.pointerId);
    }
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) pinch(latest.current, other.x, own.x, x);
    else if (own.moved && !isWhole(now, extent)) {
      onPoint(null);
      view.set(panned(now, extent, ((own.x - x) * (now.endMs - now.startMs)) / area.width));
    } else if (own.moved || !own.isTouch) onPoint(x);
    own.x = x;
  };
  const onUp = (event: PointerEvent) => {
    const own = pointers.get(event.pointerId);
    pointers.delete(event.pointerId);
    const { view, extent, onTap, onRest } = latest.current;
    if (own && !own.moved) onTap(xIn(element, event), own.isTouch ? fingerPx : dragPx);
    else if (own && pointers.size === 0 && isWhole(view.get(), extent)) onRest(xIn(element, event));
  };
  const onCancel = (event: PointerEvent) => pointers.delete(event.pointerId);
  const onLeave = (event: PointerEvent) => {
    if (event.pointerType === "mouse" && !pointers.has(event.pointerId) && hasMoved(event))
      latest.current.onPoint(null);
  };

  // Last of all that hear of a move, so that the others know where the pointer was before.
  window.addEventListener("pointermove", noteRest, { passive: true, signal });
  element.addEventListener("pointerdown", onDown, { signal });
  element.addEventListener("pointermove", onMove, { signal });
  element.addEventListener("pointerup", onUp, { signal });
  element.addEventListener("pointercancel", onCancel, { signal });
  element.addEventListener("pointerleave", onLeave, { signal });
}

/**
 * Drag and pinch move the window, and the wheel does with Ctrl or ⌘ held or while the keyboard is on the
 * curve: without, it belongs to the page. A pointer that only hovers, or slides along an unmoved curve, reads
 * it; one that scrolls the page, or that the page is scrolled under, does not.
 */
export function useGestures(overlay: RefObject<HTMLElement | null>, gestures: Gestures) {
  const latest = useRef(gestures);
  latest.current = gestures;

  useEffect(() => {
    const element = overlay.current;
    if (!element) return;
    // Listeners of our own: React would hear every move of the pointer first.
    const ends = new AbortController();
    hearWheel(element, latest, ends.signal);
    hearPointers(element, latest, ends.signal);
    return () => ends.abort();
  }, [overlay]);
}
