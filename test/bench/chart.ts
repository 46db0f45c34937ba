/**
 * `npm run bench:chart`: our chart beside uPlot and Recharts used the usual way, in one run, in Chromium, on
 * a production build. First paint as it is: of the curve, of all that belongs to the chart, and how long the
 * main thread was busy until then. Main-thread time per step with an empty page's taken off. Medians and
 * quartiles over rounds that take turns, after one that does not count.
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

const rounds = Number(process.env.ROUNDS ?? 9);
const names = (process.env.NAMES ?? "empty,uplot,trendline,recharts").split(",");
const lengths = (process.env.DAYS ?? "14,90").split(",").map(Number);
const moves = 40;
const turns = 15;
const warmUps = 5;

const measured = ["paint", "all", "busy", "hover", "zoom"] as const;
type Sample = Record<(typeof measured)[number], number[]>;

interface BenchWindow {
  bench: {
    prepare(name: string, days: number): Promise<void>;
    mount(): Promise<{ paintMs: number; completeMs: number }>;
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
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.evaluate(
    ([variant, length]) =>
      (window as unknown as BenchWindow).bench.prepare(variant as string, length as number),
    [name, days],
  );
  const mount = async () => {
    const { paintMs, completeMs } = await page.evaluate(() =>
      (window as unknown as BenchWindow).bench.mount(),
    );
    into.paint.push(paintMs);
    into.all.push(completeMs);
  };
  into.busy.push(await step(page, session, mount));
  const y = 220;
  for (let i = 0; i < warmUps; i += 1) await step(page, session, () => page.mouse.move(300 + i * 7, y));
  for (let i = 0; i < moves; i += 1)
    into.hover.push(await step(page, session, () => page.mouse.move(200 + i * 20, y + (i % 3))));
  await page.mouse.move(700, y);
  const turn = (direction: number) => step(page, session, () => page.mouse.wheel(0, direction * 100));
  // Without Ctrl the wheel belongs to the page.
  await page.keyboard.down("Control");
  for (const direction of [-1, 1]) for (let i = 0; i < warmUps; i += 1) await turn(direction);
  for (const direction of [-1, 1]) for (let i = 0; i < turns; i += 1) into.zoom.push(await turn(direction));
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
const newSample = (): Sample => ({ paint: [], all: [], busy: [], hover: [], zoom: [] });
for (let round = 0; round <= rounds; round += 1) {
  for (const days of lengths) {
    for (const [turn] of names.entries()) {
      // Each goes first as often as the others.
      const name = names[(turn + round) % names.length] as string;
      const key = `${name} ${days}`;
      const sample = samples.get(key) ?? newSample();
      if (round > 0) samples.set(key, sample);
      const page = await browser.newPage({ locale: "en-GB", viewport: { width: 1220, height: 700 } });
      await measure(page, address, name, days, sample);
      await page.close();
    }
  }
  process.stderr.write(round === 0 ? "warm\n" : `round ${round} of ${rounds}\n`);
}
await browser.close();
await server.close();
rmSync(outDir, { recursive: true });

const columns = ["paint", "all", "busy", "hover", "zoom", "zoom95"] as const;
type Column = (typeof columns)[number];

/** A share `q` of what was measured lies below; of zoom95 that is the 95th percentile itself. */
function costOf(name: string, days: number, column: Column, q = 0.5): number {
  const metric = column === "zoom95" ? "zoom" : column;
  const own = samples.get(`${name} ${days}`)?.[metric] ?? [];
  const bare = samples.get(`empty ${days}`)?.[metric] ?? [];
  const isWhole = metric === "paint" || metric === "all";
  return quantile(own, column === "zoom95" ? 0.95 : q) - (isWhole || bare.length === 0 ? 0 : median(bare));
}
const line = (title: string, cell: (column: Column) => string) =>
  console.log(title.padEnd(26) + columns.map((column) => cell(column).padStart(19)).join(""));
const ratio = (own: number, other: number) => `${(own / other).toFixed(2)} ×`;
const has = (...wanted: string[]) => wanted.every((name) => names.includes(name));

line("ms: median (quartiles)", (column) => column);
line("n", (column) => {
  const each = { hover: moves, zoom: 2 * turns, zoom95: 2 * turns, paint: 1, all: 1, busy: 1 };
  return String(rounds * each[column]);
});
for (const days of lengths) {
  for (const name of names) {
    line(`${days} days, ${name}`, (column) => {
      const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => costOf(name, days, column, q).toFixed(1));
      return column === "zoom95" ? `${middle}` : `${middle} (${low}–${high})`;
    });
  }
  for (const [own, other] of [
    ["trendline", "uplot"],
    ["recharts", "trendline"],
  ] as const)
    if (has(own, other))
      line(`${days} days, ${own} ÷ ${other}`, (column) =>
        ratio(costOf(own, days, column), costOf(other, days, column)),
      );
}
const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
if (longest > shortest)
  for (const name of names.filter((each) => each !== "empty"))
    line(`${name}, ${longest} ÷ ${shortest} days`, (column) =>
      ratio(costOf(name, longest, column), costOf(name, shortest, column)),
    );

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
