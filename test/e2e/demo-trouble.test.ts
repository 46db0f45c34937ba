import { afterAll, beforeAll, expect, test } from "vitest";
import { openPatient, showDemo } from "./demo-visit.ts";

let demo: Awaited<ReturnType<typeof showDemo>>;
beforeAll(async () => {
  demo = await showDemo();
});
afterAll(() => demo.stop());

test("without a service worker, as in some private windows, it works all the same", async () => {
  const { context } = await demo.newBrowser({ serviceWorkers: "block" });
  const page = await demo.signIn(context);
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  await page.reload();
  await page.getByTestId("curve").waitFor();
  await context.close();
});

test("without shared workers a second tab says that the first one has it", async () => {
  const { context } = await demo.newBrowser();
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, "SharedWorker"));
  const page = await demo.signIn(context);
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  const other = await context.newPage();
  await other.goto(demo.url);
  await other.getByText("The demonstration is open in another tab").waitFor();
  await other.getByText("演示已在另一个标签页中打开").waitFor();
  await page.close();
  await other.reload();
  await openPatient(other, "Oliver Bennett");
  await context.close();
});

test("a platform that hangs is a platform that did not answer in time, as on a server", async () => {
  const { context } = await demo.newBrowser();
  const page = await demo.signIn(context);
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

test("on plain http it says where it runs", async () => {
  const { context } = await demo.newBrowser();
  const page = await context.newPage();
  await page.addInitScript(() => Object.defineProperty(globalThis, "isSecureContext", { value: false }));
  await page.goto(demo.url);
  await page.getByText("The demonstration runs on https addresses and on localhost only.").waitFor();
  await context.close();
});

test("where the browser keeps nothing, the banner says so and the demonstration runs", async () => {
  const { context } = await demo.newBrowser();
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, "SharedWorker"));
  await context.route(/server-\w+\.js$/, async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    const refuse = 'IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); };\n';
    await route.fulfill({ response: answer, body: refuse + text });
  });
  const page = await demo.signIn(context);
  await page.getByText("This browser keeps nothing: a reload undoes what was done.").waitFor();
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  await context.close();
});

test("what a former version kept is discarded, which the banner says", async () => {
  const { context } = await demo.newBrowser();
  const page = await context.newPage();
  await page.goto(`${demo.url}demo.json`);
  await page.evaluate(
    () =>
      new Promise((done) => {
        indexedDB.open("trendline-demo /some/path/ former").onsuccess = ({ target }) => {
          (target as IDBOpenDBRequest).result.close();
          done(null);
        };
      }),
  );
  await page.goto(demo.url);
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await page
    .getByText("What was kept could not be used by this version: the demonstration began anew.")
    .waitFor();
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(1);
  await context.close();
});

test("kept data that is damaged is discarded, which the banner says", async () => {
  const { context } = await demo.newBrowser();
  const page = await demo.signIn(context);
  await page.getByRole("link", { name: "Add patient" }).waitFor();
  await page.goto(`${demo.url}demo.json`);
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
  await page.goto(demo.url);
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await page.getByText("the demonstration began anew").waitFor();
  await openPatient(page, "Oliver Bennett");
  await page.getByTestId("curve").waitFor();
  await context.close();
});

test("once a newer version has begun, a tab of the older one asks to be reloaded", async () => {
  const { context } = await demo.newBrowser();
  const page = await demo.signIn(context);
  await page.getByRole("link", { name: "Add patient" }).waitFor();
  const other = await context.newPage();
  await other.goto(`${demo.url}demo.json`);
  // As the newer one does.
  await other.evaluate(async () => {
    for (const { name = "" } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
  });
  await page.getByText("A new version of the demonstration has been opened in another tab.").waitFor();
  await page.getByText("请刷新本页").waitFor();
  await context.close();
});
