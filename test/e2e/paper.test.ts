import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "#test/support/chromium.ts";
import { type PrintedSheet, type SheetText, sheetsOf } from "#test/support/pdf.ts";
import { type RunningServer, startServer } from "#test/support/server.ts";
import { newVisitor } from "./visitor.ts";

let server: RunningServer;
let browser: Browser;

/**
 * Fourteen days with a low every 11 hours, a gap every 8, stretches above 19.4 and
 * 27.8, and two values no sensor can mean.
 */
function hardSeries() {
  const endMs = Date.UTC(2026, 9, 20, 12);
  const readings = Array.from({ length: 14 * 480 }, (_, i) => {
    const usual = i % 220 < 12 ? 3.2 - (Math.floor(i / 220) % 3) * 0.3 : 8 + 4 * Math.sin(i / 70);
    const high = i % 900 > 860 ? 24 + ((i % 900) - 860) / 10 : usual;
    const value = { 6505: 30, 6600: 0.6, 6650: 40 }[i] ?? high;
    return { timeMs: endMs - (14 * 480 - i) * 180_000, value: Math.round(value * 10) / 10 };
  }).filter((_, i) => i % 160 <= 150);
  return {
    subject: "Zed",
    unit: "mmol/L",
    tz: "Europe/Berlin",
    dt_min: 3,
    t: readings.map(({ timeMs }) => timeMs),
    v: readings.map(({ value }) => value),
  };
}

const replay = mkdtempSync(join(tmpdir(), "trendline-replay-"));

