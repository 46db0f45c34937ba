import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { type DefaultBodyType, HttpResponse, http } from "msw";
import { createMemoryRouter, type InitialEntry, RouterProvider } from "react-router";
import { DevicePage } from "#client/device/device-page.tsx";
import { DeviceSearchPage } from "#client/device/device-search-page.tsx";
import { ReferencePage } from "#client/device/reference-page.tsx";
import { WorkPage } from "#client/device/work-page.tsx";
import type { DeviceStateRow, DevicesAlike } from "#contract/device.ts";
import type { ProblemCode } from "#contract/problem-codes.ts";
import type { Role } from "#contract/staff.ts";

export const answer = (path: string, body: DefaultBodyType) =>
  http.get(`*/api/devices/:serial${path}`, () => HttpResponse.json(body));

/** Nobody has called about any sensor. */
export const noRecalls = answer("/recalls", { recalls: [] });
export const noCases = answer("/cases", {
  cases: [],
  total: 0,
  calls: 0,
  freeReplacementHours: null,
  replacementOf: [],
});

export const refuse = (path: string, code: ProblemCode, status = 502) =>
  http.get(`*/api/devices/:serial${path}`, () =>
    HttpResponse.json(
      { type: "about:blank", title: code, status, code },
      { status, headers: { "content-type": "application/problem+json" } },
    ),
  );

/** What a serial number that nobody knows may be meant for. */
export const answerAlike = (rows: DeviceStateRow[], more: Partial<DevicesAlike> = {}) =>
  http.post("*/api/devices/alike", () =>
    HttpResponse.json({ rows, known: [], knownTotal: 0, length: null, isLot: false, ...more }),
  );

export const signedInAs = (role: Role) =>
  http.get("*/api/auth/get-session", () =>
    HttpResponse.json({ user: { id: "agent-1", name: "Sam", email: "sam@example.org", role } }),
  );

/** The device pages in a router of their own, at `path`. */
export function renderDevice(path: InitialEntry) {
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
