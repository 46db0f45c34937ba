import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkPayload } from "#contract/health-links.ts";
import { launchChromium } from "#test/support/chromium.ts";
import { readPdf } from "#test/support/pdf.ts";
import { type RunningServer, startServer } from "#test/support/server.ts";
import { atRest, look } from "./look.ts";
import { newVisitor } from "./visitor.ts";

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

test("a patient's link is opened without an account by who says who they are; its key is never sent", async () => {
  const clinic = await newVisitor(browser);
  const page = await clinic.newPage();
  await page.goto(server.url);
  await page.getByRole("button", { name: /^Clinician/ }).click();
  await page.getByRole("searchbox").first().fill("王秀英");
  await page
    .getByRole("link", { name: /王秀英/ })
    .first()
    .click();
  await page.getByRole("heading", { level: 1, name: /王秀英/ }).waitFor();
  await page.goto(`${page.url().split("?")[0]}/share`);
  await page.getByLabel("Passcode, if you want one").fill("abc");
  await page.getByText("At least 6 characters, or leave it empty.").waitFor();
  await page.getByLabel("Passcode, if you want one").fill("sunny7");
  await atRest(page);
  await look(page, "health-link-new");
  await page.getByRole("button", { name: "Make a health link" }).click();
  await page.getByText("The link is made. It is shown once.").waitFor();
  await page.getByRole("img", { name: "QR code of the link" }).waitFor();
  await look(page, "health-link-made");
  const address = await page.getByText(/health-link#shlink:/).innerText();
  await page.getByText("Opened 0 times.").waitFor();

  const elsewhere = await newVisitor(browser, { acceptDownloads: true });
  const stranger = await elsewhere.newPage();
  const sent: string[] = [];
  stranger.on("request", (request) => {
    sent.push(`${request.url().split("#")[0]} ${request.postData() ?? ""}`);
  });
  await stranger.goto(address);
  const passcode = stranger.getByLabel("Passcode that you were told");
  await stranger.getByLabel("Who are you?").fill("Dr. Elsewhere");
  await passcode.fill("sunny8");
  await stranger.getByRole("button", { name: "Open it" }).click();
  await stranger.getByText("Wrong passcode. 4 tries are left.").waitFor();
  await passcode.fill("sunny7");
  await stranger.getByRole("button", { name: "Open it" }).click();
  await stranger.getByRole("heading", { name: "王秀英" }).waitFor();
  await stranger.getByText("3.9 to 10.0 mmol/L (70 to 180 mg/dL)").waitFor();
  await look(stranger, "health-link-opened");
  const [download] = await Promise.all([
    stranger.waitForEvent("download"),
    stranger.getByRole("button", { name: "Report as PDF" }).click(),
  ]);
  const pdf = await readPdf(readFileSync(await download.path()));
  expect(pdf.says("王秀英")).toBe(true);
  const json = Buffer.from(address.slice(address.indexOf("shlink:/") + 8), "base64url").toString();
  const { key } = linkPayload.parse(JSON.parse(json));
  expect(sent.length).toBeGreaterThan(3);
  expect(sent.filter((one) => one.includes(key))).toEqual([]);
  expect(server.output()).not.toContain(key);

  await page.getByRole("button", { name: "Done" }).click();
  await page.reload();
  await page.getByText("Opened once. 1 wrong passcode.").waitFor();
  await page.getByRole("button", { name: "Revoke it" }).click();
  await page.getByRole("button", { name: "Revoke this link" }).click();
  await page.getByText("Revoked.", { exact: true }).waitFor();
  await stranger.reload();
  await stranger.getByLabel("Who are you?").fill("Dr. Elsewhere");
  await passcode.fill("sunny7");
  await stranger.getByRole("button", { name: "Open it" }).click();
  await stranger.getByText("This link opens nothing any more").waitFor();
  await Promise.all([clinic.close(), elsewhere.close()]);
});
