import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roles } from "#contract/staff.ts";
import { launchChromium } from "#test/support/chromium.ts";
import { type RunningServer, startServer } from "#test/support/server.ts";
import { startStaticHost } from "#test/support/static-host.ts";
import { demoFolder } from "../../src/built.ts";
import { newVisitor } from "./visitor.ts";

let browser: Browser;
let host: Awaited<ReturnType<typeof startStaticHost>>;
let server: RunningServer;

beforeAll(async () => {
  [browser, host, server] = await Promise.all([
    launchChromium(),
    startStaticHost(demoFolder, "/some/path/"),
    startServer(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await host.stop();
  await server.stop();
});

interface Call {
  method: string;
  path: string;
  body?: unknown;
}

/** An answer without what differs from one run to another. */
interface Told {
  status: number;
  type: string | null;
  code: unknown;
  fields: unknown;
  keys: string[];
}

/** One after the other, as the page's own `fetch` asks them. */
const ask = (page: Page, calls: readonly Call[]): Promise<{ told: Told; body: unknown }[]> =>
  page.evaluate(async (asked) => {
    const answers = [];
    for (const { method, path, body } of asked) {
      const hasBody = method !== "GET" && method !== "HEAD";
      const response = await fetch(path, {
        method,
        headers: hasBody ? { "content-type": "application/json" } : {},
        body: hasBody ? JSON.stringify(body ?? {}) : null,
      });
      const type = response.headers.get("content-type");
      const answer = type?.includes("json") ? await response.json() : null;
      const { status } = response;
      const { code, fields } = answer ?? {};
      const keys = Object.keys(answer ?? {}).sort();
      answers.push({ told: { status, type, code, fields, keys }, body: answer });
    }
    return answers;
  }, calls);

async function open(address: string): Promise<Page> {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole("button", { name: /^Clinician/ }).waitFor();
  return page;
}

interface Document {
  paths: Record<string, Record<string, unknown>>;
}

/** Every address that the server describes, for a patient and a sensor of the sandbox where it names one. */
async function callsOn(page: Page): Promise<Call[]> {
  await ask(page, [{ method: "POST", path: "/api/auth/demo/sign-in", body: { role: "clinician" } }]);
  const [document, found] = await ask(page, [
    { method: "GET", path: "/api/openapi.json" },
    { method: "POST", path: "/api/patients/lookup", body: { partnerUid: "clinic-0003" } },
  ]);
  if (!document || !found) throw new Error("the server did not answer");
  const { id } = (found.body as { patient: { id: string } }).patient;
  return Object.entries((document.body as Document).paths)
    .filter(([path]) => !path.startsWith("/api/auth/"))
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({
        method: method.toUpperCase(),
        path: path
          .replace(/(?<=^\/(?:api\/patients|fhir\/Patient)\/)\{\w+\}/, id)
          .replace("{serial}", "P225043056")
          .replaceAll(/\{\w+\}/g, "none"),
      })),
    );
}

test("every address answers each role in a tab as it does on a server", async () => {
  const [inTab, onServer] = await Promise.all([open(host.url), open(server.url)]);
  const [tabCalls, serverCalls] = await Promise.all([callsOn(inTab), callsOn(onServer)]);
  expect(tabCalls.length).toBeGreaterThan(100);
  for (const role of [null, ...roles]) {
    const way: Call = role
      ? { method: "POST", path: "/api/auth/demo/sign-in", body: { role } }
      : { method: "POST", path: "/api/auth/sign-out" };
    const [tab, node] = await Promise.all([
      ask(inTab, [way, ...tabCalls]),
      ask(onServer, [way, ...serverCalls]),
    ]);
    const named = (answers: typeof tab) =>
      answers.slice(1).map(({ told }, index) => {
        const { method, path } = serverCalls[index] as Call;
        return { role, method, path, ...told };
      });
    expect(named(tab)).toEqual(named(node));
  }
});
