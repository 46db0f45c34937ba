import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cameraShowing } from "#test/support/camera.ts";
import { launchChromium } from "#test/support/chromium.ts";
import { readPdf } from "#test/support/pdf.ts";
import { type RunningServer, startServer } from "#test/support/server.ts";
import { atRest } from "./look.ts";
import { newVisitor } from "./visitor.ts";

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

interface Visit {
  page: Page;
  /** Errors of the console and of the page. */
  errors: string[];
  /** Addresses that were asked for. */
  urls: string[];
}

async function visit(
  path: string,
  role: string,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<Visit> {
  const context = await newVisitor(browser, options);
  const page = await context.newPage();
  const errors: string[] = [];
  const urls: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("request", (request) => urls.push(request.url()));
  await page.goto(server.url + path);
  await page.getByRole("button", { name: new RegExp(`^${role}`) }).click();
  return { page, errors, urls };
}

/** Only the rows on screen exist; the search brings anybody there. */
const openPatient = async (page: Page) => {
  await page.getByRole("searchbox").fill("oliver bennett");
  await page.getByRole("link", { name: "Oliver Bennett" }).click();
};

const dayMs = 24 * 3_600_000;

test("the server says in one line where it is and that everyone is invented", () => {
  expect(server.ready.trim().split("\n")).toHaveLength(1);
  expect(server.ready).toMatch(/^Trendline is at http:\/\/127\.0\.0\.1:\d+ on the embedded sandbox platform/);
});

test("a clinician gets from the front door to a curve whose pixels are there", async () => {
  const { page, errors, urls } = await visit("/", "Clinician", { viewport: { width: 1440, height: 900 } });
  await openPatient(page);
  await page.getByTestId("curve").waitFor();
  const box = await page.getByTestId("curve").boundingBox();
  expect(box?.width).toBeGreaterThan(600);
  await page.getByRole("region", { name: "Time in ranges" }).waitFor();

  const overlay = page.getByRole("slider", { name: "Readings of the curve, one by one" });
  await overlay.hover({ position: { x: 600, y: 200 } });
  await page
    .getByText(/^\d+\.\d mmol\/L$/)
    .first()
    .waitFor();

  await page.getByText("90 d", { exact: true }).click();
  await page.waitForURL(/days=90/);
  // Of the sensors worn in 90 days; between two of them nobody wears one.
  await page.getByText(/^\d{5} of 4[0-3]\d{3} expected/).waitFor();
  expect(errors).toEqual([]);
  expect(urls.filter((url) => !url.startsWith(server.url) && !url.startsWith("data:"))).toEqual([]);
  await page.context().close();
});

test("the wheel scrolls the page, with Ctrl it zooms, Back undoes the zoom, and the mouse drags the curve, a link opens the same hours, a double-click shows all", async () => {
  const { page, errors } = await visit("/", "Clinician", { viewport: { width: 1440, height: 1000 } });
  await openPatient(page);
  const curve = page.getByTestId("curve");
  await curve.waitFor();
  const overlay = page.getByRole("slider", { name: "Readings of the curve, one by one" });
  await overlay.hover({ position: { x: 500, y: 150 } });
  const whole = page.url();
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
  await page.evaluate(() => scrollTo(0, 0));
  await overlay.hover({ position: { x: 500, y: 150 } });
  const windowOf = () => ["from", "to"].map((name) => Number(new URL(page.url()).searchParams.get(name)));
  const spanMs = () => (windowOf()[1] ?? 0) - (windowOf()[0] ?? 0);
  const zoom = async () => {
    await page.keyboard.down("Control");
    for (let i = 0; i < 8; i += 1) await page.mouse.wheel(0, -100);
    await page.keyboard.up("Control");
    // Eight notches of 200 px at 1.0015 a px; the address follows once the wheel rests,
    // on a slow machine in between as well.
    // The whole is today so far and the thirteen days before.
    const wholeDays = () => spanMs() / 1.0015 ** -1600 / dayMs;
    await expect.poll(() => wholeDays() > 12.95 && wholeDays() < 14.05).toBe(true);
    // The address is there before the page has it.
    await page.getByRole("button", { name: "Show the whole period" }).waitFor();
  };
  await zoom();
  await page.goBack();
  await page.waitForURL(whole);
  await expect.poll(() => page.locator("[data-part=window]").getAttribute("d")).toBe("");
  await zoom();
  const [from = 0, to = 0] = windowOf();
  const box = await overlay.boundingBox();
  if (!box) throw new Error("the curve has no place");
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + 150, { steps: 5 });
  await page.mouse.up();
  const plotPx = Number(await page.locator('clipPath[id$="-plot"] rect').first().getAttribute("width"));
  const draggedMs = (200 / plotPx) * (to - from);
  await expect.poll(() => ((windowOf()[0] ?? 0) - from) / draggedMs).toBeCloseTo(1, 2);
  expect(spanMs()).toBeCloseTo(to - from, -2);

  const drawn = await curve.getAttribute("d");
  const colleague = await page.context().newPage();
  await colleague.setViewportSize({ width: 1440, height: 1000 });
  await colleague.goto(page.url());
  await colleague.getByTestId("curve").waitFor();
  await expect.poll(() => colleague.getByTestId("curve").getAttribute("d")).toBe(drawn);
  await overlay.dblclick({ position: { x: 500, y: 150 } });
  await page.waitForURL((url) => !url.searchParams.has("from"));
  expect(errors).toEqual([]);
  await page.context().close();
});

