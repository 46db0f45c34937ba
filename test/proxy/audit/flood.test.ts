import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { admin, createStaffWorld } from "../auth/staff-world.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: Date.UTC(2026, 10, 24, 9) });
});
afterEach(() => {
  vi.useRealTimers();
});

type World = Awaited<ReturnType<typeof createStaffWorld>>;

const rowsOf = ({ database }: World) => database.db.selectFrom("audit").selectAll().orderBy("seq").execute();
const attempt = (world: World, from: string, email = admin.email) =>
  world.request("/api/auth/sign-in/email", {
    method: "POST",
    from,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password: "wrong wrong wrong" }),
  });
const minute = () => vi.advanceTimersByTimeAsync(60_000);

test("refusals that were not even looked at are one row and one count a minute, however many there are", async () => {
  const world = await createStaffWorld();
  for (let i = 0; i < 10; i += 1) await attempt(world, "203.0.113.1");
  for (let i = 0; i < 500; i += 1) expect((await attempt(world, "203.0.113.1")).status).toBe(429);
  const locked = async () => (await rowsOf(world)).filter(({ outcome }) => outcome === "locked");
  expect(await locked()).toHaveLength(1);
  await minute();
  await expect.poll(locked).toHaveLength(2);
  expect(
    (await locked()).map(({ details, client_address, subject }) => [details, client_address, subject]),
  ).toEqual([
    [null, "203.0.113.1", expect.any(String)],
    ['{"times":499}', "203.0.113.1", expect.any(String)],
  ]);
  await world.proxy.stop();
});

test("what an address is not let try any more is counted as well, and all that is counted is written at the end", async () => {
  const world = await createStaffWorld();
  for (let i = 0; i < 130; i += 1) await attempt(world, "203.0.113.2", `no address ${i}`);
  await world.proxy.stop();
  const rows = await rowsOf(world);
  expect(rows.filter(({ outcome }) => outcome === "failed")).toHaveLength(30);
  expect(rows.filter(({ outcome }) => outcome === "locked").map(({ details }) => details)).toEqual([
    null,
    '{"times":99}',
  ]);
});

test("many addresses at once do not fill the trail either", async () => {
  const world = await createStaffWorld();
  for (let i = 0; i < 10; i += 1) await attempt(world, "203.0.113.1");
  for (let i = 0; i < 900; i += 1) await attempt(world, `198.18.${i >> 8}.${i & 255}`);
  await world.proxy.stop();
  const rows = await rowsOf(world);
  expect(rows.length).toBeLessThan(320);
  const counted = rows.flatMap(({ details, outcome }) =>
    outcome === "locked" ? [details ? (JSON.parse(details) as { times: number }).times : 1] : [],
  );
  expect(counted.reduce((sum, times) => sum + times, 0)).toBe(900);
});

test("rows of ways back that nobody was sent on are counted too, and a right sign-in among them has its row", async () => {
  const world = await createStaffWorld({ sandboxMode: true });
  for (let i = 0; i < 100; i += 1)
    await world.request("/api/auth/demo/sign-in", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ role: i === 50 ? "support" : "nobody" }),
    });
  const refused = await world.signInAs("support");
  for (let i = 0; i < 100; i += 1) await world.request("/api/staff", { cookie: refused });
  await world.proxy.stop();
  const rows = await rowsOf(world);
  expect(rows.filter(({ outcome, action }) => action === "sign-in" && outcome === "ok")).toHaveLength(2);
  expect(rows.filter(({ outcome }) => outcome === "forbidden").map(({ details }) => details)).toEqual([
    ...Array(30).fill(null),
    '{"times":70}',
  ]);
});

test("every attempt is in the metrics, written or counted", async () => {
  const metricsToken = "k7Jq2mVx9Rt4bW8zN3cL6pH1sD5fG0yA";
  const world = await createStaffWorld({ metricsToken });
  for (let i = 0; i < 60; i += 1) await attempt(world, "203.0.113.9");
  const headers = { authorization: `Bearer ${metricsToken}` };
  const text = await (await world.request("/metrics", { headers })).text();
  expect(text).toContain('trendline_sign_ins_total{outcome="failed"} 10');
  expect(text).toContain('trendline_sign_ins_total{outcome="locked"} 50');
  await world.proxy.stop();
});

test("refused looks at several people that are counted together are not said to be all at one", async () => {
  const world = await createStaffWorld({ sandboxMode: true });
  const cookie = await world.signInAs("support");
  for (let i = 0; i < 33; i += 1) await world.request(`/api/patients/${randomUUID()}`, { cookie });
  const again = randomUUID();
  for (let i = 0; i < 33; i += 1) await world.request(`/api/patients/${again}/summary`, { cookie });
  await world.proxy.stop();
  const counted = (await rowsOf(world)).filter(({ details }) => details?.includes("times"));
  expect(counted.map(({ subject, details }) => [subject, details])).toEqual([
    [null, '{"times":3}'],
    [again, '{"times":3}'],
  ]);
});
