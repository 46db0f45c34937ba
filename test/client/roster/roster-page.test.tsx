import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http, type RequestHandler } from "msw";
import { expect, test, vi } from "vitest";
import {
  about,
  buildPatient,
  failing,
  listOf,
  renderApp,
  serveFaults,
  signedInAs,
  summaryOf,
} from "#test/client/app/render-app.tsx";

vi.mock("#client/patient/patient-page.tsx", () => ({ PatientPage: () => <h1>The patient</h1> }));

const server = serveFaults();
const minuteMs = 60_000;
const dayMs = 86_400_000;
const anna = buildPatient();
const li = buildPatient({ id: "p2", name: "Li Na", partnerUid: "clinic-0002", region: "CN" });

async function open(patients: (typeof anna)[], ...summaries: RequestHandler[]) {
  server.use(about(), signedInAs("clinician"), listOf(...patients), ...summaries, summaryOf());
  const app = renderApp("/patients");
  await screen.findByRole("heading", { name: "Patients" });
  return app;
}
const row = async (name: string) => within(await screen.findByRole("row", { name: new RegExp(name) }));

const reading = (ageMin: number, valueMmolL = 6.3) => ({
  stage: "reading" as const,
  latest: {
    timeMs: Date.now() - ageMin * minuteMs - 1000,
    valueMmolL,
    trend: 5,
    warmUp: false,
    afterGap: false,
  },
  sensor: {
    serial: "S1",
    activatedAtMs: Date.now() - 5 * dayMs - 1000,
    estimatedEndAtMs: Date.now() + 9 * dayMs - 1000,
    endedAtMs: null,
  },
});

test("a row shows who it is, the latest value with its arrow and age, and the sensor's day", async () => {
  await open([anna], summaryOf(reading(4)));
  const cells = await row("Anna Bergström");
  expect(cells.getByRole("link")).toHaveAttribute("href", "/patients/p1");
  expect(cells.getByText("clinic-0001")).toBeVisible();
  expect(await cells.findByText(/6\.3/)).toBeVisible();
  expect(cells.getByText("in range, slowly rising")).toBeInTheDocument();
  expect(cells.getByText("4 minutes ago")).toBeVisible();
  expect(cells.getByText("Day 6 of 14")).toBeVisible();
  expect(screen.getByRole("status")).toHaveTextContent("1 patient");
});

test("a stale value keeps its age and loses its arrow", async () => {
  await open([anna], summaryOf(reading(16)));
  const cells = await row("Anna Bergström");
  expect(await cells.findByText(/6\.3/)).toBeVisible();
  expect(cells.getByText("16 minutes ago")).toBeVisible();
  expect(cells.queryByText(/rising/)).toBeNull();
});

test("after half an hour there is no current data", async () => {
  await open([anna], summaryOf(reading(31)));
  const cells = await row("Anna Bergström");
  expect(await cells.findByText(/No current data/i)).toBeVisible();
  expect(cells.getByText("31 minutes ago")).toBeVisible();
});

test("the unit one has chosen is the one shown", async () => {
  await open([anna], summaryOf(reading(4)));
  const [choice] = screen.getAllByRole("radio", { name: "mg/dL" });
  if (!choice) throw new Error("no unit choice");
  await userEvent.click(choice);
  expect(await (await row("Anna Bergström")).findByText(/113/)).toBeVisible();
});

test("who has no sensor yet is waiting for one, and a sensor warming up says so", async () => {
  await open([anna, li], summaryOf({ ...reading(1), stage: "warming-up" }, "p2"));
  expect(await (await row("Anna Bergström")).findByText("Waiting for a sensor")).toBeVisible();
  expect(await (await row("Li Na")).findByText("Warming up")).toBeVisible();
});

test("a new sensor that is warming up says so whatever the one before it measured", async () => {
  const { latest, ...rest } = reading(1);
  await open([anna], summaryOf({ ...rest, latest: { ...latest, warmUp: true } }));
  expect(await (await row("Anna Bergström")).findByText("Warming up")).toBeVisible();
});