test("the readings are a table that sorts, and the report is at most two sheets of A4 or Letter", async () => {
  const { page, errors } = await visit("/", "Clinician", { viewport: { width: 1440, height: 1000 } });
  await openPatient(page);
  await page.getByRole("button", { name: "Show the table" }).click();
  const table = page.getByRole("table", { name: "Readings" });
  await table.getByRole("button", { name: "mmol/L" }).click();
  await table.locator('th[aria-sort="descending"]', { hasText: "mmol/L" }).waitFor();
  const values = (await table.getByRole("row").locator("td:nth-child(2)").allTextContents()).map(Number);
  expect(values.length).toBeGreaterThan(10);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  // Far fewer rows than readings are in the page.
  expect(values.length).toBeLessThan(100);
  const days = page.getByRole("region", { name: "Days" }).getByRole("listitem");
  // A day stands beside the one before, or begins a week below all of the last.
  const places = await days.evaluateAll((items) =>
    items.map((item) => item.getBoundingClientRect().toJSON()),
  );
  for (const [index, { left, top }] of places.slice(1).entries())
    expect(left > places[index].left ? top === places[index].top : top >= places[index].bottom).toBe(true);
  await page.emulateMedia({ media: "print" });
  const printed = () => page.getByRole("main").innerText();
  await expect.poll(printed).toMatch(/measured \d+ \w+ \d{4}, \d\d:\d\d/);
  expect(await printed()).not.toMatch(/Choose|ago\b/);
  // At midnight to the minute they are 14.
  expect([14, 15]).toContain(await days.count());
  for (const day of await days.all()) expect(await day.isVisible()).toBe(true);
  for (const format of ["A4", "Letter"]) {
    const pdf = (await page.pdf({ format, printBackground: true })).toString("latin1");
    expect([format, pdf.match(/\/Type\s*\/Page\b/g)?.length]).toEqual([format, 2]);
  }
  expect(errors).toEqual([]);
  await page.context().close();
});

test("on a phone the list begins in the upper half, and a key unfolds what stands above it", async () => {
  const { page, errors } = await visit("/", "Clinician", { viewport: { width: 390, height: 844 } });
  const first = page.locator("tbody tr:has(a)").first();
  await first.waitFor();
  await page.getByText(/^\d+ patients$/).waitFor();
  await atRest(page);
  expect((await first.boundingBox())?.y).toBeLessThanOrEqual(420);
  const views = page.getByRole("navigation", { name: "Views" });
  const reason = page.getByLabel("Reason", { exact: true });
  expect([await views.isVisible(), await reason.isVisible()]).toEqual([false, false]);
  await page.getByRole("button", { name: "Filters and more" }).focus();
  await page.keyboard.press("Enter");
  await views.waitFor();
  await reason.waitFor();
  await page.getByText("How this list is made").waitFor();
  await page.keyboard.press("Enter");
  await views.waitFor({ state: "hidden" });
  expect(errors).toEqual([]);
  await page.context().close();
});

test.each([1440, 390])(
  "at %i px what a slow platform tells late moves nothing that stands already",
  async (width) => {
    const { page, errors } = await visit("/", "Clinician", { viewport: { width, height: 900 } });
    await openPatient(page);
    await page.getByTestId("curve").waitFor();
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          shifts.push((entry as PerformanceEntry & { value: number }).value);
      }).observe({ type: "layout-shift", buffered: true });
    });
    for (const late of ["**/api/patients/*/summary", "**/readings?*"]) {
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      let held = 0;
      await page.route(late, async (route) => {
        held += 1;
        await released;
        await route.continue();
      });
      await page.reload();
      await page.getByRole("heading", { level: 1, name: "Oliver Bennett" }).waitFor();
      await expect.poll(() => held).toBeGreaterThan(0);
      release();
      await page.getByRole("region", { name: "Statistics" }).waitFor();
      await atRest(page);
      const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
      expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.02);
      await page.unroute(late);
    }
    expect(errors).toEqual([]);
    await page.context().close();
  },
);

