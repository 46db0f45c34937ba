import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from "recharts";
import UPlot from "uplot";
import { GlucoseChart } from "#client/chart/glucose-chart.tsx";
import { axisMaxMmolL, edgesMmolL, edgesUpward } from "#glucose/bands.ts";
import { gapsOf } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";

/**
 * Draws the readings into an element. `isDrawn` says when the curve is there. Each zooms about
 * the pointer on the wheel. What stands on the page before any chart, React included, is made
 * ready by `prepare`.
 */
export interface Variant {
  prepare?(root: HTMLElement): void;
  mount(root: HTMLElement, readings: readonly Reading[]): void;
  isDrawn(root: HTMLElement): boolean;
  /** Whether all that belongs to the chart stands, where that comes later than the curve. */
  isComplete?(root: HTMLElement): boolean;
}

const [width, height] = [1200, 420];
const spanOf = (readings: readonly Reading[]) => ({
  startMs: readings[0]?.timeMs ?? 0,
  endMs: (readings.at(-1)?.timeMs ?? 0) + 1,
});

/** The next window after a turn of the wheel, as our own chart computes it. */
function wheelZoom(
  event: WheelEvent,
  [from, to]: [number, number],
  [first, last]: [number, number],
  share: number,
) {
  const factor = 1.0015 ** (Math.max(-120, Math.min(120, event.deltaY)) * 2);
  const length = Math.min(last - first, (to - from) * factor);
  const start = Math.min(last - length, Math.max(first, from + share * (to - from) - share * length));
  return [start, start + length] as [number, number];
}

const empty: Variant = {
  mount: (root) => {
    root.innerHTML = `<div style="height:${height}px"></div>`;
    root.addEventListener("wheel", (event) => event.preventDefault(), { passive: false });
    root.addEventListener("pointermove", () => {});
  },
  isDrawn: () => true,
};

let show: (chart: ReactNode) => void = () => {};
function Stage() {
  const [chart, setChart] = useState<ReactNode>(null);
  show = setChart;
  return chart;
}
const prepare = (root: HTMLElement) =>
  createRoot(root).render(
    <>
      <Stage />
      {[16, 14, 13, 12].map((fontSize) => (
        <p key={fontSize} style={{ fontSize, margin: 0 }}>
          The page around the chart stands already. <b style={{ fontWeight: 650 }}>0123456789</b>
        </p>
      ))}
    </>,
  );

const noEpisodes: never[] = [];

const trendline: Variant = {
  prepare,
  mount: (_, readings) => {
    const extent = spanOf(readings);
    const Chart = () => {
      const gaps = useMemo(() => gapsOf(readings, extent, new Map()), []);
      return (
        <GlucoseChart
          readings={readings}
          extent={extent}
          gaps={gaps}
          height={height}
          episodes={noEpisodes}
          edges={edgesMmolL}
          timeZone="Asia/Shanghai"
          unit="mmol/L"
          nowMs={extent.endMs}
        />
      );
    };
    show(<Chart />);
  },
  // The readings' line, or in a long window the days' bars.
  isDrawn: (root) =>
    [...root.querySelectorAll("[data-part=curve], [data-part=days]")].some(
      (path) => (path.getAttribute("d")?.length ?? 0) > 100,
    ),
  isComplete: (root) =>
    [".recharts-yAxis-tick-labels text", ".recharts-reference-area path", "[class*=overviewCurve][d]"].every(
      (part) => root.querySelector(part) !== null,
    ),
};

/** uPlot's columns: seconds and values, with nothing between where there is a gap. */
function columnsOf(readings: readonly Reading[]): [number[], (number | null)[]] {
  const times: number[] = [];
  const values: (number | null)[] = [];
  let lastMs = Number.POSITIVE_INFINITY;
  for (const { timeMs, valueMmolL } of readings) {
    if (timeMs - lastMs > 900_000) {
      times.push(lastMs / 1000 + 1);
      values.push(null);
    }
    times.push(timeMs / 1000);
    values.push(valueMmolL);
    lastMs = timeMs;
  }
  return [times, values];
}

