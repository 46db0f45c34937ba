import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { account } from "#contract/account.ts";
import { staffList } from "#contract/staff.ts";
import { addColleague } from "#test/support/colleague.ts";
import { totpOf } from "#test/support/totp.ts";
import { admin, createStaffWorld } from "./staff-world.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 24, 9) });
});
afterEach(() => {
  vi.useRealTimers();
});
const halfMinuteLater = () => vi.setSystemTime(Date.now() + 30_000);

test("with a second factor the password alone opens nothing, and a code does", async () => {
  const world = await createStaffWorld();
  const { secret } = await world.enrol((await world.signIn()).cookie);
  halfMinuteLater();
  const half = await world.signIn();
  expect(await half.answer.json()).toMatchObject({ twoFactorRedirect: true });
  expect((await world.request("/api/staff", { cookie: half.cookie })).status).toBe(401);
  const whole = await world.code(totpOf(secret), half.cookie);
  expect((await world.request("/api/staff", { cookie: whole.cookie })).status).toBe(200);
  expect(await world.audited()).toEqual([
    "sign-in ok",
    "account.second-factor-begin ok",
    "account.second-factor-on ok",
    "sign-in code-asked",
    "sign-in.code ok",
    "sign-in ok",
    "staff.view ok",
  ]);
});

test("an administrator takes a lost second factor from a colleague: the password alone is asked for again", async () => {
  const world = await createStaffWorld();
  const mine = (await world.signIn()).cookie;
  const noor = {
    name: "Noor",
    email: "noor@clinic.example",
    role: "support",
    password: admin.password,
  } as const;
  const { cookie: hers } = await world.enrol(await addColleague(world, mine, noor));
  const staffOf = async () =>
    staffList.parse(await (await world.request("/api/staff", { cookie: mine })).json()).staff;
  const her = (await staffOf()).find(({ email }) => email === noor.email);
  expect(her?.secondFactor).toBe(true);

  const remove = (id = "") => world.post(`/api/staff/${id}/second-factor`, {}, mine, "DELETE");
  expect((await remove(her?.id)).status).toBe(200);
  expect((await world.request("/api/account", { cookie: hers })).status).toBe(401);
  expect((await staffOf()).find(({ email }) => email === noor.email)?.secondFactor).toBe(false);
  const again = await world.signIn(noor.password, noor.email);
  expect((await world.request("/api/account", { cookie: again.cookie })).status).toBe(200);
  expect(await world.audited()).toContain("staff.second-factor-off ok");

  const me = (await staffOf()).find(({ email }) => email === admin.email);
  expect((await remove(me?.id)).status).toBe(400);
});

test("the right password without its code is not a last sign-in, and neither is setting one up", async () => {
  const world = await createStaffWorld();
  const lastMs = async (cookie: string) =>
    staffList.parse(await (await world.request("/api/staff", { cookie })).json()).staff[0]?.lastSignInMs;
  const first = await world.signIn();
  const startMs = await lastMs(first.cookie);
  world.advance(60_000);
  const { secret, cookie } = await world.enrol(first.cookie);
  expect(await lastMs(cookie)).toBe(startMs);
  halfMinuteLater();
  const half = await world.signIn();
  expect(await lastMs(cookie)).toBe(startMs);
  await world.code(totpOf(secret), half.cookie);
  expect(await lastMs(cookie)).toBe(world.now());
});

test("the last administrator who has lost the second factor is let in again from the server, and the trail says so", async () => {
  const before = await createStaffWorld();
  const { cookie } = await before.enrol((await before.signIn()).cookie);
  const again = { ...admin, password: "another long secret" };
  const { database } = before;
  const world = await createStaffWorld({
    database,
    firstAdministrator: again,
    resetsFirstAdministrator: true,
  });
  expect((await world.request("/api/staff", { cookie })).status).toBe(401);
  const inside = await world.signIn(again.password);
  expect((await world.request("/api/staff", { cookie: inside.cookie })).status).toBe(200);
  expect(await world.audited()).toContain("staff.reinstate ok");
  expect(world.logLines.join("")).toContain("Take it out now");
});

