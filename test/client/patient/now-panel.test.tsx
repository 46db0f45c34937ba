import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { MemoryRouter } from "react-router";
import { expect, test } from "vitest";
import { patientQueries } from "#client/api/patients.ts";
import { readingsQueries } from "#client/api/readings.ts";
import { createQueryClient } from "#client/app/query-client.ts";
import { NowPanel } from "#client/patient/now-panel.tsx";
import { setPreferences } from "#client/preferences.ts";
import { columnsOf } from "#contract/reading-columns.ts";
import { seriesOf } from "#glucose/reading-series.ts";
import { readingsOf } from "#test/support/readings.ts";
import { buildPatient, serveFaults, summaryOf } from "../app/render-app.tsx";

const server = serveFaults();
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const times = (n: number, value: number | null) => Array<number | null>(n).fill(value);

/**
 * The panel for readings of every three minutes that end now; the period before the
 * last day is at hand as the page has it.
 */
async function show(values: readonly (number | null)[], summary: Parameters<typeof summaryOf>[0] = {}) {
  const endMs = Date.now();
  const all = readingsOf(values, { startMs: endMs - (values.length - 1) * 3 * minuteMs });
  const told = (startMs: number) => ({
    startMs,
    endMs,
    asOfMs: endMs,
    stale: null,
    etag: null,
    leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
    unreadable: [],
    unread: [],
    readings: all.filter(({ timeMs }) => timeMs >= startMs),
  });
  const lastDay = told(endMs - dayMs);
  server.use(
    summaryOf({ stage: "reading", ...summary }),
    http.get("*/api/patients/:id/readings", () =>
      HttpResponse.json({ ...lastDay, readings: columnsOf(seriesOf(lastDay.readings)) }),
    ),
  );
  const client = createQueryClient();
  client.setQueryData(
    readingsQueries.ofPeriod("p1", { kind: "last", days: 14 }).queryKey,
    told(endMs - 14 * dayMs),
  );
  const shown = render(
    <QueryClientProvider client={client}>
      <MemoryRouter>
        <NowPanel patient={buildPatient({ timeZone: "UTC" })} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  await waitFor(() => {
    for (const { queryKey } of [readingsQueries.recent("p1"), patientQueries.summary("p1")])
      expect(client.getQueryData(queryKey)).toBeDefined();
  });
  return shown;
}

// It is 09:30 on 20 November.
test("what began with the latest reading is so just now, not for no minutes", async () => {
  await show([...times(200, 6), 11]);
  expect(screen.getByText("Above range since 09:30, just now")).toBeVisible();
});

test("glucose that was back in range for minutes is above it since the high began, and says so", async () => {
  await show([...times(40, 6), ...times(540, 12), ...times(3, 9.8), ...times(100, 12)]);
  expect(screen.getByText("Above range since 19 Nov, 01:24, for 32 hours 6 minutes")).toBeVisible();
  expect(screen.getByText("It was in range for a short time in between.")).toBeVisible();
});

test("where no reading tells when the high began, it says so", async () => {
  await show([...times(100, 12), ...times(3, 9.8), ...times(20, 12)]);
  expect(
    screen.getByText("Above range since at least 03:24; no usable readings just before that"),
  ).toBeVisible();
  expect(screen.getByText("It was in range for a short time in between.")).toBeVisible();
});

test("in Chinese as well", async () => {
  setPreferences({ language: "zh-CN" });
  await show([...times(40, 6), ...times(60, 3.2), ...times(3, 4.1), ...times(20, 3.2)]);
  expect(screen.getByText("自05:24起低于范围，已4小时6分钟")).toBeVisible();
  expect(screen.getByText("其间曾短暂回到范围内。")).toBeVisible();
});

test("a high that ended is not told of", async () => {
  await show([...times(40, 6), ...times(60, 12), ...times(10, 9), ...times(20, 12)]);
  expect(screen.getByText("Above range since 08:33, for 57 minutes")).toBeVisible();
  expect(screen.queryByText(/in between/)).toBeNull();
});

const newer = (change: object) => ({
  asOfMs: Date.now() + minuteMs,
  latest: {
    timeMs: Date.now() - minuteMs,
    valueMmolL: 12.1,
    trend: 1,
    warmUp: false,
    afterGap: false,
    ...change,
  },
});

test("a newer reading on the same side goes on with it; one after a gap, in warm-up or on another side does not", async () => {
  const values = [...times(40, 6), ...times(20, 12), ...times(3, null)];
  const { unmount } = await show(values, newer({}));
  expect(screen.getByText(/^Above range since/)).toBeVisible();
  unmount();
  for (const change of [{ afterGap: true }, { warmUp: true }, { valueMmolL: 8 }]) {
    const shown = await show(values, newer(change));
    await waitFor(() => expect(screen.getAllByText(/^measured/)).toHaveLength(2));
    expect(screen.queryByText(/range since/)).toBeNull();
    shown.unmount();
  }
});
