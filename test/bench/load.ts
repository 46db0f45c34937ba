/**
 * `npm run bench:load`: the client as its user feels it, in Chromium against the real server with its
 * sandbox: from a click in the list to the curve, and at a quarter of this machine's speed a patient's 90
 * days opened a second time, by the browser's own measures. Medians and ranges of rounds; `BESIDE` names
 * another checkout, whose rounds take turns with this one's.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, BrowserContext, CDPSession, Locator, Page } from "playwright-core";
import { launchChromium } from "#test/support/chromium.ts";
import { startServer } from "#test/support/server.ts";
import { median, quantile } from "./figures.ts";

const rounds = Number(process.env.ROUNDS ?? 7);
const slowness = Number(process.env.SLOWNESS ?? 4);
/** How long a hand rests on a row before it presses, and how long it presses. */
const restMs = 200;
const pressMs = 80;
const openings = 4;
const patientName = "Oliver Bennett";
/** A curve; of a long period, a bar for each day. */
const drawn = ':is([data-part="curve"], [data-part="days"])[d]:not([d=""])';

interface Measures {
  lcpMs: number;
  cls: number;
  curveMs: number;
  /** Of every event of an interaction, by what it was. */
  events: { name: string; ms: number }[];
  /**
   * From a movement or a turn of the wheel, which the browser counts as no
   * interaction, to after the next frame.
   */
  continuous: { name: string; ms: number }[];
  clickToCurveMs: number | null;
}

/** Runs in the page before anything else does. */
function observe(drawn: string): void {
  const measures: Measures = {
    lcpMs: 0,
    cls: 0,
    curveMs: 0,
    events: [],
    continuous: [],
    clickToCurveMs: null,
  };
  Object.assign(window, { measures });
  const watch = (type: string, each: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({
      type,
      buffered: true,
      durationThreshold: 16,
    } as PerformanceObserverInit);
  watch("largest-contentful-paint", ({ startTime }) => {
    measures.lcpMs = startTime;
  });
  watch("layout-shift", (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) measures.cls += value;
  });
  watch("event", (entry) => {
    if ((entry as PerformanceEntry & { interactionId: number }).interactionId > 0)
      measures.events.push({ name: entry.name, ms: entry.duration });
  });
  const afterFrame = (then: () => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = then;
      port2.postMessage(null);
    });
  for (const name of ["pointermove", "wheel"])
    addEventListener(
      name,
      ({ timeStamp }) =>
        afterFrame(() => measures.continuous.push({ name, ms: performance.now() - timeStamp })),
      { capture: true, passive: true },
    );
  const whenDrawn = (then: () => void) => {
    const look = () => (document.querySelector(drawn) ? afterFrame(then) : requestAnimationFrame(look));
    look();
  };
  whenDrawn(() => {
    measures.curveMs = performance.now();
  });
  addEventListener(
    "click",
    ({ timeStamp, target }) => {
      if (!(target as Element).closest("tbody a")) return;
      measures.clickToCurveMs = null;
      whenDrawn(() => {
        measures.clickToCurveMs = performance.now() - timeStamp;
      });
    },
    { capture: true },
  );
}

const measuresOf = (page: Page): Promise<Measures> =>
  page.evaluate(() => (window as unknown as { measures: Measures }).measures);

/** Nothing is busy and nothing more is asked for. */
async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector("h1") && !document.querySelector('[aria-busy="true"]'),
  );
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(300);
}

async function press(page: Page, what: Locator): Promise<void> {
  await what.hover();
  await page.waitForTimeout(restMs);
  await page.mouse.down();
  await page.waitForTimeout(pressMs);
  await page.mouse.up();
}

type Samples = Map<string, number[]>;
const note = (into: Samples, what: string, value: number) =>
  into.set(what, [...(into.get(what) ?? []), value]);

/** From the list to one patient after the other and back. */
async function openPatients(page: Page, into: Samples): Promise<void> {
  const links = page.locator("tbody tr", { hasText: "mmol/L" }).locator("th a");
  await links.nth(openings).waitFor();
  await atRest(page);
  for (let index = 0; index < openings; index += 1) {
    await press(page, links.nth(index));
    await page.locator(drawn).first().waitFor();
    await atRest(page);
    const { clickToCurveMs } = await measuresOf(page);
    note(into, index === 0 ? "click to curve, first" : "click to curve, later", clickToCurveMs ?? Number.NaN);
    await page.goBack();
    await links.nth(openings).waitFor();
    await atRest(page);
  }
}