beforeAll(async () => {
  writeFileSync(join(replay, "zed.json"), JSON.stringify(hardSeries()));
  [server, browser] = await Promise.all([startServer({ SANDBOX_REPLAY_DIR: replay }), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(replay, { recursive: true });
});

const papers = [
  { format: "A4", landscape: false },
  { format: "A4", landscape: true },
  { format: "Letter", landscape: false },
  { format: "Letter", landscape: true },
] as const;

async function open(
  path: string,
  options: { width?: number; colorScheme?: "light" | "dark" } = {},
): Promise<Page> {
  const { width = 1440, colorScheme = "light" } = options;
  const context = await newVisitor(browser, { viewport: { width, height: 1000 }, colorScheme });
  const page = await context.newPage();
  await page.goto(`${server.url}/patients`);
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await page.getByRole("searchbox").waitFor();
  if (path !== "/patients") await page.goto(server.url + path);
  return page;
}

async function openPatient(
  days: number,
  options: Parameters<typeof open>[1] = {},
  name = "Oliver Bennett",
): Promise<Page> {
  const page = await open("/patients", options);
  await page.getByRole("searchbox").fill(name);
  await page.getByRole("link", { name }).click();
  await page.getByRole("region", { name: "Days" }).waitFor();
  await page.goto(`${page.url().split("?")[0]}?days=${days}`);
  await page.getByRole("region", { name: "Days" }).waitFor();
  await page
    .getByText(/of \d+ expected/)
    .first()
    .waitFor();
  return page;
}

// Without "background graphics", as most people print.
const print = async (page: Page, paper: (typeof papers)[number] = papers[0]) =>
  sheetsOf(await page.pdf(paper));

/** Chart labels stand with the middle of their digits on what they name: 0.35 em above the baseline. */
const middleOf = ({ y, sizePt }: SheetText) => y + 0.35 * sizePt;

/**
 * What the curve on a sheet says of its lowest and highest point, read off
 * by the axis that is printed beside it.
 */
function readOff({ texts, paths }: PrintedSheet) {
  const label = (text: string) => texts.filter((one) => one.text === text).sort((a, b) => a.x - b.x)[0];
  const [high, veryHigh] = [label("10.0"), label("13.9")];
  if (!high || !veryHigh) throw new Error("no axis on the sheet");
  const perMmolL = (middleOf(veryHigh) - middleOf(high)) / 3.9;
  const mmolL = (y: number) => 10 + (y - middleOf(high)) / perMmolL;
  const edgesOf = (path: PrintedSheet["paths"][number]) => {
    const xs = path.map(([x]) => x);
    return [Math.min(...xs), Math.max(...xs)] as const;
  };
  const whole = [...paths].sort((a, b) => b.length - a.length)[0] ?? [];
  const [fromX, toX] = edgesOf(whole);
  /** The plot, where the curve is cut off: it goes on to the next reading outside. */
  const [plot] = paths
    .filter((path) => path.length > 2 && new Set(path.map(([x]) => x.toFixed(1))).size === 2)
    .map(edgesOf)
    .filter(([left, right]) => Math.abs(left - fromX) < 4 && Math.abs(right - toX) < 4);
  const curve = whole.filter(([x]) => !plot || (x >= plot[0] && x <= plot[1]));
  const ys = curve.map(([, y]) => y);
  const lowest = curve.find(([, y]) => y === Math.min(...ys));
  return {
    lowest: mmolL(Math.min(...ys)),
    highest: mmolL(Math.max(...ys)),
    lowestX: lowest?.[0] ?? 0,
    edges: [Math.min(...curve.map(([x]) => x)), Math.max(...curve.map(([x]) => x))] as const,
    labels: ["3.0", "3.9", "10.0", "13.9", "19.4"].map((text) => {
      const one = label(text);
      return one ? mmolL(middleOf(one)) - Number(text) : Number.NaN;
    }),
  };
}

/** A mark of the axis near an edge of the curve is moved inwards, to be read whole. */
const movedPt = 30;

/** Two marks of the axis that stand at their times, and where. */
function marksOf({ texts }: PrintedSheet, [fromX, toX]: readonly [number, number]) {
  const marks = texts
    .filter(({ text, x }) => /^(06|12|18):00$/.test(text) && x > fromX + movedPt && x < toX - movedPt)
    .map(({ text, x }) => ({ x, minutes: Number(text.slice(0, 2)) * 60 }))
    .sort((a, b) => a.x - b.x);
  const [first, second] = marks;
  if (!first || !second) throw new Error("no two times on the axis");
  return [first, second] as const;
}

/** What the page itself says of the curve it shows. */
async function saidOf(page: Page) {
  const summary = (await page.getByText(/readings between .* Lowest /).textContent()) ?? "";
  const value = (name: string) => Number(new RegExp(`${name} ([\\d.]+)\\smmol`).exec(summary)?.[1]);
  return {
    lowest: value("Lowest"),
    highest: value("Highest"),
    lowestAt: /Lowest .*?, (\d\d:\d\d)\. High/.exec(summary)?.[1],
  };
}

for (const width of [1440, 1190, 1024, 390])
  test(`a printed curve agrees with its printed axis, from a window of ${width} px, on every sheet size`, async () => {
    for (const days of [1, 3]) {
      const page = await openPatient(days, { width });
      const said = await saidOf(page);
      for (const paper of papers) {
        const sheets = await print(page, paper);
        const sheet = sheets.find(({ texts }) => texts.some(({ text }) => text === "19.4"));
        if (!sheet) throw new Error("no curve on any sheet");
        const read = readOff(sheet);
        expect(Math.abs(read.lowest - said.lowest)).toBeLessThan(0.1);
        expect(Math.abs(read.highest - said.highest)).toBeLessThan(0.1);
        for (const off of read.labels) expect(Math.abs(off)).toBeLessThan(0.1);
        expect(
          Math.min(...sheets.flatMap(({ texts }) => texts.map(({ sizePt }) => sizePt))),
        ).toBeGreaterThanOrEqual(7);
        if (days > 1) continue;
        const [first, second] = marksOf(sheet, read.edges);
        const [hours = 0, minutes = 0] = (said.lowestAt ?? "").split(":").map(Number);
        const apart = (((second.minutes - first.minutes) % 1440) + 1440) % 1440;
        const perMinute = (second.x - first.x) / apart;
        const off = (read.lowestX - first.x) / perMinute - (hours * 60 + minutes - first.minutes);
        // Whole days apart where the axis begins in the afternoon; two readings are three minutes apart.
        expect(Math.abs(((off + 720 + 1440 * 3) % 1440) - 720)).toBeLessThan(4);
      }
      await page.context().close();
    }
  });

test("fourteen days are two sheets with readable type, and every sheet says whose it is, when, where and which page", async () => {
  for (const width of [1440, 390]) {
    const page = await openPatient(14, { width, colorScheme: "dark" });
    for (const paper of papers) {
      const sheets = await print(page, paper);
      expect([paper, sheets.length]).toEqual([paper, 2]);
      for (const [i, sheet] of sheets.entries()) {
        const said = sheet.texts.map(({ text }) => text).join(" ");
        expect(said).toMatch(/Oliver Bennett · \S+/);
        expect(said).toMatch(/\d+ \w+ \d{4}, \d\d:\d\d – \d+ \w+ \d{4}, \d\d:\d\d · \w+\/\w+/);
        expect(said).toMatch(/Trendline, printed \d+ \w+ \d{4}, \d\d:\d\d \(\w+\/\w+\)/);
        expect(said).toContain(`Page ${i + 1} of 2`);
        expect(Math.min(...sheet.texts.map(({ sizePt }) => sizePt))).toBeGreaterThanOrEqual(7);
      }
    }
    await page.context().close();
  }
});

test("values above 19.4 and very many lows and gaps: the taller axis is said and right, and 14 days stay on two sheets", async () => {
  const page = await openPatient(1, {}, "Zed");
  const said = await saidOf(page);
  expect(said).toMatchObject({ lowest: 2.6, highest: 30 });
  for (const paper of papers) {
    const sheet = (await print(page, paper)).find(({ texts }) => texts.some(({ text }) => text === "27.8"));
    if (!sheet) throw new Error("no curve on any sheet");
    const read = readOff(sheet);
    expect(Math.abs(read.lowest - 2.6)).toBeLessThan(0.1);
    expect(Math.abs(read.highest - 27.8)).toBeLessThan(0.1);
    expect(sheet.texts.map(({ text }) => text)).toEqual(
      expect.arrayContaining(["30.0", "Axis to 27.8 mmol/L (usually 19.4)"]),
    );
  }
  await page.context().close();
  const fortnight = await openPatient(14, { width: 390 }, "Zed");
  for (const paper of papers) {
    const sheets = await print(fortnight, paper);
    expect([paper, sheets.length]).toEqual([paper, 2]);
    expect(
      Math.min(...sheets.flatMap(({ texts }) => texts.map(({ sizePt }) => sizePt))),
    ).toBeGreaterThanOrEqual(7);
  }
  await fortnight.context().close();
});

test("lows are on paper as well as gaps, and a comparison that is open", async () => {
  const page = await openPatient(14);
  const textOf = (sheets: readonly PrintedSheet[]) =>
    sheets.flatMap(({ texts }) => texts.map(({ text }) => text)).join(" ");
  const before = textOf(await print(page));
  expect(before).toMatch(/lowest \d\.\d mmol\/L/);
  expect(before).not.toContain("Compare Metric");
  await page.getByText("Period before").click();
  await page.getByRole("columnheader", { name: "Difference" }).waitFor();
  const after = textOf(await print(page));
  expect(after).toContain("Compare Metric");
  expect(after).not.toContain("Period before");
  await page.context().close();
});

test("the list prints everybody who matches, says what was asked for, and no filters", async () => {
  const page = await open("/patients");
  const total = Number(/\d+/.exec((await page.getByText(/^\d+ patients$/).textContent()) ?? "")?.[0]);
  await expect
    .poll(async () => {
      const sheets = await print(page);
      return sheets.flatMap(({ texts }) => texts.filter(({ text }) => /^(clinic|replay)-\w+$/.test(text)))
        .length;
    })
    .toBe(total);
  const texts = (await print(page)).flatMap((sheet) => sheet.texts.map(({ text }) => text)).join(" ");
  expect(texts).not.toMatch(/Any\b|Onboarding|Save this view|Import a file/);
  await page.getByRole("searchbox").fill("oliver");
  await page.getByText(/^\d patients? match/).waitFor();
  const searched = (await print(page)).flatMap((sheet) => sheet.texts.map(({ text }) => text)).join(" ");
  expect(searched).toMatch(/1 patient matches/);
  expect(searched).toContain("Searched for “oliver”");
  await page.context().close();
});

test("a sensor's sheet has its curve on its axis, its serial number and its page", async () => {
  for (const width of [1440, 390]) {
    const page = await open("/devices/P225043056", { width });
    await page.getByTestId("paper-curve").waitFor({ state: "attached" });
    await page.getByText("24 h", { exact: true }).click();
    const said = await saidOf(page);
    for (const paper of papers) {
      const sheets = await print(page, paper);
      const sheet = sheets.find(({ texts }) => texts.some(({ text }) => text === "19.4"));
      if (!sheet) throw new Error("no curve on any sheet");
      const read = readOff(sheet);
      expect(Math.abs(read.lowest - said.lowest)).toBeLessThan(0.1);
      expect(Math.abs(read.highest - said.highest)).toBeLessThan(0.1);
      for (const [i, { texts }] of sheets.entries()) {
        const all = texts.map(({ text }) => text).join(" ");
        expect(all).toContain("Sensor P225043056");
        expect(all).toContain(`Page ${i + 1} of ${sheets.length}`);
        expect(Math.min(...texts.map(({ sizePt }) => sizePt))).toBeGreaterThanOrEqual(7);
      }
    }
    await page.context().close();
  }
});

test("paper is light from a dark screen", async () => {
  const page = await openPatient(1, { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const colours = () =>
    page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      const curve = document.querySelector('[data-testid="paper-curve"]')?.closest("section");
      return [color, backgroundColor, curve && getComputedStyle(curve).backgroundColor];
    });
  await expect.poll(colours).toEqual(["rgb(23, 34, 42)", "rgb(255, 255, 255)", "rgb(255, 255, 255)"]);
  await page.context().close();
});
