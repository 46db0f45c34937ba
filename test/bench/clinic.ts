import type { Browser, Page } from "playwright-core";
import { startServer } from "#test/support/server.ts";
import { buildIfNeeded } from "../../src/built.ts";
import { startPlatform } from "./start-platform.ts";

export const authSecret = "0123456789abcdef0123456789abcdef";
const credentials = { email: "bench@clinic.example", password: "correct horse battery" };

/** A real server before a sandbox of its own, with an administrator signed in. */
export async function startClinic(dataDir: string, users: string, env: Record<string, string>) {
  const platform = await startPlatform(users);
  // A page of other sources takes no answer of this server, and says so.
  await buildIfNeeded("client");
  const server = await startServer({
    DATA_DIR: dataDir,
    AUTH_SECRET: authSecret,
    // So high that no benchmark measures this limit.
    PLATFORM_CALLS_PER_SECOND: "10000",
    REQUIRE_SECOND_FACTOR: "false",
    ...env,
    BOOTSTRAP_ADMIN_EMAIL: credentials.email,
    BOOTSTRAP_ADMIN_PASSWORD: credentials.password,
    PARTNER_API_URL: platform.apiUrl,
    PARTNER_APP_ID: platform.appId,
    PARTNER_APP_SECRET: platform.appSecret,
  });
  const signedIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url },
    body: JSON.stringify(credentials),
  });
  if (!signedIn.ok) throw new Error(`signing in failed: ${await signedIn.text()}`);
  const cookies = signedIn.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  return {
    platform,
    server,
    cookies,
    call: (path: string, init: RequestInit = {}) =>
      fetch(server.url + path, {
        ...init,
        headers: { cookie: cookies.join("; "), origin: server.url, ...init.headers },
      }),
    stop: async () => {
      await server.stop();
      await platform.stop();
    },
  };
}

type Clinic = Awaited<ReturnType<typeof startClinic>>;

/** A page of a new browser context, 1440 × 900, signed in as the clinic's administrator. */
export async function signedInPage(browser: Browser, { cookies, server }: Clinic): Promise<Page> {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } });
  await context.addCookies(
    cookies.map((cookie) => {
      const [name = "", ...value] = cookie.split("=");
      return { name, value: value.join("="), url: server.url };
    }),
  );
  return context.newPage();
}
