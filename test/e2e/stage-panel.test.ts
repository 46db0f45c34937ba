import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addressOfScene, linkOf } from "#client/stage/scene-link.ts";
import { stepOf } from "#client/stage/scenes.ts";
import { launchChromium } from "#test/support/chromium.ts";
import { type RunningServer, startServer } from "#test/support/server.ts";
import english from "#words/locales/en/stage.json" with { type: "json" };
import { showDemo } from "./demo-visit.ts";
import { look } from "./look.ts";
import { newVisitor } from "./visitor.ts";

const hourMs = 3_600_000;

let browser: Browser;
let server: RunningServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startServer()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const panelOf = (page: Page) => page.getByRole("complementary", { name: english.title });
const firstRow = (page: Page) => page.getByRole("row").nth(1);
const shownMs = async (page: Page) =>
  Date.parse((await panelOf(page).locator("time").getAttribute("datetime")) ?? "");

async function visit(path: string): Promise<Page> {
  const context = await newVisitor(browser, { viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(server.url + path);
  await page.getByRole("button", { name: /^Clinician/ }).waitFor();
  return page;
}

test("nothing tells of the panel; the key shows it, hides it, and gives the keyboard back where it was", async () => {
  const page = await visit("/sign-in");
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await firstRow(page).waitFor();
  expect(await panelOf(page).count()).toBe(0);
  expect(await page.getByText(/presenter/i).count()).toBe(0);
  await page.getByRole("searchbox").first().focus();
  await page.keyboard.press("F8");
  await panelOf(page).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(english.title);
  // All of it by the keyboard.
  await page.keyboard.press("Tab");
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(english.hide);
  await look(page, "stage-panel");
  await page.keyboard.press("F8");
  await expect.poll(() => panelOf(page).count()).toBe(0);
  const search = page.getByRole("searchbox").first();
  await expect.poll(() => search.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press("F8");
  await page.emulateMedia({ media: "print" });
  await expect.poll(() => panelOf(page).isVisible()).toBe(false);
  await page.context().close();
});

test("roles change in one click, the clock jumps for every tab, and nobody is signed out", async () => {
  const page = await visit("/sign-in");
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await firstRow(page).waitFor();
  await page.keyboard.press("F8");
  const panel = panelOf(page);
  await panel.getByRole("button", { name: "Support" }).click();
  await page.waitForURL(/\/work$/);
  await panel.getByRole("button", { name: "Clinician" }).click();
  await page.waitForURL(/\/patients$/);
  const other = await page.context().newPage();
  await other.goto(`${server.url}/patients`);
  await firstRow(other).waitFor();
  const beforeMs = await shownMs(page);
  await panel.getByRole("button", { name: "+7 days" }).click();
  await expect.poll(() => shownMs(page)).toBeGreaterThanOrEqual(beforeMs + 7 * 24 * hourMs);
  await panel.getByText(english.working).waitFor({ state: "detached" });
  for (const tab of [page, other]) {
    // The first in the list has a value of the new moment.
    await expect.poll(() => firstRow(tab).textContent()).toMatch(/just now|\bminutes? ago/);
  }
  await panel.getByText("×600").click();
  await other.keyboard.press("F8");
  await expect.poll(() => panelOf(other).getByRole("radio", { name: "×600" }).isChecked()).toBe(true);
  await panelOf(other).getByText("×1", { exact: true }).click();
  await expect.poll(() => panel.getByRole("radio", { name: "×1", exact: true }).isChecked()).toBe(true);
  await page.context().close();
});

test("to the next low: of the patient on the page, of anybody elsewhere, and support is not told whose", async () => {
  const page = await visit("/sign-in");
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await page.getByRole("link", { name: "Lukas Hoffmann" }).click();
  await page.getByTestId("curve").waitFor();
  await page.keyboard.press("F8");
  const panel = panelOf(page);
  await panel.getByRole("button", { name: english.time.toNextLow }).click();
  await panel.getByText(english.time.lowHere).waitFor();
  await page
    .getByText(/(?:^|very )low, /)
    .first()
    .waitFor();
  await page.goto(`${server.url}/patients`);
  await panel.getByRole("button", { name: english.time.toNextLow }).click();
  await panel.getByText(english.time.lowOf).waitFor();
  await panel.getByRole("link", { name: english.time.openLow }).click();
  await page.waitForURL(/days=1/);
  await page
    .getByText(/(?:^|very )low, /)
    .first()
    .waitFor();
  await panel.getByRole("button", { name: "Support" }).click();
  await page.waitForURL(/\/work$/);
  await panel.getByRole("button", { name: english.time.toNextLow }).click();
  await panel.getByText(english.time.lowUnseen).waitFor();
  expect(await panel.getByRole("link", { name: english.time.openLow }).count()).toBe(0);
  await page.context().close();
});

test("an address of another version or with nonsense is refused in words, with the scenes below", async () => {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  await page.goto(`${server.url}/stage?v=0&scene=night-low.1`);
  await page.getByRole("heading", { name: english["link-older"] }).waitFor();
  await look(page, "stage-older");
  await page.goto(`${server.url}/stage?v=1&scene=night-low.1&seed=1e9`);
  await page.getByRole("heading", { name: english["link-unclear"] }).waitFor();
  await page.getByRole("link", { name: english.step["night-low"]["1"].title }).click();
  await page.getByText(english.forgets).waitFor();
  await look(page, "stage-scene");
  await context.close();
});

test("in a browser tab without a server a scene opens and the clock jumps as well", async () => {
  const demo = await showDemo();
  const { context, errors } = await demo.newBrowser({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(demo.url);
  await page.getByRole("button", { name: /^Clinician/ }).waitFor();
  const step = stepOf("silence.1");
  if (!step) throw new Error("no silence");
  await page.goto(demo.url.replace(/\/$/, "") + addressOfScene(linkOf(step)));
  await page.getByRole("button", { name: english.open }).click();
  await panelOf(page).waitFor();
  await page
    .getByText(/Silent: nothing\shas arrived for\s2\shours/)
    .first()
    .waitFor();
  await panelOf(page).getByRole("button", { name: english.onward }).click();
  await panelOf(page).getByText("Step 4 of 15").waitFor();
  await page
    .getByText(/The phone uploads late/)
    .first()
    .waitFor();
  const beforeMs = await shownMs(page);
  await panelOf(page).getByRole("button", { name: "+1 day" }).click();
  await expect.poll(() => shownMs(page)).toBeGreaterThanOrEqual(beforeMs + 24 * hourMs);
  await page.reload();
  await page.keyboard.press("F8");
  if ((await panelOf(page).count()) === 0) await page.keyboard.press("F8");
  await expect.poll(() => shownMs(page)).toBeGreaterThanOrEqual(beforeMs + 24 * hourMs);
  expect(errors).toEqual([]);
  await demo.stop();
});
