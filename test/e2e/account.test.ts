import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "#test/support/chromium.ts";
import { type RunningServer, startServer } from "#test/support/server.ts";
import { totpOf } from "#test/support/totp.ts";
import { atRest, look } from "./look.ts";
import { newVisitor } from "./visitor.ts";

const email = "admin@clinic.example";
const password = "a very long secret";
let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  const env = {
    BOOTSTRAP_ADMIN_EMAIL: email,
    BOOTSTRAP_ADMIN_PASSWORD: password,
    IDLE_SIGN_OUT_MINUTES: "10",
    REQUIRE_SECOND_FACTOR: "true",
  };
  [server, browser] = await Promise.all([startServer(env), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const givePassword = async (page: Page) => {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
};

/** Stops the clock that idle time is measured by, without the timers, until the page hears "go-on". */
const holdSteadyClock = (page: Page) =>
  page.evaluate(() => {
    const steady = performance.now.bind(performance);
    const heldMs = steady();
    performance.now = () => heldMs;
    addEventListener("go-on", () => {
      const lostMs = steady() - heldMs;
      performance.now = () => steady() - lostMs;
    });
  });

test("from a password alone to a second factor, recovery codes, sessions and back in with a code", async () => {
  const context: BrowserContext = await newVisitor(browser);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${server.url}/patients`);
  await givePassword(page);
  await page.getByText("Set up a second factor to continue").waitFor();
  await page.goto(`${server.url}/staff`);
  await page.waitForURL(/\/account$/);
  await look(page, "must-enrol");

  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Set up" }).click();
  await page.getByRole("img", { name: "QR code with the key" }).waitFor();
  await look(page, "enrol");
  const secret = (await page.locator("dd code").innerText()).replaceAll(" ", "");
  await page.getByLabel("Code from the app").fill("000000");
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByText("This is wrong.").waitFor();
  await page.getByLabel("Code from the app").fill(totpOf(secret));
  await page.getByRole("button", { name: "Confirm" }).click();
  const list = page.getByRole("list", { name: "Your recovery codes" });
  await list.waitFor();
  const codes = await list.getByRole("listitem").allInnerTexts();
  expect(codes).toHaveLength(10);
  await look(page, "recovery-codes");
  await page.emulateMedia({ media: "print" });
  expect(await page.getByRole("heading", { name: "Password" }).isVisible()).toBe(false);
  expect(await page.getByText(`Recovery codes of ${email} for Trendline`).isVisible()).toBe(true);
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.getByText("10 recovery codes are left.").waitFor();
  await page.getByText("Chrome on Linux").waitFor();
  await look(page, "account");

  const other = await (await newVisitor(browser)).newPage();
  await other.goto(`${server.url}/account`);
  await givePassword(other);
  await other.getByLabel("Code", { exact: true }).fill("000000");
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await other.getByText("This code is wrong or has been used.").waitFor();
  await look(other, "code");
  // The one that turned it on has served; the next is taken half a minute early.
  await other.getByLabel("Code", { exact: true }).fill(totpOf(secret, Date.now() + 30_000));
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await other.getByText("Where you are signed in").waitFor();

  await page.reload();
  await page.getByRole("button", { name: /^End the session of Chrome on Linux/ }).waitFor();
  await look(page, "two-sessions");
  await page.getByRole("button", { name: "End all others" }).click();
  await page.getByText("Ended", { exact: true }).waitFor();
  await other.reload();
  await other.getByRole("heading", { name: "Sign in" }).waitFor();
  await givePassword(other);
  await other.getByRole("button", { name: "Use a recovery code" }).click();
  await other.getByLabel("Recovery code").fill(codes[0] ?? "");
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await other.getByText("9 recovery codes are left.").waitFor();
  expect(errors).toEqual([]);
});

test("a screen left alone asks, signs out in every tab, and keeps what was typed for the same person", async () => {
  const context = await newVisitor(browser);
  await context.clock.install();
  const page = await context.newPage();
  await page.goto(`${server.url}/patients/new`);
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await page.getByLabel("Name").fill("Half a name");
  const second = await context.newPage();
  await second.goto(`${server.url}/devices`);
  await second.getByRole("heading", { level: 1 }).waitFor();

  await context.clock.runFor("09:10");
  const dialog = page.getByRole("dialog", { name: "Are you still there?" });
  await dialog.waitFor();
  await atRest(page);
  // Looking may take longer than the minute in which to answer: time stands still for it.
  const clocks = await Promise.all([page, second].map((one) => one.evaluate(() => Date.now())));
  await Promise.all([page, second].map(holdSteadyClock));
  await context.clock.setFixedTime(Math.max(...clocks));
  await look(page, "idle");
  await context.clock.setSystemTime(Math.max(...clocks));
  await Promise.all([page, second].map((one) => one.evaluate(() => dispatchEvent(new Event("go-on")))));
  await page.getByRole("button", { name: "Stay signed in" }).click();
  await dialog.waitFor({ state: "hidden" });
  await second.getByRole("dialog", { name: "Are you still there?" }).waitFor({ state: "hidden" });

  await context.clock.runFor("08:00");
  await second.mouse.move(200, 200);
  await context.clock.runFor("08:00");
  expect(await page.getByLabel("Name").inputValue()).toBe("Half a name");
  expect(await dialog.isVisible()).toBe(false);

  await context.clock.runFor("02:10");
  await page.getByText(/signed out because nobody was here/).waitFor();
  await second.getByText(/signed out because nobody was here/).waitFor();
  const session = async () => (await context.request.get(`${server.url}/api/auth/get-session`)).json();
  await expect.poll(session).toBeNull();
  await look(page, "signed-out");
  await page.getByRole("button", { name: /^Clinician/ }).click();
  expect(await page.getByLabel("Name").inputValue()).toBe("Half a name");
});

test("a workstation's clock that is put right by hours signs nobody out, in no tab, and being away still does", async () => {
  const context = await newVisitor(browser);
  await context.clock.install();
  const page = await context.newPage();
  await page.goto(`${server.url}/patients/new`);
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await page.getByLabel("Name").fill("Half a name");
  const second = await context.newPage();
  await second.goto(`${server.url}/devices`);
  await second.getByRole("heading", { level: 1 }).waitFor();
  for (const hours of [1, 8, -8, -1]) {
    const nowMs = await page.evaluate(() => Date.now());
    await context.clock.setSystemTime(nowMs + hours * 3_600_000);
    await context.clock.runFor("01:00");
    expect(await page.getByRole("dialog").isVisible()).toBe(false);
    expect(await page.getByLabel("Name").inputValue()).toBe("Half a name");
    expect(await second.getByRole("heading", { level: 1 }).isVisible()).toBe(true);
  }
  await context.clock.runFor("06:30");
  await page.getByText(/signed out because nobody was here/).waitFor();
  await second.getByText(/signed out because nobody was here/).waitFor();
});

test("what one person typed is gone when another one signs in, in the same tab", async () => {
  const context = await newVisitor(browser);
  await context.clock.install();
  const page = await context.newPage();
  await page.goto(`${server.url}/patients/new`);
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await page.getByLabel("Name").fill("Half a name");
  await context.clock.runFor("10:10");
  await page.getByRole("button", { name: /^Administrator/ }).click();
  expect(await page.getByLabel("Name").inputValue()).toBe("");
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("Half a name");
});
