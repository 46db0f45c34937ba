import { expect, test } from "vitest";
import { addColleague } from "#test/support/colleague.ts";
import { json } from "#test/support/world.ts";
import { admin, adminCookie, auditOf, noor, serveOidc, signInByPassword } from "./clinic-account.ts";

const open = serveOidc();

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

test("a name is kept without what no name holds", async () => {
  const { browser } = await open({ person: { ...noor, name: "Noor\u0000 \u202eHaddad" } });
  expect(await browser.signIn()).toBe("/sign-in");
  expect((await browser.session())?.user.name).toBe("Noor Haddad");
});

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
    action: "staff.make-support",
    outcome: "ok",
    subject: session?.user.id,
  });
  const changed = world.database.db
    .selectFrom("audit")
    .selectAll()
    .where("action", "=", "staff.make-support");
  expect(await changed.executeTakeFirst()).toMatchObject({
    client_address: expect.stringMatching(/^203\.0\.113\./),
    request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
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

test("what a return from the provider takes away is gone with its answer, however lately it was looked at", async () => {
  const { oidc, world, browser, another } = await open();
  await browser.signIn();
  oidc.person = { ...noor, roles: [] };
  const elsewhere = another();
  const { url } = (await (await elsewhere.press()).json()) as { url: string };
  const callbackUrl = await elsewhere.goThrough(url);
  const list = () => world.request("/api/patients/facets", { cookie: browser.cookie() });
  expect((await list()).status).toBe(200);
  expect(await elsewhere.comeBack(callbackUrl)).toMatch(/error=no_role/);
  expect((await list()).status).toBe(401);
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
