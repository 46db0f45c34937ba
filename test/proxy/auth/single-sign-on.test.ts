import { afterAll, beforeAll, expect, test } from "vitest";
import type { OidcSettings } from "#proxy/auth/oidc-settings.ts";
import { addColleague, cookieOf } from "#test/support/colleague.ts";
import { createBrowser, type OidcServer, type Person, startOidc } from "#test/support/oidc.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const noor: Person = {
  sub: "u-1",
  email: "noor@clinic.example",
  email_verified: true,
  name: "Noor Haddad",
  roles: ["everyone", "nurses"],
};
const admin = { email: "admin@clinic.example", password: "a very long secret" };

interface Options {
  inIdToken?: boolean;
  person?: Person | null;
  settings?: Partial<OidcSettings>;
  /** Whether an administrator with a password is here already. */
  administrator?: boolean;
}

let servers: { inUserinfo: OidcServer; inIdToken: OidcServer };
beforeAll(async () => {
  servers = { inUserinfo: await startOidc(), inIdToken: await startOidc({ inIdToken: true }) };
});
afterAll(async () => {
  for (const oidc of Object.values(servers)) await oidc.stop();
});

async function open({ inIdToken = false, person = noor, settings = {}, administrator }: Options = {}) {
  const oidc = inIdToken ? servers.inIdToken : servers.inUserinfo;
  oidc.person = person;
  oidc.authorizations.length = 0;
  const world = await createWorld({
    sandboxMode: false,
    ...(administrator ? { firstAdministrator: admin } : {}),
    singleSignOn: { ...oidc.settings, ...settings },
  });
  return { oidc, world, browser: createBrowser(world, oidc), another: () => createBrowser(world, oidc) };
}

const auditOf = async (world: World) =>
  world.database.db.selectFrom("audit").select(["action", "outcome", "subject"]).orderBy("at_ms").execute();

let addresses = 0;

const signInByPassword = (world: World, who: { email: string; password: string }) => {
  addresses += 1;
  return world.request("/api/auth/sign-in/email", { ...json(who), from: `192.0.2.${addresses}` });
};

test.each([true, false])(
  "somebody with a role gets in as that, claims in the ID token: %s",
  async (inIdToken) => {
    const { world, browser } = await open({ inIdToken });
    expect(await browser.signIn()).toBe("/sign-in");
    const session = await browser.session();
    expect(session?.user).toMatchObject({
      name: "Noor Haddad",
      email: "noor@clinic.example",
      role: "clinician",
    });
    expect((await world.request("/api/patients/facets", { cookie: browser.cookie() })).status).toBe(200);
    expect((await world.request("/api/staff", { cookie: browser.cookie() })).status).toBe(403);
    expect(await auditOf(world)).toContainEqual({ action: "sign-in", outcome: "ok", subject: null });
  },
);

test("the request for authorization has PKCE, state and a nonce", async () => {
  const { oidc, browser } = await open();
  await browser.signIn();
  const [query] = oidc.authorizations;
  expect(query?.get("code_challenge_method")).toBe("S256");
  for (const name of ["code_challenge", "state", "nonce"])
    expect(query?.get(name)?.length).toBeGreaterThan(20);
  expect(query?.get("scope")).toBe("openid email profile");
});

test("whom no role is meant for is refused and is not kept", async () => {
  const { world, browser } = await open({ person: { ...noor, roles: ["everyone"] } });
  expect(await browser.signIn()).toMatch(/^\/sign-in\?error=no_role\b/);
  expect(await browser.session()).toBeNull();
  const people = await world.database.db.selectFrom("user").select("id").execute();
  expect(people).toEqual([]);
  expect(await auditOf(world)).toEqual([{ action: "sign-in", outcome: "failed", subject: null }]);
});

test("a role may stand deep in the claims", async () => {
  const person = { ...noor, roles: [], realm_access: { roles: ["helpdesk"] } };
  const { browser } = await open({ settings: { rolesClaim: "realm_access.roles" }, person });
  await browser.signIn();
  expect((await browser.session())?.user.role).toBe("support");
});

test("a role that has changed at the provider counts from the next sign-in, and that is audited", async () => {
  const { oidc, world, browser } = await open();
  await browser.signIn();
  oidc.person = { ...noor, roles: ["helpdesk"] };
  await browser.signIn();
  const session = await browser.session();
  expect(session?.user.role).toBe("support");
  expect(await auditOf(world)).toContainEqual({
    ...{ action: "staff.make-support", outcome: "ok", subject: session?.user.id },
  });
});

