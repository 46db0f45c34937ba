import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contrastOf } from "#proxy/brand/colour.ts";
import { circle, png, svg } from "#test/proxy/brand/pictures.ts";
import { launchChromium } from "#test/support/chromium.ts";
import { readPdf, sheetsOf } from "#test/support/pdf.ts";
import { type RunningServer, startServer } from "#test/support/server.ts";
import { atRest, look } from "./look.ts";
import { newVisitor } from "./visitor.ts";

const folder = mkdtempSync(join(tmpdir(), "trendline-brand-"));
const wordmark = svg(
  `${circle}<path d="M50 20h100" stroke="#7b1fa2" stroke-width="8"/>`,
  'viewBox="0 0 160 40"',
);
let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  writeFileSync(join(folder, "logo.svg"), wordmark);
  writeFileSync(join(folder, "dark.svg"), wordmark.replaceAll("#7b1fa2", "#e1bee7"));
  writeFileSync(join(folder, "icon.png"), png(32, 32));
  writeFileSync(join(folder, "paper.png"), png(160, 40));
  writeFileSync(
    join(folder, "brand.json"),
    JSON.stringify({
      name: "Glukosys Care",
      logo: "logo.svg",
      darkLogo: "dark.svg",
      icon: "icon.png",
      pdfLogo: "paper.png",
      accent: "#ffb300",
      support: "help@glukosys.example",
      legal: "Glukosys GmbH, Hamburg",
    }),
  );
  [server, browser] = await Promise.all([startServer({ BRAND_DIR: folder }), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

interface Visit {
  page: Page;
  /** What the console complained of, and what was asked of other hosts. */
  trouble: string[];
}

async function visit(path: string, { url } = server): Promise<Visit> {
  const page = await (await newVisitor(browser, { viewport: { width: 1440, height: 900 } })).newPage();
  const trouble: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") trouble.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:")) trouble.push(request.url());
  });
  await page.goto(url + path);
  await atRest(page);
  return { page, trouble };
}

const enter = async (page: Page, role: RegExp) => {
  await page.getByRole("button", { name: role }).click();
  await page.getByRole("navigation").first().waitFor();
};

/** Of every picture on the page that is shown: which file, and whether the browser could draw it. */
const pictures = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("img")]
      .filter((image) => image.checkVisibility())
      .map((image) => ({
        file: image.src.replace(/^.*\/|-.*/g, ""),
        isDrawn: image.complete && image.naturalWidth > 0,
        alt: image.alt,
      })),
  );

/** The colours that a button really has, as #rrggbb. */
const coloursOf = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).evaluate((button) => {
    const { color, backgroundColor } = getComputedStyle(button);
    return [color, backgroundColor].map(
      (text) =>
        `#${(text.match(/\d+/g) ?? [])
          .slice(0, 3)
          .map((part) => Number(part).toString(16).padStart(2, "0"))
          .join("")}`,
    );
  });

test("the sign-in page wears it: name, logo, icon, colours with enough contrast, help and what the software is", async () => {
  const { page, trouble } = await visit("/");
  expect(await page.title()).toBe("Sign in – Glukosys Care");
  expect(await page.locator("link[rel=icon]").getAttribute("href")).toMatch(/^\/brand-files\/icon-/);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await atRest(page);
    expect(await pictures(page)).toEqual([{ file: "logo", isDrawn: true, alt: "Glukosys Care" }]);
    const [text = "", ground = ""] = await coloursOf(page, "Sign in");
    expect(ground).not.toBe("#0b7285");
    expect(contrastOf(text, ground)).toBeGreaterThanOrEqual(4.5);
  }
  const foot = page.getByRole("contentinfo");
  expect(await foot.innerText()).toMatch(
    /Glukosys GmbH, Hamburg\s+Help: help@glukosys\.example\s+Glukosys Care is made with Trendline/,
  );
  expect(await foot.getByRole("link").getAttribute("href")).toBe("mailto:help@glukosys.example");
  await page.getByText("中文", { exact: true }).click();
  await expect.poll(() => foot.innerText()).toMatch(/帮助：.*\s+Glukosys Care 由 Trendline 提供技术支持/);
  expect(trouble).toEqual([]);
});

