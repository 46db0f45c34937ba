import { afterEach, expect, test, vi } from "vitest";
import { createWorld, json } from "#test/support/world.ts";
import { admin, serveOidc, signInByPassword } from "./clinic-account.ts";

const open = serveOidc();

afterEach(() => {
  vi.useRealTimers();
});

test("a provider that is down is said, keeps nobody with a password out, and is asked again", async () => {
  const { oidc, world, browser } = await open({ administrator: true });
  oidc.isDown = true;
  const refused = await browser.press();
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ code: "provider_unreachable" });
  expect((await signInByPassword(world, admin)).status).toBe(200);
  expect(world.logLines.join("")).toContain("The sign-in service cannot be used");
  oidc.isDown = false;
  expect(await browser.signIn()).toBe("/sign-in");
});

test("a provider that goes down halfway leads back to the sign-in page", async () => {
  const { oidc, browser } = await open();
  const { url } = (await (await browser.press()).json()) as { url: string };
  const back = await browser.goThrough(url);
  oidc.isDown = true;
  expect(await browser.comeBack(back)).toMatch(/^\/sign-in\?error=/);
  expect(await browser.session()).toBeNull();
});

test("a provider that never answers with a token holds nobody for longer than any request may take", async () => {
  const { oidc, browser } = await open();
  const { url } = (await (await browser.press()).json()) as { url: string };
  const back = await browser.goThrough(url);
  const { promise: hangs, resolve: heard } = Promise.withResolvers<void>();
  oidc.hang = { path: "/token", heard };
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const answered = browser.comeBack(back);
  await hangs;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await answered).toBe("HTTP 500");
  vi.useRealTimers();
  oidc.hang = null;
  expect(await browser.signIn()).toBe("/sign-in");
});

test("who presses cancel there is back at the sign-in page", async () => {
  const { browser } = await open({ person: null });
  expect(await browser.signIn()).toMatch(/^\/sign-in\?error=access_denied/);
});

test("a state that was tampered with, used before, or begun in another browser signs nobody in", async () => {
  const { browser, another } = await open();
  const begin = async () => {
    const { url } = (await (await browser.press()).json()) as { url: string };
    return browser.goThrough(url);
  };
  const tampered = new URL(await begin());
  tampered.searchParams.set("state", "x".repeat(32));
  expect(await browser.comeBack(tampered.href)).toMatch(/^\/sign-in\?error=state_mismatch/);
  tampered.searchParams.delete("state");
  expect(await browser.comeBack(tampered.href)).toMatch(/^\/sign-in\?error=state_not_found/);

  const stolen = await begin();
  const victim = another();
  expect(await victim.comeBack(stolen)).toMatch(/error=state_mismatch/);
  expect(await victim.session()).toBeNull();

  const used = await begin();
  expect(await browser.comeBack(used)).toBe("/sign-in");
  expect(await another().comeBack(used)).toMatch(/error=state_mismatch/);
});

test("two tabs of one browser each come in, in whatever order they are finished", async () => {
  const { browser } = await open();
  const urls: string[] = [];
  for (let i = 0; i < 3; i += 1) urls.push(((await (await browser.press()).json()) as { url: string }).url);
  const [first = "", second = "", third = ""] = urls;
  const finish = async (url: string) => browser.comeBack(await browser.goThrough(url));
  expect([await finish(second), await finish(first)]).toEqual(["/sign-in", "/sign-in"]);
  expect(await browser.session()).not.toBeNull();
  expect(browser.cookie().match(/trendline\.state/g)).toHaveLength(1);
  const back = await browser.goThrough(third);
  expect(await browser.comeBack(back)).toBe("/sign-in");
  expect(await browser.comeBack(back)).toMatch(/error=state_mismatch/);
  expect(browser.cookie()).not.toMatch(/trendline\.state/);
});

test("a whole clinic comes in from one address at once", async () => {
  const { oidc, world } = await open();
  oidc.isDown = false;
  const body = { provider: "oidc", callbackURL: "/sign-in", errorCallbackURL: "/sign-in" };
  const statuses = [];
  for (let i = 0; i < 100; i += 1) {
    const answer = await world.request("/api/auth/sign-in/social", { ...json(body), from: "203.0.113.77" });
    statuses.push(answer.status);
  }
  expect(new Set(statuses)).toEqual(new Set([200]));
});

test("the browser chooses nothing but to begin: no scopes, no parameters, no ID token, no other address", async () => {
  const { world } = await open();
  const usual = { provider: "oidc", callbackURL: "/sign-in", errorCallbackURL: "/sign-in" };
  for (const [index, more] of [
    { scopes: ["offline_access"] },
    { additionalParams: { prompt: "none" } },
    { idToken: { token: "x" } },
    { callbackURL: "https://evil.example" },
    { callbackURL: "/elsewhere" },
    { provider: "google" },
  ].entries()) {
    const init = { ...json({ ...usual, ...more }), from: `192.0.2.1${index}0` };
    const { status } = await world.request("/api/auth/sign-in/social", init);
    expect([more, status]).toEqual([more, 400]);
  }
});

test("nothing of the provider's tokens is kept, and neither they nor the client's secret are in the log", async () => {
  const { oidc, world, browser } = await open();
  await browser.signIn();
  const accounts = await world.database.db
    .selectFrom("account")
    .selectAll()
    .where("providerId", "=", "oidc")
    .execute();
  expect(accounts).toMatchObject([{ accessToken: null, refreshToken: null, idToken: null }]);
  expect(world.logLines.join("")).not.toContain(oidc.settings.clientSecret);
});

test("without single sign-on there is none to begin", async () => {
  const world = await createWorld({ sandboxMode: false });
  const body = { provider: "oidc", callbackURL: "/sign-in", errorCallbackURL: "/sign-in" };
  expect((await world.request("/api/auth/sign-in/social", json(body))).status).toBe(404);
  expect(await (await world.request("/api/about")).json()).toMatchObject({ singleSignOn: null });
});