test("a second factor under a secret that is gone is told, instead of a failure without words", async () => {
  const before = await createStaffWorld();
  const { secret } = await before.enrol((await before.signIn()).cookie);
  halfMinuteLater();
  const world = await createStaffWorld({ database: before.database });
  const half = await world.signIn();
  const answer = await world.code(totpOf(secret), half.cookie);
  expect([answer.status, await answer.answer.json()]).toEqual([403, { code: "SECOND_FACTOR_UNREADABLE" }]);
  expect(await world.audited()).toContain("sign-in.code failed");
});

test("a secret that was never confirmed asks for nothing", async () => {
  const world = await createStaffWorld();
  const { cookie } = await world.signIn();
  await world.post("/api/account/second-factor", { password: admin.password }, cookie);
  expect((await world.post("/api/account/second-factor/confirm", { code: "000000" }, cookie)).status).toBe(
    400,
  );
  const again = await world.signIn();
  expect((await world.request("/api/staff", { cookie: again.cookie })).status).toBe(200);
});

test("a code serves once, and a wrong one not at all", async () => {
  const world = await createStaffWorld();
  const { secret } = await world.enrol((await world.signIn()).cookie);
  halfMinuteLater();
  const typed = totpOf(secret);
  const wrong = typed === "123456" ? "654321" : "123456";
  const first = await world.signIn();
  expect(await (await world.code(wrong, first.cookie)).answer.json()).toMatchObject({ code: "INVALID_CODE" });
  expect((await world.code(typed, first.cookie)).status).toBe(200);
  const second = await world.signIn();
  const replayed = await world.code(typed, second.cookie);
  expect([replayed.status, await replayed.answer.json()]).toEqual([401, { code: "INVALID_CODE" }]);
  halfMinuteLater();
  expect((await world.code(totpOf(secret), second.cookie)).status).toBe(200);
  expect(await world.audited()).toContain("sign-in.code failed");
});

test("a recovery code stands in for the app, once, and new ones end the old", async () => {
  const world = await createStaffWorld();
  const { secret, recoveryCodes, cookie } = await world.enrol((await world.signIn()).cookie);
  const [first = "", second = "", third = ""] = recoveryCodes;
  expect(recoveryCodes).toHaveLength(10);
  const recover = async (typed: string) =>
    world.post("/api/auth/two-factor/verify-backup-code", { code: typed }, (await world.signIn()).cookie);
  expect((await recover(first)).status).toBe(200);
  expect((await recover(first)).status).toBe(401);
  const own = account.parse(await (await world.request("/api/account", { cookie })).json());
  expect(own).toMatchObject({ secondFactor: true, recoveryCodesLeft: 9 });
  const renew = (proof: object) => world.post("/api/account/second-factor/recovery-codes", proof, cookie);
  const { password } = admin;
  for (const [proof, field, reason] of [
    [{ password }, "code", "required"],
    [{ password, code: first }, "code", "wrong"],
    [{ password, code: totpOf(secret) }, "code", "wrong"],
    [{ password: "not the password", code: third }, "password", "wrong"],
  ] as const)
    expect([proof, await (await renew(proof)).answer.json()]).toMatchObject([
      proof,
      { fields: [{ field, reason }] },
    ]);
  halfMinuteLater();
  const renewed = await renew({ password, code: totpOf(secret) });
  const { recoveryCodes: fresh } = (await renewed.answer.json()) as { recoveryCodes: string[] };
  expect((await recover(second)).status).toBe(401);
  expect((await recover(fresh[0] ?? "")).status).toBe(200);
});

test("of several recovery codes at once one signs in, and the others are answered in words that the page has", async () => {
  const world = await createStaffWorld();
  const { recoveryCodes } = await world.enrol((await world.signIn()).cookie);
  const { cookie } = await world.signIn();
  const answers = await Promise.all(
    recoveryCodes
      .slice(0, 4)
      .map((code) => world.post("/api/auth/two-factor/verify-backup-code", { code }, cookie)),
  );
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeLessThan(4);
  for (const { status, answer } of refused) {
    expect(status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: expect.stringMatching(/^INVALID_/) });
  }
  await world.close();
});

