import { render } from "@testing-library/react";
import { type DefaultBodyType, HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { createQueryClient } from "#client/app/query-client.ts";
import { Root } from "#client/app/root.tsx";
import { setPreferences } from "#client/preferences.ts";
import type { Patient } from "#contract/patient.ts";
import type { Problem } from "#contract/problem.ts";
import type {
  ListedPatient,
  PatientRanges,
  PatientSummary,
  RosterFacets,
  RosterPage,
} from "#contract/roster.ts";
import type { About, Role } from "#contract/staff.ts";
import { openAddress } from "#test/support/address.ts";

/** A server of hand-written answers for one test file; every unexpected call fails its test. */
export function serveFaults() {
  // A hand on the screen is reported once a minute, from every page; the list has views that one has saved, a
  // patient what colleagues have done.
  const server = setupServer(
    http.post("*/api/account/activity", () => HttpResponse.json({ done: true })),
    http.get("*/api/account/views", () => HttpResponse.json({ views: [] })),
    http.get("*/api/devices/:serial/recalls", () => HttpResponse.json({ recalls: [] })),
    http.get("*/api/patients/:id/reasons", () => HttpResponse.json({ status: null, worklist: null })),
    http.get("*/api/patients/:id/marks", ({ params: { id } }) =>
      HttpResponse.json({
        patientId: id,
        marks: { review: null, snooze: null, handOver: null, notes: { count: 0, newest: null } },
      }),
    ),
  );
  beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
  // The clock stands still: an age that a test has set is the one on
  // screen, however long it takes to get there.
  beforeEach(() => {
    vi.setSystemTime(Date.UTC(2026, 10, 20, 9, 30));
  });
  afterEach(() => {
    vi.useRealTimers();
    server.resetHandlers();
    localStorage.clear();
    sessionStorage.clear();
    setPreferences({ language: "en", unit: "mmol/L", singleKeys: true });
  });
  afterAll(() => server.close());
  return server;
}

export const problemOf = (change: Partial<Problem>): Problem => ({
  type: "about:blank",
  title: "It failed",
  status: 502,
  code: "platform-unreachable",
  ...change,
});

export const failing = (change: Partial<Problem> = {}) => {
  const body = problemOf(change);
  return HttpResponse.json(body as DefaultBodyType, {
    status: body.status,
    headers: { "content-type": "application/problem+json" },
  });
};

export const about = (change: Partial<About> = {}) =>
  http.get("*/api/about", () =>
    HttpResponse.json({
      platform: "sandbox",
      nowMs: Date.now(),
      clockSpeed: 1,
      singleSignOn: null,
      notAnsweringSinceMs: null,
      idleSignOutMinutes: 30,
      ...change,
    }),
  );

export const signedInAs = (role: Role | null) =>
  http.get("*/api/auth/get-session", () =>
    HttpResponse.json(role && { user: { id: `${role}-1`, name: "Lin Mei", email: "lin@example.org", role } }),
  );

export const buildPatient = (change: Partial<Patient> = {}): Patient => ({
  id: "p1",
  partnerUid: "clinic-0001",
  name: "Anna Bergström",
  dateOfBirth: null,
  hospitalNumber: null,
  diabetesType: null,
  therapy: null,
  phone: null,
  region: "SE",
  timeZone: "Europe/Stockholm",
  openId: "open-1",
  targets: "most-adults",
  targetsSet: null,
  tags: [],
  careTeam: [],
  archivedAtMs: null,
  mergedInto: null,
  createdAtMs: Date.now() - 86_400_000,
  ...change,
});

/** A patient as the list has them, before anybody has looked at their data. */
export const buildRow = (change: Partial<ListedPatient> = {}): ListedPatient => ({
  ...buildPatient(),
  merged: [],
  hasNamesake: false,
  status: null,
  ranges: null,
  worklist: null,
  marks: null,
  ...change,
});

/** A page of the list on which all that match stand. */
export const buildPage = (rows: readonly ListedPatient[], change: Partial<RosterPage> = {}): RosterPage => ({
  rows: [...rows],
  total: rows.length,
  outsideFilter: { listed: 0, archived: 0 },
  near: [],
  ...change,
});

export const listOf = (...patients: Patient[]) =>
  http.post("*/api/patients/search", () =>
    HttpResponse.json(buildPage(patients.map((patient) => buildRow(patient)))),
  );

export const facetsOf = (change: Partial<RosterFacets> = {}) =>
  http.get("*/api/patients/facets", () =>
    HttpResponse.json({
      total: 0,
      archived: 0,
      regions: [],
      tags: [],
      unchecked: 0,
      oldestCheckMs: null,
      ...change,
    }),
  );

export const summaryOf = (change: Partial<PatientSummary> = {}, id = ":id") =>
  http.get(`*/api/patients/${id}/summary`, () =>
    HttpResponse.json({
      asOfMs: Date.now(),
      stale: null,
      stage: "waiting",
      latest: null,
      sensor: null,
      ...change,
    }),
  );

/** No reading in 14 days. */
export const rangesOf = (change: Partial<PatientRanges> = {}) =>
  http.get("*/api/patients/:id/ranges", () =>
    HttpResponse.json({
      startMs: Date.now() - 14 * 86_400_000,
      endMs: Date.now(),
      targets: "most-adults",
      n: 0,
      activeShare: 0,
      coveredShare: 0,
      timeIn: null,
      ...change,
    }),
  );

/** What the client tells the audit trail that it has done. */
export function listenForAuditEvents(server: ReturnType<typeof setupServer>): unknown[] {
  const told: unknown[] = [];
  server.use(
    http.post("*/api/audit/events", async ({ request }) => {
      told.push(await request.json());
      return HttpResponse.json({});
    }),
  );
  return told;
}

/** The whole client at this address. */
export function renderApp(path: string) {
  const router = openAddress(path);
  const queryClient = createQueryClient();
  const { queries, ...others } = queryClient.getDefaultOptions();
  queryClient.setDefaultOptions({ ...others, queries: { ...queries, retry: false } });
  render(<Root queryClient={queryClient} />);
  return { router, queryClient };
}
