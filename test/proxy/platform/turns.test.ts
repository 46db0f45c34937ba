import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Failure } from "#proxy/failure.ts";
import { asUrgent, inTime, onErrand, type Urgency } from "#proxy/platform/errand.ts";
import { createTurns } from "#proxy/platform/turns.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Calls that end when told to, in the order they began. */
function createWatched(callsPerSecond = 1000) {
  const turn = createTurns({ callsPerSecond });
  const begun: string[] = [];
  const underWay: (() => void)[] = [];
  const ask = (name: string, urgency: Urgency, options?: { first: boolean }) =>
    asUrgent(urgency, () =>
      turn(async () => {
        begun.push(name);
        await new Promise<void>((done) => underWay.push(done));
      }, options),
    );
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const end = async (count: number) => {
    for (const done of underWay.splice(0, count)) done();
    await settle();
  };
  return { turn, begun, ask, end, settle };
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
  const { turn } = createWatched(10);
  const begun: [string, number][] = [];
  const startMs = Date.now();
  const ask = (name: string, urgency: Urgency) =>
    asUrgent(urgency, () => turn(async () => begun.push([name, Date.now() - startMs])));
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

test("who has waited too long for a turn is told so and leaves the queue", async () => {
  const { turn, ask, begun, end } = createWatched();
  for (const name of names("taken", 8)) void ask(name, "person");
  const late = onErrand("person", 25_000, () => turn(async () => begun.push("late"))).catch(
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
  const hasty = onErrand("person", 1_000, () => inTime(shared)).catch((error: unknown) => error);
  const patient = onErrand("person", 9_000, () => inTime(shared));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await hasty).toBeInstanceOf(Failure);
  resolve("read");
  expect(await patient).toBe("read");
});

test("an errand that is over in time leaves no timer behind", async () => {
  await onErrand("person", 25_000, async () => "done");
  expect(vi.getTimerCount()).toBe(0);
});
