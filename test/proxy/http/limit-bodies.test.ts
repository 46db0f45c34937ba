import { expect, onTestFinished, test, vi } from "vitest";
import { createWorld, type World } from "#test/support/world.ts";

const MB = 1024 * 1024;
const header = new TextEncoder().encode("id,name\n");

/** A body whose parts are made as they are asked for; after `parts` of them it waits until `go` is called. */
function stream(partBytes: number, parts: number) {
  let made = 0;
  const { promise: going, resolve: go } = Promise.withResolvers<void>();
  const { promise: waiting, resolve: waits } = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (made === parts) {
          waits();
          await going;
          return controller.close();
        }
        made += 1;
        controller.enqueue(made === 1 ? header : new Uint8Array(partBytes).fill(10));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, go, waiting, made: () => made };
}

const upload = (world: World, body: ReadableStream<Uint8Array>, cookie?: string, from?: string) =>
  world.request("/api/imports", {
    method: "POST",
    body,
    duplex: "half",
    cookie,
    from,
    headers: { "content-type": "application/octet-stream", "x-file-name": "a.csv" },
  } as RequestInit & { cookie?: string; from?: string });

test("nothing of a body is read before it is known who sends it", async () => {
  const world = await createWorld();
  const support = await world.signIn("support");
  for (const [cookie, status] of [
    [undefined, 401],
    [support, 403],
  ] as const) {
    const { body, made } = stream(MB, 9);
    expect((await upload(world, body, cookie)).status).toBe(status);
    expect(made()).toBeLessThanOrEqual(1);
  }
  await world.close();
});

test("a body larger than is asked for is refused as it comes, said to be that large or not", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const { body, made } = stream(MB, 40);
  const answer = await upload(world, body, cookie);
  expect([answer.status, await answer.json()]).toMatchObject([400, { fields: [{ reason: "too-large" }] }]);
  expect(made()).toBeLessThan(15);
  const small = await world.request("/api/patients/search", {
    method: "POST",
    body: stream(20_000, 40).body,
    duplex: "half",
    cookie,
    headers: { "content-type": "application/json" },
  } as RequestInit);
  expect([small.status, await small.json()]).toMatchObject([400, { detail: "The body is too large." }]);
  await world.close();
});

test("what all requests together may hold has an end, told with the time to wait, and is free again after", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const held = [stream(MB, 10), stream(MB, 10)];
  const answers = held.map(({ body }) => upload(world, body, cookie));
  for (const { waiting } of held) await waiting;
  const refused = await upload(world, stream(MB, 5).body, cookie, "203.0.113.5");
  expect([refused.status, refused.headers.get("retry-after"), await refused.json()]).toMatchObject([
    503,
    "5",
    { code: "server-busy", retryAfterS: 5 },
  ]);
  const search = await world.request("/api/patients/search", {
    method: "POST",
    body: "{}",
    cookie,
    headers: { "content-type": "application/json" },
  });
  expect(search.status).toBe(200);
  for (const { go } of held) go();
  await Promise.all(answers);
  const after = stream(MB, 5);
  after.go();
  expect((await upload(world, after.body, cookie, "203.0.113.5")).status).not.toBe(503);
  await world.close();
});

test("one address cannot hold all that sign-ins may take together, nor can all the connections it may have hold the others up", async () => {
  const world = await createWorld();
  const send = (from: string) => {
    const one = stream(4_000, 2);
    const answer = world.request("/api/auth/sign-in/email", {
      method: "POST",
      body: one.body,
      duplex: "half",
      from,
      headers: { "content-type": "application/json" },
    } as RequestInit & { from: string });
    return { ...one, answer };
  };
  const hold = async (count: number) => {
    const held = Array.from({ length: count }, () => send("203.0.113.1"));
    for (const { waiting } of held) await waiting;
    return held;
  };
  const statusFrom = async (from: string) => {
    const { go, answer } = send(from);
    go();
    return (await answer).status;
  };
  // As many connections as one address may have.
  const held = await hold(256);
  expect(await statusFrom("203.0.113.1")).toBe(400);
  held.push(...(await hold(792)));
  expect(await statusFrom("203.0.113.1")).toBe(503);
  expect(await statusFrom("203.0.113.2")).toBe(400);
  for (const { go } of held) go();
  await Promise.all(held.map(({ answer }) => answer));
  await world.close();
});

test.each([
  ["/api/patients/search", "application/json", 10_000],
  ["/api/imports", "application/octet-stream", 120_000],
])("a body of %s that stops arriving is given up and told", async (path, type, withinMs) => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { body, waiting } = stream(100, 3);
  const answer = world.request(path, {
    method: "POST",
    body,
    duplex: "half",
    cookie,
    headers: { "content-type": type },
  } as RequestInit);
  await waiting;
  await vi.advanceTimersByTimeAsync(withinMs + 1);
  expect([(await answer).status, await (await answer).json()]).toMatchObject([
    408,
    { code: "body-too-slow" },
  ]);
  vi.useRealTimers();
  await world.close();
});

test("one who sends a little at a time is given up as well", async () => {
  const world = await createWorld();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      await new Promise((done) => setTimeout(done, 900));
      controller.enqueue(new Uint8Array([32]));
    },
  });
  const answer = world.request("/api/auth/sign-in/email", {
    method: "POST",
    body,
    duplex: "half",
    headers: { "content-type": "application/json" },
  } as RequestInit);
  await vi.advanceTimersByTimeAsync(11_000);
  expect((await answer).status).toBe(408);
  vi.useRealTimers();
  await world.close();
});
