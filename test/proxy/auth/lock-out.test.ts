import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { newLink } from "#contract/invitation.ts";
import { staffList } from "#contract/staff.ts";
import { createLockOut, type Verdict } from "#proxy/auth/lock-out.ts";
import { type Database, openDatabase } from "#proxy/store/database.ts";
import { createSignInGuard } from "#proxy/store/sign-in-guard.ts";
import { addColleague, tokenOf } from "#test/support/colleague.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { totpOf } from "#test/support/totp.ts";
import { json } from "#test/support/world.ts";
import { admin, createStaffWorld } from "./staff-world.ts";

const secret = "0123456789abcdef0123456789abcdef";
const minuteMs = 60_000;
let timeMs = Date.UTC(2026, 10, 24, 9);

beforeEach(() => {
  // Each test a week later, so that what one counted is forgotten in the next.
  timeMs += 7 * 24 * 60 * minuteMs;
  vi.useFakeTimers({ toFake: ["Date"], now: timeMs });
});
afterEach(() => {
  vi.useRealTimers();
});
/** As a Chinese keyboard types it. */
const toFullWidth = (digit: string) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0);
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

/** What holds on any database; `open` opens the same one again, as another server does. */
function suite(open: () => Promise<Database>) {
  const start = async () => {
    const world = await createStaffWorld({ database: await open(), authSecret: secret });
    const lockOut = createLockOut(createSignInGuard(world.database.db), secret);
    const attempt = async (verdict: Verdict, email = admin.email) => {
      const made = await lockOut.attempt(email, async () => ({ verdict, value: null }));
      return made.kind === "locked" ? Math.round(made.forMs / minuteMs) : "made";
    };
    const fail = async (times: number, email = admin.email) => {
      for (let i = 0; i < times; i += 1) expect(await attempt("failed", email)).toBe("made");
    };
    return { ...world, lockOut, attempt, fail };
  };

  test("after ten failures in a row an account is locked for a minute, then for twice as long each time, to about an hour", async () => {
    const world = await start();
    await world.fail(9);
    expect(await world.attempt("passed")).toBe("made");
    await world.fail(10);
    for (const minutes of [1, 2, 4, 8, 16, 32, 64, 64]) {
      expect(await world.attempt("passed")).toBe(minutes);
      later(minutes * minuteMs);
      await world.fail(1);
    }
    later(64 * minuteMs);
    expect(await world.attempt("passed")).toBe("made");
    await world.fail(9);
    later(25 * 60 * minuteMs);
    await world.fail(9);
    await world.close();
  });

  test("an attempt that tested nothing undoes no lock that another one brought meanwhile", async () => {
    const world = await start();
    await world.fail(8);
    const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const open = world.lockOut.attempt(admin.email, async () => {
      begun.resolve();
      await over.promise;
      return { verdict: "neither" as const, value: null };
    });
    await begun.promise;
    await world.fail(1);
    over.resolve();
    await open;
    expect(await world.attempt("passed")).toBe(1);
    await world.close();
  });

  test("a right password with a code to come neither counts nor forgives", async () => {
    const world = await start();
    await world.fail(9);
    for (let i = 0; i < 3; i += 1) expect(await world.attempt("neither")).toBe("made");
    await world.fail(1);
    expect(await world.attempt("passed")).toBe(1);
    await world.close();
  });

  test("many attempts at the same moment are ten and no more, on two servers as on one", async () => {
    const worlds = [await start(), await start()] as const;
    let tried = 0;
    const make = async () => {
      tried += 1;
      return { verdict: "failed" as const, value: null };
    };
    const all = Array.from({ length: 60 }, (_, i) =>
      worlds[i % 2 === 0 ? 0 : 1].lockOut.attempt("x@y.example", make),
    );
    const made = (await Promise.all(all)).filter(({ kind }) => kind === "made");
    expect([tried, made.length]).toEqual([10, 10]);
    expect(made.filter((attempt) => attempt.kind === "made" && attempt.lockedNow)).toHaveLength(1);
    for (const world of worlds) await world.close();
  });

  test("an address that nobody has is refused and locked in the same words, and even the right password waits", async () => {
    const world = await start();
    const answersFor = async (email: string) => {
      const answers: unknown[] = [];
      await world.fail(9, email);
      for (const password of ["wrong wrong wrong", admin.password]) {
        const { answer } = await world.signIn(password, email);
        const names = [...answer.headers.keys()].filter((name) => name !== "x-request-id");
        answers.push([answer.status, await answer.text(), names, answer.headers.get("retry-after")]);
      }
      return answers;
    };
    const known = await answersFor(admin.email);
    const any = expect.anything();
    expect(known).toEqual([
      [401, any, any, null],
      [429, any, any, "60"],
    ]);
    expect(await answersFor("nobody@clinic.example")).toEqual(known);
    later(minuteMs);
    expect((await world.signIn()).status).toBe(200);
    const refused = ["sign-in failed", "account.lock-out ok", "sign-in locked"];
    expect((await world.audited()).slice(-7)).toEqual([...refused, ...refused, "sign-in ok"]);
    await world.close();
  });

  test("wrong codes count with wrong passwords", async () => {
    const world = await start();
    const email = `code-${timeMs}@clinic.example`;
    const { cookie } = await world.signIn();
    const member = { name: "N", email, role: "support", password: "correct horse battery" } as const;
    const own = await addColleague(world, cookie, member);
    const { secret: totp } = await world.enrol(own, member.password);
    later(minuteMs);
    const half = await world.signIn(member.password, email);
    await world.fail(8, email);
    const wrong = totpOf(totp) === "000000" ? "111111" : "000000";
    for (const status of [401, 401, 429])
      expect((await world.code(status === 429 ? totpOf(totp) : wrong, half.cookie)).status).toBe(status);
    later(minuteMs);
    expect((await world.code(totpOf(totp), half.cookie)).status).toBe(200);
    await world.close();
  });

  test("a client address that tries one account after the other has to wait, on every server", async () => {
    const worlds = [await start(), await start()] as const;
    const statuses: number[] = [];
    for (let i = 0; i < 31; i += 1)
      statuses.push(
        (await worlds[i % 2 === 0 ? 0 : 1].signIn("wrong wrong wrong", `no address ${i}`)).status,
      );
    expect(statuses.slice(0, 30).every((status) => status === 400)).toBe(true);
    expect(statuses[30]).toBe(429);
    for (const world of worlds) await world.close();
  });

  test("a browser that its owner has signed in with gets in while strangers keep the account locked", async () => {
    const world = await start();
    const browserOf = (cookie: string) => /trendline\.browser=[\w-]+/.exec(cookie)?.[0] ?? "none";
    const home = browserOf((await world.signIn()).cookie);
    const from = async (browser: string, password: string = admin.password, email = admin.email) =>
      (await world.post("/api/auth/sign-in/email", { email, password }, browser)).status;
    await world.fail(10);
    expect([(await world.signIn()).status, await from("trendline.browser=x"), await from(home)]).toEqual([
      429, 429, 200,
    ]);
    expect((await world.signIn()).status).toBe(429);
    // What is tried there is counted there, and locks there only.
    for (let i = 0; i < 10; i += 1) expect(await from(home, "wrong wrong wrong")).toBe(401);
    expect(await from(home)).toBe(429);
    later(minuteMs);
    expect((await world.signIn()).status).toBe(200);
    // It is known for nobody else.
    const other = `other-${timeMs}@clinic.example`;
    await world.fail(10, other);
    expect(await from(home, admin.password, other)).toBe(429);
    await world.close();
  });

  test("guesses from a clinic's own address keep nobody out whose browser is known there", async () => {
    const world = await start();
    const home = (await world.signIn()).cookie;
    const browser = /trendline\.browser=[\w-]+/.exec(home)?.[0] ?? "none";
    for (let i = 0; i < 30; i += 1) await world.signIn("wrong wrong wrong", `no address ${i}`);
    expect((await world.signIn()).status).toBe(429);
    const forged = await world.request("/api/auth/sign-in/email", {
      method: "POST",
      body: JSON.stringify(admin),
      headers: { "content-type": "application/json", "x-trendline-known-browser": "yes" },
    });
    expect(forged.status).toBe(429);
    for (let i = 0; i < 5; i += 1)
      expect((await world.post("/api/auth/sign-in/email", admin, browser)).status).toBe(200);
    await world.close();
  });

  test("a link for a new password ends the lock, whoever keeps trying, and the browsers that were known", async () => {
    const world = await start();
    const email = `link-${timeMs}@clinic.example`;
    const { cookie } = await world.signIn();
    const member = { name: "N", email, role: "support", password: "four quite plain words" } as const;
    const own = await addColleague(world, cookie, member);
    await world.fail(10, email);
    expect((await world.signIn(member.password, email)).status).toBe(429);
    const { staff } = staffList.parse(await (await world.request("/api/staff", { cookie })).json());
    const id = staff.find((one) => one.email === email)?.id;
    const made = await world.post(`/api/staff/${id}/password-link`, {}, cookie);
    const { link } = newLink.parse(await made.answer.json());
    const password = "some other plain words";
    const accepted = await world.post("/api/invitations/accept", { token: tokenOf(link), password });
    expect(accepted.status).toBe(200);
    expect((await world.signIn(password, email)).status).toBe(200);
    await world.fail(10, email);
    expect((await world.post("/api/auth/sign-in/email", { email, password }, own)).status).toBe(429);
    await world.close();
  });

  test("the first administrator who is let in again from the server is not locked out either", async () => {
    const world = await start();
    await world.fail(10);
    expect((await world.signIn()).status).toBe(429);
    const options = { database: world.database, authSecret: secret, resetsFirstAdministrator: true };
    const again = await createStaffWorld(options);
    expect((await again.signIn()).status).toBe(200);
    await again.proxy.stop();
    await world.close();
  });

  test("a code that turned the second factor on opens nothing any more", async () => {
    const world = await start();
    const email = `once-${timeMs}@clinic.example`;
    const member = { name: "N", email, role: "support", password: "four quite plain words" } as const;
    const own = await addColleague(world, (await world.signIn()).cookie, member);
    const { secret: totp } = await world.enrol(own, member.password);
    const half = await world.signIn(member.password, email);
    expect((await world.code(totpOf(totp), half.cookie)).status).toBe(401);
    later(30_000);
    expect((await world.code(totpOf(totp).replace(/./g, toFullWidth), half.cookie)).status).toBe(200);
    await world.close();
  });

  test("no address that was tried lies readable in the guard's table", async () => {
    const world = await start();
    await world.fail(1, "typed-into-the-wrong-field@x.example");
    const rows = await world.database.db.selectFrom("sign_in_guard").selectAll().execute();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain("wrong-field");
    await world.close();
  });
}

