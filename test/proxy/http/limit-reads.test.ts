import { Hono } from "hono";
import { afterEach, expect, test, vi } from "vitest";
import { problem } from "#contract/problem.ts";
import type { AppEnv } from "#proxy/app-env.ts";
import { createLimitReads } from "#proxy/http/limit-reads.ts";
import { createWorld } from "#test/support/world.ts";

const dayMs = 24 * 3_600_000;

afterEach(() => {
  vi.useRealTimers();
});

/**
 * A clinic whose platform answers reads only once it is let; how many windows
 * it was asked for so far, and of whom.
 */
async function clinic() {
  const world = await createWorld();
  const paths: string[] = [];
  for (const person of world.sandbox.cohort.slice(0, 8))
    paths.push(`/api/patients/${(await world.proxy.registerPatient(person)).patient.id}`);
  const platform = world.sandbox.fetch.bind(world.sandbox);
  const users = new Set<string>();
  const { promise: open, resolve: letThrough } = Promise.withResolvers<void>();
  world.sandbox.fetch = async (request, bindings) => {
    const url = new URL(request.url);
    if (url.pathname.endsWith("/user/glucose")) {
      users.add(url.searchParams.get("open_id") ?? "");
      await open;
    }
    return platform(request, bindings);
  };
  const read = async (path: string, cookie: string, days: number, signal?: AbortSignal) => {
    const range = `start=${world.now() - days * dayMs}&end=${world.now()}`;
    const answer = await world.request(`${path}/readings?${range}`, { cookie, signal });
    return {
      status: answer.status,
      retryAfter: answer.headers.get("retry-after"),
      body: answer.body && (await answer.json()),
    };
  };
  /** The database answers in real time: everybody is where they can come to. */
  const settle = async () => {
    for (let turn = 0; turn < 500; turn += 1) await new Promise(setImmediate);
  };
  return { ...world, paths, users, letThrough, read, settle };
}

test("of one person's long reads one is under way, and a colleague's page does not wait for them", async () => {
  const world = await clinic();
  const [greedy, colleague] = [await world.signIn("clinician"), await world.signIn("administrator")];
  const reads = world.paths.slice(0, 6).map((path) => world.read(path, greedy, 101));
  await expect.poll(() => world.users.size).toBe(1);
  await world.settle();
  expect(world.users.size).toBe(1);
  const page = world.read(world.paths[7] ?? "", colleague, 14);
  await expect.poll(() => world.users.size).toBe(2);
  world.letThrough();
  expect((await page).status).toBe(200);
  expect((await Promise.all(reads)).map(({ status }) => status)).toEqual(Array(6).fill(200));
  await world.close();
});

test("whoever has gone while their read waited for its turn is not read for", async () => {
  const world = await clinic();
  const cookie = await world.signIn("clinician");
  const first = world.read(world.paths[0] ?? "", cookie, 101);
  const going = new AbortController();
  const gone = world.read(world.paths[1] ?? "", cookie, 101, going.signal);
  const last = world.read(world.paths[2] ?? "", cookie, 101);
  await world.settle();
  going.abort();
  expect((await gone).status).toBe(499);
  world.letThrough();
  expect([(await first).status, (await last).status]).toEqual([200, 200]);
  expect(world.users.size).toBe(2);
  await world.close();
});

test("whoever goes while their read is under way does not free its place", async () => {
  const world = await clinic();
  const cookie = await world.signIn("clinician");
  const going = new AbortController();
  const gone = world.read(world.paths[0] ?? "", cookie, 101, going.signal);
  await world.settle();
  going.abort();
  const next = world.read(world.paths[1] ?? "", cookie, 101);
  for (let i = 0; i < 10; i += 1) await world.settle();
  expect(world.users.size).toBe(1);
  world.letThrough();
  await gone;
  expect((await next).status).toBe(200);
  await world.close();
});

test("long reads that wait behind their readers' own short ones take nobody else's place", async () => {
  const under: string[] = [];
  const { promise: open, resolve: letThrough } = Promise.withResolvers<void>();
  const app = new Hono<AppEnv>()
    .use(async (c, next) => {
      c.set("staff", { id: c.req.query("who") ?? "", role: "clinician" });
      await next();
    })
    .get("/", createLimitReads(), async (c) => {
      under.push(c.req.query("who") ?? "");
      await open;
      return c.text("");
    });
  const read = (who: string, days: number) => app.request(`/?who=${who}&start=0&end=${days * dayMs}`);
  const greedy = ["ada", "bob"].flatMap((who) => [...Array(6).fill(3), 101].map((days) => read(who, days)));
  const other = read("cy", 101);
  await expect.poll(() => under).toContain("cy");
  letThrough();
  expect((await Promise.all([...greedy, other])).map(({ status }) => status)).toEqual(Array(15).fill(200));
});

test("of one person's short reads six are under way", async () => {
  const world = await clinic();
  const cookie = await world.signIn("clinician");
  const reads = world.paths.map((path) => world.read(path, cookie, 3));
  await expect.poll(() => world.users.size).toBe(6);
  await world.settle();
  expect(world.users.size).toBe(6);
  world.letThrough();
  expect((await Promise.all(reads)).map(({ status }) => status)).toEqual(Array(8).fill(200));
  await world.close();
});

test("a read whose turn does not come is told why and when to try again, and the two hundred and first at once", async () => {
  const world = await clinic();
  const cookie = await world.signIn("clinician");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const reads = Array.from({ length: 202 }, () => world.read(world.paths[0] ?? "", cookie, 400));
  await world.settle();
  const first = await Promise.race(reads);
  expect([first.status, first.retryAfter]).toEqual([429, "10"]);
  await vi.advanceTimersByTimeAsync(25_000);
  const problems = (await Promise.all(reads)).map(({ body }) => problem.parse(body));
  const counts = (code: string) => problems.filter((one) => one.code === code).length;
  expect([counts("rate-limited"), counts("platform-timeout")]).toEqual([201, 1]);
  expect(problems.find(({ code }) => code === "rate-limited")?.detail).toContain("ask for fewer days");
  world.letThrough();
  await world.close();
});
