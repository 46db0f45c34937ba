import { waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { createRun, isRetryable } from "#client/lookups/run.ts";
import { failing, serveFaults } from "../app/render-app.tsx";

const server = serveFaults();
const serials = Array.from({ length: 45 }, (_, i) => `P${1000 + i}`);
const row = (serial: string) => ({
  ok: true as const,
  serial,
  state: "ended" as const,
  activatedAtMs: 1,
  estimatedEndAtMs: 2,
  endedAtMs: 2,
  owner: "nobody" as const,
});
const unreachable = (serial: string) => ({
  ok: false as const,
  serial,
  code: "platform-unreachable" as const,
  platformCode: null,
  platformMessage: "",
});

/** Answers each request with what `of` says of its serials, and keeps what was asked. */
function serve(of: (serials: string[], count: number) => object[] | Response | Promise<object[]>) {
  const asked: string[][] = [];
  server.use(
    http.post("*/api/devices/states", async ({ request }) => {
      const { serials: named } = (await request.json()) as { serials: string[] };
      const answer = await of(named, asked.push(named));
      return answer instanceof Response ? answer : HttpResponse.json({ rows: answer });
    }),
  );
  return asked;
}
/** The list as a tab opens it, which is closed with the test. */
function openRun(...args: Parameters<typeof createRun>) {
  const run = createRun(...args);
  onTestFinished(() => run.leave());
  return run;
}
const stopped = (run: ReturnType<typeof openRun>) =>
  waitFor(() => expect(run.get().status).not.toBe("running"));
const answered = (run: ReturnType<typeof openRun>) =>
  run.get().rows.filter(({ answer }) => answer?.ok).length;

afterEach(() => localStorage.clear());

test("a list goes through in requests of twenty, one after the other", async () => {
  const asked = serve((named) => named.map(row));
  const run = openRun("a");
  run.begin(serials);
  await stopped(run);
  expect(asked.map((named) => named.length)).toEqual([20, 20, 5]);
  expect([run.get().status, answered(run)]).toEqual(["idle", 45]);
});

test("paused it stops, and after a reload it goes on where it was, asking for nothing twice", async () => {
  const asked = serve((named) => named.map(row));
  const run = openRun("a");
  run.subscribe(() => {
    if (answered(run) === 20 && run.get().status === "running") run.pause();
  });
  run.begin(serials);
  await stopped(run);
  const reloaded = openRun("a");
  expect([reloaded.get().status, answered(reloaded)]).toEqual(["paused", 20]);
  reloaded.resume();
  await stopped(reloaded);
  expect(asked.flat().sort()).toEqual([...serials].sort());
});

test("a server that is away is waited for, longer each time, and nothing is lost", async () => {
  const waits: number[] = [];
  serve((named, count) => (count <= 3 ? failing({ status: 503 }) : named.map(row)));
  const run = openRun("a", async (ms) => {
    waits.push(ms);
  });
  run.begin(serials);
  await stopped(run);
  expect(waits).toEqual([1000, 2000, 4000]);
  expect([answered(run), run.get().waiting]).toEqual([45, null]);
});

test("while the platform is away the list waits longer each time, then pauses with the reason, and goes on when told", async () => {
  const waits: number[] = [];
  let isDown = true;
  serve((named) => named.map((serial) => (isDown ? unreachable(serial) : row(serial))));
  const run = openRun("a", async (ms) => {
    waits.push(ms);
  });
  run.begin(serials);
  await stopped(run);
  expect(waits).toEqual([1000, 2000, 4000, 8000]);
  expect(run.get()).toMatchObject({ status: "paused", waiting: { code: "platform-unreachable" } });
  expect(
    run
      .get()
      .rows.filter(({ answer }) => answer)
      .map(({ answer }) => answer?.ok),
  ).toEqual(Array(20).fill(false));
  isDown = false;
  run.resume();
  await stopped(run);
  expect([answered(run), run.get().status, run.get().waiting]).toEqual([25, "idle", null]);
  run.retryFailed();
  await stopped(run);
  expect(answered(run)).toBe(45);
});

test("a few serials that fail do not hold up the others, and those the platform refused are not asked again", async () => {
  const asked = serve((named) =>
    named.map((serial, i) =>
      i === 0
        ? unreachable(serial)
        : i === 1
          ? { ...unreachable(serial), code: "platform-refused" as const }
          : row(serial),
    ),
  );
  const run = openRun("a");
  run.begin(serials);
  await stopped(run);
  expect(asked).toHaveLength(3);
  expect(run.get().rows.filter(isRetryable)).toHaveLength(3);
});

test("what came since the last save survives a reload", async () => {
  const asked = serve((named, count) => (count === 2 ? new Promise<never>(() => {}) : named.map(row)));
  const run = openRun("a");
  run.begin(serials);
  await waitFor(() => expect(answered(run)).toBe(20));
  window.dispatchEvent(new Event("pagehide"));
  expect(answered(openRun("a"))).toBe(20);
  // The request that is never answered has reached this test's server: the next one's does not get it.
  await waitFor(() => expect(asked).toHaveLength(2));
});

test("a list that an earlier version kept goes on", () => {
  const leftOut = { unusable: ["?"], repeated: 1, beyond: 3 };
  localStorage.setItem("trendline-list-a", JSON.stringify({ leftOut, serials, answers: [row("P1000")] }));
  const run = openRun("a");
  expect([run.get().status, run.get().rows.length, answered(run)]).toEqual(["paused", 45, 1]);
  expect(run.get().leftOut).toEqual({ unusable: ["?"], repeated: 1, overLimit: 0 });
});

test("cleared, it is gone, and an answer that comes late brings nothing back", async () => {
  serve((named) => named.map(row));
  const run = openRun("a");
  run.begin(serials);
  run.cancel();
  // A whole list asked for after it has been answered: so has the one request of before.
  const later = openRun("b");
  later.begin(serials);
  await stopped(later);
  expect(run.get().rows).toEqual([]);
  expect(openRun("a").get().rows).toEqual([]);
});

/** As much of a browser's locks as the list uses, shared by all tabs. */
function buildLocks() {
  const held = new Map<string, Promise<unknown>>();
  const hold = (name: string, use: (lock: object | null) => unknown) => {
    const using = Promise.resolve(use({ name })).finally(() => held.delete(name));
    held.set(name, using);
    return using;
  };
  return {
    query: async () => ({ held: [...held.keys()].map((name) => ({ name })) }),
    request: async (name: string, ...rest: unknown[]) => {
      const use = rest.at(-1) as (lock: object | null) => unknown;
      if (held.has(name) && rest.length === 2) return use(null);
      await held.get(name);
      return hold(name, use);
    },
  };
}

test("once its owner has left, nothing of the list comes back, whatever another tab keeps", async () => {
  serve((named) => named.map(row));
  const run = openRun("a");
  run.begin(serials);
  await stopped(run);
  run.leave();
  window.dispatchEvent(new StorageEvent("storage", { key: "trendline-list-a" }));
  expect(run.get().rows).toEqual([]);
});

test("a tab whose owner leaves while it asks for the lock follows nobody", async () => {
  Object.defineProperty(navigator, "locks", { configurable: true, value: buildLocks() });
  onTestFinished(() => void Reflect.deleteProperty(navigator, "locks"));
  const { promise: last, resolve: answerLast } = Promise.withResolvers<void>();
  serve(async (named) => {
    if (named.length < 20) await last;
    return named.map(row);
  });
  const first = openRun("a");
  first.begin(serials);
  await waitFor(() => expect(answered(first)).toBe(40));
  const second = openRun("a");
  second.leave();
  answerLast();
  await stopped(first);
  expect(second.get().rows).toEqual([]);
});

test("a list that broke off is worked through again only while no other tab does", async () => {
  const locks = buildLocks();
  const failures: unknown[] = [];
  const request = (...args: Parameters<typeof locks.request>) =>
    locks.request(...args).catch((error) => failures.push(error));
  Object.defineProperty(navigator, "locks", { configurable: true, value: { ...locks, request } });
  onTestFinished(() => void Reflect.deleteProperty(navigator, "locks"));
  const { promise: last, resolve: answerLast } = Promise.withResolvers<void>();
  const asked = serve(async (named, count) => {
    if (count > 1) await last;
    return named.map(row);
  });
  const first = openRun("a");
  const broken = new Error("broken");
  const stop = first.subscribe(() => {
    if (answered(first) > 0) throw broken;
  });
  first.begin(serials);
  await waitFor(() => expect(failures).toEqual([broken]));
  stop();
  first.pause();
  const second = openRun("a");
  second.resume();
  await waitFor(() => expect(asked).toHaveLength(2));
  first.resume();
  await waitFor(() => expect(first.get().status).toBe("elsewhere"));
  answerLast();
  await waitFor(() => expect([first.get().status, second.get().status]).toEqual(["idle", "idle"]));
  expect(asked.flat()).toHaveLength(45);
});

test("a tab beside the one that works through a list follows it, and neither calls it paused", async () => {
  Object.defineProperty(navigator, "locks", { configurable: true, value: buildLocks() });
  onTestFinished(() => void Reflect.deleteProperty(navigator, "locks"));
  const { promise: last, resolve: answerLast } = Promise.withResolvers<void>();
  serve(async (named) => {
    if (named.length < 20) await last;
    return named.map(row);
  });
  const first = openRun("a");
  first.begin(serials);
  await waitFor(() => expect(answered(first)).toBe(40));
  const second = openRun("a");
  await waitFor(() => expect(second.get().status).toBe("elsewhere"));
  expect(second.get().rows).toHaveLength(45);
  first.pause();
  first.resume();
  expect(first.get().status).toBe("running");
  answerLast();
  await waitFor(() => expect([first.get().status, second.get().status]).toEqual(["idle", "idle"]));
  expect([answered(first), answered(second)]).toEqual([45, 45]);
});
