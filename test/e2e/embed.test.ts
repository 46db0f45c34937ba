import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import type { Browser, BrowserContext, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "#test/support/chromium.ts";
import { type Asked, startPartner } from "#test/support/partner.ts";
import { type RunningServer, startServer } from "#test/support/server.ts";
import { axeFinds } from "./look.ts";
import { misfits } from "./misfits.ts";
import { newVisitor } from "./visitor.ts";

type Partner = Awaited<ReturnType<typeof startPartner>>;

/** Two companies whose pages may frame Trendline, and one whose may not. */
let partner: Partner;
let other: Partner;
let stranger: Partner;
let browser: Browser;
let clinic: Clinic;

/** A server with somebody of the clinic signed in there, and a key for the partner. */
interface Clinic {
  server: RunningServer;
  staff: BrowserContext;
  // biome-ignore lint/suspicious/noExplicitAny: what each answers is its own test's.
  ask(path: string, data?: unknown, method?: string): Promise<any>;
  patients: { id: string; name: string }[];
  key: { id: string; secret: string };
}

async function startClinic(env: Record<string, string> = {}): Promise<Clinic> {
  const origins = `${partner.origin},${other.origin}`;
  const server = await startServer({ EMBED_ORIGINS: origins, LOG_LEVEL: "info", ...env });
  const staff = await newVisitor(browser);
  const ask: Clinic["ask"] = async (path, data, method = "POST") => {
    const answer = await staff.request.fetch(server.url + path, { method, data });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  await ask("/api/auth/demo/sign-in", { role: "administrator" });
  const { rows } = await ask("/api/patients/search", { sort: "name", limit: 50 });
  const patients = ["王秀英", "李娜"].map(
    (name) => rows.find((row: { name: string }) => row.name.includes(name)) ?? rows[0],
  );
  const made = await ask("/api/keys", { name: "Partner portal", role: "clinician", days: 1 });
  return { server, staff, ask, patients, key: { id: made.key.id, secret: made.secret } };
}

beforeAll(async () => {
  [partner, other, stranger, browser] = await Promise.all([
    startPartner(),
    startPartner(),
    startPartner(),
    launchChromium(),
  ]);
  clinic = await startClinic();
});
afterAll(async () => {
  await browser.close();
  await clinic.server.stop();
  await Promise.all([partner.stop(), other.stop(), stranger.stop()]);
});

const errors: string[] = [];

/** Somebody opens a partner's page, which asks for a token for this. */
async function visit(
  asked: Asked,
  {
    of = partner,
    path = "/",
    at = clinic,
    context,
  }: { of?: Partner; path?: string; at?: Clinic; context?: BrowserContext } = {},
): Promise<{ page: Page; frame: FrameLocator }> {
  Object.assign(of.state, { trendline: at.server.url, secret: at.key.secret, asked });
  const page = await (context ?? (await newVisitor(browser))).newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(of.origin + path);
  return { page, frame: page.frameLocator("#glucose") };
}
const patientAt = (n: number) => {
  const found = clinic.patients[n];
  if (!found) throw new Error("the sandbox has nobody");
  return found;
};
const wang = () => patientAt(0);
const li = () => patientAt(1);
const heading = (frame: FrameLocator, name: string) => frame.getByRole("heading", { level: 1, name });
const inside = (page: Page) => {
  const frame = page.frames().find((one) => one.url().endsWith("/embed"));
  if (!frame) throw new Error("nothing of Trendline is in the page");
  return frame;
};
const heard = (page: Page) =>
  page.evaluate(
    () => (window as unknown as { heard?: { trendline: string; reason?: string }[] }).heard ?? [],
  );

/** In the frame: as in a browser that lets no site but the one on top keep anything. */
function denyStorage(origin: string): void {
  if (location.origin !== origin) return;
  const denied = () => {
    throw new DOMException("Access is denied for this document.", "SecurityError");
  };
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
    Object.defineProperty(window, name, { get: denied });
  Object.defineProperty(Document.prototype, "cookie", { get: denied, set: denied });
}

test("a patient stands in a partner's page: sized by message, without a cookie, the token in no address and no log", async () => {
  const context = await newVisitor(browser, { viewport: { width: 1280, height: 900 } });
  // A session of Trendline's in the same browser neither goes along nor is needed.
  await context.addCookies(await clinic.staff.cookies());
  const sent: { url: string; cookie: string | undefined; set: string | undefined }[] = [];
  context.on("requestfinished", async (request) => {
    if (!request.url().startsWith(clinic.server.url)) return;
    const [headers, answer] = [await request.allHeaders(), await request.response()];
    sent.push({
      url: request.url(),
      cookie: headers.cookie,
      set: (await answer?.allHeaders())?.["set-cookie"],
    });
  });
  await context.addInitScript(denyStorage, clinic.server.url);
  const { page, frame } = await visit({ patient: wang().id }, { context });
  await heading(frame, wang().name).waitFor();
  await frame.getByRole("slider").first().waitFor();
  await frame.getByRole("table").first().waitFor();
  await frame.getByText(/^As of .*, just now$/).waitFor();
  // All of it is in sight, without a second scroll bar.
  await expect
    .poll(() => inside(page).evaluate(() => document.documentElement.scrollHeight - innerHeight))
    .toBe(0);
  expect(await page.locator("#glucose").evaluate((one) => one.clientHeight)).toBeGreaterThan(500);
  expect(await frame.getByRole("link").count()).toBe(0);
  expect(inside(page).url()).toBe(`${clinic.server.url}/embed`);

  const [token = ""] = partner.state.tokens.slice(-1);
  expect(token).toMatch(/^tle_/);
  await expect.poll(() => sent.filter(({ url }) => url.includes("/api/embedded/")).length).toBeGreaterThan(2);
  expect(sent.filter(({ url }) => url.includes(token) || url.includes("tlp_"))).toEqual([]);
  expect(sent.filter(({ cookie, set }) => cookie ?? set)).toEqual([]);
  expect(clinic.server.output()).not.toContain(token.slice(8, 48));
  expect(errors).toEqual([]);
  await context.close();
});

const shots = process.env.SCREENSHOTS;

test.each<[string, () => Asked, number, string]>([
  ["patient", () => ({ patient: wang().id }), 1280, "en"],
  [
    "patient-narrow",
    () => ({ patient: wang().id, language: "zh-CN", unit: "mg/dL", scheme: "dark" }),
    320,
    "zh-CN",
  ],
  ["sensor", () => ({ serial: "P225043073", scheme: "light" }), 1280, "en"],
  ["sensor-narrow", () => ({ serial: "P225043073", language: "zh-CN", scheme: "dark" }), 320, "zh-CN"],
])("it fits, is well made, and is as the partner asked: %s", async (name, asked, width, language) => {
  const context = await newVisitor(browser, { viewport: { width, height: 3600 } });
  const { page, frame } = await visit(asked(), { context });
  await frame.getByRole("slider").first().waitFor();
  await expect.poll(() => frame.locator('[aria-busy="true"]').count()).toBe(0);
  const { scheme = "light", unit = "mmol/L" } = asked();
  const look = () =>
    inside(page).evaluate(() => ({
      ...document.documentElement.dataset,
      lang: document.documentElement.lang,
    }));
  expect(await look()).toMatchObject({ mantineColorScheme: scheme, lang: language });
  await frame.getByText(unit).first().waitFor();
  if (shots) mkdirSync(shots, { recursive: true });
  if (shots) await page.screenshot({ path: `${shots}/embed-${name}.png` });
  await expect.poll(() => inside(page).evaluate(misfits)).toEqual([]);
  expect(await axeFinds(inside(page))).toEqual([]);
  await context.close();
});

test("the curve is read by keyboard from the partner's page on, and another period is chosen without leaving", async () => {
  const { page, frame } = await visit({ patient: wang().id });
  const curve = frame.getByRole("slider").first();
  await curve.waitFor();
  const before = page.url();
  const title = await frame.getByRole("heading", { level: 2 }).first().innerText();
  for (let tabs = 0; tabs < 40; tabs += 1) {
    await page.keyboard.press("Tab");
    if (await curve.evaluate((one) => one === document.activeElement)) break;
  }
  await page.keyboard.press("End");
  await expect.poll(() => curve.getAttribute("aria-valuetext")).toMatch(/mmol\/L/);
  const entries = await page.evaluate(() => history.length);
  await frame.getByText("24 h", { exact: true }).click();
  await expect.poll(() => frame.getByRole("heading", { level: 2 }).first().innerText()).not.toBe(title);
  expect([page.url(), inside(page).url()]).toEqual([before, `${clinic.server.url}/embed`]);
  expect(await page.evaluate(() => history.length)).toBe(entries);
  await page.close();
});

test("only pages of the configured origins frame it, whoever frames them; nothing else of Trendline is framed at all", async () => {
  const refused = async (of: Partner, path: string) => {
    const { page } = await visit({ patient: wang().id }, { of, path });
    await expect.poll(() => page.frames().at(-1)?.url()).toMatch(/^chrome-error:/);
    await page.close();
  };
  await refused(stranger, "/");
  await refused(partner, "/framed-app");
  // A page of ours in a page of ours, and in a stranger's.
  const { page } = await visit({ patient: wang().id }, { path: "/nested" });
  const nested = page.frameLocator("iframe").frameLocator("#glucose");
  await heading(nested, wang().name).waitFor();
  await page.goto(`${stranger.origin}/around?${encodeURIComponent(`${partner.origin}/`)}`);
  await expect.poll(() => page.frames().at(-1)?.url()).toMatch(/^chrome-error:/);
  expect(page.frames()).toHaveLength(3);
  await page.close();
});

test("opened as a page, and in a page that says nothing or nonsense, it says why nothing is shown", async () => {
  const alone = await (await newVisitor(browser)).newPage();
  await alone.goto(`${clinic.server.url}/embed`);
  await alone.getByRole("heading", { name: "Nothing is shown here by itself" }).waitFor();
  await alone.evaluate(() => window.postMessage({ trendline: "token", token: "x" }, "*"));
  expect(await axeFinds(alone)).toEqual([]);
  await alone.close();

  const silent = await visit({}, { path: "/silent" });
  await silent.frame.getByText("Waiting to be told what to show").waitFor();
  await silent.frame.getByText("The page around this view has not said what to show").waitFor();
  await silent.page.close();

  const nonsense = await visit({}, { path: "/nonsense" });
  await nonsense.frame.getByText("What was handed over opens nothing").waitFor();
  await expect
    .poll(() => heard(nonsense.page))
    .toContainEqual({ trendline: "token-needed", reason: "unknown" });
  await nonsense.page.close();
  expect(errors).toEqual([]);
});

test("a token for another page, and one that was used, open nothing; the page is told which", async () => {
  Object.assign(other.state, { parentOrigin: partner.origin });
  const { page, frame } = await visit({ patient: wang().id }, { of: other });
  await frame.getByText("This view is for another page").waitFor();
  await page.close();

  const again = await visit({ patient: wang().id }, { path: "/again" });
  await again.frame.getByText("This view was opened already").waitFor();
  expect(await again.frame.getByText(wang().name).count()).toBe(0);
  await expect.poll(() => heard(again.page)).toContainEqual({ trendline: "token-needed", reason: "used" });
  await again.page.close();
});

test("a token for somebody else shows them, and nothing of whom was shown before", async () => {
  const { page, frame } = await visit({ patient: wang().id }, { path: "/asking" });
  await heading(frame, wang().name).waitFor();
  partner.state.asked = { patient: li().id };
  await page.evaluate(() => (window as unknown as { bring(): void }).bring());
  await heading(frame, li().name).waitFor();
  expect(await frame.getByText(wang().name).count()).toBe(0);
  await page.close();
});

test("a browser whose clock is a day ahead or behind shows the same", async () => {
  for (const hours of [24, -24]) {
    const context = await newVisitor(browser);
    await context.clock.install({ time: Date.now() + hours * 3_600_000 });
    const { frame } = await visit({ patient: wang().id }, { context });
    await heading(frame, wang().name).waitFor();
    await frame.getByText(/^As of .*, just now$/).waitFor();
    await frame.getByText(/^measured\s(just now|\d+\sminutes? ago)/).waitFor();
    await context.close();
  }
});

/** One that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

test("while the platform is out a view says so and keeps the age of what it shows, and goes on by itself", async () => {
  const port = await freePort();
  const faults = `http://127.0.0.1:${port}/sandbox/faults`;
  const quick = await startClinic({ SANDBOX_SPEED: "30", SANDBOX_PORT: String(port) });
  try {
    const [patient] = quick.patients;
    const { page, frame } = await visit({ patient: patient?.id }, { at: quick, path: "/renewing" });
    await heading(frame, patient?.name ?? "").waitFor();
    await frame.getByRole("slider").first().waitFor();
    await fetch(faults, { method: "POST", body: JSON.stringify({ kind: "outage" }) });
    const told = frame.getByText(/What you see may be older/);
    await told.waitFor();
    await heading(frame, patient?.name ?? "").waitFor();
    await frame.getByText(/^As of .*\sminutes? ago$/).waitFor();
    await fetch(faults, { method: "DELETE" });
    await told.waitFor({ state: "detached" });
    await frame.getByText(/^As of .*(just now|1\sminute ago)$/).waitFor();
    await page.close();
  } finally {
    await quick.server.stop();
  }
});

test("a view goes on with a new token, ends where none comes, and ends with its key, the switch and the record", async () => {
  // Ten minutes are twenty seconds.
  const quick = await startClinic({ SANDBOX_SPEED: "30" });
  try {
    const [patient, second] = quick.patients;
    const renewed = await visit({ patient: patient?.id }, { at: quick });
    const before = partner.state.tokens.length;
    await heading(renewed.frame, patient?.name ?? "").waitFor();
    const curve = renewed.frame.getByRole("slider").first();
    await curve.evaluate((one) => one.setAttribute("data-test", "kept"));
    await expect.poll(() => partner.state.tokens.length).toBeGreaterThan(before + 1);
    await heading(renewed.frame, patient?.name ?? "").waitFor();
    // It is the very same page, zoomed in as it was.
    expect(await curve.getAttribute("data-test")).toBe("kept");
    await renewed.page.close();

    const left = await visit({ patient: patient?.id }, { at: quick, path: "/asking" });
    await heading(left.frame, patient?.name ?? "").waitFor();
    await left.frame.getByText("This view has run out").waitFor();
    expect(await left.frame.getByText(patient?.name ?? "").count()).toBe(0);
    expect(await left.frame.getByRole("slider").count()).toBe(0);
    expect((await heard(left.page)).flatMap(({ reason }) => reason ?? [])).toEqual(["expiring", "expired"]);
    await left.page.close();

    const of = (asked: Asked) => visit(asked, { at: quick, path: "/renewing" });
    const archived = await of({ patient: second?.id });
    await heading(archived.frame, second?.name ?? "").waitFor();
    await quick.ask(`/api/patients/${second?.id}`, { archived: true }, "PATCH");
    await archived.frame.getByText("This patient’s record has changed").waitFor();
    await archived.page.close();

    const kept = await of({ patient: patient?.id });
    await heading(kept.frame, patient?.name ?? "").waitFor();
    await quick.ask("/api/exchange", { isOn: false }, "PUT");
    await kept.frame.getByText("The clinic shows nothing to other pages at the moment").waitFor();
    expect(await kept.frame.getByText(patient?.name ?? "").count()).toBe(0);
    await quick.ask("/api/exchange", { isOn: true }, "PUT");
    await kept.page.close();

    const revoked = await of({ serial: "P225043073" });
    await heading(revoked.frame, "Sensor P225043073").waitFor();
    await quick.ask(`/api/keys/${quick.key.id}`, undefined, "DELETE");
    await revoked.frame.getByText("This view may not be shown any more").waitFor();
    await revoked.page.close();
  } finally {
    await quick.server.stop();
  }
});
