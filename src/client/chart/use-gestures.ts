import { type PointerEvent, type RefObject, useEffect, useRef } from "react";
import type { Area } from "./curve-layer.tsx";
import { type Span, timeAtMs } from "./plot.ts";
import { isWhole, panned, type ViewStore, zoomed } from "./view.ts";

interface Gestures {
  view: ViewStore;
  extent: Span;
  area: Area;
  /** The pointer rests over, or a finger slides along, this x in px; null when it left. */
  onPoint: (x: number | null) => void;
  /** A click or a tap at this x. */
  onTap: (x: number) => void;
}

const dragPx = 4;
const wheelStep = 1.0015;
const longestWheelPx = 120;
const scrollGoesOnMs = 300;

/** Wheel, drag and pinch move the window; a pointer that only hovers, or slides along an unmoved curve, reads it. */
export function useGestures(overlay: RefObject<HTMLElement | null>, gestures: Gestures) {
  const latest = useRef(gestures);
  latest.current = gestures;
  const pointers = useRef(new Map<number, { x: number; fromX: number; fromY: number; moved: boolean }>());

  useEffect(() => {
    const element = overlay.current;
    if (!element) return;
    let scrolledElsewhereMs = Number.NEGATIVE_INFINITY;
    const noteScroll = (event: globalThis.WheelEvent) => {
      if (!event.composedPath().includes(element) || !event.defaultPrevented)
        scrolledElsewhereMs = event.timeStamp;
    };
    const onWheel = (event: globalThis.WheelEvent) => {
      const { view, extent, area } = latest.current;
      // A page that is being scrolled goes on scrolling when the curve comes under the pointer.
      if (event.timeStamp - scrolledElsewhereMs < scrollGoesOnMs && !event.ctrlKey) return;
      const now = view.get();
      const perPx = (now.endMs - now.startMs) / area.width;
      const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (isSideways || event.shiftKey) {
        if (isWhole(now, extent)) return;
        event.preventDefault();
        view.set(panned(now, extent, (event.deltaX || event.deltaY) * perPx));
        return;
      }
      // Fully zoomed out, the wheel scrolls the page on.
      if (event.deltaY > 0 && isWhole(now, extent) && !event.ctrlKey) return;
      event.preventDefault();
      const px = Math.max(
        -longestWheelPx,
        Math.min(longestWheelPx, event.deltaY * (event.deltaMode === 1 ? 33 : 1)),
      );
      const x = event.clientX - element.getBoundingClientRect().left;
      view.set(
        zoomed(now, extent, wheelStep ** (px * (event.ctrlKey ? 5 : 2)), timeAtMs({ ...area, ...now }, x)),
      );
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    window.addEventListener("wheel", noteScroll, { passive: true });
    return () => {
      element.removeEventListener("wheel", onWheel);
      window.removeEventListener("wheel", noteScroll);
    };
  }, [overlay]);

  const xIn = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left;

  const pinch = (event: PointerEvent, x: number) => {
    const { view, extent, area } = gestures;
    const [other] = [...pointers.current].filter(([id]) => id !== event.pointerId);
    const own = pointers.current.get(event.pointerId);
    if (!other || !own) return;
    const before = Math.max(20, Math.abs(own.x - other[1].x));
    const after = Math.max(20, Math.abs(x - other[1].x));
    const now = view.get();
    view.set(zoomed(now, extent, before / after, timeAtMs({ ...area, ...now }, other[1].x)));
  };

  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      const x = xIn(event);
      pointers.current.set(event.pointerId, { x, fromX: x, fromY: event.clientY, moved: false });
    },
    onPointerMove: (event: PointerEvent) => {
      const { view, extent, area, onPoint } = gestures;
      const x = xIn(event);
      const own = pointers.current.get(event.pointerId);
      if (!own) return onPoint(x);
      const now = view.get();
      if (!own.moved && Math.abs(x - own.fromX) > dragPx) {
        own.moved = true;
        event.currentTarget.setPointerCapture?.(event.pointerId);
      }
      if (pointers.current.size > 1) pinch(event, x);
      else if (own.moved && !isWhole(now, extent)) {
        onPoint(null);
        view.set(panned(now, extent, ((own.x - x) * (now.endMs - now.startMs)) / area.width));
      } else onPoint(x);
      own.x = x;
    },
    onPointerUp: (event: PointerEvent) => {
      const own = pointers.current.get(event.pointerId);
      pointers.current.delete(event.pointerId);
      if (own && !own.moved) gestures.onTap(xIn(event));
    },
    onPointerCancel: (event: PointerEvent) => {
      pointers.current.delete(event.pointerId);
    },
    onPointerLeave: (event: PointerEvent) => {
      if (event.pointerType === "mouse" && !pointers.current.has(event.pointerId)) gestures.onPoint(null);
    },
  };
}
