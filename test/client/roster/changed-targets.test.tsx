import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http, type RequestHandler } from "msw";
import { expect, test } from "vitest";
import type { Patient } from "#contract/patient.ts";
import {
  about,
  buildPage,
  buildPatient,
  buildRow,
  facetsOf,
  failing,
  renderApp,
  serveFaults,
  signedInAs,
  summaryOf,
} from "#test/client/app/render-app.tsx";

const server = serveFaults();

const reading: RequestHandler = summaryOf({
  targets: "most-adults",
  stage: "reading",
  latest: { timeMs: Date.UTC(2026, 10, 20, 9, 26), valueMmolL: 9, trend: 5, warmUp: false, afterGap: false },
});
const notReached: RequestHandler = http.get("*/api/patients/:id/summary", () => failing());
const neverAnswered = () => new Promise<never>(() => undefined);

test.each([
  ["the row has read the patient's summary", reading],
  ["the row could not read the patient's summary", notReached],
])("targets changed on the record leave no share of before in the list, where %s", async (_, summary) => {
  let patient: Patient = buildPatient();
  const ranges = {
    startMs: Date.now() - 14 * 86_400_000,
    endMs: Date.now() - 60_000,
    targets: patient.targets,
    n: 6000,
    activeShare: 0.95,
    coveredShare: 0.95,
    timeIn: { "very-low": 0, low: 0, "in-range": 0.72, high: 0.28, "very-high": 0 },
  };
  server.use(
    about(),
    signedInAs("clinician"),
    facetsOf({ total: 1 }),
    summary,
    http.post("*/api/patients/search", () =>
      HttpResponse.json(buildPage([buildRow({ ...patient, ranges })])),
    ),
    http.get("*/api/patients/p1", () => HttpResponse.json(patient)),
    http.get("*/api/patients/p1/merged", () => HttpResponse.json({ patients: [] })),
    http.get("*/api/staff/colleagues", () => HttpResponse.json({ colleagues: [] })),
    http.patch("*/api/patients/p1", () => {
      patient = { ...patient, targets: "pregnancy" };
      return HttpResponse.json(patient);
    }),
  );
  const { router } = renderApp("/patients");
  const row = async () => within(await screen.findByRole("row", { name: /Anna Bergström/ }));
  // The row is drawn anew when it asks for its live part.
  await waitFor(() => expect(screen.getByText("72.0 %")).toBeVisible());
  if (summary === reading) expect(await (await row()).findByText("9.0")).toBeVisible();

  await router.navigate("/patients/p1/record");
  await userEvent.selectOptions(await screen.findByLabelText(/^Targets/), "pregnancy");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Saved")).toBeVisible();

  // Nothing that the list asks for from here on is answered in time.
  server.use(
    http.post("*/api/patients/search", neverAnswered),
    http.get("*/api/patients/p1/summary", neverAnswered),
    http.get("*/api/patients/p1/ranges", neverAnswered),
  );
  await router.navigate("/patients");
  expect((await row()).getByRole("link")).toBeVisible();
  expect((await row()).queryByText("72.0 %")).toBeNull();
});
