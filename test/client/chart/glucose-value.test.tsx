import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { GlucoseValue } from "#client/chart/glucose-value.tsx";
import { edgesMmolL } from "#glucose/bands.ts";
import { targetsOf } from "#glucose/targets.ts";

const minuteMs = 60_000;
const nowMs = Date.UTC(2026, 10, 6, 12);

function show(change: Partial<Parameters<typeof GlucoseValue>[0]> = {}) {
  const { container } = render(
    <GlucoseValue
      valueMmolL={6.3}
      edges={edgesMmolL}
      unit="mmol/L"
      trendCode={15}
      timeMs={nowMs - minuteMs}
      nowMs={nowMs}
      {...change}
    />,
  );
  return { text: container.textContent, hasArrow: container.querySelector("svg") !== null };
}

test("a current value has its unit, its band and its trend in words, and an arrow", () => {
  const { text, hasArrow } = show();
  expect(text).toContain("6.3 mmol/L");
  expect(text).toContain("in range, rising rapidly");
  expect(hasArrow).toBe(true);
});

test("older than 15 minutes it is stale and has no arrow and no trend", () => {
  const { text, hasArrow } = show({ timeMs: nowMs - 15 * minuteMs - 1 });
  expect(screen.getByText("stale")).toBeVisible();
  expect(text).not.toContain("rising");
  expect(hasArrow).toBe(false);
});

test("older than 30 minutes there is no current data", () => {
  const { hasArrow } = show({ timeMs: nowMs - 30 * minuteMs - 1 });
  expect(screen.getByText("no current data")).toBeVisible();
  expect(hasArrow).toBe(false);
});

test("an unknown trend has no arrow and tells its code", () => {
  const { text, hasArrow } = show({ trendCode: 99 });
  expect(text).toContain("unknown trend (code 99)");
  expect(hasArrow).toBe(false);
});

test("a warming sensor's value has no band and no arrow", () => {
  const { text, hasArrow } = show({ warmUp: true, valueMmolL: 2.5 });
  expect(text).toContain("sensor warming up");
  expect(text).not.toContain("low");
  expect(hasArrow).toBe(false);
});

test("in mg/dL the number is whole", () => {
  expect(show({ unit: "mg/dL" }).text).toContain("113 mg/dL");
});

test("the first reading after a gap has no arrow and no trend", () => {
  const { text, hasArrow } = show({ afterGap: true });
  expect(text).not.toContain("rising");
  expect(hasArrow).toBe(false);
});

test("the band is that of the edges given: 9.0 is high and 3.7 in range in a pregnancy", () => {
  const { edges } = targetsOf.pregnancy;
  expect(show({ valueMmolL: 9, edges }).text).toContain("high, rising rapidly");
  expect(show({ valueMmolL: 3.7, edges }).text).toContain("in range, rising rapidly");
});
