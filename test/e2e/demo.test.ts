import { globSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPdf } from "#test/support/pdf.ts";
import { demoFolder, stampName } from "../../src/built.ts";
import { addPatient, openPatient, search, showDemo } from "./demo-visit.ts";

let demo: Awaited<ReturnType<typeof showDemo>>;
beforeAll(async () => {
  demo = await showDemo();
});
afterAll(() => demo.stop());

/** The service worker keeps neither itself nor the page for addresses that are not there; the way in is kept by its address. */
const notKept = ["index.html", "404.html", "service-worker.js", stampName];

/** The files of the folder that the browser has not kept yet. */
async function missingIn(page: Page): Promise<string[]> {
  const kept = await page.evaluate(async () => {
    const caching = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
    return (await Promise.all(caching)).flat().map(({ url }) => url);
  });
  const files = globSync("**/*.*", { cwd: demoFolder }).filter((file) => !notKept.includes(file));
  return ["", ...files].filter((file) => !kept.includes(demo.url + file));
}

test("under a path of any web server a clinician gets from the front door to a curve, and nothing leaves the browser", async () => {
  const { context, errors, urls } = await demo.newBrowser();
  const page = await demo.signIn(context);
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  await page.getByRole("region", { name: "Time in ranges" }).waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/some\/path\/patients\/[\w-]+$/);
  expect(errors).toEqual([]);
  expect(urls.length).toBeGreaterThan(20);
  const origin = new URL(demo.url).origin;
  expect(urls.filter((url) => !url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url))).toEqual([]);
  await context.close();
});

test("at the root of a host it is the same", async () => {
  const atRoot = await showDemo("/");
  const { context, errors } = await atRoot.newBrowser();
  const page = await atRoot.signIn(context);
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  await page.reload();
  await page.getByTestId("curve").waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/patients\/[\w-]+$/);
  expect(errors).toEqual([]);
  await atRoot.stop();
});