test("a row under the mouse or with the focus stays where it is while rows above it grow, and the wheel still scrolls", async () => {
  const { page } = await visit("/", "Clinician", { viewport: { width: 1440, height: 900 } });
  const rows = page.locator("tr[data-index]");
  await rows.nth(6).waitFor();
  /** By how much a row moves in the frames after others have grown. */
  const movedBy = (row: number, grown: readonly number[], px: number) =>
    page.evaluate(
      async (given) => {
        const all = [...document.querySelectorAll<HTMLElement>("tr[data-index]")];
        const topOf = () => all[given.row]?.getBoundingClientRect().top ?? Number.NaN;
        const before = topOf();
        for (const index of given.grown)
          for (const cell of all[index]?.children ?? [])
            (cell as HTMLElement).style.paddingBottom = `${given.px}px`;
        for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
        return Math.abs(topOf() - before);
      },
      { row, grown, px },
    );
  await rows.nth(2).hover();
  expect(await movedBy(2, [0, 1], 90)).toBeLessThan(1.5);
  await page.mouse.move(5, 5);
  await rows.nth(3).locator("a").first().focus();
  expect(await movedBy(3, [1], 160)).toBeLessThan(1.5);
  await rows.nth(3).hover();
  const scrolledPx = await page.evaluate(() => window.scrollY);
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(scrolledPx + 150);
});

test("support looks a pasted serial up and never downloads the chart", async () => {
  const { page, errors, urls } = await visit("/", "Support", { viewport: { width: 1440, height: 900 } });
  await page.getByLabel(/Serial number/).fill("p2250 43056");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/devices\/P225043056/);
  await page.getByText(/% of what was expected/).waitFor();
  expect(urls.filter((url) => /glucose-chart|\/readings(\?|$)/.test(url))).toEqual([]);
  expect(errors).toEqual([]);
  await page.context().close();
});

test("the code on a box is read with the camera, and a camera that is refused says so", async () => {
  const seeing = await launchChromium(cameraShowing("(01)06912345678901(21)P225043056"));
  const page = await (await newVisitor(seeing)).newPage();
  await page.goto(`${server.url}/devices`);
  await page.getByRole("button", { name: /^Support/ }).click();
  await page.getByRole("button", { name: "Scan with the camera" }).click();
  await page.waitForURL(/\/devices\/P225043056/);
  await seeing.close();

  const blind = await visit("/devices", "Support");
  await blind.page.getByRole("button", { name: "Scan with the camera" }).click();
  await blind.page.getByText(/No usable camera|camera is blocked/).waitFor();
  await blind.page.context().close();
});

test("the language, the unit and the colours stay chosen after a reload", async () => {
  const { page } = await visit("/patients", "Clinician", { viewport: { width: 1440, height: 900 } });
  await page.getByText("中文").click();
  await page.getByText("mg/dL").click();
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "患者" }).waitFor();
  expect(await page.getByRole("radio", { name: "mg/dL" }).isChecked()).toBe(true);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("zh-CN");
  await page.context().close();
});

test("no secret, token or signature of the platform is in anything the browser can read", async () => {
  const { page } = await visit("/patients", "Clinician");
  const bodies: string[] = [];
  page.on("response", async (response) => {
    if (response.url().includes("/api/")) bodies.push(await response.text().catch(() => ""));
  });
  await openPatient(page);
  await page.getByRole("region", { name: "Statistics" }).waitFor();
  await expect.poll(() => bodies.filter((body) => body.includes("valueMmolL")).length).toBeGreaterThan(0);
  expect(bodies.length).toBeGreaterThan(2);
  expect(bodies.join("\n")).not.toMatch(/access_token|app_?secret|x-signature/i);
  expect(await page.evaluate(() => document.cookie)).toBe("");
  await page.context().close();
});

test("pages carry a policy that forbids foreign and inline scripts", async () => {
  const response = await fetch(`${server.url}/patients`, { headers: { accept: "text/html" } });
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const script = /src="(\/assets\/[^"]+)"/.exec(await response.text())?.[1];
  const asset = await fetch(server.url + script, { headers: { "accept-encoding": "br" } });
  expect(asset.headers.get("cache-control")).toContain("immutable");
  expect(asset.headers.get("content-encoding")).toBe("br");
  expect((await fetch(`${server.url}/assets/none.js`)).status).toBe(404);
});

test("the built server makes a PDF file of a case, with the fonts that came with it", async () => {
  const { page, errors } = await visit("/cases", "Support");
  await page.getByRole("searchbox").waitFor();
  const data = {
    serial: "P225043043",
    receivedAtMs: Date.now() - dayMs,
    nature: "It fell off. 传感器脱落。",
  };
  const answer = await page.request.post(`${server.url}/api/cases`, {
    data,
    headers: { origin: server.url },
  });
  const { id } = (await answer.json()) as { id: string };
  await page.goto(`${server.url}/cases/${id}`);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as PDF" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^case-P225043043-\d{4}-\d\d-\d\d\.pdf$/);
  const { beside, says } = await readPdf(await readFile(await download.path()));
  expect(beside).toEqual(["CaseaboutsensorP225043043Page1of1"]);
  expect(says(data.nature)).toBe(true);
  expect(errors).toEqual([]);
});
