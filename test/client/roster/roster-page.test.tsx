import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http, type RequestHandler } from "msw";
import { MemoryRouter, Route, Routes, useParams } from "react-router";
import { expect, test, vi } from "vitest";
import { KeysHelp } from "#client/acts/keys-help.tsx";
import { patientKeys, patientQueries } from "#client/api/patients.ts";
import { createQueryClient } from "#client/app/query-client.ts";
import { setPreferences } from "#client/preferences.ts";
import { ListNavigation } from "#client/roster/list-navigation.tsx";
import type { RosterPage } from "#contract/roster.ts";
import {
  about,
  buildPage,
  buildPatient,
  buildRow,
  facetsOf,
  failing,
  listOf,
  rangesOf,
  renderApp,
  serveFaults,
  signedInAs,
  summaryOf,
} from "#test/client/app/render-app.tsx";

vi.mock("#client/patient/patient-page.tsx", () => ({ PatientPage: () => <h1>The patient</h1> }));
vi.mock("#client/patient/prefetch-patient.ts", () => ({ prefetchPatient: () => undefined }));

const server = serveFaults();
const minuteMs = 60_000;
const dayMs = 86_400_000;
const anna = buildPatient();
const li = buildPatient({ id: "p2", name: "Li Na", partnerUid: "clinic-0002", region: "CN" });

