import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { profileBinMinutes } from "#glucose/profile.ts";
import type { Area } from "#report/chart/plot.ts";

const dragPx = 4;
const binsPerHour = 60 / profileBinMinutes;

/** Which bin a key leads to; null takes the reading away, undefined is no key of the profile's. */
function binByKey(key: string, bin: number | null, count: number): number | null | undefined {
  const steps: Record<string, number | null> = {
    ArrowLeft: (bin ?? count) - 1,
    ArrowDown: (bin ?? count) - 1,
    ArrowRight: (bin ?? -1) + 1,
    ArrowUp: (bin ?? -1) + 1,
    PageDown: (bin ?? count) - binsPerHour,
    PageUp: (bin ?? -1) + binsPerHour,
    Home: 0,
    End: count - 1,
    Escape: null,
  };
  return steps[key];
}

const xIn = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left;

/** A press outside the chart ends the reading. */
function useEndElsewhere(
  chart: RefObject<HTMLElement | null>,
  isRead: boolean,
  setBin: (bin: null) => void,
): void {
  useEffect(() => {
    if (!isRead) return;
    const elsewhere = ({ target }: Event) => {
      if (!chart.current?.contains(target as Node)) setBin(null);
    };
    document.addEventListener("pointerdown", elsewhere);
    return () => document.removeEventListener("pointerdown", elsewhere);
  }, [isRead, chart, setBin]);
}

/**
 * Which quarter of an hour is read: under a mouse, where a finger taps or as
 * long as it slides, or by the arrow keys.
 */
export function useBin(chart: RefObject<HTMLElement | null>, area: Area, count: number) {
  const [bin, setBin] = useState<number | null>(null);
  const finger = useRef<{ readonly fromX: number; isSliding: boolean } | null>(null);
  useEndElsewhere(chart, bin !== null, setBin);
  const clamp = (value: number) => Math.min(count - 1, Math.max(0, value));
  const point = (event: PointerEvent) =>
    setBin(clamp(Math.round(((xIn(event) - area.x) / area.width) * count)));
  return {
    bin,
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType === "touch") finger.current = { fromX: xIn(event), isSliding: false };
    },
    onPointerMove: (event: PointerEvent) => {
      if (event.pointerType !== "touch") return point(event);
      const own = finger.current;
      if (own && Math.abs(xIn(event) - own.fromX) > dragPx) own.isSliding = true;
      if (own?.isSliding) point(event);
    },
    onPointerUp: (event: PointerEvent) => {
      if (event.pointerType !== "touch") return;
      if (finger.current?.isSliding) setBin(null);
      else point(event);
      finger.current = null;
    },
    onPointerCancel: () => {
      if (finger.current?.isSliding) setBin(null);
      finger.current = null;
    },
    onPointerLeave: (event: PointerEvent) => {
      if (event.pointerType !== "touch") setBin(null);
    },
    onBlur: () => setBin(null),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const next = binByKey(event.key, bin, count);
      if (next === undefined) return;
      event.preventDefault();
      setBin(next === null ? null : clamp(next));
    },
  };
}
