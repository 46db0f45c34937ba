import { fireEvent, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { GlucoseProfileChart } from "#client/patient/glucose-profile.tsx";
import type { Compared } from "#client/patient/use-comparison.ts";
import { readingsOf } from "#test/support/readings.ts";
import { buildDetails } from "./build-details.ts";

const dayMs = 24 * 3_600_000;
const startMs = Date.UTC(2026, 10, 6);
const endMs = startMs + 10 * dayMs;
const readings = readingsOf(Array<number>(10 * 480).fill(6), { startMs });
const earlier = readingsOf(Array<number>(10 * 480).fill(9), { startMs: startMs - 10 * dayMs });

function show(compared: Compared | null = null) {
  const { data } = buildDetails(readings, { startMs, endMs });
  render(<GlucoseProfileChart data={data} compared={compared} />);
  return screen.getByRole("slider", { name: "The profile by time of day" });
}
const tooltip = () => screen.queryByTestId("profile-tooltip")?.textContent;
const touch = (
  element: Element,
  type: "pointerDown" | "pointerMove" | "pointerUp" | "pointerCancel",
  clientX: number,
) => fireEvent[type](element, { clientX, pointerType: "touch", pointerId: 1 });

test("a tap shows the values of its time, and a tap elsewhere takes them away", () => {
  const chart = show();
  touch(chart, "pointerDown", 500);
  touch(chart, "pointerUp", 500);
  expect(tooltip()).toMatch(/^11:45–12:00.*Median: 6\.0 mmol\/L/);
  fireEvent.pointerDown(document.body);
  expect(tooltip()).toBeUndefined();
});

test("a finger that slides reads as long as it slides, and one that scrolls the page reads nothing", () => {
  const chart = show();
  touch(chart, "pointerDown", 300);
  touch(chart, "pointerMove", 400);
  expect(tooltip()).toMatch(/Median/);
  touch(chart, "pointerUp", 400);
  expect(tooltip()).toBeUndefined();
  touch(chart, "pointerDown", 300);
  touch(chart, "pointerMove", 302);
  touch(chart, "pointerCancel", 302);
  expect(tooltip()).toBeUndefined();
});

test("the arrow keys go through the day, and Escape leaves it", async () => {
  const chart = show();
  chart.focus();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}");
  expect(chart.getAttribute("aria-valuetext")).toMatch(/^00:15–00:30, .*Median: 6\.0 mmol\/L/);
  await userEvent.keyboard("{Escape}");
  expect(tooltip()).toBeUndefined();
});

test("what the period is compared with lies over it as a second, dashed median, each named by its days", () => {
  show({
    own: { side: { startMs, endMs }, readings },
    other: { side: { startMs: startMs - 10 * dayMs, endMs: startMs }, readings: earlier },
  });
  expect(screen.getByTestId("other-median").getAttribute("d")).toMatch(/^M/);
  expect(screen.getByText("median, 6 Nov 2026 – 15 Nov 2026")).toBeVisible();
  expect(screen.getByText("median, 27 Oct 2026 – 5 Nov 2026")).toBeVisible();
});

test("a side with fewer than seven days of data is not drawn, and that is said", () => {
  show({
    own: { side: { startMs, endMs }, readings },
    other: { side: { startMs: startMs - dayMs, endMs: startMs }, readings: earlier },
  });
  expect(screen.queryByTestId("other-median")).toBeNull();
  expect(screen.getByText(/both sides of the comparison need 7 days/)).toBeVisible();
});

test("3.0 and 3.9 do not lie on each other", () => {
  show();
  const heightOf = (text: string) => Number(screen.getAllByText(text)[0]?.getAttribute("y"));
  expect(heightOf("3.0") - heightOf("3.9")).toBeGreaterThanOrEqual(12);
});
