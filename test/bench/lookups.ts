/**
 * `npm run bench:lookups`: a list of 5,000 serial numbers on the page *Many sensors at once*, in Chromium
 * against the real server and a sandbox in a process of its own, at the default pace and as fast as it goes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCohort } from "#sandbox/cohort.ts";
import { createWearList } from "#sandbox/wear.ts";
import { launchChromium } from "#test/support/chromium.ts";
import { signedInPage, startClinic } from "./clinic.ts";

const most = 5_000;

/** Sensors that the sandbox's people have worn since 2020, up to the most a list takes. */
function wornSerials(): string[] {
  const worn = createCohort(1).flatMap(({ subject }) => createWearList(subject, {})(Date.now()));
  return [...new Set(worn.map(({ serial }) => serial))].slice(0, most);
}

async function measure(serials: readonly string[], env: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "trendline-bench-"));
  const clinic = await startClinic(join(folder, "data"), join(folder, "users.jsonl"), env);
  const browser = await launchChromium();
  const page = await signedInPage(browser, clinic);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => {
      tasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: "longtask" });
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const heapMb = async () => {
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0) / 1e6;
  };
  await page.goto(`${clinic.server.url}/look-ups`);
  const field = page.getByRole("textbox", { name: "Serial numbers" });
  await field.waitFor();
  const emptyMb = await heapMb();
  const stalls = () => page.evaluate(() => (window as unknown as { tasks: number[] }).tasks.splice(0));
  await stalls();

  await page.evaluate((text) => navigator.clipboard.writeText(text), serials.join("\n"));
  await field.focus();
  const pastedMs = performance.now();
  await page.keyboard.press("Control+V");
  await page.getByText(/^5,?000 serial numbers found/).waitFor();
  const pasting = [...(await stalls()), performance.now() - pastedMs];
  const startMs = performance.now();
  await page.getByRole("button", { name: "Look up", exact: true }).click();
  await page.getByText(/^5,?000 of 5,?000 done/).waitFor({ timeout: 900_000 });
  const seconds = (performance.now() - startMs) / 1000;
  const running = await stalls();
  const fullMb = await heapMb();
  const { requests } = (await (await fetch(`${clinic.platform.apiUrl}/sandbox/requests`)).json()) as {
    requests: { path: string }[];
  };
  const states = await page.evaluate(async () => {
    const id = location.pathname.split("/").at(-1);
    const { counts } = (await (await fetch(`/api/look-ups/${id}`)).json()) as {
      counts: Record<string, number>;
    };
    return counts;
  });
  await page.reload();
  await page.getByText(/^5,?000 of 5,?000 done/).waitFor();
  await browser.close();
  await clinic.stop();
  rmSync(folder, { recursive: true });
  return { seconds, requests: requests.length, emptyMb, fullMb, pasting, running, states };
}

const serials = wornSerials();
if (serials.length < most) throw new Error(`only ${serials.length} sensors were worn`);
const told = (stalls: readonly number[]) =>
  `${stalls.length}${stalls.length > 0 ? ` (longest ${Math.max(...stalls).toFixed(0)} ms)` : ""}`;
for (const [name, env] of [
  ["default pace", {}],
  ["1,000 a second", { DEVICE_LOOKUPS_PER_SECOND: "1000" }],
] as const) {
  const { seconds, requests, emptyMb, fullMb, pasting, running, states } = await measure(serials, env);
  console.log(
    `${name}: ${seconds.toFixed(0)} s, ${requests} platform requests for ${serials.length} serials, page heap ${emptyMb.toFixed(1)} → ${fullMb.toFixed(1)} MB, ` +
      `tasks over 50 ms: ${told(pasting)} while pasting, ${told(running)} while running; ${JSON.stringify(states)}; all there after a reload`,
  );
}