/** The longest that one of an act's events took. */
async function interact(page: Page, into: Samples, what: string, act: () => Promise<void>): Promise<void> {
  await page.evaluate(() => {
    Object.assign((window as unknown as { measures: Measures }).measures, { events: [], continuous: [] });
  });
  await act();
  await atRest(page);
  const { events, continuous } = await measuresOf(page);
  // A browser says nothing of what took less than 16 ms.
  note(into, what, Math.max(0, ...(events.length > 0 ? events : continuous).map(({ ms }) => ms)));
}

async function handleCurve(page: Page, into: Samples): Promise<void> {
  const overlay = page.getByRole("slider", { name: "Readings of the curve, one by one" });
  const box = await overlay.boundingBox();
  if (!box) throw new Error("the curve has no place");
  const [middle, y] = [box.x + box.width / 2, box.y + 200];
  await page.mouse.move(middle, y);
  await interact(page, into, "hover, slowest of 30", async () => {
    for (let i = 0; i < 30; i += 1) await page.mouse.move(box.x + 100 + i * 15, y + (i % 3));
  });
  await page.mouse.move(middle, y);
  await interact(page, into, "zoom by wheel, slowest of 10", async () => {
    await page.keyboard.down("Control");
    for (let i = 0; i < 10; i += 1) await page.mouse.wheel(0, -100);
    await page.keyboard.up("Control");
  });
  await overlay.focus();
  await interact(page, into, "zoom by keys, INP", async () => {
    for (let i = 0; i < 4; i += 1) await page.keyboard.press("-");
    for (let i = 0; i < 4; i += 1) await page.keyboard.press("+");
  });
  await interact(page, into, "all of it again, INP", () => page.mouse.dblclick(middle, y));
  for (const days of [30, 90])
    await interact(page, into, `period to ${days} days, INP`, async () => {
      await page.getByText(`${days} d`, { exact: true }).click();
      await page.waitForURL(new RegExp(`days=${days}`));
    });
}

async function slowedPage(context: BrowserContext): Promise<[Page, CDPSession]> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowness });
  return [page, session];
}

async function openAgain(context: BrowserContext, address: string, into: Samples): Promise<void> {
  for (const visit of ["first", "second"]) {
    const [page] = await slowedPage(context);
    await page.goto(address);
    await page.locator(drawn).first().waitFor();
    await atRest(page);
    const { lcpMs, cls, curveMs } = await measuresOf(page);
    if (visit === "second") {
      note(into, "LCP", lcpMs);
      note(into, "curve", curveMs);
      note(into, "CLS × 1000", cls * 1000);
      await handleCurve(page, into);
    }
    await page.close();
  }
}

async function measure(browser: Browser, url: string, into: Samples): Promise<void> {
  const context = await browser.newContext({
    locale: "en-GB",
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(120_000);
  await context.addInitScript(observe, drawn);
  const page = await context.newPage();
  await page.goto(`${url}/patients`);
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await openPatients(page, into);
  await page.getByRole("searchbox").fill(patientName);
  const href = await page.getByRole("link", { name: patientName }).getAttribute("href");
  await page.close();
  await openAgain(context, `${url}${href}?days=90`, into);
  await context.close();
}

const folders: [name: string, folder: string][] = [["here", join(import.meta.dirname, "../..")]];
if (process.env.BESIDE) folders.push(["beside", process.env.BESIDE]);
const browser = await launchChromium();
const variants = await Promise.all(
  folders.map(async ([name, folder]) => {
    await promisify(execFile)(process.execPath, ["src/build.ts", "--if-needed"], { cwd: folder });
    return { name, server: await startServer({}, { cwd: folder }), samples: new Map() as Samples };
  }),
);
for (let round = 0; round < rounds; round += 1) {
  // Who comes first has the harder time or the easier one.
  const inTurn = round % 2 === 0 ? variants : variants.toReversed();
  for (const { server, samples } of inTurn) await measure(browser, server.url, samples);
  process.stderr.write(`round ${round + 1} of ${rounds}\n`);
}
await browser.close();
for (const { server } of variants) await server.stop();

console.log(`${rounds} rounds, ms: median (10 to 90 % of them)`);
for (const what of variants[0]?.samples.keys() ?? []) {
  const told = variants.map(({ name, samples }) => {
    const values = samples.get(what) ?? [];
    const [low, high] = [0.1, 0.9].map((q) => quantile(values, q).toFixed(0));
    return `${name} ${median(values).toFixed(0).padStart(5)} (${low}–${high})`;
  });
  console.log(`${what.padEnd(32)}${told.join("   ")}`);
}