onBothDatabases((open) => suite(() => open(false)));

test("while an address is refused, a stranger's attempts there write nothing but a few rows of the trail, and a known browser gets in", async () => {
  let writes = 0;
  const database = await openDatabase({
    databaseUrl: null,
    dataDir: ":memory:",
    sandbox: false,
    log: ({ query: { sql } }) => {
      if (/^(insert|update|delete)/i.test(sql.trim()) && !sql.includes('"audit')) writes += 1;
    },
  });
  const world = await createStaffWorld({ database });
  const known = await world.signIn();
  const stranger = (i: number) => world.signIn("a wrong password", `nobody-${i}@clinic.example`);
  for (let i = 0; i < 31; i += 1) await stranger(i);
  writes = 0;
  const refused = await Promise.all(Array.from({ length: 100 }, (_, i) => stranger(100 + i)));
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429]));
  expect(Number(refused[0]?.answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(writes).toBe(0);
  const again = await world.post("/api/auth/sign-in/email", admin, known.cookie);
  expect(again.status).toBe(200);
  await world.close();
});

test("the other addresses of a refused IPv6 network are refused with it, and write no more than it does", async () => {
  let writes = 0;
  const database = await openDatabase({
    databaseUrl: null,
    dataDir: ":memory:",
    sandbox: false,
    log: ({ query: { sql } }) => {
      if (/^(insert|update|delete)/i.test(sql.trim()) && !sql.includes('"audit')) writes += 1;
    },
  });
  const world = await createStaffWorld({ database });
  const from = async (address: string, i: number) => {
    const wrong = json({ email: `nobody-${i}@clinic.example`, password: "a wrong password" });
    return (await world.request("/api/auth/sign-in/email", { ...wrong, from: address })).status;
  };
  for (let i = 0; i < 31; i += 1) await from(`2001:db8:1:1::${i + 1}`, i);
  writes = 0;
  expect(await from("2001:db8:1:1:a::1", 31)).toBe(429);
  expect(writes).toBe(0);
  expect(await from("2001:db8:1:2::1", 32)).toBe(401);
  await world.close();
});