test("what was done is there after a reload, at the same address, and in another tab", async () => {
  const { context, errors } = await demo.newBrowser();
  const page = await demo.signIn(context);
  await addPatient(page, "demo-1", "Ada Newcomer");
  const address = page.url();
  await page.reload();
  await page.getByText("Waiting for a sensor to be bound").first().waitFor();
  expect(page.url()).toBe(address);
  const other = await context.newPage();
  await other.goto(`${demo.url}patients`);
  await openPatient(other, "Ada Newcomer");
  await other.getByText("Waiting for a sensor to be bound").first().waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test("all tabs closed and opened again, it goes on as it was left, the visitor signed in", async () => {
  const { context } = await demo.newBrowser();
  const page = await demo.signIn(context);
  await addPatient(page, "demo-1", "Ada Newcomer");
  await page.close();
  const later = await context.newPage();
  await later.goto(demo.url);
  await openPatient(later, "Ada Newcomer");
  await later.getByText("Waiting for a sensor to be bound").first().waitFor();
  await context.close();
});

test("reset brings every tab back to the way in, and what was done is gone", async () => {
  const { context } = await demo.newBrowser();
  const page = await demo.signIn(context);
  await addPatient(page, "demo-1", "Ada Newcomer");
  const other = await context.newPage();
  await other.goto(`${demo.url}patients`);
  await other.getByRole("searchbox").first().waitFor();
  await page.getByRole("button", { name: "Reset the demonstration" }).click();
  await page.getByRole("button", { name: "Reset it" }).click();
  await other.getByRole("button", { name: /^Clinician/ }).waitFor();
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await search(page, "Ada Newcomer");
  await page.getByText("No patient matches “Ada Newcomer”").waitFor();
  await search(page, "Oliver Bennett");
  await page.getByRole("link", { name: "Oliver Bennett" }).waitFor();
  await context.close();
});

test("without a network it is there after the first visit, at any address within", async () => {
  const { context } = await demo.newBrowser();
  const page = await demo.signIn(context);
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  await expect.poll(() => missingIn(page)).toEqual([]);
  await context.setOffline(true);
  await page.reload();
  await page.getByTestId("curve").waitFor();
  await page.getByRole("link", { name: "Fleet" }).click();
  await page.getByRole("heading", { name: /fleet/i }).first().waitFor();
  await context.close();
});

test("an address within opens in a browser that has never been there", async () => {
  const { context } = await demo.newBrowser();
  const page = await demo.signIn(context, "Support", "devices/P225043056?x=1#life");
  await page.getByText("P225043056").first().waitFor();
  expect(page.url()).toBe(`${demo.url}devices/P225043056?x=1#life`);
  await context.close();
});

test("a report is a PDF file, in Chinese as well", async () => {
  const { context } = await demo.newBrowser();
  const page = await demo.signIn(context);
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  const file = await page.evaluate(async () => {
    const id = location.pathname.split("/").at(-1);
    const asked = "days=14&paper=a4&language=zh-CN&unit=mmol%2FL";
    const answer = await fetch(`/api/patients/${id}/report.pdf?${asked}`);
    return [...new Uint8Array(await answer.arrayBuffer())];
  });
  const { says } = await readPdf(Uint8Array.from(file));
  expect(says("葡萄糖报告")).toBe(true);
  await context.close();
});

test("an invitation's link leads into the folder; a common password is refused there, and another one lets in", async () => {
  const { context } = await demo.newBrowser();
  const page = await demo.signIn(context, "Administrator", "staff");
  await page.getByLabel("Name").fill("Noor Haddad");
  await page.getByLabel("E-mail address").fill("noor@clinic.example");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByRole("textbox", { name: "The link for Noor Haddad" }).inputValue();
  expect(link).toContain(`${demo.url}invitation#`);
  const hers = await context.newPage();
  await hers.goto(link);
  await hers.getByLabel("Password", { exact: true }).fill("password1234");
  await hers.getByLabel("Password again").fill("password1234");
  await hers.getByRole("button", { name: "Set the password and sign in" }).click();
  await hers.getByText(/among the passwords that are tried first/).waitFor();
  await hers.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await hers.getByLabel("Password again").fill("correct horse battery");
  await hers.getByRole("button", { name: "Set the password and sign in" }).click();
  await hers.getByRole("heading", { level: 1, name: "Patients" }).waitFor();
  await context.close();
});

test("a link to a file of the server gets the file", async () => {
  const { context } = await demo.newBrowser();
  const page = await demo.signIn(context, "Administrator", "api-docs");
  await page.locator('a[href$="/api/openapi.json"]').first().click();
  await page.waitForURL(`${demo.url}api/openapi.json`);
  await page.getByText('"openapi"').waitFor();
  await context.close();
});

test("an import goes on where it was when all tabs were closed, and nobody is lost", async () => {
  const { context } = await demo.newBrowser();
  const page = await demo.signIn(context);
  await page.getByRole("link", { name: "Add patient" }).waitFor();
  const people = Array.from({ length: 100 }, (_, index) => `row-${index},Person ${index},DE,Europe/Berlin`);
  const id = await page.evaluate(
    async (text) => {
      const headers = { "content-type": "application/octet-stream", "x-file-name": "people.csv" };
      const checked = await fetch("/api/imports", { method: "POST", headers, body: text });
      const job = await checked.json();
      await fetch(`/api/imports/${job.id}/start`, { method: "POST" });
      return job.id as string;
    },
    ["partnerUid,name,region,timeZone", ...people].join("\n"),
  );
  await page.close();
  const later = await context.newPage();
  await later.goto(demo.url);
  const job = () => later.evaluate(async (path) => (await fetch(path)).json(), `/api/imports/${id}`);
  await later.getByRole("link", { name: "Add patient" }).waitFor();
  await expect.poll(async () => (await job()).state).toBe("done");
  expect((await job()).counts).toMatchObject({ registered: 100, failed: 0 });
  await search(later, "Person 99");
  await later.getByRole("link", { name: "Person 99" }).waitFor();
  await context.close();
});
