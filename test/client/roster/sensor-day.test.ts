import { expect, test } from "vitest";
import { sensorDay } from "#client/roster/sensor-day.ts";

const dayMs = 86_400_000;
const worn = { serial: "S", activatedAtMs: 0, estimatedEndAtMs: 14 * dayMs, endedAtMs: null };

test("the first day begins at activation and the last ends with the planned life", () => {
  expect(sensorDay(worn, 0)).toEqual({ day: 1, of: 14 });
  expect(sensorDay(worn, dayMs - 1)).toEqual({ day: 1, of: 14 });
  expect(sensorDay(worn, dayMs)).toEqual({ day: 2, of: 14 });
  expect(sensorDay(worn, 14 * dayMs - 1)).toEqual({ day: 14, of: 14 });
  expect(sensorDay(worn, 14 * dayMs)).toBe("ended");
});

test("a sensor that ended early is ended from then on, not before", () => {
  const early = { ...worn, endedAtMs: 5 * dayMs };
  expect(sensorDay(early, 5 * dayMs - 1)).toEqual({ day: 5, of: 14 });
  expect(sensorDay(early, 5 * dayMs)).toBe("ended");
});

test("without dates there is no day to tell", () => {
  expect(sensorDay(null, 0)).toBeNull();
  expect(sensorDay({ ...worn, activatedAtMs: null }, 0)).toBeNull();
  expect(sensorDay({ ...worn, estimatedEndAtMs: null }, 0)).toBeNull();
});
