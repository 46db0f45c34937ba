import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Failure } from "#proxy/failure.ts";
import { type Priority, withDeadline, withinDeadline, withPriority } from "#proxy/platform/call-context.ts";
import { createRequestQueue } from "#proxy/platform/request-queue.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Calls that the test ends, in the order they began. */
function createWatched(callsPerSecond = 1000) {
  const enqueue = createRequestQueue({ callsPerSecond });
  const begun: string[] = [];
  const running: (() => void)[] = [];
  const ask = (name: string, priority: Priority, options?: { first: boolean }) =>
    withPriority(priority, () =>
      enqueue(async () => {
        begun.push(name);
        await new Promise<void>((done) => running.push(done));
      }, options),
    );
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const end = async (count: number) => {
    for (const done of running.splice(0, count)) done();
    await settle();
  };
  return { enqueue, begun, ask, end, settle };
}

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);

test("a page goes before a list and a list before an import, whoever came first", async () => {
  const { ask, begun, end, settle } = createWatched();
  for (const name of names("taken", 8)) void ask(name, "person");
  void ask("row", "background");
  void ask("list", "list");
  void ask("page", "person");
  void ask("token", "background", { first: true });
  await settle();
  expect(begun).toEqual(names("taken", 8));
  for (let i = 0; i < 4; i += 1) await end(1);
  expect(begun.slice(8)).toEqual(["token", "page", "list", "row"]);
});

test("ten thousand rows and long lists never take the last four ways to the platform", async () => {
  const { ask, begun, end, settle } = createWatched();
  for (const name of names("row", 10_000)) void ask(name, "background");
  for (const name of names("list", 100)) void ask(name, "list");
  await settle();
  expect(begun).toEqual(names("row", 4));
  for (const name of names("page", 4)) void ask(name, "person");
  await settle();
  expect(begun.slice(4)).toEqual(names("page", 4));
  await end(8);
  expect(begun.slice(8)).toEqual(names("list", 4));
});

test("no second sees more calls than set, and a page does not wait behind those that could not begin", async () => {
  const { enqueue } = createWatched(10);
  const begun: [string, number][] = [];
  const startMs = Date.now();
  const ask = (name: string, priority: Priority) =>
    withPriority(priority, () => enqueue(async () => begun.push([name, Date.now() - startMs])));
  for (const name of names("row", 25)) void ask(name, "background");
  await vi.advanceTimersByTimeAsync(500);
  void ask("page", "person");
  await vi.advanceTimersByTimeAsync(3_000);
  expect(begun).toHaveLength(26);
  expect(begun.slice(0, 10).every(([, ms]) => ms === 0)).toBe(true);
  expect(begun.find(([name]) => name === "page")).toEqual(["page", 1000]);
  for (const [, fromMs] of begun)
    expect(begun.filter(([, ms]) => ms >= fromMs && ms < fromMs + 1000).length).toBeLessThanOrEqual(10);
});

test("a call that has waited too long fails and leaves the queue", async () => {
  const { enqueue, ask, begun, end } = createWatched();
  for (const name of names("taken", 8)) void ask(name, "person");
  const late = withDeadline("person", 25_000, () => enqueue(async () => begun.push("late"))).catch(
    (error: unknown) => error,
  );
  await vi.advanceTimersByTimeAsync(24_999);
  await Promise.race([late, Promise.resolve()]);
  await vi.advanceTimersByTimeAsync(1);
  expect(await late).toMatchObject({
    code: "platform-timeout",
    message: expect.stringContaining("25 seconds"),
  });
  await end(8);
  expect(begun).not.toContain("late");
});

test("work shared with others goes on when one of them has no more time", async () => {
  const { promise: shared, resolve } = Promise.withResolvers<string>();
  const hasty = withDeadline("person", 1_000, () => withinDeadline(shared)).catch((error: unknown) => error);
  const patient = withDeadline("person", 9_000, () => withinDeadline(shared));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await hasty).toBeInstanceOf(Failure);
  resolve("read");
  expect(await patient).toBe("read");
});

test("work that is over in time leaves no timer behind", async () => {
  await withDeadline("person", 25_000, async () => "done");
  expect(vi.getTimerCount()).toBe(0);
});