async function open(patients: (typeof anna)[], ...summaries: RequestHandler[]) {
  server.use(
    about(),
    signedInAs("clinician"),
    listOf(...patients),
    facetsOf({ total: patients.length }),
    ...summaries,
    summaryOf(),
    rangesOf(),
  );
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

test("a row that the server answers from before says why and how old it is, beside its value", async () => {
  const stale = { code: "platform-malformed" as const };
  await open([anna], summaryOf({ ...reading(16), asOfMs: Date.now() - 12 * minuteMs, stale }, "p1"));
  const annas = await row("Bergström");
  expect(await annas.findByText(/cannot be read.*was read 12 minutes ago/)).toBeVisible();
  expect(annas.getByText("6.3")).toBeVisible();
});

test("a row whose refresh fails keeps its last value and tells its age", async () => {
  const { queryClient } = await open(
    [anna],
    summaryOf({ ...reading(4), asOfMs: Date.now() - 2 * minuteMs - 1000 }),
  );
  const cells = await row("Anna Bergström");
  await cells.findByText(/6\.3/);
  server.use(http.get("*/api/patients/p1/summary", () => failing({ code: "platform-timeout", status: 504 })));
  await queryClient.refetchQueries(patientQueries.summary("p1"));
  expect(await cells.findByText(/took too long.*read 2 minutes ago/)).toBeVisible();
  expect(cells.getByText(/6\.3/)).toBeVisible();
});

type Asked = { q: string; filter: object; sort: string; down: boolean; offset: number; limit: number };

/** Answers searches with `rows` and keeps what was asked. */
function searches(answer: (asked: Asked) => RosterPage) {
  const asked: Asked[] = [];
  server.use(
    http.post("*/api/patients/search", async ({ request }) => {
      const body = (await request.json()) as Asked;
      asked.push(body);
      return HttpResponse.json(answer(body));
    }),
  );
  return asked;
}

test("every letter searches at once, and no name enters an address", async () => {
  const { router } = await open([anna, li]);
  await row("Li Na");
  const asked = searches(() => buildPage([buildRow(anna)]));
  await userEvent.keyboard("/");
  expect(screen.getByRole("searchbox")).toHaveFocus();
  await userEvent.keyboard("bergs");
  expect(await screen.findByText("1 patient matches")).toBeVisible();
  await waitFor(() => expect(asked.at(-1)?.q).toBe("bergs"));
  expect(router.state.location).toMatchObject({ pathname: "/patients", search: "" });
});

test("Enter in the search opens the one match once it is known", async () => {
  const { router } = await open([anna, li]);
  await row("Li Na");
  searches(() => buildPage([buildRow(li)]));
  await userEvent.type(screen.getByRole("searchbox"), "li{Enter}");
  await screen.findByRole("heading", { name: "The patient" });
  expect(router.state.location.pathname).toBe("/patients/p2");
});

test("Enter with several matches opens none of them but goes to the first", async () => {
  const { router } = await open([anna, li]);
  await row("Li Na");
  await userEvent.type(screen.getByRole("searchbox"), "a{Enter}");
  await waitFor(() => expect(screen.getAllByRole("link", { name: /Anna|Li/ })[0]).toHaveFocus());
  expect(router.state.location.pathname).toBe("/patients");
});

test("a view that is chosen shows all that is in it: the search is empty again", async () => {
  await open([anna, li]);
  await row("Li Na");
  await userEvent.type(screen.getByRole("searchbox"), "li");
  const everyone = screen.getByRole("link", { name: "Everyone by name" });
  expect(everyone).not.toHaveAttribute("aria-current");
  await userEvent.click(everyone);
  expect(everyone).toHaveAttribute("aria-current", "page");
  expect(screen.getByRole("searchbox")).toHaveValue("");
});

test("a list that is opened later has no search yet, and the way back to the one before has its own", async () => {
  const { router } = await open([anna, li]);
  await row("Li Na");
  const field = () => screen.getByRole("searchbox");
  await userEvent.type(field(), "li");
  await router.navigate("/patients?sort=tide");
  expect(field()).toHaveValue("");
  await userEvent.type(field(), "anna");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Review" }), "Reviewed, nothing new");
  expect(router.state.location.search).toContain("state=reviewed");
  expect(field()).toHaveValue("anna");
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

test("coming back from a patient the focus is on the row one left by", async () => {
  const { router } = await open([anna, li]);
  await row("Li Na");
  await userEvent.click(screen.getByRole("link", { name: "Li Na" }));
  await screen.findByRole("heading", { name: "The patient" });
  await act(() => router.navigate(-1));
  await row("Li Na");
  await waitFor(() => expect(screen.getByRole("link", { name: "Li Na" })).toHaveFocus());
});

test("no match, an empty view and no patients are told apart", async () => {
  const { router } = await open([]);
  expect(await screen.findByText("No patients yet")).toBeVisible();
  await userEvent.type(screen.getByRole("searchbox"), "zz");
  expect(await screen.findByText("No patient matches “zz”")).toBeVisible();
  await userEvent.clear(screen.getByRole("searchbox"));
  await userEvent.click(screen.getByRole("link", { name: "Waiting for a sensor" }));
  expect(await screen.findByText("No patient is in this view")).toBeVisible();
  expect(router.state.location.search).toBe("?stage=waiting");
});

test("who is found in the archive or without the filters only is said, and one click away", async () => {
  const { router } = await open([anna]);
  await row("Anna Bergström");
  searches(({ filter }) =>
    "archived" in filter
      ? buildPage([buildRow(li)])
      : buildPage([], { outsideFilter: { listed: 1200, archived: 1 } }),
  );
  await router.navigate("/patients?mine=1&sort=added");
  await userEvent.type(screen.getByRole("searchbox"), "nurse-1");
  expect(await screen.findByText(/^1,200 more without the filters/)).toBeVisible();
  expect(screen.getByText(/^1 in the archive/)).toBeVisible();
  await userEvent.click(screen.getByRole("link", { name: "show the archive" }));
  await row("Li Na");
  expect(router.state.location.search).toBe("?archived=1&sort=added");
  expect(screen.getByRole("searchbox")).toHaveValue("nurse-1");
});

test("where nobody is found those of nearly this name are offered, and not as rows", async () => {
  await open([anna]);
  await row("Anna Bergström");
  const near = { id: "p7", name: "Eva Schröder", partnerUid: "c-7", dateOfBirth: null, hospitalNumber: null };
  searches(() => buildPage([], { near: [near] }));
  await userEvent.type(screen.getByRole("searchbox"), "shroder");
  expect(await screen.findByText(/^Perhaps you mean:/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Eva Schröder" })).toHaveAttribute("href", "/patients/p7");
  expect(screen.getByText("No patient matches “shroder”")).toBeVisible();
});

test("of today's appointments the archived ones are counted beside the list, one click away", async () => {
  const { router } = await open([anna]);
  await row("Anna Bergström");
  searches(({ filter }) =>
    "archived" in filter
      ? buildPage([buildRow(li)])
      : buildPage([buildRow(anna)], { outsideFilter: { listed: 0, archived: 1 } }),
  );
  server.use(
    http.get("*/api/account/appointments", () =>
      HttpResponse.json({ patients: [{ ...anna, isArchived: false, time: "09:20" }] }),
    ),
  );
  await router.navigate("/patients?appointments=1&sort=appointments");
  expect(await screen.findByText("09:20")).toBeVisible();
  await userEvent.click(screen.getByRole("link", { name: "Anna Bergström" }));
  expect(await screen.findByText("1 of 1 in the list · 09:20")).toBeVisible();
  await router.navigate(-1);
  expect(await screen.findByText(/^1 of today’s patients is archived and not listed here/)).toBeVisible();
  await userEvent.click(screen.getByRole("link", { name: "show the archive" }));
  await row("Li Na");
  const search = new URLSearchParams(router.state.location.search);
  expect([search.get("appointments"), search.get("archived")]).toEqual(["1", "1"]);
});

test("a record that is a part of another is named beside it", async () => {
  await open([anna]);
  searches(() =>
    buildPage([
      buildRow({
        ...anna,
        merged: [
          { partnerUid: "NURSE-2", name: anna.name },
          { partnerUid: "NURSE-3", name: "A. Berg" },
        ],
      }),
    ]),
  );
  await userEvent.type(screen.getByRole("searchbox"), "nurse");
  expect(await screen.findByText("with NURSE-2, NURSE-3 A. Berg")).toBeVisible();
});

test("of two of one name each row says what tells them apart, of anybody else nothing", async () => {
  const known = { dateOfBirth: "1980-04-03", hospitalNumber: "ZY 17" };
  await open([]);
  server.use(
    http.post("*/api/patients/search", () =>
      HttpResponse.json(
        buildPage([buildRow({ ...anna, ...known, hasNamesake: true }), buildRow({ ...li, ...known })]),
      ),
    ),
  );
  await userEvent.type(screen.getByRole("searchbox"), "a");
  expect((await row("Anna Bergström")).getByText("born 3 Apr 1980")).toBeVisible();
  expect((await row("Anna Bergström")).getByText("Hospital number: ZY 17")).toBeVisible();
  expect((await row("Li Na")).queryByText(/born|ZY/)).toBeNull();
});

test("the list that cannot be loaded says so and keeps what was searched for", async () => {
  await open([anna]);
  await row("Anna Bergström");
  server.use(http.post("*/api/patients/search", () => failing({ code: "internal", status: 500 })));
  await userEvent.type(screen.getByRole("searchbox"), "an");
  expect(await screen.findByRole("alert")).toHaveTextContent("The list of patients could not be loaded");
  expect(screen.getByRole("searchbox")).toHaveValue("an");
  expect(screen.getByRole("link", { name: "Anna Bergström" })).toBeVisible();
});

test("of a hundred thousand patients only those on screen are asked for and drawn", async () => {
  await open([]);
  const asked = searches(({ offset, limit }) =>
    buildPage(
      Array.from({ length: limit }, (_, i) =>
        buildRow({ id: `m${offset + i}`, name: `Patient ${offset + i}` }),
      ),
      { total: 100_000 },
    ),
  );
  await userEvent.type(screen.getByRole("searchbox"), "p");
  expect(await screen.findByText("100,000 patients match")).toBeVisible();
  expect(screen.getByRole("table")).toHaveAttribute("aria-rowcount", "100001");
  // What holds the place of the others is no row.
  for (const row of screen.getAllByRole("row")) expect(row).toHaveAttribute("aria-rowindex");
  expect(screen.getAllByRole("link", { name: /^Patient/ }).length).toBeLessThan(40);
  expect(asked.every(({ offset }) => offset === 0)).toBe(true);
});

test("a filter and an order are the address, and the address is a filter and an order", async () => {
  const { router } = await open([anna]);
  await row("Anna Bergström");
  server.use(facetsOf({ regions: [{ region: "SE", count: 1 }] }));
  const asked = searches(() => buildPage([buildRow(anna)]));
  await userEvent.selectOptions(screen.getByLabelText("Onboarding"), "Has readings");
  await userEvent.selectOptions(screen.getByLabelText("Order"), "Least time in range");
  await waitFor(() =>
    expect(asked.at(-1)).toMatchObject({ filter: { stage: "reading" }, sort: "time-in-range" }),
  );
  expect(router.state.location.search).toBe("?stage=reading&sort=time-in-range");
  await router.navigate("/patients?sensor=ending&tag=ward+3&sort=sensor-end");
  await waitFor(() =>
    expect(asked.at(-1)).toMatchObject({ filter: { sensor: "ending", tag: "ward 3" }, sort: "sensor-end" }),
  );
  expect(screen.getByLabelText("Tag")).toHaveValue("ward 3");
});

test("the list says how far behind it is, and since when the platform does not answer", async () => {
  const { queryClient } = await open([anna]);
  await row("Anna Bergström");
  const found = async (oldestMin: number, unchecked: number, late = 0) => {
    const oldestCheckMs = Date.now() - oldestMin * minuteMs - 1000;
    server.use(facetsOf({ total: 5, unchecked, late, oldestCheckMs }));
    await queryClient.invalidateQueries(patientQueries.facets);
  };
  await found(14, 0);
  expect(await screen.findByText("Everyone’s data was read within the last 15 minutes.")).toBeVisible();
  await found(130, 2, 3);
  expect(
    await screen.findByText(
      /read longest ago was read 2 hours 10 minutes ago.*of 3 of 5 patients was read more/,
    ),
  ).toBeVisible();
  expect(screen.getByText("2 of 5 patients are not read yet: the order is not final.")).toBeVisible();
  server.use(about({ notAnsweringSinceMs: Date.now() - 3 * minuteMs }));
  await queryClient.invalidateQueries({ queryKey: ["about"] });
  expect(
    await screen.findByText(
      /The platform has not answered since \d\d:\d\d\..* of 3 of 5 patients was read more/,
    ),
  ).toBeVisible();
});

/** The saved views of an account, as the server keeps them. */
function keepViews(...views: { name: string; search: string }[]) {
  const kept = new Map(views.map((view) => [view.name, view.search]));
  const answer = () => HttpResponse.json({ views: [...kept].map(([name, search]) => ({ name, search })) });
  const body = async (request: Request) => (await request.json()) as { name: string; search: string };
  server.use(
    http.get("*/api/account/views", answer),
    http.put("*/api/account/views", async ({ request }) => {
      const { name, search } = await body(request);
      kept.set(name, search);
      return answer();
    }),
    http.delete("*/api/account/views", async ({ request }) => {
      kept.delete((await body(request)).name);
      return answer();
    }),
  );
  return kept;
}

test("an address that is no view of the list says so, and shows no other list", async () => {
  const { router } = await open([anna]);
  await row("Anna Bergström");
  await router.navigate("/patients?stage=gone&sort=size&region=ZZZ&down=1");
  expect(await screen.findByText("This address is not a view of the list")).toBeVisible();
  expect(screen.getByText(/stage=gone, sort=size, region=ZZZ/)).toBeVisible();
  expect(screen.queryByText("Anna Bergström")).toBeNull();
  await userEvent.click(screen.getByRole("link", { name: "Show all patients" }));
  await row("Anna Bergström");
});

test("the browser's own search goes to the list's, which sees all rows, unless all are drawn", async () => {
  await open([anna]);
  await row("Anna Bergström");
  await userEvent.keyboard("{Control>}f{/Control}");
  expect(screen.getByRole("searchbox")).not.toHaveFocus();
  searches(() => buildPage([buildRow(anna)], { total: 5000 }));
  await userEvent.click(screen.getByRole("link", { name: "My patients" }));
  await screen.findByText("5,000 patients match");
  await userEvent.keyboard("{Control>}f{/Control}");
  expect(screen.getByRole("searchbox")).toHaveFocus();
  expect(screen.getByText(/searches the whole list/)).toBeVisible();
});

test("whoever is in no care team is told how patients come to stand under theirs", async () => {
  const { router } = await open([]);
  await router.navigate("/patients?mine=1");
  expect(await screen.findByText(/add yourself under “Care team”/)).toBeVisible();
});

test("from a patient one goes on to the next of the list as it was sorted and searched, and back to it", async () => {
  await open([anna]);
  const omar = buildPatient({ id: "p3", name: "Omar", partnerUid: "clinic-0003" });
  const asked = searches(() => buildPage([li, anna, omar].map((patient) => buildRow(patient))));
  await userEvent.click(screen.getByRole("link", { name: "Least time in range" }));
  await userEvent.click(await screen.findByRole("link", { name: "Anna Bergström" }));
  const count = asked.length;
  cleanup();
  const path = (id: string) =>
    render(
      <QueryClientProvider client={createQueryClient()}>
        <MemoryRouter initialEntries={[`/patients/${id}?days=1`]}>
          <ListNavigation id={id} />
        </MemoryRouter>
      </QueryClientProvider>,
    );
  path("p1");
  expect(await screen.findByText("2 of 3 in the list")).toBeVisible();
  expect(asked.slice(count).map(({ sort }) => sort)).toEqual(["time-in-range"]);
  expect(screen.getByRole("link", { name: "← Patients" })).toHaveAttribute(
    "href",
    "/patients?sort=time-in-range",
  );
  expect(screen.getByRole("link", { name: "Previous: Li Na" })).toHaveAttribute(
    "href",
    "/patients/p2?days=1",
  );
  await userEvent.click(screen.getByRole("link", { name: "Next: Omar" }));
  cleanup();
  path("p3");
  expect(await screen.findByText("3 of 3 in the list")).toBeVisible();
  expect(screen.queryByRole("link", { name: /^Next/ })).toBeNull();
  cleanup();
  path("p1");
  expect(await screen.findByText("2 of 3 in the list")).toBeVisible();
  expect(screen.getByRole("link", { name: "Next: Omar" })).toBeVisible();
});

test("keys go on through the list as it was when it was opened, and a change of it is said", async () => {
  const [omar, wang] = [
    buildPatient({ id: "p3", name: "Omar", partnerUid: "clinic-0003" }),
    buildPatient({ id: "p4", name: "Wang Fang", partnerUid: "clinic-0004" }),
  ];
  await open([anna]);
  let listed = [anna, li, omar];
  searches(() => buildPage(listed.map((patient) => buildRow(patient))));
  await userEvent.click(screen.getByRole("link", { name: "Least time in range" }));
  await userEvent.click(await screen.findByRole("link", { name: "Anna Bergström" }));
  cleanup();
  const queryClient = createQueryClient();
  function Way() {
    const { id = "" } = useParams();
    return <ListNavigation id={id} />;
  }
  render(
    <QueryClientProvider client={queryClient}>
      <MemoryRouter initialEntries={["/patients/p1"]}>
        <Routes>
          <Route path="/patients/:id" element={<Way />} />
        </Routes>
      </MemoryRouter>
    </QueryClientProvider>,
  );
  const next = await screen.findByRole("link", { name: "Next: Li Na" });
  expect(next).toHaveAttribute("aria-keyshortcuts", "]");
  expect(within(next).getByText("]")).toBeVisible();
  const help = render(<KeysHelp isOfList={false} onClose={() => {}} />);
  expect(help.getByText("to the next patient of the list")).toBeInTheDocument();
  expect(help.queryByText("to the previous patient of the list")).toBeNull();
  help.unmount();
  await userEvent.keyboard("]");
  expect(await screen.findByText("2 of 3 in the list")).toBeVisible();
  expect(screen.queryByText(/has changed/)).toBeNull();
  listed = [omar, anna, wang];
  await act(() => queryClient.invalidateQueries({ queryKey: patientKeys.list }));
  expect(await screen.findByText(/The list has changed since you opened it/)).toBeVisible();
  await userEvent.keyboard("]");
  expect(await screen.findByText("3 of 3 in the list")).toBeVisible();
  expect(screen.getByRole("link", { name: "Previous: Li Na" })).toBeVisible();
  await userEvent.keyboard("]");
  await userEvent.keyboard("[[");
  await userEvent.keyboard("[[");
  expect(await screen.findByText("1 of 3 in the list")).toBeVisible();
  await act(async () => setPreferences({ singleKeys: false }));
  await userEvent.keyboard("]");
  expect(screen.getByText("1 of 3 in the list")).toBeVisible();
  expect(screen.getByRole("link", { name: "Next: Li Na" })).not.toHaveAttribute("aria-keyshortcuts");
  expect(screen.queryByText("]")).toBeNull();
});

test("views that this browser kept before come to the account once", async () => {
  const key = "trendline-views-clinician-1";
  localStorage.setItem(key, JSON.stringify([{ name: "Mine in Sweden", search: "region=SE&mine=1" }]));
  const kept = keepViews();
  await open([anna]);
  expect(await screen.findByRole("link", { name: "Mine in Sweden" })).toBeVisible();
  expect([...kept]).toEqual([["Mine in Sweden", "region=SE&mine=1"]]);
  await waitFor(() => expect(localStorage.getItem(key)).toBeNull());
});

test("of the views that this browser kept those that are refused do not hold the others up", async () => {
  const key = "trendline-views-clinician-1";
  const long = `${"x".repeat(39)}😀`;
  const views = [
    { name: "Refused", search: "region=SE" },
    { name: long, search: "mine=1" },
    { name: "Last", search: "region=NO" },
  ];
  localStorage.setItem(key, JSON.stringify(views));
  const kept = keepViews();
  server.use(
    http.put("*/api/account/views", async ({ request }) => {
      const { name } = (await request.clone().json()) as { name: string };
      if (name !== "Refused") return undefined;
      const problem = { type: "about:blank", title: "Refused", status: 400, code: "invalid-request" };
      return HttpResponse.json(problem, { status: 400 });
    }),
  );
  await open([anna]);
  expect(await screen.findByRole("link", { name: "Last" })).toBeVisible();
  expect([...kept.keys()]).toEqual(["x".repeat(39), "Last"]);
  await waitFor(() => expect(localStorage.getItem(key)).toBeNull());
});

test("a view can be named, chosen again and given up", async () => {
  const kept = keepViews();
  const { router } = await open([anna]);
  await router.navigate("/patients?region=SE&sensor=ended");
  await userEvent.click(await screen.findByRole("button", { name: "Save this view…" }));
  await userEvent.type(await screen.findByLabelText("Name of the view"), "Swedish, ended{Enter}");
  expect(await screen.findByRole("link", { name: "Swedish, ended" })).toBeVisible();
  expect(kept.get("Swedish, ended")).toBe("region=SE&sensor=ended");
  await userEvent.click(screen.getByRole("link", { name: "Everyone by name" }));
  await userEvent.click(await screen.findByRole("link", { name: "Swedish, ended" }));
  expect(router.state.location.search).toBe("?region=SE&sensor=ended");
  await userEvent.click(screen.getByRole("button", { name: "Remove the view Swedish, ended" }));
  await waitFor(() => expect(screen.queryByRole("link", { name: "Swedish, ended" })).toBeNull());
  expect(kept.size).toBe(0);
});

test("time in range comes with the list, and says when it rests on too little data", async () => {
  const ranges = {
    startMs: Date.now() - 14 * dayMs,
    endMs: Date.now() - minuteMs,
    targets: "most-adults" as const,
    n: 3000,
    activeShare: 0.45,
    coveredShare: 0.45,
    timeIn: { "very-low": 0.004, low: 0.026, "in-range": 0.72, high: 0.2, "very-high": 0.05 },
  };
  await open([anna], summaryOf(reading(4)), rangesOf(ranges));
  searches(() => buildPage([buildRow({ ...anna, ranges })]));
  await userEvent.type(screen.getByRole("searchbox"), "a");
  const cells = await row("Anna Bergström");
  expect(await cells.findByText("72.0 %")).toBeVisible();
  expect(cells.getByText("72.0 % in range, 3.0 % below, 25.0 % above")).toBeInTheDocument();
  expect(cells.getByText("45.0 % of data")).toBeVisible();
});

test("a patient whose time zone this browser does not know costs one row, and the row says so", async () => {
  const logged = vi.mocked(console.error).mockImplementation(() => undefined);
  const timeIn = { "very-low": 0, low: 0, "in-range": 0.72, high: 0.28, "very-high": 0 };
  const shares = rangesOf({ timeIn, n: 6000, activeShare: 1, coveredShare: 1 });
  await open([{ ...anna, timeZone: "Moon/Base" }, li], summaryOf(reading(4)), shares);
  expect(await (await row("Li Na")).findByText("72.0 %")).toBeVisible();
  expect(await (await row("Anna Bergström")).findByText(/know the time zone Moon\/Base/)).toBeVisible();
  expect(logged.mock.calls.join()).toContain("Moon/Base");
  logged.mockClear();
});

test("shares reckoned for other targets are not shown", async () => {
  const ranges = {
    startMs: Date.now() - 14 * dayMs,
    endMs: Date.now() - minuteMs,
    targets: "pregnancy" as const,
    n: 3000,
    activeShare: 0.95,
    coveredShare: 0.95,
    timeIn: { "very-low": 0, low: 0, "in-range": 0.72, high: 0.28, "very-high": 0 },
  };
  await open([anna]);
  searches(() => buildPage([buildRow({ ...anna, ranges })]));
  await userEvent.type(screen.getByRole("searchbox"), "a");
  await screen.findByText("1 patient matches");
  expect((await row("Anna Bergström")).queryByText("72.0 %")).toBeNull();
});

test("a row's value is judged by its patient's targets, and by those a colleague has set since the list came", async () => {
  const pregnant = buildPatient({ targets: "pregnancy" });
  await open([pregnant, li], summaryOf({ ...reading(4, 9), targets: "pregnancy" }));
  expect(await (await row("Anna Bergström")).findByText("high, slowly rising")).toBeInTheDocument();
  // Li's row came with the targets of most adults.
  expect(await (await row("Li Na")).findByText("high, slowly rising")).toBeInTheDocument();
});

test("once a colleague has changed the targets the share of before is gone, and is asked for anew", async () => {
  const ranges = {
    startMs: Date.now() - 14 * dayMs,
    endMs: Date.now() - minuteMs,
    targets: "most-adults" as const,
    n: 6000,
    activeShare: 0.95,
    coveredShare: 0.95,
    timeIn: { "very-low": 0, low: 0, "in-range": 0.72, high: 0.28, "very-high": 0 },
  };
  await open(
    [anna],
    summaryOf({ ...reading(4, 9), targets: "pregnancy" }),
    rangesOf({ ...ranges, targets: "pregnancy", timeIn: { ...ranges.timeIn, "in-range": 0.4, high: 0.6 } }),
  );
  searches(() => buildPage([buildRow({ ...anna, ranges })]));
  await userEvent.type(screen.getByRole("searchbox"), "a");
  const cells = await row("Anna Bergström");
  expect(await cells.findByText("40.0 %")).toBeVisible();
  expect(cells.queryByText("72.0 %")).toBeNull();
});

test.each([
  { way: "Add patient", page: "Add a patient", path: "/patients/new" },
  { way: "Import a file", page: "Register patients from a file", path: "/patients/import" },
])("$way leads back to the list as it was narrowed and ordered", async ({ way, page, path }) => {
  server.use(http.get("*/api/imports", () => HttpResponse.json({ imports: [] })));
  const { router } = await open([anna]);
  const view = "?stage=waiting&sort=added&down=1";
  await act(() => router.navigate(`/patients${view}`));
  await userEvent.click(await screen.findByRole("link", { name: way }));
  await screen.findByRole("heading", { level: 1, name: page });
  expect(router.state.location.pathname).toBe(path);
  await userEvent.click(screen.getByRole("link", { name: "← Back to all patients" }));
  expect(router.state.location).toMatchObject({ pathname: "/patients", search: view });
});