test("it is turned off with the password and a code of it, and better-auth's own ways cannot do it", async () => {
  const world = await createStaffWorld();
  const { secret, recoveryCodes, cookie } = await world.enrol((await world.signIn()).cookie);
  const off = (password: string, code?: string) =>
    world.post("/api/account/second-factor/off", { password, code }, cookie);
  const refused = await off("not the password");
  expect(await refused.answer.json()).toMatchObject({ fields: [{ field: "password", reason: "wrong" }] });
  const direct = await world.post("/api/auth/two-factor/disable", { password: admin.password }, cookie);
  expect(direct.status).toBe(404);
  expect(await (await world.signIn()).answer.json()).toMatchObject({ twoFactorRedirect: true });
  for (const code of [undefined, "", "000000", "aaaaa-aaaaa", totpOf(secret)])
    expect([code, (await off(admin.password, code)).status]).toEqual([code, 400]);
  expect((await off(admin.password, recoveryCodes[0])).status).toBe(200);
  expect((await world.request("/api/staff", { cookie: (await world.signIn()).cookie })).status).toBe(200);
  expect(await world.audited()).toEqual(
    expect.arrayContaining(["account.second-factor-off failed", "account.second-factor-off ok"]),
  );
});

test("where it is required, an account without it can do nothing but set it up", async () => {
  const world = await createStaffWorld({ secondFactorRequired: true });
  const { cookie } = await world.signIn();
  const session = await (await world.request("/api/auth/get-session", { cookie })).json();
  expect(session).toMatchObject({ user: { email: admin.email }, mustEnrol: true });
  for (const path of ["/api/staff", "/api/patients/facets", "/api/account/sessions"]) {
    const answer = await world.request(path, { cookie });
    expect([path, answer.status, await answer.json()]).toMatchObject([
      path,
      403,
      { code: "second-factor-needed" },
    ]);
  }
  expect((await world.request("/api/auth/admin/list-users", { cookie })).status).toBe(403);
  const change = { password: admin.password, next: "correct horse battery" };
  expect((await world.post("/api/account/password", change, cookie, "PUT")).status).toBe(403);
  const enrolled = await world.enrol(cookie);
  halfMinuteLater();
  expect((await world.request("/api/staff", { cookie: enrolled.cookie })).status).toBe(200);
  const changed = await world.post("/api/account/password", change, enrolled.cookie, "PUT");
  const proof = { password: change.next, code: totpOf(enrolled.secret) };
  const off = await world.post("/api/account/second-factor/off", proof, changed.cookie);
  expect((await world.request("/api/staff", { cookie: off.cookie })).status).toBe(403);
  const anew = await world.signIn(change.next);
  expect((await world.request("/api/staff", { cookie: anew.cookie })).status).toBe(403);
});

test("where administrators need it, nobody else does, and who becomes one does at once", async () => {
  const world = await createStaffWorld({ secondFactorFor: ["administrator"] });
  const first = await world.signIn();
  expect((await world.request("/api/staff", { cookie: first.cookie })).status).toBe(403);
  const { cookie } = await world.enrol(first.cookie);
  const noor = {
    name: "Noor",
    email: "noor@clinic.example",
    role: "support",
    password: "four quite plain words",
  } as const;
  const hers = await addColleague(world, cookie, noor);
  expect((await world.request("/api/account/sessions", { cookie: hers })).status).toBe(200);
  const ownOf = async (as: string) =>
    account.parse(await (await world.request("/api/account", { cookie: as })).json()).secondFactorRequired;
  expect([await ownOf(cookie), await ownOf(hers)]).toEqual([true, false]);
  const { staff } = staffList.parse(await (await world.request("/api/staff", { cookie })).json());
  const id = staff.find(({ email }) => email === noor.email)?.id;
  await world.post(`/api/staff/${id}`, { role: "administrator" }, cookie, "PATCH");
  expect((await world.request("/api/staff", { cookie: hers })).status).toBe(403);
  const enrolled = await world.enrol(hers, noor.password);
  expect((await world.request("/api/staff", { cookie: enrolled.cookie })).status).toBe(200);
});

