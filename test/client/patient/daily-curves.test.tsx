import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import { createQueryClient } from "#client/app/query-client.ts";
import { DailyCurves } from "#client/patient/daily-curves.tsx";
import { columnsOf } from "#contract/reading-columns.ts";
import type { Reading } from "#glucose/reading.ts";
import { seriesOf } from "#glucose/reading-series.ts";
import { readingsOf } from "#test/support/readings.ts";
import { serveFaults } from "../app/render-app.tsx";
import { buildDetails } from "./build-details.ts";

const server = serveFaults();
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const times = (n: number, value: number) => Array<number>(n).fill(value);

function show(readings: readonly Reading[], period: { startMs: number; endMs: number }, timeZone: string) {
  const onShow = vi.fn();
  const details = buildDetails(readings, period, { onShow });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <DailyCurves {...details} data={{ ...details.data, timeZone }} />
    </QueryClientProvider>,
  );
  return onShow;
}

const paths = () =>
  screen.getAllByRole("button", { name: /in range|no readings/ }).map((tile) => ({
    words: tile.textContent ?? "",
    isDrawn: /M.*L/.test(tile.querySelector("path:last-child")?.getAttribute("d") ?? ""),
  }));

test.each([
  ["America/Santiago", Date.UTC(2026, 8, 5, 4)],
  ["Asia/Beirut", Date.UTC(2026, 2, 27, 22)],
  ["Africa/Cairo", Date.UTC(2026, 3, 22, 22)],
  ["America/Havana", Date.UTC(2026, 2, 7, 5)],
])("in %s, where midnight is skipped, the short day has its curve and says its 23 hours", (zone, startMs) => {
  const endMs = startMs + 71 * hourMs;
  show(readingsOf(times(71 * 20, 6), { startMs }), { startMs, endMs }, zone);
  expect(paths().map(({ isDrawn }) => isDrawn)).toEqual([true, true, true]);
  expect(paths().map(({ words }) => /23\u00a0hours/.test(words))).toEqual([false, true, false]);
});

test("a day of 24.5 hours says so, and one of 25", () => {
  const startMs = Date.UTC(2026, 3, 3, 13);
  show(
    readingsOf(times(73 * 20, 6), { startMs }),
    { startMs, endMs: startMs + 72.5 * hourMs },
    "Australia/Lord_Howe",
  );
  expect(screen.getByText("24 hours 30 minutes")).toBeVisible();
  expect(screen.queryByText(/1 day/)).toBeNull();
});

test("today says from when to when, and choosing it asks for the day from midnight to midnight", async () => {
  const startMs = Date.UTC(2026, 10, 9);
  const endMs = Date.UTC(2026, 10, 10, 14, 5);
  const onShow = show(readingsOf(times(700, 6), { startMs }), { startMs, endMs }, "UTC");
  await userEvent.click(screen.getByRole("button", { name: /Tue.*00:00 – 14:05/ }));
  const day = { startMs: startMs + dayMs, endMs: startMs + 2 * dayMs };
  expect(onShow).toHaveBeenCalledExactlyOnceWith(day, { level: "day", ...day });
});

test("a day that the period begins in is read whole: its share is the same under every period", async () => {
  const startMs = Date.UTC(2026, 10, 9);
  const cutMs = startMs + 12 * hourMs;
  // Half of the day in range, and that before the period begins.
  const readings = readingsOf([...times(240, 6), ...times(480, 12)], { startMs });
  server.use(
    http.get("*/api/patients/:id/readings", ({ request }) => {
      const { searchParams } = new URL(request.url);
      expect([searchParams.get("start"), searchParams.get("end")]).toEqual(
        [startMs, startMs + dayMs].map(String),
      );
      return HttpResponse.json({
        startMs,
        endMs: startMs + dayMs,
        asOfMs: startMs + 2 * dayMs,
        stale: null,
        unread: [],
        leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
        unreadable: [],
        readings: columnsOf(seriesOf(readings)),
      });
    }),
  );
  show(
    readings.filter(({ timeMs }) => timeMs >= cutMs),
    { startMs: cutMs, endMs: cutMs + dayMs },
    "UTC",
  );
  expect(await screen.findByText("50.0 % in range")).toBeVisible();
  expect(screen.getAllByText("100.0 % of data")).toHaveLength(2);
  expect(screen.queryByText("12:00 – 24:00")).toBeNull();
});