test("who has lost their role is refused, is signed out everywhere and has no way in by a password", async () => {
  const { oidc, world, browser, another } = await open({ administrator: true });
  const password = "correct horse battery";
  const cookie = await adminCookie(world);
  await addColleague(world, cookie, {
    name: "Noor",
    email: "noor@clinic.example",
    role: "support",
    password,
  });
  await browser.signIn();
  const { id, role } = (await browser.session())?.user ?? {};
  expect(role).toBe("clinician");

  oidc.person = { ...noor, roles: [] };
  expect(await another().signIn()).toMatch(/error=no_role/);
  expect(await browser.session()).toBeNull();
  const refused = await signInByPassword(world, { email: "noor@clinic.example", password });
  expect(await refused.json()).toMatchObject({ code: "BANNED_USER" });
  expect(await auditOf(world)).toContainEqual({ action: "staff.deactivate", outcome: "ok", subject: id });

  oidc.person = noor;
  expect(await browser.signIn()).toBe("/sign-in");
  expect((await browser.session())?.user.id).toBe(id);
});

test("whom an administrator has made inactive the provider does not bring back", async () => {
  const { world, browser } = await open({ administrator: true });
  await browser.signIn();
  const id = (await browser.session())?.user.id;
  const change = json({ active: false });
  await world.request(`/api/staff/${id}`, { ...change, method: "PATCH", cookie: await adminCookie(world) });
  expect(await browser.session()).toBeNull();
  expect(await browser.signIn()).toMatch(/error=BANNED_USER/);
});

test("who signs in at the provider gets no password here", async () => {
  const { world, browser } = await open({ administrator: true });
  await browser.signIn();
  const id = (await browser.session())?.user.id;
  const init = { ...json({}), cookie: await adminCookie(world) };
  const answer = await world.request(`/api/staff/${id}/password-link`, init);
  expect(await answer.json()).toMatchObject({ fields: [{ reason: "single-sign-on" }] });
});

test("somebody here already is the same person when the provider has verified their e-mail address", async () => {
  const { world, browser } = await open({
    person: { ...noor, email: admin.email, roles: ["it"] },
    administrator: true,
  });
  await browser.signIn();
  expect((await browser.session())?.user).toMatchObject({ email: admin.email, role: "administrator" });
  const { staff } = (await (await world.request("/api/staff", { cookie: browser.cookie() })).json()) as {
    staff: object[];
  };
  expect(staff).toMatchObject([{ hasPassword: true, hasSingleSignOn: true, lastSignInMs: world.now() }]);
});

test("an e-mail address that the provider has not verified opens nobody's account and makes none", async () => {
  for (const email of [admin.email, "new@clinic.example"]) {
    const person = { ...noor, email, email_verified: false, roles: ["it"] };
    const { world, browser } = await open({ person, administrator: true });
    expect(await browser.signIn()).toMatch(/error=(account_not_linked|email_unverified)/);
    expect(await browser.session()).toBeNull();
    expect(await world.database.db.selectFrom("user").select("id").execute()).toHaveLength(1);
  }
});

test("an operator can say that this provider's addresses are verified although it does not say so", async () => {
  const { email_verified: _, ...unsaid } = noor;
  const { browser } = await open({ person: unsaid, settings: { trustEmail: true } });
  expect(await browser.signIn()).toBe("/sign-in");
});

test("the last administrator stays one, whatever the provider says", async () => {
  const { oidc, world, browser } = await open({
    person: { ...noor, email: admin.email, roles: ["it"] },
    administrator: true,
  });
  await browser.signIn();
  oidc.person = { ...noor, email: admin.email, roles: ["nurses"] };
  expect(await browser.signIn()).toMatch(/error=last_administrator/);
  oidc.person = { ...noor, email: admin.email, roles: [] };
  expect(await browser.signIn()).toMatch(/error=no_role/);
  expect((await signInByPassword(world, admin)).status).toBe(200);
});

test("a provider that is down is said, keeps nobody with a password out, and is asked again", async () => {
  const { oidc, world, browser } = await open({ administrator: true });
  await oidc.stop();
  const refused = await browser.press();
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ code: "provider_unreachable" });
  expect((await signInByPassword(world, admin)).status).toBe(200);
  expect(world.logLines.join("")).toContain("The sign-in service cannot be used");
  await oidc.start();
  expect(await browser.signIn()).toBe("/sign-in");
});

test("a provider that goes down halfway leads back to the sign-in page", async () => {
  const { oidc, browser } = await open();
  const { url } = (await (await browser.press()).json()) as { url: string };
  const back = await browser.goThrough(url);
  await oidc.stop();
  expect(await browser.comeBack(back)).toMatch(/^\/sign-in\?error=/);
  expect(await browser.session()).toBeNull();
  await oidc.start();
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

test("the sign-in page learns the button's name without a session", async () => {
  const { world } = await open();
  expect(await (await world.request("/api/about")).json()).toMatchObject({ singleSignOn: "Clinic account" });
});

test("a role that comes from the provider is not changed here", async () => {
  const { world, browser } = await open({ administrator: true });
  await browser.signIn();
  const id = (await browser.session())?.user.id;
  const answer = await world.request(`/api/staff/${id}`, {
    ...json({ role: "support" }),
    method: "PATCH",
    cookie: await adminCookie(world),
  });
  expect(await answer.json()).toMatchObject({ fields: [{ field: "role", reason: "single-sign-on" }] });
});

async function adminCookie(world: World): Promise<string> {
  return cookieOf(await signInByPassword(world, admin));
}
