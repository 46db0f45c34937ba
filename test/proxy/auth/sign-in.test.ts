import { sql } from "kysely";
import { expect, test } from "vitest";
import { totpOf } from "#test/support/totp.ts";
import { createWorld, json } from "#test/support/world.ts";
import { admin, createStaffWorld } from "./staff-world.ts";

const { email, password } = admin;
const form = new URLSearchParams({ email, password }).toString();
const multipart = new FormData();
multipart.set("email", email);
multipart.set("password", password);

/** The same sign-in in each way that a body can be sent. */
const bodies: [type: string | null, body: BodyInit][] = [
  ["application/x-www-form-urlencoded", form],
  ["application/x-www-form-urlencoded; charset=utf-8", form],
  ["APPLICATION/X-WWW-FORM-URLENCODED", form],
  ["application/x-www-form-urlencoded, application/json", form],
  ["text/plain", JSON.stringify(admin)],
  ["text/plain;charset=UTF-8, application/json", JSON.stringify(admin)],
  ["text/json", JSON.stringify(admin)],
  ["application/octet-stream", JSON.stringify(admin)],
  ["application/xml", JSON.stringify(admin)],
  ["image/png", JSON.stringify(admin)],
  ["nothing known", JSON.stringify(admin)],
  ["", JSON.stringify(admin)],
  [null, new Blob([JSON.stringify(admin)])],
  ["multipart", multipart],
];

test.each(bodies)(
  "a sign-in sent as %s is not looked at, and opens no locked account",
  async (type, body) => {
    const world = await createStaffWorld();
    const send = () =>
      world.request("/api/auth/sign-in/email", {
        method: "POST",
        body,
        headers: type === null || type === "multipart" ? {} : { "content-type": type },
      });
    const answer = await send();
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([415, []]);
    expect(await answer.json()).toMatchObject({ code: "unsupported-media-type" });
    for (let i = 0; i < 10; i += 1) await world.signIn("wrong wrong wrong");
    expect((await send()).status).toBe(415);
    expect((await world.signIn()).status).toBe(429);
    await world.close();
  },
);

test.each(["application/json", "application/json; charset=utf-8", "Application/JSON"])(
  "a sign-in sent as %s is counted and answered",
  async (type) => {
    const world = await createStaffWorld();
    const send = (given: object) =>
      world.request("/api/auth/sign-in/email", {
        method: "POST",
        body: JSON.stringify(given),
        headers: { "content-type": type },
      });
    expect((await send({ email, password: "wrong wrong wrong" })).status).toBe(401);
    expect((await send(admin)).status).toBe(200);
    expect(await world.audited()).toEqual(["sign-in failed", "sign-in ok"]);
    await world.close();
  },
);

test("a locked account stays locked for the right password in every shape that a body can have", async () => {
  const world = await createStaffWorld();
  for (let i = 0; i < 10; i += 1) await world.signIn("wrong wrong wrong");
  for (const given of [
    admin,
    { ...admin, rememberMe: false, callbackURL: "/" },
    { email: email.toUpperCase(), password },
    { email: ` ${email} `, password },
  ])
    expect((await world.post("/api/auth/sign-in/email", given)).status).toBe(429);
  for (const given of [
    [admin],
    { email: [email], password },
    { email, password: { toString: password } },
    "a text",
    null,
  ]) {
    const { status, answer } = await world.post("/api/auth/sign-in/email", given as object);
    expect([given, status, answer.headers.getSetCookie()]).toEqual([given, 400, []]);
  }
  await world.close();
});

test("of the library nothing is open but our ways in and out", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("administrator");
  const paths =
    "ok error error?error=Call+555 sign-up/email list-accounts list-sessions verify-email send-verification-email " +
    "reset-password/x delete-user/callback token jwks get-access-token update-session two-factor/send-otp " +
    "two-factor/view-backup-codes two-factor/get-totp-uri admin/list-users oauth2/callback/oidc sign-in/oauth2 " +
    "callback/oidc sign-in/social sign-in/username sign-in/magic-link sign-in/email/ sign-in//email Sign-In/Email " +
    "sign-in%2Femail ./ok reference open-api/generate-schema demo demo/sign-in/x";
  for (const path of paths.split(" "))
    for (const init of [{}, json({ ...admin, role: "administrator", provider: "oidc" }), { method: "PUT" }])
      for (const as of [undefined, cookie]) {
        const answer = await world.request(`/api/auth/${path}`, { ...init, cookie: as });
        expect([path, answer.status, answer.headers.getSetCookie()]).toEqual([path, 404, []]);
        expect(await answer.text()).not.toContain("Call");
      }
  await world.close();
});

