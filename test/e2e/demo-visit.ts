import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium } from "#test/support/chromium.ts";
import { startStaticHost } from "#test/support/static-host.ts";
import { demoFolder } from "../../src/built.ts";
import { newVisitor } from "./visitor.ts";

interface Visit {
  context: BrowserContext;
  /** Errors of the console and of the pages. */
  errors: string[];
  /** Addresses that pages and workers asked for. */
  urls: string[];
}

/** The demonstration on a plain web server under a path, and a browser. */
export async function showDemo(path = "/some/path/") {
  const [browser, host] = await Promise.all([launchChromium(), startStaticHost(demoFolder, path)]);
  return {
    url: host.url,
    async newBrowser(options: Parameters<Browser["newContext"]>[0] = {}): Promise<Visit> {
      const context = await newVisitor(browser, options);
      const errors: string[] = [];
      const urls: string[] = [];
      context.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      context.on("weberror", (error) => errors.push(error.error().message));
      context.on("request", (request) => urls.push(request.url()));
      return { context, errors, urls };
    },
    async signIn(context: BrowserContext, role = "Clinician", address = ""): Promise<Page> {
      const page = await context.newPage();
      await page.goto(host.url + address);
      await page.getByRole("button", { name: new RegExp(`^${role}`) }).click();
      return page;
    },
    stop: () => Promise.all([browser.close(), host.stop()]),
  };
}

export const search = (page: Page, name: string) => page.getByRole("searchbox").first().fill(name);

export async function openPatient(page: Page, name: string): Promise<void> {
  await search(page, name);
  await page.getByRole("link", { name }).click();
}

export async function addPatient(page: Page, uid: string, name: string): Promise<void> {
  await page.getByRole("link", { name: "Add patient" }).click();
  await page.getByRole("textbox", { name: /^Partner user ID/ }).fill(uid);
  await page.getByRole("textbox", { name: /^Name/ }).fill(name);
  await page.getByRole("combobox", { name: "Region" }).fill("DE");
  await page.getByRole("button", { name: "Register patient" }).click();
  // No region is usual here yet.
  await page.getByRole("button", { name: "Yes, register" }).click();
  await page.getByText("Waiting for a sensor to be bound").first().waitFor();
}
