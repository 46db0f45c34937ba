import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "#test/support/chromium.ts";
import { type OidcServer, startOidc } from "#test/support/oidc.ts";
import { type RunningServer, startServer } from "#test/support/server.ts";
import { look } from "./look.ts";
import { newVisitor } from "./visitor.ts";

const admin = { email: "admin@clinic.example", password: "a very long secret" };
const noor = { name: "Noor Haddad", email: "noor@clinic.example", password: "correct horse battery" };
let oidc: OidcServer;
let server: RunningServer;
let browser: Browser;

/** The provider has to know our address before we are there. */
async function freePort(): Promise<number> {
  const held = createServer().listen(0, "127.0.0.1");
  await once(held, "listening");
  const { port } = held.address() as AddressInfo;
  held.close();
  await once(held, "close");
  return port;
}

beforeAll(async () => {
  const port = await freePort();
  oidc = await startOidc({ publicUrl: `http://127.0.0.1:${port}` });
  const { issuer, clientId, clientSecret, name } = oidc.settings;
  const env = {
    PORT: String(port),
    BOOTSTRAP_ADMIN_EMAIL: admin.email,
    BOOTSTRAP_ADMIN_PASSWORD: admin.password,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_NAME: name,
    OIDC_ROLE_CLINICIAN: "doctors",
  };
  [server, browser] = await Promise.all([startServer(env), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await oidc.stop();
});

const newPage = async (): Promise<Page> => (await newVisitor(browser)).newPage();

async function givePassword(page: Page, { email, password }: { email: string; password: string }) {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("a colleague comes in by a link that works once, and is out as soon as an administrator says so", async () => {
  const mine = await newPage();
  await mine.goto(`${server.url}/staff`);
  await givePassword(mine, admin);
  await mine.getByLabel("Name").fill(noor.name);
  await mine.getByLabel("E-mail address").fill(noor.email);
  await mine.getByRole("button", { name: "Make the link" }).click();
  const link = await mine.getByRole("textbox", { name: "The link for Noor Haddad" }).inputValue();
  await look(mine, "staff-link");

  const hers = await newPage();
  await hers.goto(link);
  await hers.getByText(/you were invited as: Clinician/).waitFor();
  await hers.getByLabel("Password", { exact: true }).fill("password1234");
  await hers.getByLabel("Password again").fill(noor.password);
  await hers.getByRole("button", { name: "Set the password and sign in" }).click();
  await hers.getByText(/among the passwords that are tried first/).waitFor();
  await look(hers, "invitation");
  await hers.getByLabel("Password", { exact: true }).fill(noor.password);
  await hers.getByRole("button", { name: "Set the password and sign in" }).click();
  await hers.getByRole("heading", { level: 1, name: "Patients" }).waitFor();

  const late = await newPage();
  await late.goto(link);
  await late.getByRole("alert").waitFor();
  await look(late, "invitation-used");

  await mine.reload();
  await mine.getByRole("button", { name: "Change Noor Haddad" }).click();
  const dialog = mine.getByRole("dialog", { name: "Change Noor Haddad" });
  await dialog.waitFor();
  await look(mine, "staff-change");
  await dialog.getByRole("button", { name: "Make inactive" }).click();
  await mine.getByText("Inactive", { exact: true }).waitFor();
  await hers.reload();
  await hers.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  await givePassword(hers, noor);
  await hers.getByRole("alert").waitFor();
  await look(hers, "sign-in-inactive");
});

test("the clinic's own accounts open the door for those with a role, and say why to those without", async () => {
  const page = await newPage();
  oidc.person = {
    sub: "u-1",
    email: "lin@clinic.example",
    email_verified: true,
    name: "Lin",
    roles: ["cooks"],
  };
  await page.goto(`${server.url}/patients`);
  await page.getByRole("button", { name: "Sign in with Clinic account" }).waitFor();
  await look(page, "sign-in-sso");
  await page.getByRole("button", { name: "Sign in with Clinic account" }).click();
  await page.getByRole("alert").waitFor();
  await look(page, "sign-in-sso-no-role");
  oidc.person = { ...oidc.person, roles: ["doctors"] };
  await page.getByRole("button", { name: "Sign in with Clinic account" }).click();
  await page.getByRole("heading", { level: 1, name: "Patients" }).waitFor();
  expect(page.url()).toBe(`${server.url}/patients`);
});
