import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "#test/support/chromium.ts";
import { type RunningServer, startServer } from "#test/support/server.ts";
import { atRest, axeFinds } from "../e2e/look.ts";
import { misfits } from "../e2e/misfits.ts";
import { newVisitor } from "../e2e/visitor.ts";

let server: RunningServer;
let browser: Browser;
/** Somebody whose name, tags and IDs leave nothing to wrap at. */
let longNamed: string;
const shots = process.env.SCREENSHOTS;

const longName = "Maximiliane-".repeat(10);
const languages = { en: "en-GB", zh: "zh-CN" } as const;
const widthsPx = [320, 390, 768, 820, 1024, 1190, 1440, 1920];
const sizes = [
  ...widthsPx.map((widthPx) => ({ widthPx, fontPx: 16 })),
  ...[320, 390].map((widthPx) => ({ widthPx, fontPx: 24 })),
];
const axeWidthsPx = [390, 1440];
const schemes = ["light", "dark", "forced colours"] as const;

interface Stop {
  role: "clinician" | "support" | "administrator" | null;
  path: () => string;
  /** Brings the page into the state that is looked at; without it the page as it opens. */
  arrange?: (page: Page) => Promise<void>;
}

async function chooseEveryone(page: Page): Promise<void> {
  await page.evaluate(
    async (body) => {
      const headers = { "content-type": "application/json" };
      await fetch("/api/account/ward", { method: "PUT", headers, body });
    },
    JSON.stringify({ shown: { search: "" }, named: "name" }),
  );
  await page.reload();
  await page.getByRole("list").getByRole("listitem").first().waitFor();
}

