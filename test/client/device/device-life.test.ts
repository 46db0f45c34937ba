import fc from "fast-check";
import { expect, test } from "vitest";
import { lifeOf } from "#client/device/device-life.ts";
import { type Device, deviceStates } from "#contract/device.ts";
import { contradictionsIn, wearOf } from "#sensor/life.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const t0 = Date.UTC(2026, 9, 1, 8);

const worn = (change: Partial<Device> = {}) => ({
  state: "activated" as const,
  boundAtMs: t0 - hourMs,
  activatedAtMs: t0,
  estimatedEndAtMs: t0 + 14 * dayMs,
  endedAtMs: null,
  ...change,
});
const ended = (atMs: number) => worn({ state: "ended", endedAtMs: atMs });

test("a sensor five days in has nine days left of fourteen", () => {
  expect(wearOf(worn(), t0 + 5 * dayMs)).toEqual({
    wornMs: 5 * dayMs,
    plannedMs: 14 * dayMs,
    leftMs: 9 * dayMs,
    endedAfterExpectedMs: null,
  });
});

test("time left turns negative when the expected end passes and the sensor goes on", () => {
  expect(wearOf(worn(), t0 + 14 * dayMs + 4 * hourMs).leftMs).toBe(-4 * hourMs);
});

test("an ended sensor was worn until its end, however long ago that was, and has nothing left", () => {
  const wear = wearOf(ended(t0 + 12 * dayMs), t0 + 40 * dayMs);
  expect(wear).toMatchObject({ wornMs: 12 * dayMs, leftMs: null, endedAfterExpectedMs: -2 * dayMs });
});

test("an end after the expected one is late by the difference", () => {
  expect(wearOf(ended(t0 + 14 * dayMs + hourMs), t0 + 40 * dayMs).endedAfterExpectedMs).toBe(hourMs);
});

test("wear is unknown, not zero, without an activation date, without an end date and for an end before the start", () => {
  const nowMs = t0 + dayMs;
  expect(wearOf(worn({ activatedAtMs: null }), nowMs).wornMs).toBeNull();
  expect(wearOf(worn({ state: "ended" }), nowMs).wornMs).toBeNull();
  expect(wearOf(ended(t0 - dayMs), nowMs).wornMs).toBeNull();
});

test("there is time left of a sensor in use, and none where its dates are in doubt", () => {
  const nowMs = t0 + 13 * dayMs;
  expect(wearOf(worn(), nowMs).leftMs).toBe(dayMs);
  expect(wearOf(worn({ activatedAtMs: null, state: "bound" }), nowMs).leftMs).toBeNull();
  const nothing = { wornMs: null, plannedMs: null, leftMs: null, endedAfterExpectedMs: null };
  expect(wearOf(worn({ activatedAtMs: null }), nowMs)).toEqual(nothing);
  const early = ended(t0 + 10 * dayMs);
  expect(wearOf(early, nowMs, { afterEnd: 0 }).endedAfterExpectedMs).toBe(-4 * dayMs);
  expect(wearOf(early, nowMs, { afterEnd: 1 })).toEqual(nothing);
});

test("a life is drawn from its first date to its last, each step at its share of the way", () => {
  const life = lifeOf(worn({ boundAtMs: t0 - 2 * dayMs, estimatedEndAtMs: t0 + 8 * dayMs }), t0 + 3 * dayMs);
  expect(life.steps.map(({ step, phase, position }) => [step, phase, position])).toEqual([
    ["bound", "reached", 0],
    ["activated", "reached", 0.2],
    ["expected-end", "ahead", 1],
    ["ended", "open", null],
  ]);
  expect(life.worn).toEqual({ from: 0.2, to: 0.5 });
  expect(life.left).toEqual({ from: 0.5, to: 1 });
  expect(life.nowPosition).toBe(0.5);
  expect(life.dayPositions).toHaveLength(8);
});

