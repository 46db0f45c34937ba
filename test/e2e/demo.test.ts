import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "#test/support/chromium.ts";
import { readPdf } from "#test/support/pdf.ts";
import { startStaticHost } from "#test/support/static-host.ts";
import { demoFolder } from "../../src/built.ts";
import { newVisitor } from "./visitor.ts";

let browser: Browser;
let host: Awaited<ReturnType<typeof startStaticHost>>;

beforeAll(async () => {
  [browser, host] = await Promise.all([launchChromium(), startStaticHost(demoFolder, "/some/path/")]);
});
afterAll(async () => {
  await browser.close();
  await host.stop();
});

interface Visit {
  context: BrowserContext;
  /** Errors of the console and of the pages. */
  errors: string[];
  /** Addresses that pages and workers asked for. */
  urls: string[];
}

async function newBrowser(options: Parameters<Browser["newContext"]>[0] = {}): Promise<Visit> {
  const context = await newVisitor(browser, options);
  const errors: string[] = [];
  const urls: string[] = [];
  context.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  context.on("weberror", (error) => errors.push(error.error().message));
  context.on("request", (request) => urls.push(request.url()));
  return { context, errors, urls };
}

async function signIn(context: BrowserContext, role = "Clinician", path = ""): Promise<Page> {
  const page = await context.newPage();
  await page.goto(host.url + path);
  await page.getByRole("button", { name: new RegExp(`^${role}`) }).click();
  return page;
}

const search = (page: Page, name: string) => page.getByRole("searchbox").first().fill(name);

async function openPatient(page: Page, name: string): Promise<void> {
  await search(page, name);
  await page.getByRole("link", { name }).click();
}

async function addPatient(page: Page, uid: string, name: string): Promise<void> {
  await page.getByRole("link", { name: "Add patient" }).click();
  await page.getByRole("textbox", { name: /^Partner user ID/ }).fill(uid);
  await page.getByRole("textbox", { name: /^Name/ }).fill(name);
  await page.getByRole("combobox", { name: "Region" }).fill("DE");
  await page.getByRole("button", { name: "Register patient" }).click();
  // No region is usual here yet.
  await page.getByRole("button", { name: "Yes, register" }).click();
  await page.getByText("Waiting for a sensor to be bound").first().waitFor();
}

/** All of the folder is kept. */
const isKept = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const kept = await Promise.all(
      names.map(async (name) => (await (await caches.open(name)).keys()).length),
    );
    return Math.max(0, ...kept) > 50;
  });

test("under a path of any web server a clinician gets from the front door to a curve, and nothing leaves the browser", async () => {
  const { context, errors, urls } = await newBrowser();
  const page = await signIn(context);
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  await page.getByRole("region", { name: "Time in ranges" }).waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/some\/path\/patients\/[\w-]+$/);
  expect(errors).toEqual([]);
  expect(urls.length).toBeGreaterThan(20);
  const origin = new URL(host.url).origin;
  expect(urls.filter((url) => !url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url))).toEqual([]);
  await context.close();
});

test("at the root of a host it is the same", async () => {
  const rootHost = await startStaticHost(demoFolder, "/");
  const { context, errors } = await newBrowser();
  const page = await context.newPage();
  await page.goto(rootHost.url);
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  await page.reload();
  await page.getByTestId("curve").waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/patients\/[\w-]+$/);
  expect(errors).toEqual([]);
  await context.close();
  await rootHost.stop();
});

test("what was done is there after a reload, at the same address, and in another tab", async () => {
  const { context, errors } = await newBrowser();
  const page = await signIn(context);
  await addPatient(page, "demo-1", "Ada Newcomer");
  const address = page.url();
  await page.reload();
  await page.getByText("Waiting for a sensor to be bound").first().waitFor();
  expect(page.url()).toBe(address);
  const other = await context.newPage();
  await other.goto(`${host.url}patients`);
  await openPatient(other, "Ada Newcomer");
  await other.getByText("Waiting for a sensor to be bound").first().waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test("all tabs closed and opened again, it goes on as it was left, the visitor signed in", async () => {
  const { context } = await newBrowser();
  const page = await signIn(context);
  await addPatient(page, "demo-1", "Ada Newcomer");
  await page.close();
  const later = await context.newPage();
  await later.goto(host.url);
  await openPatient(later, "Ada Newcomer");
  await later.getByText("Waiting for a sensor to be bound").first().waitFor();
  await context.close();
});

test("reset brings every tab back to the way in, and what was done is gone", async () => {
  const { context } = await newBrowser();
  const page = await signIn(context);
  await addPatient(page, "demo-1", "Ada Newcomer");
  const other = await context.newPage();
  await other.goto(`${host.url}patients`);
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
  const { context } = await newBrowser();
  const page = await signIn(context);
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  await expect.poll(() => isKept(page)).toBe(true);
  await context.setOffline(true);
  await page.reload();
  await page.getByTestId("curve").waitFor();
  await page.getByRole("link", { name: "Fleet" }).click();
  await page.getByRole("heading", { name: /fleet/i }).first().waitFor();
  await context.close();
});

test("an address within opens in a browser that has never been there", async () => {
  const { context } = await newBrowser();
  const page = await signIn(context, "Support", "devices/P225043056?x=1#life");
  await page.getByText("P225043056").first().waitFor();
  expect(page.url()).toBe(`${host.url}devices/P225043056?x=1#life`);
  await context.close();
});

test("without a service worker, as in some private windows, it works all the same", async () => {
  const { context } = await newBrowser({ serviceWorkers: "block" });
  const page = await signIn(context);
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  await page.reload();
  await page.getByTestId("curve").waitFor();
  await context.close();
});

test("without shared workers a second tab says that the first one has it", async () => {
  const { context } = await newBrowser();
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, "SharedWorker"));
  const page = await signIn(context);
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  const other = await context.newPage();
  await other.goto(host.url);
  await other.getByText("The demonstration is open in another tab").waitFor();
  await other.getByText("演示已在另一个标签页中打开").waitFor();
  await page.close();
  await other.reload();
  await openPatient(other, "Oliver Bennett");
  await context.close();
});

