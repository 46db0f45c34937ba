import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/default-css-variables.css";
import "uplot/dist/uPlot.min.css";
import { loadCatalogs } from "#client/i18n.ts";
import type { Reading } from "#glucose/reading.ts";
import { seriesOf } from "./series.ts";
import { type Variant, variants } from "./variants.tsx";

const nextTask = () =>
  new Promise<void>((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done();
    port2.postMessage(null);
  });
const nextFrame = () => new Promise<number>((done) => requestAnimationFrame(done));

let mountNow: () => Promise<{ paintMs: number; completeMs: number }>;

/** Makes ready what stands on the page before the chart, and the readings. */
async function prepare(name: string, days: number): Promise<void> {
  const root = document.getElementById("root");
  const variant = variants[name];
  if (!root || !variant) throw new Error(`no variant ${name}`);
  const readings = seriesOf(days);
  variant.prepare?.(root);
  mountNow = () => mount(variant, root, readings);
  await new Promise((done) => setTimeout(done, 300));
}

/**
 * Mounts a variant and resolves with the ms from there to the end of the frame in
 * which its curve stands, and all of it.
 */
async function mount(variant: Variant, root: HTMLElement, readings: readonly Reading[]) {
  await nextFrame();
  await nextTask();
  const startMs = performance.now();
  variant.mount(root, readings);
  do await nextFrame();
  while (!variant.isDrawn(root));
  const isComplete = () => variant.isComplete?.(root) ?? true;
  // What stands by now is in this very frame.
  const isAtOnce = isComplete();
  await nextTask();
  const paintMs = performance.now() - startMs;
  if (isAtOnce) return { paintMs, completeMs: paintMs };
  do await nextFrame();
  while (!isComplete());
  await nextTask();
  return { paintMs, completeMs: performance.now() - startMs };
}

const settle = async () => {
  await nextFrame();
  await nextFrame();
  await nextTask();
};

await loadCatalogs(["chart", "domain"]);
Object.assign(window, { bench: { prepare, mount: () => mountNow(), settle } });