const edges = edgesUpward(edgesMmolL);
/** The range and the edges behind the line, as our frame has them. */
function drawRange({ ctx, bbox, valToPos }: UPlot): void {
  const { left, width: plotWidth } = bbox;
  const y = (valueMmolL: number) => valToPos(valueMmolL, "y", true);
  ctx.save();
  ctx.fillStyle = "rgb(27 127 92 / 9%)";
  ctx.fillRect(left, y(edgesMmolL.high), plotWidth, y(edgesMmolL.low) - y(edgesMmolL.high));
  ctx.fillStyle = "#c8ccd0";
  for (const edge of edges) ctx.fillRect(left, Math.round(y(edge)), plotWidth, 1);
  ctx.restore();
}

/** Axis, range, edges, a legend that reads the value, and an overview, as uPlot's own demos make them. */
const uplot: Variant = {
  prepare,
  mount: (root, readings) => {
    const box = document.createElement("div");
    root.prepend(box);
    const data = columnsOf(readings);
    const scales = { y: { range: [0, axisMaxMmolL] as [number, number] } };
    const chart = new UPlot(
      {
        width,
        height,
        scales,
        axes: [{}, { splits: [...edges, axisMaxMmolL], grid: { show: false } }],
        series: [{}, { label: "mmol/L", stroke: "#1b7f5c", width: 2, spanGaps: false }],
        hooks: { drawClear: [drawRange] },
      },
      data,
      box,
    );
    const overview = new UPlot(
      {
        width,
        height: 44,
        scales,
        axes: [{ show: false }, { show: false, size: 50 }],
        series: [{}, { stroke: "#868e96", spanGaps: false }],
        legend: { show: false },
        cursor: { x: false, y: false, points: { show: false }, drag: { setScale: false } },
      },
      data,
      box,
    );
    const all: [number, number] = [data[0][0] ?? 0, data[0].at(-1) ?? 1];
    chart.over.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const { min = all[0], max = all[1] } = chart.scales.x ?? {};
        const share = event.offsetX / chart.over.clientWidth;
        const [from, to] = wheelZoom(event, [min ?? all[0], max ?? all[1]], all, share);
        chart.setScale("x", { min: from, max: to });
        const left = overview.valToPos(from, "x");
        overview.setSelect({ left, top: 0, width: overview.valToPos(to, "x") - left, height: 44 }, false);
      },
      { passive: false },
    );
  },
  isDrawn: (root) => root.querySelectorAll("canvas").length === 2,
};

const recharts: Variant = {
  prepare,
  mount: (_, readings) => {
    const { startMs, endMs } = spanOf(readings);
    const Chart = () => {
      const [domain, setDomain] = useState<[number, number]>([startMs, endMs]);
      const box = useRef<HTMLDivElement>(null);
      useEffect(() => {
        const onWheel = (event: WheelEvent) => {
          event.preventDefault();
          setDomain((now) => wheelZoom(event, now, [startMs, endMs], (event.clientX - 60) / (width - 65)));
        };
        const element = box.current;
        element?.addEventListener("wheel", onWheel, { passive: false });
        return () => element?.removeEventListener("wheel", onWheel);
      }, []);
      return (
        <div ref={box}>
          <LineChart width={width} height={height} data={readings as Reading[]}>
            <CartesianGrid />
            <XAxis dataKey="timeMs" type="number" domain={domain} allowDataOverflow />
            <YAxis domain={[0, 19.4]} />
            <Tooltip isAnimationActive={false} />
            <Line dataKey="valueMmolL" dot={false} isAnimationActive={false} stroke="#1b7f5c" />
          </LineChart>
        </div>
      );
    };
    show(<Chart />);
  },
  isDrawn: (root) => root.querySelector("path.recharts-curve") !== null,
};

export const variants: Record<string, Variant> = { empty, trendline, uplot, recharts };