test("nothing of it is cut or too faint on sign-in, list and the page about it, in both schemes and on a phone", async () => {
  const { page, trouble } = await visit("/");
  await look(page, "brand-sign-in");
  await enter(page, /^Administrator/);
  await look(page, "brand-list");
  await page.goto(`${server.url}/brand`);
  await page.getByRole("heading", { name: "Contrasts" }).waitFor();
  await look(page, "brand-page");
  expect(trouble).toEqual([]);
});

test("the header has the logo of its scheme, and sentences call the product by its name", async () => {
  const { page } = await visit("/");
  await enter(page, /^Clinician/);
  expect(await pictures(page)).toEqual([{ file: "logo", isDrawn: true, alt: "Glukosys Care" }]);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect
    .poll(() => pictures(page))
    .toEqual([{ file: "darkLogo", isDrawn: true, alt: "Glukosys Care" }]);
  expect(await page.getByRole("link", { name: "Glukosys Care" }).getAttribute("href")).toBe("/");
});

test("what is printed of a page, and the PDF file, wear it", async () => {
  const { page } = await visit("/");
  await enter(page, /^Clinician/);
  await page.getByRole("searchbox").fill("Oliver Bennett");
  await page.getByRole("link", { name: "Oliver Bennett" }).click();
  await page.getByRole("region", { name: "Days" }).waitFor();
  const sheets = await sheetsOf(await page.pdf({ format: "A4" }));
  const said = sheets.flatMap(({ texts }) => texts.map(({ text }) => text)).join(" ");
  expect(said).toMatch(/Glukosys Care, printed/);
  expect(said).toContain("is made with Trendline");
  expect(said).not.toContain("Skip to content");
  const id = new URL(page.url()).pathname.split("/")[2];
  const answer = await page.request.get(
    `${server.url}/api/patients/${id}/report.pdf?days=14&language=en&unit=mmol/L&paper=a4`,
  );
  const { beside } = await readPdf(await answer.body());
  for (const artifacts of beside) expect(artifacts).toContain("GlukosysCareismadewithTrendline");
});

test("files that change under a running server change nothing until it starts anew, and administrators are told", async () => {
  writeFileSync(join(folder, "logo.svg"), wordmark.slice(0, 80));
  const { page } = await visit("/");
  expect(await pictures(page)).toEqual([{ file: "logo", isDrawn: true, alt: "Glukosys Care" }]);
  await enter(page, /^Administrator/);
  await page.goto(`${server.url}/brand`);
  expect(await page.getByRole("note").innerText()).toMatch(
    /has changed since then\s+Start every server anew/,
  );
  writeFileSync(join(folder, "logo.svg"), wordmark);
});

test("a folder of which nothing is right keeps nobody out: the server says why and is Trendline", async () => {
  const broken = mkdtempSync(join(tmpdir(), "trendline-brand-"));
  writeFileSync(join(broken, "brand.json"), '{"name":"Glukosys","accent":"salmonish",}');
  const other = await startServer({ BRAND_DIR: broken });
  try {
    expect(other.stderr()).toMatch(/BRAND_DIR: brand\.json is not valid JSON: look at line 1/);
    const { page, trouble } = await visit("/", other);
    expect(await page.title()).toBe("Sign in – Trendline");
    expect(await pictures(page)).toEqual([{ file: "icon.svg", isDrawn: true, alt: "" }]);
    expect(await page.getByRole("contentinfo").count()).toBe(0);
    expect(trouble).toEqual([]);
  } finally {
    await other.stop();
    rmSync(broken, { recursive: true });
  }
});
