import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ownSessions } from "#contract/account.ts";
import { addColleague } from "#test/support/colleague.ts";
import { json, type WorldOptions } from "#test/support/world.ts";
import { admin, createStaffWorld } from "./staff-world.ts";

const minuteMs = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 24, 9) });
});
afterEach(() => {
  vi.useRealTimers();
});
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

const start = async (options: WorldOptions = {}) => {
  const world = await createStaffWorld(options);
  const isIn = async (cookie: string) => (await world.request("/api/staff", { cookie })).status === 200;
  const listed = async (cookie: string) =>
    ownSessions.parse(await (await world.request("/api/account/sessions", { cookie })).json()).sessions;
  const from = async (userAgent: string) => {
    const init = json(admin);
    const headers = { ...init.headers, "user-agent": userAgent };
    const answer = await world.request("/api/auth/sign-in/email", { ...init, headers });
    return answer.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
  };
  const remove = (path: string, cookie: string) => world.request(path, { method: "DELETE", cookie });
  return { ...world, isIn, listed, from, remove };
};

test("own sessions are listed with begin, last use, address and browser, and never with their token", async () => {
  const world = await start();
  const desk = await world.from("Desk/1");
  later(5 * minuteMs);
  const phone = await world.from("Phone/2");
  later(minuteMs);
  await world.post("/api/account/activity", {}, desk);
  const sessions = await world.listed(phone);
  expect(sessions).toMatchObject([
    { isCurrent: true, userAgent: "Phone/2", address: "198.51.100.7" },
    { isCurrent: false, userAgent: "Desk/1", usedAtMs: Date.now(), begunAtMs: Date.now() - 6 * minuteMs },
  ]);
  const text = await (await world.request("/api/account/sessions", { cookie: phone })).text();
  expect(text).not.toContain(desk.split("=")[1]?.split(".")[0]);
});

test("one session is ended, or all others, and nobody ends another person's", async () => {
  const world = await start();
  const [one, two, three] = [await world.from("1"), await world.from("2"), await world.from("3")];
  const member = {
    name: "N",
    email: "n@clinic.example",
    role: "support",
    password: "correct horse battery",
  } as const;
  const stranger = await addColleague(world, one, member);
  const second = (await world.listed(one)).find(({ userAgent }) => userAgent === "2");
  expect((await world.remove(`/api/account/sessions/${second?.id}`, stranger)).status).toBe(404);
  expect(await world.isIn(two)).toBe(true);
  expect((await world.remove(`/api/account/sessions/${second?.id}`, one)).status).toBe(200);
  expect([await world.isIn(one), await world.isIn(two), await world.isIn(three)]).toEqual([
    true,
    false,
    true,
  ]);
  await world.remove("/api/account/sessions", one);
  expect([await world.isIn(one), await world.isIn(three)]).toEqual([true, false]);
  expect(await world.audited()).toEqual(
    expect.arrayContaining(["session.revoke failed", "session.revoke ok"]),
  );
});

test("all other sessions end, however many there are, and all of them are listed before", async () => {
  const world = await start();
  const here = await world.from("1");
  const { db } = world.database;
  const [one] = await db.selectFrom("session").selectAll().execute();
  const copies = Array.from({ length: 150 }, (_, i) => ({ ...one, id: `copy-${i}`, token: `token-${i}` }));
  await db
    .insertInto("session")
    .values(copies as never)
    .execute();
  expect(await world.listed(here)).toHaveLength(151);
  expect((await world.remove("/api/account/sessions", here)).status).toBe(200);
  expect(await db.selectFrom("session").select("id").execute()).toEqual([{ id: one?.id }]);
  expect(await world.isIn(here)).toBe(true);
});

test("the server ends a session when no hand was on the screen, whatever a page asks by itself", async () => {
  const world = await start();
  const { cookie } = await world.signIn();
  for (let i = 0; i < 3; i += 1) {
    later(10 * minuteMs);
    expect(await world.isIn(cookie)).toBe(true);
  }
  later(3 * minuteMs);
  expect(await world.isIn(cookie)).toBe(false);
  expect(await (await world.request("/api/auth/get-session", { cookie })).json()).toBeNull();
});

test("a hand on the screen keeps a session, for twelve hours and no more", async () => {
  const world = await start();
  const { cookie } = await world.signIn();
  for (let i = 0; i < 35; i += 1) {
    later(20 * minuteMs);
    expect((await world.post("/api/account/activity", {}, cookie)).status).toBe(200);
  }
  later(21 * minuteMs);
  expect((await world.post("/api/account/activity", {}, cookie)).status).toBe(401);
});

test("a changed password ends all other sessions and leaves this one", async () => {
  const world = await start();
  const [here, there] = [await world.from("1"), await world.from("2")];
  const next = "four quite plain words";
  const change = (body: object) => world.post("/api/account/password", body, here, "PUT");
  const reasonOf = async (body: object) =>
    ((await (await change(body)).answer.json()) as { fields: object[] }).fields;
  expect(await reasonOf({ password: "not the password", next })).toEqual([
    { field: "password", reason: "wrong" },
  ]);
  const { password } = admin;
  for (const [bad, reason] of [
    ["too short", "too-short"],
    ["Password 1234", "too-common"],
    ["abcabcabcabcabc", "too-common"],
    [admin.email, "is-address"],
    [password, "same"],
  ])
    expect([bad, await reasonOf({ password, next: bad })]).toEqual([bad, [{ field: "next", reason }]]);
  const changed = await change({ password, next });
  expect(changed.status).toBe(200);
  expect([await world.isIn(changed.cookie), await world.isIn(here), await world.isIn(there)]).toEqual([
    true,
    false,
    false,
  ]);
  expect((await world.signIn()).status).toBe(401);
  expect((await world.signIn(next)).status).toBe(200);
  expect(await world.audited()).toContain("account.password-change ok");
});

test("a sign-in with the old password that is under way while it is changed leaves no session", async () => {
  const world = await start({ slowPasswords: true });
  const here = await world.from("here");
  const next = "four quite plain words";
  let isChanged = false;
  const signIns: string[] = [];
  const keepSigningIn = async () => {
    while (!isChanged) signIns.push((await world.signIn()).cookie);
  };
  const change = async () => {
    const changed = await world.post(
      "/api/account/password",
      { password: admin.password, next },
      here,
      "PUT",
    );
    isChanged = true;
    return changed;
  };
  const [changed] = await Promise.all([change(), ...Array.from({ length: 4 }, keepSigningIn)]);
  expect(changed.status).toBe(200);
  const alive = await Promise.all(signIns.filter(Boolean).map(world.isIn));
  expect(alive).not.toContain(true);
  expect(await world.isIn(changed.cookie)).toBe(true);
});

test("what a script can read of a session holds no token", async () => {
  const world = await start();
  const { cookie } = await world.signIn();
  const answer = await (await world.request("/api/auth/get-session", { cookie })).json();
  expect(answer).toEqual({
    user: { id: expect.any(String), name: admin.email, email: admin.email, role: "administrator" },
  });
});
