import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { GapList } from "#client/patient/gap-list.tsx";
import { gapsOf } from "#glucose/gaps.ts";
import { readingsOf } from "#test/support/readings.ts";
import { buildDetails } from "./build-details.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const startMs = Date.UTC(2026, 10, 6);
const times = (n: number, value: number | null) => Array<number | null>(n).fill(value);

function show(values: (number | null)[], endMs = startMs + values.length * 3 * minuteMs) {
  const readings = readingsOf(values, { startMs });
  const lives = new Map([["P1", { activatedAtMs: startMs - hourMs, endedAtMs: null }]]);
  const onShow = vi.fn();
  const gaps = gapsOf(readings, { startMs, endMs }, lives);
  const details = buildDetails(readings, { startMs, endMs }, { gaps, onShow });
  render(<GapList {...details} />);
  return { onShow, listed: screen.queryAllByRole("listitem") };
}

test("gaps stand newest first with from, to, length and reason", () => {
  const { listed } = show([...times(10, 6), ...times(9, null), ...times(10, 6), ...times(30, null)]);
  expect(listed.map(({ textContent }) => textContent)).toEqual([
    "6 Nov 2026, 01:24 – 02:571\u00a0hour 33\u00a0minutes, not uploaded",
    "6 Nov 2026, 00:27 – 00:5730\u00a0minutes, lost between sensor and phone, 9 packets lost",
  ]);
  expect(screen.getByText(/^2 gaps, 2 hours 3 minutes without readings\./)).toBeVisible();
});

test("choosing a gap shows it in the curve with two hours on either side", async () => {
  const { onShow } = show([...times(10, 6), ...times(9, null), ...times(10, 6)]);
  await userEvent.click(screen.getByRole("button", { name: /lost between/ }));
  expect(onShow).toHaveBeenCalledExactlyOnceWith(
    {
      startMs: startMs + 27 * minuteMs - 2 * hourMs,
      endMs: startMs + 57 * minuteMs + 2 * hourMs,
    },
    expect.objectContaining({
      level: "gap",
      startMs: startMs + 27 * minuteMs,
      endMs: startMs + 57 * minuteMs,
    }),
  );
});

test("a period without gaps says so", () => {
  expect(show(times(30, 6)).listed).toEqual([]);
  expect(screen.getByText("No gaps.")).toBeVisible();
});

test("a few gaps are listed at first, the rest on request and on paper", async () => {
  const { listed } = show(Array.from({ length: 9 }, () => [...times(9, 6), ...times(9, null)]).flat());
  const kept = () => listed.filter((item) => !item.hasAttribute("data-more")).length;
  expect([listed.length, kept()]).toEqual([9, 6]);
  await userEvent.click(screen.getByRole("button", { name: "Show all 9" }));
  expect(kept()).toBe(9);
  expect(listed[6]?.querySelector("button")).toHaveFocus();
});

test("a gap's length is that between the two times that are shown, whatever their seconds", () => {
  const [fromMs, toMs] = [Date.UTC(2026, 10, 6, 5, 53, 50), Date.UTC(2026, 10, 6, 8, 3, 10)];
  const gap = { fromMs, toMs, cause: "no-sensor", packetsLost: null, recordsUnreadable: 0 } as const;
  const details = buildDetails([], { startMs, endMs: startMs + 24 * hourMs }, { gaps: [gap] });
  render(<GapList {...details} />);
  expect(screen.getByRole("listitem")).toHaveTextContent("05:53 – 08:032 hours 10 minutes, no sensor worn");
});