test("the requirement does not reach those who came without a password", async () => {
  const world = await createStaffWorld({ sandboxMode: true, secondFactorRequired: true });
  const cookie = await world.signInAs("administrator");
  expect((await world.request("/api/staff", { cookie })).status).toBe(200);
  const own = await (await world.request("/api/account", { cookie })).json();
  expect(own).toMatchObject({ hasPassword: false, secondFactor: false });
});

test("whoever has given the password and owes a code begins anew once anything of that sign-in has changed", async () => {
  const world = await createStaffWorld();
  const mine = (await world.signIn()).cookie;
  const noor = { name: "Noor", email: "noor@clinic.example", role: "support" } as const;
  let password = "four quite plain words";
  let own = await world.enrol(await addColleague(world, mine, { ...noor, password }), password);
  const { staff } = staffList.parse(await (await world.request("/api/staff", { cookie: mine })).json());
  const id = staff.find(({ email }) => email === noor.email)?.id;
  const code = () => {
    halfMinuteLater();
    return totpOf(own.secret);
  };
  const proof = () => ({ password, code: code() });
  const changes: Record<string, () => Promise<{ status: number }>> = {
    "all other sessions ended": () => world.post("/api/account/sessions", {}, own.cookie, "DELETE"),
    "new recovery codes": () => world.post("/api/account/second-factor/recovery-codes", proof(), own.cookie),
    "another role": () => world.post(`/api/staff/${id}`, { role: "clinician" }, mine, "PATCH"),
    "a new password": async () => {
      const next = "five other plain words";
      const changed = await world.post("/api/account/password", { password, next }, own.cookie, "PUT");
      own = { ...own, cookie: changed.cookie };
      password = next;
      return changed;
    },
    "another second factor": async () => {
      const off = await world.post("/api/account/second-factor/off", proof(), own.cookie);
      own = await world.enrol(off.cookie, password);
      return off;
    },
    "signed out by an administrator": () => world.post(`/api/staff/${id}/sessions`, {}, mine, "DELETE"),
    "closed and opened again": async () => {
      await world.post(`/api/staff/${id}`, { active: false }, mine, "PATCH");
      return world.post(`/api/staff/${id}`, { active: true }, mine, "PATCH");
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    halfMinuteLater();
    const half = await world.signIn(password, noor.email);
    expect([what, await half.answer.json()]).toMatchObject([what, { twoFactorRedirect: true }]);
    expect([what, (await change()).status]).toEqual([what, 200]);
    const after = await world.code(code(), half.cookie);
    expect([what, after.status, await after.answer.json()]).toEqual([
      what,
      401,
      { code: "INVALID_TWO_FACTOR_COOKIE" },
    ]);
  }
});

test("secrets and recovery codes do not lie readable in the database", async () => {
  const world = await createStaffWorld();
  const { secret, recoveryCodes } = await world.enrol((await world.signIn()).cookie);
  const rows = await world.database.db
    .selectFrom("twoFactor" as never)
    .selectAll()
    .execute();
  const kept = JSON.stringify(rows);
  expect(rows).toHaveLength(1);
  for (const text of [secret, ...recoveryCodes]) expect(kept).not.toContain(text);
});

test("the first administrator is not made with a password that is tried first, and one who is here stays", async () => {
  const guessed = { ...admin, password: "Trendline-2026!" };
  await expect(createStaffWorld({ firstAdministrator: guessed })).rejects.toThrow(
    /^BOOTSTRAP_ADMIN_PASSWORD: .* Choose another one\.$/,
  );
  const { database } = await createStaffWorld();
  const world = await createStaffWorld({ database, firstAdministrator: guessed });
  expect((await world.signIn()).status).toBe(200);
});