const stops: Record<string, Stop> = {
  "sign-in": { role: null, path: () => "/sign-in" },
  stage: { role: null, path: () => "/stage" },
  "invitation without a link": { role: null, path: () => "/invitation" },
  list: { role: "clinician", path: () => "/patients" },
  "list, nobody matches": {
    role: "clinician",
    path: () => "/patients",
    arrange: (page) => page.getByRole("searchbox").fill("nobody at all"),
  },
  "list of one long name": {
    role: "clinician",
    path: () => "/patients",
    arrange: (page) => page.getByRole("searchbox").fill("maximiliane"),
  },
  "list by the lowest value": { role: "clinician", path: () => "/patients?sort=lowest" },
  "published list and how it is made": {
    role: "clinician",
    path: () => "/patients?sort=tidepool&days=30",
    arrange: async (page) => {
      await page.getByText(/How this list is made|此列表的生成规则/).click();
      await page.getByText(/Tidepool’s clinic service|Tidepool 诊所服务/).waitFor();
    },
  },
  "list, no such view": { role: "clinician", path: () => "/patients?order=upwards" },
  ward: { role: "clinician", path: () => "/ward", arrange: chooseEveryone },
  appointments: {
    role: "clinician",
    path: () => "/appointments",
    arrange: async (page) => {
      const field = page.getByRole("textbox").first();
      const asked = "clinic-0003 confirmed\nclinic-0004 confirmed\nTomorrow:\nclinic-0005\nclinic-0006";
      await field.fill(`clinic-0001\n${longName}\nclinic-00\nAnna\n${asked}`);
      await page.getByRole("button", { name: /^(Look up and add|查询并添加)$/ }).click();
      await page.getByRole("link", { name: longName }).waitFor();
    },
  },
  "ward, choosing": {
    role: "clinician",
    path: () => "/ward",
    arrange: async (page) => {
      await chooseEveryone(page);
      await page.getByRole("button", { name: /^(Choose patients|选择患者)$/ }).click();
    },
  },
  onboarding: { role: "clinician", path: () => "/patients/new" },
  patient: { role: "clinician", path: () => longNamed },
  "patient, 90 days": { role: "clinician", path: () => `${longNamed}?days=90` },
  "patient, one day": { role: "clinician", path: () => `${longNamed}?days=1` },
  "patient, readings and a comparison": {
    role: "clinician",
    path: () => `${longNamed}?compare=before`,
    arrange: (page) => page.getByRole("button", { name: /Show the table|显示表格/ }).click(),
  },
  "patient, sensors worn": {
    role: "clinician",
    path: () => longNamed,
    arrange: (page) => page.getByText(/Show all sensors that have been seen|显示所有见过的传感器/).click(),
  },
  record: { role: "clinician", path: () => `${longNamed}/record` },
  "health links": {
    role: "clinician",
    path: () => `${longNamed}/share`,
    arrange: async (page) => {
      await page.locator("form [type=submit]").click();
      await page.getByRole("img", { name: /QR|二维码/ }).waitFor();
    },
  },
  "a health link that is none": { role: "clinician", path: () => "/health-link" },
  "patient unknown": { role: "clinician", path: () => "/patients/nobody" },
  reports: {
    role: "clinician",
    path: () => "/patients",
    arrange: async (page) => {
      await page.getByRole("link", { name: /^PDF/ }).click();
      await page.getByRole("checkbox").first().waitFor();
    },
  },
  "import start": { role: "clinician", path: () => "/patients/import" },
  "whose sensor needs a look": {
    role: "support",
    path: () => "/work",
    arrange: async (page) => {
      await page
        .getByRole("button", { name: /^(Put off|暂缓)[:：]/ })
        .first()
        .click();
      await page
        .getByRole("button", { name: /^(Hand over|移交)[:：]/ })
        .nth(1)
        .click();
      await page
        .getByRole("button", { name: /^(Dealt with|已处理)[:：]/ })
        .last()
        .click();
    },
  },
  "sensor look-up": { role: "support", path: () => "/devices" },
  "sensor look-up, a doubtful code and who calls": {
    role: "support",
    path: () => "/devices",
    arrange: async (page) => {
      const [serial, person] = [page.getByRole("textbox").first(), page.getByRole("textbox").nth(1)];
      await serial.fill("0106971234567890112608011727080110LOT12321P225043056");
      await person.fill("maximiliane");
      await person.press("Enter");
      await page.getByRole("heading", { name: longName }).waitFor();
    },
  },
  "sensor working": { role: "support", path: () => "/devices/P225043056" },
  "sensor with losses": { role: "support", path: () => "/devices/P225043073" },
  "sensor of contradicting dates": { role: "support", path: () => "/devices/P225043070" },
  "sensor ended early": { role: "support", path: () => "/devices/P225043043" },
  "sensor never worn": { role: "support", path: () => "/devices/P225043050" },
  "sensor refused": { role: "support", path: () => "/devices/P225043060" },
  "sensor unknown": { role: "support", path: () => "/devices/NOBODYS-0000" },
  "words of a sensor": { role: "support", path: () => "/help/sensors" },
  fleet: {
    role: "support",
    path: () => "/fleet?by=lot",
    arrange: async (page) => {
      const second = page.getByLabel(/Compared with|比较对象/);
      await second.selectOption({ index: 1 });
      await page.locator("details").first().locator("summary").click();
      await page
        .getByRole("button", { name: /ended on day|天结束/ })
        .first()
        .click();
      await page.getByRole("heading", { name: /Ended on day|天结束/ }).waitFor();
    },
  },
  "look-ups": { role: "support", path: () => "/look-ups" },
  "look-ups done": {
    role: "support",
    path: () => "/look-ups",
    arrange: async (page) => {
      await page.getByRole("textbox").first().fill("P225043056\nP225043042\nP225043073\nP999\nprose");
      await page
        .getByRole("main")
        .getByRole("button", { name: /Look up|查询/ })
        .click();
      await page
        .getByText(/4 ?(of|共|\/) ?4/)
        .first()
        .waitFor();
    },
  },
  "a case": {
    role: "clinician",
    path: () => "/devices/P225043043",
    arrange: async (page) => {
      await page.getByRole("button", { name: /^(Open a new case|新建个案)$/ }).click();
      const form = page.locator("form", { has: page.locator("fieldset") });
      await form.locator("textarea").nth(1).fill("It fell off.\n".repeat(20));
      await form.getByRole("textbox").first().fill(longName);
      await form.locator("[type=submit]").click();
      await page.locator("#record").getByRole("button").click();
      await page.locator("#record select").waitFor();
    },
  },
  cases: { role: "support", path: () => "/cases" },
  recalls: { role: "support", path: () => "/recalls" },
  recall: {
    role: "administrator",
    path: () => "/recalls",
    arrange: async (page) => {
      const buffer = Buffer.from("serial\nP225043056\nP225043042\nP22504305O\nX1");
      await page
        .locator('input[type="file"]')
        .setInputFiles({ name: "recall.csv", mimeType: "text/csv", buffer });
      await page.locator("form [type=submit]").click();
      await page.getByRole("table").first().waitFor();
    },
  },
  "no such page": { role: "support", path: () => "/nowhere" },
  staff: { role: "administrator", path: () => "/staff" },
  limits: { role: "administrator", path: () => "/limits" },
  brand: { role: "administrator", path: () => "/brand" },
  exchange: {
    role: "administrator",
    path: () => "/exchange",
    arrange: async (page) => {
      await page.getByRole("textbox", { name: /^(Program|程序)$/ }).fill(longName.slice(0, 80));
      await page.getByRole("button", { name: /^(Make the key|生成密钥)$/ }).click();
      await page.getByRole("button", { name: /^(Copy the key|复制密钥)$/ }).waitFor();
    },
  },
  "a launch that leads nowhere": {
    role: "clinician",
    path: () => "/launch?iss=https%3A%2F%2Frecord.example%2Ffhir&launch=x",
  },
  "what programs can ask": {
    role: "support",
    path: () => "/api-docs",
    arrange: async (page) => {
      await page.getByText("/api/patients/{id}/readings").click();
      await page.getByText("valueMmolL", { exact: false }).first().waitFor();
    },
  },
  audit: { role: "administrator", path: () => "/audit" },
  account: { role: "administrator", path: () => "/account" },
};

