import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { type DefaultBodyType, HttpResponse, http } from "msw";
import { createMemoryRouter, RouterProvider } from "react-router";
import { DevicePage } from "#client/device/device-page.tsx";
import { DeviceSearchPage } from "#client/device/device-search-page.tsx";
import { ReferencePage } from "#client/device/reference-page.tsx";
import { WorkPage } from "#client/device/work-page.tsx";
import type { Device, DeviceJourney, DeviceStateRow } from "#contract/device.ts";
import type { ProblemCode } from "#contract/problem-codes.ts";
import type { Role } from "#contract/staff.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A patient's sensor, five days and four hours into fourteen days of wear. */
export function buildDevice(change: Partial<Device> = {}): Device {
  const activatedAtMs = Date.now() - 5 * dayMs - 4 * hourMs - 60_000;
  return {
    serial: "LT2610A3F7",
    state: "activated",
    statusCode: 2,
    boundAtMs: activatedAtMs - hourMs,
    activatedAtMs,
    estimatedEndAtMs: activatedAtMs + 14 * dayMs,
    endedAtMs: null,
    partnerId: "PT-0042",
    appId: "app-7",
    owner: { kind: "patient", patientId: null, partnerUid: "clinic-0007", name: "Anna Bergström" },
    box: { gtin: null, lot: null, expiry: null, producedOn: null },
    timeZone: "Europe/Berlin",
    stale: null,
    targets: null,
    asOfMs: Date.now(),
    ...change,
  };
}

export function buildJourney(change: Partial<DeviceJourney> = {}): DeviceJourney {
  const startMs = Date.UTC(2026, 9, 5, 22);
  return {
    stale: null,
    asOfMs: Date.now(),
    timeZone: "Europe/Berlin",
    nominalSpacingMin: 3,
    received: 700,
    expected: 720,
    firstReadingMs: startMs + 12 * hourMs,
    lastReadingMs: Date.now() - 20 * 60_000,
    leftOut: { malformed: 1, duplicates: 14, contradicting: 0 },
    warmUp: null,
    gaps: [],
    packetsLost: 0,
    upload: { medianMin: 1, worstMin: 4 },
    clock: { driftMin: 0, jumps: [] },
    afterEnd: 0,
    days: [
      { startMs: startMs + dayMs / 2, endMs: startMs + dayMs, received: 240, expected: 240, upload: null },
      { startMs: startMs + dayMs, endMs: startMs + 2 * dayMs, received: 460, expected: 480, upload: null },
    ],
    ...change,
  };
}

export const answer = (path: string, body: DefaultBodyType) =>
  http.get(`*/api/devices/:serial${path}`, () => HttpResponse.json(body));

export const refuse = (path: string, code: ProblemCode, status = 502) =>
  http.get(`*/api/devices/:serial${path}`, () =>
    HttpResponse.json(
      { type: "about:blank", title: code, status, code },
      { status, headers: { "content-type": "application/problem+json" } },
    ),
  );

/** Which of the sensors that a list names are known. */
export const answerStates = (rows: DeviceStateRow[]) =>
  http.post("*/api/devices/states", () => HttpResponse.json({ rows }));

export const signedInAs = (role: Role) =>
  http.get("*/api/auth/get-session", () =>
    HttpResponse.json({ user: { id: "agent-1", name: "Sam", email: "sam@example.org", role } }),
  );

/** The device pages in a router of their own, at `path`. */
export function renderDevice(path: string) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter(
    [
      { path: "/devices", element: <DeviceSearchPage /> },
      { path: "/devices/:serial", element: <DevicePage /> },
      { path: "/help/sensors", element: <ReferencePage /> },
      { path: "/work", element: <WorkPage /> },
    ],
    { initialEntries: [path] },
  );
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { router, queryClient };
}