test("no answer of a sign-in holds the session's token, which scripts need not see", async () => {
  const world = await createStaffWorld();
  const { answer, cookie } = await world.signIn();
  const token = decodeURIComponent(/session_token=([^;.]+)/.exec(cookie)?.[1] ?? "none");
  expect(token.length).toBeGreaterThan(20);
  const text = await answer.text();
  expect(JSON.parse(text)).toEqual({ signedIn: true });
  expect(text).not.toContain(token);
  await world.close();
});

test("whoever is not signed in leaves no row by signing out", async () => {
  const world = await createStaffWorld();
  for (let i = 0; i < 5; i += 1) expect((await world.post("/api/auth/sign-out", {})).status).toBe(200);
  expect(await world.audited()).toEqual([]);
  const { cookie } = await world.signIn();
  await world.request("/api/auth/sign-out", { method: "POST", cookie });
  expect(await world.audited()).toEqual(["sign-in ok", "sign-out ok"]);
  await world.close();
});

test("a code longer than any is refused before anything is made of it", async () => {
  const world = await createStaffWorld();
  const { secret } = await world.enrol((await world.signIn()).cookie);
  const { cookie } = await world.signIn();
  for (const path of ["verify-totp", "verify-backup-code"])
    for (const [length, status] of [
      [65, 400],
      [50_000, 400],
      [64, 401],
    ] as const) {
      const code = `${totpOf(secret)}${" ".repeat(length - 6)}`.replace(/\d/g, "x");
      const { status: answered } = await world.post(`/api/auth/two-factor/${path}`, { code }, cookie);
      expect([path, length, answered]).toEqual([path, length, status]);
    }
  const failed = (await world.audited()).filter((row) => row.endsWith("failed"));
  expect(failed).toEqual(["sign-in.code failed", "sign-in.recovery-code failed"]);
  await world.close();
});

test("attempts that tested nothing, or only half of it, leave nothing counted", async () => {
  const world = await createStaffWorld();
  const counted = () => world.database.db.selectFrom("sign_in_guard").select("failures").execute();
  await world.enrol((await world.signIn()).cookie);
  expect(await (await world.signIn()).answer.json()).toMatchObject({ twoFactorRedirect: true });
  await world.code("123456", "");
  await world.post("/api/auth/sign-in/email", { email: "not an address", password });
  expect(await counted()).toEqual([]);
  await world.signIn("wrong wrong wrong");
  expect(await counted()).toEqual([{ failures: 1 }]);
  await world.signIn();
  expect(await counted()).toEqual([{ failures: 1 }]);
  await world.close();
});

test("whoever is signed in does not wait for the passwords that others try", async () => {
  const world = await createStaffWorld({ slowPasswords: true });
  const { cookie } = await world.signIn();
  let answered = 0;
  const others = Array.from({ length: 25 }, async (_, i) => {
    await world.signIn("wrong wrong wrong", `nobody-${i}@clinic.example`);
    answered += 1;
  });
  await Promise.race(others);
  await world.request("/api/auth/get-session", { cookie });
  expect(answered).toBeLessThan(12);
  await Promise.all(others);
  await world.close();
});

test("a change of one's own account whose row cannot be written is not said to have failed", async () => {
  const world = await createStaffWorld();
  const { cookie } = await world.signIn();
  await sql`create trigger refuse before insert on audit when new.outcome = 'ok' begin
    select raise(abort, 'no row'); end`.execute(world.database.db);
  const body = { password, next: "another very long secret" };
  const changed = await world.post("/api/account/password", body, cookie, "PUT");
  expect(changed.status).toBe(500);
  await sql`drop trigger refuse`.execute(world.database.db);
  expect(await world.audited()).toEqual(["sign-in ok"]);
  const session = await world.request("/api/auth/get-session", { cookie: changed.cookie });
  expect(await session.json()).toMatchObject({ user: { email } });
  expect((await world.signIn(body.next)).status).toBe(200);
  await world.close();
});
