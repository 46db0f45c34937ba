import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addressOfScene, linkOf } from "#client/stage/scene-link.ts";
import { stepOf, tour } from "#client/stage/scenes.ts";
import { launchChromium } from "#test/support/chromium.ts";
import { type RunningServer, startServer } from "#test/support/server.ts";
import english from "#words/locales/en/stage.json" with { type: "json" };
import chinese from "#words/locales/zh-CN/stage.json" with { type: "json" };
import { atRest, axeFinds } from "./look.ts";
import { newVisitor } from "./visitor.ts";

let browser: Browser;
let server: RunningServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startServer()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** What a page has to show of a step: what its notes promise. */
const shown: Record<string, (page: Page) => Promise<void>> = {
  "night-low.1": async (page) => {
    await page.getByRole("heading", { name: "Lukas Hoffmann" }).waitFor();
    await page.getByText("very low, stable").first().waitFor();
    await page.getByTestId("curve").waitFor();
  },
  "night-low.2": async (page) => {
    const row = page.getByRole("row", { name: /Lukas Hoffmann/ });
    await row.getByText(/low/i).first().waitFor();
  },
  "silence.1": (page) =>
    page
      .getByText(/Silent: nothing\shas arrived for\s2\shours/)
      .first()
      .waitFor(),
  "silence.2": (page) =>
    page
      .getByText(/The phone uploads late/)
      .first()
      .waitFor(),
  "early-end.1": (page) =>
    page
      .getByText(/Ended\s9\sdays\s19\shours early/)
      .first()
      .waitFor(),
  "early-end.2": async (page) => {
    await page.getByRole("heading", { name: "Hiroshi Tanaka" }).waitFor();
    await page.getByTestId("curve").waitFor();
  },
  "outage.1": async (page) => {
    await page.getByTestId("curve").waitFor();
    await page
      .getByText(/platform has not answered since/i)
      .first()
      .waitFor();
  },
  "outage.2": async (page) => {
    await page.getByTestId("curve").waitFor();
    await page
      .getByText(/platform has not answered since/i)
      .first()
      .waitFor({ state: "detached" });
  },
  "refusal.1": (page) =>
    page.getByRole("heading", { name: /refuses to show this sensor \(1002\)/ }).waitFor(),
  "recall.1": async (page) => {
    await page.getByRole("heading", { name: "TL2026 field notice" }).waitFor();
    await page.getByText("Worn at present").first().waitFor();
  },
  "clinic.1": async (page) => {
    await page.getByText("clinic-2026.csv").first().waitFor();
    await page.getByRole("button", { name: /Register 20/ }).waitFor();
  },
  "clinic.2": (page) =>
    page
      .getByText(/52\spatients/)
      .first()
      .waitFor(),
  "newcomer.1": (page) => page.getByRole("textbox", { name: /^Partner user ID/ }).waitFor(),
  "newcomer.2": async (page) => {
    await page.getByRole("heading", { name: "Martin Vogel" }).waitFor();
    await page
      .getByText(/warming up/i)
      .first()
      .waitFor();
  },
  "newcomer.3": async (page) => {
    await page.getByRole("heading", { name: "Martin Vogel" }).waitFor();
    await page.getByTestId("curve").waitFor();
    await expect.poll(() => page.getByRole("radio", { name: "24 h" }).isChecked()).toBe(true);
  },
};

const panelOf = (page: Page) => page.getByRole("complementary", { name: "Presenter" });

async function openStep(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole("button", { name: english.open }).click();
  await panelOf(page).waitFor();
}

async function clean(context: BrowserContext): Promise<string[]> {
  const errors: string[] = [];
  context.on("weberror", (error) => errors.push(error.error().message));
  return errors;
}

test("the tour goes from its first step to its last without a reset, and each page shows what its notes say", async () => {
  const context = await newVisitor(browser);
  const errors = await clean(context);
  const page = await context.newPage();
  const [first, ...others] = tour;
  if (!first) throw new Error("there is no tour");
  await openStep(page, server.url + addressOfScene(linkOf(first)));
  for (const step of [first, ...others]) {
    if (step !== first) await panelOf(page).getByRole("button", { name: english.onward }).click();
    const place = `Step ${tour.indexOf(step) + 1} of ${tour.length}`;
    await panelOf(page).getByText(place, { exact: true }).waitFor();
    await shown[step.name]?.(page);
    expect(shown[step.name], step.name).toBeDefined();
    await atRest(page);
    expect([step.name, ...(await axeFinds(page))]).toEqual([step.name]);
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/tour-${step.name}.png` });
  }
  expect(errors).toEqual([]);
  await context.close();
});

test.each(["silence.2", "outage.1", "clinic.2", "newcomer.3"] as const)(
  "%s opened by its own address is what it is in the tour",
  async (name) => {
    const context = await newVisitor(browser);
    const page = await context.newPage();
    const step = stepOf(name);
    if (!step) throw new Error(name);
    await openStep(page, server.url + addressOfScene(linkOf(step)));
    await shown[name]?.(page);
    await context.close();
  },
);

test("an address in Chinese opens its scene in Chinese", async () => {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  const step = stepOf("refusal.1");
  if (!step) throw new Error("no refusal");
  await page.goto(server.url + addressOfScene(linkOf(step, "zh-CN")));
  await page.getByText(chinese.step.refusal["1"].say).waitFor();
  await page.getByRole("button", { name: chinese.open }).click();
  await page.getByRole("complementary", { name: chinese.title }).waitFor();
  await page.getByText("1002").first().waitFor();
  await context.close();
});