const roleButton = {
  clinician: /^(Clinician|临床医生)/,
  support: /^(Support|技术支持)/,
  administrator: /^(Administrator|管理员)/,
};

async function signIn(page: Page, role: NonNullable<Stop["role"]>): Promise<void> {
  await page.goto(`${server.url}/sign-in`);
  await page.getByRole("button", { name: roleButton[role] }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** As somebody has it whose browser is set to this size of type: media queries in em follow. */
const setFontSize = (session: CDPSession, fontPx: number) =>
  session.send("Page.setFontSizes", { fontSizes: { standard: fontPx, fixed: fontPx } });

/**
 * What does not fit once the page has drawn itself for its new size, for which it has some seconds at most.
 */
async function lastingMisfits(page: Page): Promise<string[]> {
  let found: string[] = [];
  const count = async () => {
    found = await page.evaluate(misfits);
    return found.length;
  };
  await expect
    .poll(count, { timeout: 5000 })
    .toBe(0)
    .catch(() => null);
  return found;
}

/** Every page at every size, in all colour schemes, in one language: a test for each page. */
export function walk(language: keyof typeof languages): void {
  const locale = languages[language];
  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchChromium()]);
    const page = await (await newVisitor(browser)).newPage();
    await signIn(page, "clinician");
    await page.goto(`${server.url}/patients`);
    longNamed = (await page.getByRole("link", { name: "Anna Schröder" }).getAttribute("href")) ?? "";
    const change = {
      name: longName,
      tags: ["Schwangerschaftsbegleitung".padEnd(40, "x"), "type 1", "夜间低血糖"],
    };
    const status = await page.evaluate(
      async ([path, body]) => {
        const headers = { "content-type": "application/json" };
        return (await fetch(`/api${path}`, { method: "PATCH", headers, body })).status;
      },
      [longNamed, JSON.stringify(change)] as const,
    );
    expect(status).toBe(200);
    await page.context().close();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  for (const [name, { role, path, arrange }] of Object.entries(stops))
    test(`${name} (${language}): nothing is cut, sideways or over other text at any width, and axe finds nothing`, async () => {
      const context = await newVisitor(browser, { locale, viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      const session = await context.newCDPSession(page);
      if (role) await signIn(page, role);
      await page.goto(server.url + path());
      await arrange?.(page);
      for (const { widthPx, fontPx } of sizes) {
        await setFontSize(session, fontPx);
        await page.setViewportSize({ width: widthPx, height: 900 });
        for (const scheme of schemes) {
          await page.emulateMedia({
            colorScheme: scheme === "dark" ? "dark" : "light",
            forcedColors: scheme === "forced colours" ? "active" : "none",
          });
          // What a size changes is at rest before the first look at it; colours move nothing.
          if (scheme === schemes[0]) await atRest(page);
          const where = `${widthPx} px, ${fontPx} px type, ${scheme}`;
          errors.push(...(await lastingMisfits(page)).map((misfit) => `${where}: ${misfit}`));
          if (axeWidthsPx.includes(widthPx)) {
            await atRest(page);
            errors.push(...(await axeFinds(page)).map((finding) => `${where}: ${finding}`));
          }
          if (shots) {
            const file = `${name}-${language}-${where}.png`.replaceAll(/[ ,]+/g, "_");
            await page.screenshot({ path: `${shots}/${file}`, fullPage: true });
          }
        }
      }
      expect(errors).toEqual([]);
      await context.close();
    });
}
