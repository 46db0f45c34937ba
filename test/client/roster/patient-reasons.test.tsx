import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import { createQueryClient } from "#client/app/query-client.ts";
import { loadCatalogs } from "#client/i18n.ts";
import { PatientReasons } from "#client/roster/patient-reasons.tsx";
import type { WorklistEntry } from "#contract/worklist.ts";
import { buildRow, serveFaults } from "#test/client/app/render-app.tsx";

const server = serveFaults();
const nowMs = Date.UTC(2026, 10, 20, 9, 30);
const minuteMs = 60_000;

beforeEach(() => loadCatalogs(["domain", "roster"]));

function show(change: Partial<WorklistEntry>) {
  const { worklist: _, ...patient } = buildRow({});
  const worklist: WorklistEntry = {
    asOfMs: nowMs - 4 * minuteMs,
    isRead: true,
    state: "open",
    reasons: [],
    timeIn: null,
    lowest: null,
    nightsWithLows: 0,
    inRangeChange: null,
    ...change,
  };
  server.use(
    http.get("*/api/patients/:id/reasons", () => HttpResponse.json({ status: patient.status, worklist })),
  );
  render(
    <QueryClientProvider client={createQueryClient()}>
      <PatientReasons patient={patient} />
    </QueryClientProvider>,
  );
}

const silences = { key: "often-silent", value: 4, limit: 3 } as const;
const nights = { key: "night-lows", value: 3, limit: 2 } as const;

test("the reasons on a patient's page say as of when they are, once, however many there are", async () => {
  show({ reasons: [silences], asOfMs: nowMs - 40 * minuteMs });
  expect(await screen.findByText("Silent 4 times in 7 days, flagged from 3 on")).toBeVisible();
  expect(screen.getByText("As of 40 minutes ago")).toBeVisible();
});

test("of several the first and as of when are told before anything is opened", async () => {
  show({ reasons: [nights, silences] });
  expect(
    await screen.findByText("Lows in 3 of 7 nights, flagged from 2 on, and 1 more reason"),
  ).toBeVisible();
  expect(screen.getByText("As of 4 minutes ago")).toBeVisible();
  expect(screen.getByText("Silent 4 times in 7 days, flagged from 3 on")).not.toBeVisible();
});

test("of several the first one is that which gives the place, with what there is to say of it", async () => {
  const high = { key: "high", value: 30, limit: 25, explainedBy: "little-data" } as const;
  const low = { key: "low", value: 4.2, limit: 4, isBorderline: true } as const;
  const timeIn = { "very-low": 0.002, low: 0.04, "in-range": 0.658, high: 0.26, "very-high": 0.04 };
  show({ reasons: [high, low], timeIn });
  expect(
    await screen.findByText("Below 3.9: 4.2 %, goal < 4 % · borderline, and 1 more reason"),
  ).toBeVisible();
});

test("where too little data explains all of them, the line says so", async () => {
  const high = { key: "high", value: 30, limit: 25, explainedBy: "little-data" } as const;
  show({ reasons: [high, { ...high, key: "very-high", value: 6, limit: 5 }] });
  expect(await screen.findByText(/ · explained by little data, and 1 more reason$/)).toBeVisible();
});

test("who has no reason is said to have none, as of when", async () => {
  show({});
  expect(await screen.findByText("No reason to look")).toBeVisible();
  expect(screen.getByText("As of 4 minutes ago")).toBeVisible();
});

test("of whom nothing was read yet it is the reasons that are not", async () => {
  show({ isRead: false });
  expect(await screen.findByText("Reasons to look: not read yet")).toBeVisible();
  expect(screen.queryByText(/^As of/)).toBeNull();
});