test("a platform that hangs is a platform that did not answer in time, as on a server", async () => {
  const { context } = await newBrowser();
  const page = await signIn(context);
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  const answer = await page.evaluate(async () => {
    const fault = { kind: "latency", ms: 60_000, count: 50 };
    await fetch("/sandbox/faults", { method: "POST", body: JSON.stringify(fault) });
    const id = location.pathname.split("/").at(-1);
    const end = Date.now() - 40 * 24 * 3_600_000;
    const span = `start=${end - 24 * 3_600_000}&end=${end}`;
    const response = await fetch(`/api/patients/${id}/readings?${span}`);
    return { status: response.status, code: (await response.json()).code };
  });
  expect(answer).toEqual({ status: 504, code: "platform-timeout" });
  await context.close();
});

test("a report is a PDF file, in Chinese as well", async () => {
  const { context } = await newBrowser();
  const page = await signIn(context);
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

test("on plain http it says where it runs", async () => {
  const { context } = await newBrowser();
  const page = await context.newPage();
  await page.addInitScript(() => Object.defineProperty(globalThis, "isSecureContext", { value: false }));
  await page.goto(host.url);
  await page.getByText("The demonstration runs on https addresses and on localhost only.").waitFor();
  await context.close();
});

test("where the browser keeps nothing, the banner says so and the demonstration runs", async () => {
  const { context } = await newBrowser();
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, "SharedWorker"));
  await context.route(/server-\w+\.js$/, async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    const refuse = 'IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); };\n';
    await route.fulfill({ response: answer, body: refuse + text });
  });
  const page = await signIn(context);
  await page.getByText("This browser keeps nothing: a reload undoes what was done.").waitFor();
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  await context.close();
});

test("what a former version kept is discarded, which the banner says", async () => {
  const { context } = await newBrowser();
  const page = await context.newPage();
  await page.goto(`${host.url}demo.json`);
  await page.evaluate(
    () =>
      new Promise((done) => {
        indexedDB.open("trendline-demo /some/path/ former").onsuccess = ({ target }) => {
          (target as IDBOpenDBRequest).result.close();
          done(null);
        };
      }),
  );
  await page.goto(host.url);
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await page
    .getByText("What was kept could not be used by this version: the demonstration began anew.")
    .waitFor();
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(1);
  await context.close();
});

test("kept data that is damaged is discarded, which the banner says", async () => {
  const { context } = await newBrowser();
  const page = await signIn(context);
  await page.getByRole("link", { name: "Add patient" }).waitFor();
  await page.goto(`${host.url}demo.json`);
  await page.evaluate(async () => {
    const [{ name = "" } = {}] = await indexedDB.databases();
    await new Promise((done) => {
      indexedDB.open(name).onsuccess = ({ target }) => {
        const database = (target as IDBOpenDBRequest).result;
        const state = database.transaction("state", "readwrite").objectStore("state");
        state.get("all").onsuccess = (got) => {
          const kept = (got.target as IDBRequest).result;
          kept.database.fill(7);
          state.put(kept, "all").onsuccess = () => {
            database.close();
            done(null);
          };
        };
      };
    });
  });
  await page.goto(host.url);
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await page.getByText("the demonstration began anew").waitFor();
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  await context.close();
});

test("once a newer version has begun, a tab of the older one asks to be reloaded", async () => {
  const { context } = await newBrowser();
  const page = await signIn(context);
  await page.getByRole("link", { name: "Add patient" }).waitFor();
  const other = await context.newPage();
  await other.goto(`${host.url}demo.json`);
  // As the newer one does.
  await other.evaluate(async () => {
    for (const { name = "" } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
  });
  await page.getByText("A new version of the demonstration has been opened in another tab.").waitFor();
  await page.getByText("请刷新本页").waitFor();
  await context.close();
});

test("an invitation's link leads into the folder; a common password is refused there, and another one lets in", async () => {
  const { context } = await newBrowser();
  const page = await signIn(context, "Administrator", "staff");
  await page.getByLabel("Name").fill("Noor Haddad");
  await page.getByLabel("E-mail address").fill("noor@clinic.example");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByRole("textbox", { name: "The link for Noor Haddad" }).inputValue();
  expect(link).toContain(`${host.url}invitation#`);
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
  const { context } = await newBrowser();
  const page = await signIn(context, "Administrator", "api-docs");
  await page.locator('a[href$="/api/openapi.json"]').first().click();
  await page.waitForURL(`${host.url}api/openapi.json`);
  await page.getByText('"openapi"').waitFor();
  await context.close();
});

test("an import goes on where it was when all tabs were closed, and nobody is lost", async () => {
  const { context } = await newBrowser();
  const page = await signIn(context);
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
  await later.goto(host.url);
  const job = () => later.evaluate(async (path) => (await fetch(path)).json(), `/api/imports/${id}`);
  await later.getByRole("link", { name: "Add patient" }).waitFor();
  await expect.poll(async () => (await job()).state).toBe("done");
  expect((await job()).counts).toMatchObject({ registered: 100, failed: 0 });
  await search(later, "Person 99");
  await later.getByRole("link", { name: "Person 99" }).waitFor();
  await context.close();
});