test("an early end stands before the expected end, and the scale does not grow with the clock", () => {
  const life = lifeOf(ended(t0 + 10 * dayMs), t0 + 400 * dayMs);
  expect(life.steps.map(({ step }) => step)).toEqual(["bound", "activated", "ended", "expected-end"]);
  expect(life.span?.endMs).toBe(t0 + 14 * dayMs);
  expect(life.nowPosition).toBeNull();
});

test("a bound sensor waits: its later steps are open and the scale runs to now", () => {
  const life = lifeOf(
    {
      state: "bound",
      boundAtMs: t0,
      activatedAtMs: null,
      estimatedEndAtMs: null,
      endedAtMs: null,
    },
    t0 + hourMs,
  );
  expect(life.steps.map(({ phase }) => phase)).toEqual(["reached", "open", "open", "open"]);
  expect(life.span).toEqual({ startMs: t0, endMs: t0 + hourMs });
  expect(life.worn).toBeNull();
});

test("a step the state implies counts as reached even without a date, and keeps its place", () => {
  const steps = lifeOf(worn({ activatedAtMs: null }), t0 + dayMs).steps;
  expect(steps[1]).toEqual({ step: "activated", atMs: null, phase: "reached", position: null });
});

test("without any date there is no scale", () => {
  const none = { boundAtMs: null, activatedAtMs: null, estimatedEndAtMs: null };
  expect(lifeOf(worn({ ...none, state: "unbound" }), t0)).toMatchObject({ span: null, nowPosition: null });
});

test("a usual life has no contradiction at any stage", () => {
  const nowMs = t0 + 20 * dayMs;
  const none = { boundAtMs: null, activatedAtMs: null, estimatedEndAtMs: null };
  expect(contradictionsIn(worn({ ...none, state: "unbound" }), nowMs)).toEqual([]);
  expect(contradictionsIn(worn({ ...none, state: "bound", boundAtMs: t0 }), nowMs)).toEqual([]);
  expect(contradictionsIn(worn(), nowMs)).toEqual([]);
  expect(contradictionsIn(ended(t0 + 12 * dayMs), nowMs)).toEqual([]);
});

test.each([
  ["activated-without-date", worn({ activatedAtMs: null })],
  ["ended-without-date", worn({ state: "ended" })],
  ["bound-without-date", worn({ state: "bound", boundAtMs: null, activatedAtMs: null })],
  ["activated-before-bound", worn({ boundAtMs: t0 + hourMs })],
  ["ended-before-activated", worn({ state: "ended", endedAtMs: t0 - 1 })],
  ["ended-before-bound", worn({ state: "ended", boundAtMs: t0, activatedAtMs: null, endedAtMs: t0 - 1 })],
  ["expected-end-before-activated", worn({ estimatedEndAtMs: t0 - dayMs })],
  ["state-behind-dates", worn({ endedAtMs: t0 + hourMs })],
  ["state-behind-dates", worn({ state: "unbound" })],
  ["date-in-future", worn({ activatedAtMs: t0 + 3 * dayMs })],
] as const)("%s is called out", (name, device) => {
  expect(contradictionsIn(device, t0 + 2 * dayMs)).toEqual([name]);
});

test("whatever the dates, every position is on the scale and dated steps stand in the order of their dates", () => {
  const date = fc.option(fc.integer({ min: 1, max: 4e12 }), { nil: null });
  const device = fc.record({
    state: fc.constantFrom(...deviceStates),
    boundAtMs: date,
    activatedAtMs: date,
    estimatedEndAtMs: date,
    endedAtMs: date,
  });
  fc.assert(
    fc.property(device, fc.integer({ min: 1, max: 4e12 }), (drawn, nowMs) => {
      const life = lifeOf(drawn, nowMs);
      const positions = life.steps.flatMap(({ position }) => position ?? []);
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
      for (const position of [...positions, ...life.dayPositions]) {
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position).toBeLessThanOrEqual(1);
      }
      expect(life.steps).toHaveLength(4);
      expect(wearOf(drawn, nowMs).wornMs ?? 0).toBeGreaterThanOrEqual(0);
    }),
  );
});
