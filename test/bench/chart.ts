/**
 * `npm run bench:chart`: our chart beside uPlot and Recharts used the usual way, in one run, in Chromium, on
 * a production build. Main-thread time per step with an empty page's taken off; first paint as it is.
 * Medians over rounds that take turns.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CDPSession, Page } from "playwright-core";
import { build, preview } from "vite";
import { edgesMmolL } from "#glucose/bands.ts";
import { episodesOf } from "#glucose/episodes.ts";
import { gapsOf } from "#glucose/gaps.ts";
import { profileOf } from "#glucose/profile.ts";
import type { Reading } from "#glucose/reading.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import type { Span } from "#glucose/time.ts";
import { launchChromium } from "#test/support/chromium.ts";
import { seriesOf } from "./chart/series.ts";
import { median, quantile } from "./figures.ts";

const rounds = Number(process.env.ROUNDS ?? 5);
const names = (process.env.NAMES ?? "empty,uplot,trendline,recharts").split(",");
const lengths = (process.env.DAYS ?? "14,30,90").split(",").map(Number);
const moves = 40;
const turns = 15;

interface Sample {
  paint: number[];
  complete: number[];
  hover: number[];
  zoom: number[];
}

interface BenchWindow {
  bench: {
    mount(name: string, days: number): Promise<{ paintMs: number; completeMs: number }>;
    settle(): Promise<void>;
  };
}

/** Main-thread ms that the browser spent in tasks so far. */
async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
}

async function step(page: Page, session: CDPSession, act: () => Promise<void>): Promise<number> {
  const before = await taskMs(session);
  await act();
  await page.evaluate(() => (window as unknown as BenchWindow).bench.settle());
  return (await taskMs(session)) - before;
}

async function measure(page: Page, address: string, name: string, days: number, into: Sample): Promise<void> {
  await page.goto(address);
  await page.waitForFunction(() => "bench" in window);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const { paintMs, completeMs } = await page.evaluate(
    ([variant, length]) =>
      (window as unknown as BenchWindow).bench.mount(variant as string, length as number),
    [name, days],
  );
  into.paint.push(paintMs);
  into.complete.push(completeMs);
  const y = 220;
  for (let i = 0; i < 5; i += 1) await step(page, session, () => page.mouse.move(300 + i * 7, y));
  for (let i = 0; i < moves; i += 1)
    into.hover.push(await step(page, session, () => page.mouse.move(200 + i * 20, y + (i % 3))));
  await page.mouse.move(700, y);
  // Without Ctrl the wheel belongs to the page.
  await page.keyboard.down("Control");
  for (const direction of [-1, 1])
    for (let i = 0; i < turns; i += 1)
      into.zoom.push(await step(page, session, () => page.mouse.wheel(0, direction * 100)));
  await page.keyboard.up("Control");
  await session.detach();
}

const outDir = mkdtempSync(join(tmpdir(), "trendline-bench-"));
const root = join(import.meta.dirname, "chart");
await build({ configFile: false, root, logLevel: "error", build: { outDir, emptyOutDir: true } });
const server = await preview({
  configFile: false,
  root,
  logLevel: "error",
  build: { outDir },
  preview: { host: "127.0.0.1", port: 0 },
});
const address = server.resolvedUrls?.local[0] ?? "";
const browser = await launchChromium();
const samples = new Map<string, Sample>();
for (let round = 0; round < rounds; round += 1) {
  for (const days of lengths) {
    for (const name of names) {
      const key = `${name} ${days}`;
      const sample = samples.get(key) ?? { paint: [], complete: [], hover: [], zoom: [] };
      samples.set(key, sample);
      const page = await browser.newPage({ locale: "en-GB", viewport: { width: 1220, height: 700 } });
      await measure(page, address, name, days, sample);
      await page.close();
    }
  }
  process.stderr.write(`round ${round + 1} of ${rounds}\n`);
}
await browser.close();
await server.close();
rmSync(outDir, { recursive: true });

interface Cost {
  paint: number;
  complete: number;
  hover: number;
  zoom: number;
  zoom95: number;
}
function costOf(name: string, days: number): Cost {
  const own = samples.get(`${name} ${days}`);
  const bare = samples.get(`empty ${days}`);
  if (!own || !bare) throw new Error(`not measured: ${name}`);
  return {
    paint: median(own.paint),
    complete: median(own.complete),
    hover: median(own.hover) - median(bare.hover),
    zoom: median(own.zoom) - median(bare.zoom),
    zoom95: quantile(own.zoom, 0.95) - median(bare.zoom),
  };
}
const columns = ["paint", "complete", "hover", "zoom", "zoom95"] as const;
const row = (value: (key: keyof Cost) => number) =>
  columns.map((key) => value(key).toFixed(1).padStart(7)).join("");
console.log(`medians of ${rounds} rounds, ms            paint    all  hover   zoom zoom95`);
for (const days of lengths) {
  for (const name of names) {
    const cost = costOf(name, days);
    console.log(`${days} days  ${name.padEnd(22)}${row((key) => cost[key])}`);
  }
  const [ours, theirs, usual] = [costOf("trendline", days), costOf("uplot", days), costOf("recharts", days)];
  console.log(`${days} days  trendline ÷ uplot     ${row((key) => ours[key] / theirs[key])}`);
  console.log(`${days} days  recharts ÷ trendline, zoom  ${(usual.zoom / ours.zoom).toFixed(0)} ×`);
}
const [shortest, longest] = [costOf("trendline", 14), costOf("trendline", 90)];
console.log(`trendline, 90 ÷ 14 days:         ${row((key) => longest[key] / shortest[key])}`);

/** Median ms of what the page computes for so many days, after warming up. */
function reckonMs(days: number, of: (readings: readonly Reading[], period: Span) => unknown): string {
  const times = Array.from({ length: 21 }, () => {
    // A fresh list: what is remembered of one does not count.
    const readings = seriesOf(days);
    const period = { startMs: readings[0]?.timeMs ?? 0, endMs: (readings.at(-1)?.timeMs ?? 0) + 1 };
    const startMs = performance.now();
    of(readings, period);
    return performance.now() - startMs;
  });
  return median(times.slice(1)).toFixed(1).padStart(7);
}
const sums: Record<string, (readings: readonly Reading[], period: Span) => unknown> = {
  statistics: (readings, period) => statisticsOf(readings, period, edgesMmolL),
  profile: (readings, period) => profileOf(readings, period, "Europe/Berlin"),
  "episodes of one kind": (readings, period) => episodesOf(readings, period, "low", edgesMmolL),
  gaps: (readings, period) => gapsOf(readings, period, new Map()),
};
console.log(`medians in this process, ms   ${lengths.map((days) => `${days} d`.padStart(7)).join("")}`);
for (const [name, of] of Object.entries(sums))
  console.log(`${name.padEnd(30)}${lengths.map((days) => reckonMs(days, of)).join("")}`);