test("a row that fails says why and leaves the others alone", async () => {
  const refused = http.get("*/api/patients/p1/summary", () => failing({ code: "platform-refused" }));
  await open([anna, li], refused, summaryOf(reading(4), "p2"));
  expect(await (await row("Anna Bergström")).findByText("The glucose platform refused this")).toBeVisible();
  expect(await (await row("Li Na")).findByText(/6\.3/)).toBeVisible();
});

test("a row whose refresh fails keeps its last value and tells its age", async () => {
  const { queryClient } = await open(
    [anna],
    summaryOf({ ...reading(4), asOfMs: Date.now() - 2 * minuteMs - 1000 }),
  );
  const cells = await row("Anna Bergström");
  await cells.findByText(/6\.3/);
  server.use(http.get("*/api/patients/p1/summary", () => failing({ code: "platform-timeout", status: 504 })));
  await queryClient.refetchQueries({ queryKey: ["roster", "summary"] });
  expect(await cells.findByText(/took too long.*read 2 minutes ago/)).toBeVisible();
  expect(cells.getByText(/6\.3/)).toBeVisible();
});

test("the search asks once typing pauses, and no name enters the address", async () => {
  const { router } = await open([anna, li]);
  await row("Li Na");
  const asked: (string | null)[] = [];
  server.use(
    http.get("*/api/patients", ({ request }) => {
      asked.push(new URL(request.url).searchParams.get("q"));
      return HttpResponse.json({ patients: [anna], total: 1 });
    }),
  );
  await userEvent.keyboard("/");
  expect(screen.getByRole("searchbox")).toHaveFocus();
  await userEvent.keyboard("bergs");
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("1 patient matches"));
  expect(asked).toEqual(["bergs"]);
  expect(router.state.location).toMatchObject({ pathname: "/patients", search: "" });
});

test("Enter in the search opens the first match once it is known", async () => {
  const { router } = await open([anna, li]);
  await row("Li Na");
  server.use(http.get("*/api/patients", () => HttpResponse.json({ patients: [li], total: 1 })));
  await userEvent.type(screen.getByRole("searchbox"), "li{Enter}");
  await screen.findByRole("heading", { name: "The patient" });
  expect(router.state.location.pathname).toBe("/patients/p2");
});

test("the arrow keys go from the search through the patients and back", async () => {
  await open([anna, li]);
  await row("Li Na");
  await userEvent.click(screen.getByRole("searchbox"));
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(screen.getByRole("link", { name: "Li Na" })).toHaveFocus();
  await userEvent.keyboard("{ArrowUp}{ArrowUp}");
  expect(screen.getByRole("searchbox")).toHaveFocus();
});

test("no match and no patients are told apart", async () => {
  await open([]);
  expect(await screen.findByText("No patients yet")).toBeVisible();
  await userEvent.type(screen.getByRole("searchbox"), "zz");
  expect(await screen.findByText("No patient matches “zz”")).toBeVisible();
});

test("the list that cannot be loaded says so and keeps what was searched for", async () => {
  await open([anna]);
  await row("Anna Bergström");
  server.use(http.get("*/api/patients", () => failing({ code: "internal", status: 500 })));
  await userEvent.type(screen.getByRole("searchbox"), "an");
  expect(await screen.findByRole("alert")).toHaveTextContent("The list of patients could not be loaded");
  expect(screen.getByRole("searchbox")).toHaveValue("an");
});

test("more than a page is shown on demand", async () => {
  const many = Array.from({ length: 60 }, (_, i) => buildPatient({ id: `m${i}`, name: `Patient ${i}` }));
  await open([]);
  server.use(
    http.get("*/api/patients", ({ request }) => {
      const { searchParams } = new URL(request.url);
      const from = Number(searchParams.get("offset"));
      return HttpResponse.json({
        patients: many.slice(from, from + Number(searchParams.get("limit"))),
        total: 60,
      });
    }),
  );
  await userEvent.type(screen.getByRole("searchbox"), "patient");
  await userEvent.click(await screen.findByRole("button", { name: "Show more" }));
  expect(await screen.findByRole("link", { name: "Patient 59" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});
