import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/default-css-variables.css";
import "uplot/dist/uPlot.min.css";
import { loadCatalogs } from "#client/i18n.ts";
import { seriesOf } from "./series.ts";
import { variants } from "./variants.tsx";

const nextTask = () =>
  new Promise<void>((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done();
    port2.postMessage(null);
  });
const nextFrame = () => new Promise<number>((done) => requestAnimationFrame(done));

/**
 * Mounts a variant and resolves with the ms from there to the end of the frame in
 * which its curve stands, and all of it.
 */
async function mount(name: string, days: number): Promise<{ paintMs: number; completeMs: number }> {
  const root = document.getElementById("root");
  const variant = variants[name];
  if (!root || !variant) throw new Error(`no variant ${name}`);
  const readings = seriesOf(days);
  variant.prepare?.(root);
  await new Promise((done) => setTimeout(done, 300));
  await nextFrame();
  await nextTask();
  const startMs = performance.now();
  variant.mount(root, readings);
  do await nextFrame();
  while (!variant.isDrawn(root));
  await nextTask();
  const paintMs = performance.now() - startMs;
  while (variant.isComplete && !variant.isComplete(root)) await nextFrame();
  await nextTask();
  return { paintMs, completeMs: performance.now() - startMs };
}

const settle = async () => {
  await nextFrame();
  await nextFrame();
  await nextTask();
};

await loadCatalogs(["chart", "domain"]);
Object.assign(window, { bench: { mount, settle } });
