import { type PointerEvent, useLayoutEffect, useMemo, useRef } from "react";
import { axisMaxMmolL } from "#glucose/bands.ts";
import type { Span } from "#glucose/time.ts";
import type { Curve } from "#report/chart/curve-model.ts";
import { curvePath } from "#report/chart/curve-path.ts";
import { type Area, type Plot, timeAtMs, xOf } from "#report/chart/plot.ts";
import classes from "./glucose-chart.module.css";
import { fitted, isWhole, type ViewStore } from "./view.ts";

interface OverviewProps {
  curve: Curve;
  extent: Span;
  view: ViewStore;
  /** Of the curve that it lies under. */
  area: Area;
}

interface Drag {
  readonly part: "left" | "right" | "window" | "new";
  readonly fromX: number;
  readonly fromMs: number;
  readonly from: Span;
  isMoved: boolean;
}

const height = 44;
const gripPx = 12;
const dragPx = 4;

/** What a pointer takes hold of, by how far it is from the window's edges. */
function partAt(x: number, left: number, right: number): Drag["part"] {
  if (Math.abs(x - left) < gripPx) return "left";
  if (Math.abs(x - right) < gripPx) return "right";
  return x > left && x < right ? "window" : "new";
}

function draggedTo({ part, fromMs, from }: Drag, atMs: number): Span {
  const byMs = atMs - fromMs;
  return {
    left: { startMs: Math.min(from.startMs + byMs, from.endMs), endMs: from.endMs },
    right: { startMs: from.startMs, endMs: Math.max(from.endMs + byMs, from.startMs) },
    window: { startMs: from.startMs + byMs, endMs: from.endMs + byMs },
    new: { startMs: Math.min(fromMs, atMs), endMs: Math.max(fromMs, atMs) },
  }[part];
}

/**
 * The whole period in small, and the window in it: drag the window, one of its edges, or across the strip to
 * choose one. The keyboard moves the window from the curve itself, so this is for pointers only.
 */
export function Overview({ curve, extent, view, area }: OverviewProps) {
  const svg = useRef<SVGSVGElement>(null);
  const { x, width, topMmolL = axisMaxMmolL } = area;
  const { startMs, endMs } = extent;
  const plot = useMemo<Plot>(
    () => ({ x, y: 2, width, height: height - 4, topMmolL, startMs, endMs }),
    [x, width, topMmolL, startMs, endMs],
  );
  const path = useMemo(() => curvePath(curve, plot).path, [curve, plot]);
  const drag = useRef<Drag | null>(null);

  useLayoutEffect(() => {
    const paint = () => {
      const now = view.get();
      const [left, right] = [xOf(plot, now.startMs), xOf(plot, now.endMs)];
      const set = (part: string, d: string) =>
        svg.current?.querySelector(`[data-part=${part}]`)?.setAttribute("d", d);
      const isAll = isWhole(now, extent);
      set(
        "shade",
        `M${plot.x} 0H${left}V${height}H${plot.x}ZM${right} 0H${plot.x + plot.width}V${height}H${right}Z`,
      );
      set("window", isAll ? "" : `M${left} 1H${right}V${height - 1}H${left}Z`);
      set("grips", isAll ? "" : `M${left} 14V${height - 14}M${right} 14V${height - 14}`);
    };
    paint();
    return view.onFrame(paint);
  }, [view, plot, extent]);

  const xIn = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left;
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || drag.current) return;
    const now = view.get();
    const at = xIn(event);
    const part = isWhole(now, extent) ? "new" : partAt(at, xOf(plot, now.startMs), xOf(plot, now.endMs));
    drag.current = { part, fromX: at, fromMs: timeAtMs(plot, at), from: now, isMoved: false };
    event.currentTarget.setPointerCapture?.(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!drag.current) return;
    // A finger that scrolls the page moves no window.
    if (!drag.current.isMoved && Math.abs(xIn(event) - drag.current.fromX) <= dragPx) return;
    drag.current.isMoved = true;
    view.set(fitted(draggedTo(drag.current, timeAtMs(plot, xIn(event))), extent));
  };
  const onPointerUp = () => {
    const dragged = drag.current;
    drag.current = null;
    if (dragged?.part !== "new" || dragged.isMoved) return;
    // A click beside the window brings it there.
    const now = view.get();
    const halfMs = (now.endMs - now.startMs) / 2;
    if (!isWhole(now, extent))
      view.set(fitted({ startMs: dragged.fromMs - halfMs, endMs: dragged.fromMs + halfMs }, extent));
  };

  return (
    <svg
      ref={svg}
      className={classes.overview}
      height={height}
      aria-hidden="true"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        if (drag.current?.isMoved) view.set(drag.current.from);
        drag.current = null;
      }}
    >
      <path d={path} className={classes.overviewCurve} />
      <path data-part="shade" className={classes.overviewShade} />
      <path data-part="window" className={classes.overviewWindow} />
      <path data-part="grips" className={classes.overviewGrips} />
    </svg>
  );
}
