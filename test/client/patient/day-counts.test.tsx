import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { DailyCurves } from "#client/patient/daily-curves.tsx";
import { StatisticsPanel } from "#client/patient/statistics-panel.tsx";
import { readingsOf } from "#test/support/readings.ts";
import { buildDetails } from "./build-details.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const midnightMs = Date.UTC(2026, 10, 10);
const times = (n: number, value: number) => Array<number>(n).fill(value);

test("a day says its share in range with the decimal that the table of the ranges has", () => {
  const values = [...times(404, 6), ...times(72, 11), ...times(4, 15)];
  const period = { startMs: midnightMs, endMs: midnightMs + dayMs };
  render(<DailyCurves {...buildDetails(readingsOf(values, { startMs: midnightMs }), period)} />);
  expect(screen.getByText("84.2 % in range")).toBeVisible();
});

test.each([
  [3 * hourMs, "15", "of 15 calendar days", 1],
  [0, "14", "of 14 calendar days", 0],
])("14 × 24 hours from %i ms after midnight are %s days with data %s", (afterMs, days, of, inPart) => {
  const period = { startMs: midnightMs + afterMs, endMs: midnightMs + afterMs + 14 * dayMs };
  const readings = readingsOf(times(14 * 24, 6), { startMs: period.startMs, spacingMin: 60 });
  const { data } = buildDetails(readings, period);
  if (!data.statistics.timeIn) throw new Error("no statistics");
  render(<StatisticsPanel data={data} />);
  expect(
    screen.getByText(
      (_, node) => node?.tagName === "DD" && node.textContent?.startsWith(`${days} ${of}`) === true,
    ),
  ).toBeVisible();
  expect(screen.queryAllByText("days at the edges in part")).toHaveLength(inPart);
});
