import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { patientKeys } from "#client/api/patients.ts";
import type { ListedPatient, PatientRanges, PatientStatus, RosterFacets } from "#contract/roster.ts";
import type { WorklistEntry } from "#contract/worklist.ts";
import { noDeviceFacts } from "#glucose/device-reasons.ts";
import { usualLimits } from "#glucose/limits.ts";
import {
  about,
  buildPage,
  buildRow,
  facetsOf,
  rangesOf,
  renderApp,
  serveFaults,
  signedInAs,
  summaryOf,
} from "#test/client/app/render-app.tsx";

const server = serveFaults();
const minuteMs = 60_000;
type Reason = WorklistEntry["reasons"][number];
const low = (): Reason => ({ key: "low-now", value: 5, limit: 0, sinceMs: Date.now() - 5 * minuteMs });
const high: Reason = { key: "high", value: 38, limit: 25 };

const person = (name: string, reasons: Reason[] = [], change: Partial<WorklistEntry> = {}): ListedPatient =>
  buildRow({
    id: name.toLowerCase(),
    name,
    partnerUid: `clinic-${name}`,
    worklist: {
      asOfMs: Date.now(),
      isRead: true,
      state: "open",
      reasons,
      timeIn: { "very-low": 0.0101, low: 0.0303, "in-range": 0.5796, high: 0.3, "very-high": 0.08 },
      lowest: { valueMmolL: 2.6, timeMs: Date.now() - 60 * minuteMs },
      nightsWithLows: 2,
      inRangeChange: -15.04,
      ...change,
    },
  });

const statusAt = (lastReadingAtMs: number): PatientStatus => ({
  facts: noDeviceFacts,
  checkedAtMs: lastReadingAtMs,
  stage: "reading",
  lastReadingAtMs,
  sensor: null,
});

type Asked = { filter: object; sort: string; days?: number };

/** Opens the list, whose rows are then what `answer` was last set to. */
async function open(path: string, rows: ListedPatient[], facets: Partial<RosterFacets> = {}) {
  const state = { rows };
  const asked: Asked[] = [];
  server.use(
    about(),
    signedInAs("clinician"),
    http.post("*/api/patients/search", async ({ request }) => {
      asked.push((await request.json()) as Asked);
      return HttpResponse.json(buildPage(state.rows));
    }),
    facetsOf({ total: rows.length, ...facets }),
    summaryOf(),
    rangesOf(),
  );
  const app = renderApp(path);
  await screen.findByRole("link", { name: rows[0]?.name ?? "" });
  const come = async (next: ListedPatient[]) => {
    state.rows = next;
    await app.queryClient.refetchQueries({ queryKey: patientKeys.pages });
  };
  return { ...app, asked, come };
}
const names = () =>
  screen.getAllByRole("rowheader").map((cell) => within(cell).getByRole("link").textContent);

test("a clinician's work begins with who first; the order by name is one choice away", async () => {
  const { router, asked } = await open("/", [person("Ann", [high]), person("Bo")]);
  expect(router.state.location).toMatchObject({ pathname: "/patients", search: "" });
  expect(asked[0]).toMatchObject({ sort: "who-first", filter: {} });
  expect(screen.getByRole("link", { name: "Who first" })).toHaveAttribute("aria-current", "page");
  expect(screen.getByText(/Above 10\.0: 38\.0/)).toBeVisible();
  await userEvent.click(screen.getByRole("link", { name: "Everyone by name" }));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ sort: "name" }));
  expect(router.state.location.search).toBe("?sort=name");
});

test("a saved address without an order is by name, as it was", async () => {
  const { asked } = await open("/patients?mine=1", [person("Ann")]);
  expect(asked[0]).toMatchObject({ sort: "name", filter: { mine: true } });
});

test("figures never say other than the goal they are held against", async () => {
  await open("/patients", [person("Ann", [high])]);
  const cells = within(screen.getByRole("row", { name: /Ann/ }));
  expect(cells.getByText("4.04 %", { normalizer: (text) => text.replace("\u00a0", " ") })).toBeVisible();
  expect(cells.getByText(/1\.01.% very low/)).toBeVisible();
  expect(cells.getByText("lows in 2 of 7 nights")).toBeVisible();
  expect(cells.getByText("−15.04 points, week on week")).toBeVisible();
  expect(cells.getByText(/2\.6 mmol\/L/)).toBeVisible();
});

test.each([
  [-0.03, "0.0 points, week on week"],
  [0.03, "0.0 points, week on week"],
  [-0.06, "−0.1 points, week on week"],
  [0.06, "+0.1 points, week on week"],
])(
  "a change of %s points is said without a sign where it rounds to nothing",
  async (inRangeChange, words) => {
    await open("/patients", [person("Ann", [high], { inRangeChange })]);
    expect(screen.getByText(words)).toBeVisible();
  },
);

test("who becomes low moves up at once and is said in one sentence", async () => {
  const { come } = await open("/patients", [person("Ann", [high]), person("Bo")]);
  await come([person("Bo", [low()]), person("Ann", [high])]);
  await waitFor(() => expect(names()).toEqual(["Bo", "Ann"]));
  await waitFor(() => expect(screen.getByTestId("announcer")).toHaveTextContent("Bo is low now."));
});

test("a row's reasons are of the reading that its value is of, whichever was read later", async () => {
  const readMs = Date.now() - 2 * minuteMs;
  const before = person("Ann", [high], { asOfMs: readMs - 9 * minuteMs });
  const { worklist } = person("Ann", [{ ...low(), trend: 20 }], { asOfMs: Date.now(), state: "reviewed" });
  const { queryClient } = await open(
    "/patients",
    [{ ...before, status: statusAt(readMs - 9 * minuteMs) }],
    {},
  );
  expect(await screen.findByText(/Above 10\.0/)).toBeVisible();
  const latest = { timeMs: readMs, valueMmolL: 3.2, trend: 20, warmUp: false, afterGap: false };
  server.use(summaryOf({ stage: "reading", latest, listed: { status: statusAt(readMs), worklist } }));
  await queryClient.refetchQueries({ queryKey: patientKeys.one });
  const row = within(screen.getByRole("row", { name: /Ann/ }));
  expect(await row.findByText(/^Low since/)).toBeVisible();
  expect(row.queryByText(/Above 10\.0/)).toBeNull();
  expect(row.getByText("3.2")).toBeVisible();
  await waitFor(() => expect(screen.getByTestId("announcer")).toHaveTextContent("Ann is low now."));

  // The list comes with a later one: the value is asked for at once.
  const laterMs = Date.now() - minuteMs;
  server.use(
    summaryOf({
      stage: "reading",
      latest: { ...latest, timeMs: laterMs, valueMmolL: 2.7 },
      listed: { status: statusAt(laterMs), worklist },
    }),
    http.post("*/api/patients/search", () =>
      HttpResponse.json(
        buildPage([{ ...person("Ann", [low()], { asOfMs: Date.now() + 1 }), status: statusAt(laterMs) }]),
      ),
    ),
  );
  await queryClient.refetchQueries({ queryKey: patientKeys.pages });
  expect(await row.findByText("2.7")).toBeVisible();
});

const sharesOf = (inRange: number, endMs: number): PatientRanges => ({
  startMs: endMs - 14 * 24 * 60 * minuteMs,
  endMs,
  targets: "most-adults",
  n: 6000,
  activeShare: 1,
  coveredShare: 1,
  timeIn: { "very-low": 0, low: 0, "in-range": inRange, high: 1 - inRange, "very-high": 0 },
});

test("a row's bar is of the look that its reasons are of: both change together, and neither before the other", async () => {
  const oldMs = Date.now() - 70 * minuteMs;
  const before = { ...person("Ann", [high], { asOfMs: oldMs }), ranges: sharesOf(0.7, oldMs) };
  const { worklist } = person("Ann", [low()]);
  const row = () => within(screen.getByRole("row", { name: /Ann/ }));
  const { queryClient } = await open("/patients", [before]);
  // Somebody has read the shares anew; the reasons of then are still on their way.
  const reasons = { let: () => {} };
  const isLet = new Promise<void>((done) => {
    reasons.let = done;
  });
  const looked = { stage: "reading" as const, latest: null, sensor: null, asOfMs: Date.now(), stale: null };
  let asked = 0;
  server.use(
    rangesOf(sharesOf(0.5, Date.now())),
    http.get("*/api/patients/:id/summary", async () => {
      asked += 1;
      if (asked === 1) return HttpResponse.json(looked);
      await isLet;
      const listed = { status: statusAt(Date.now()), ranges: sharesOf(0.5, Date.now()), worklist };
      return HttpResponse.json({ ...looked, listed });
    }),
  );
  void queryClient.refetchQueries({ queryKey: patientKeys.one });
  await waitFor(() => expect(asked).toBe(2));
  expect(row().getByText("70.0 %")).toBeVisible();
  expect(row().getByText(/Above 10\.0/)).toBeVisible();
  reasons.let();
  expect(await row().findByText("50.0 %")).toBeVisible();
  expect(row().getByText(/^Low since/)).toBeVisible();
  expect(row().queryByText(/Above 10\.0/)).toBeNull();
});

test("of two of one name it is said who became low", async () => {
  const bo = (reasons: Reason[]) => ({ ...person("Bo", reasons), hasNamesake: true });
  const { come } = await open("/patients", [person("Ann", [high]), bo([])]);
  await come([bo([low()]), person("Ann", [high])]);
  await waitFor(() =>
    expect(screen.getByTestId("announcer")).toHaveTextContent("Bo (clinic-Bo) is low now."),
  );
});

test("nobody is said to have become low in a list that was just opened", async () => {
  await open("/patients", [person("Ann", [low()])]);
  expect(screen.getByTestId("announcer")).toBeEmptyDOMElement();
});

test("rows stay under the hand: the new order waits, what is known of each does not", async () => {
  const { come } = await open("/patients", [person("Ann", [high]), person("Bo"), person("Cy")]);
  fireEvent.pointerEnter(screen.getByRole("table"), { pointerType: "mouse" });
  await come([person("Cy", [low()]), person("Ann", [high]), person("Bo")]);
  const show = await screen.findByRole("button", { name: "1 change: show" });
  expect(names()).toEqual(["Ann", "Bo", "Cy"]);
  expect(within(screen.getByRole("row", { name: /Cy/ })).getByText(/^Low since/)).toBeVisible();
  await userEvent.click(show);
  expect(names()).toEqual(["Cy", "Ann", "Bo"]);
  expect(screen.queryByRole("button", { name: /change/ })).toBeNull();
});

test("rows stay under the focus, and move when it leaves", async () => {
  const { come } = await open("/patients", [person("Ann", [high]), person("Bo")]);
  screen.getByRole("link", { name: "Ann" }).focus();
  await come([person("Bo", [low()]), person("Ann", [high])]);
  await screen.findByRole("button", { name: "1 change: show" });
  expect(names()).toEqual(["Ann", "Bo"]);
  expect(screen.getByRole("link", { name: "Ann" })).toHaveFocus();
  screen.getByRole("searchbox").focus();
  await waitFor(() => expect(names()).toEqual(["Bo", "Ann"]));
});

test("a published list has its groups as headings, its rules in words, and Tidepool's its days", async () => {
  const placed = (name: string, group: string, reasons: { key: string; percent: number }[]) =>
    person(name, [], { published: { group, reasons, noEarlier: false, inRangePercent: 51.4, days: 7 } });
  const { asked } = await open("/patients?sort=tidepool&days=7", [
    placed("Ann", "very-low", [{ key: "very-low", percent: 2 }]),
    placed("Bo", "very-low", [{ key: "very-low", percent: 1.5 }]),
    placed("Cy", "meeting-targets", []),
  ]);
  expect(asked[0]).toMatchObject({ sort: "tidepool", days: 7 });
  const headings = [...document.querySelectorAll("th[scope=rowgroup]")].map(({ textContent }) =>
    textContent.replaceAll("\u00a0", " "),
  );
  expect(headings).toEqual(["Below 3.0 > 1 %", "Meeting targets"]);
  await userEvent.selectOptions(screen.getByLabelText("Days looked at"), "30");
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ sort: "tidepool", days: 30 }));
  await userEvent.click(screen.getByText("How this list is made"));
  expect(await screen.findByText(/As Tidepool’s clinic service does it: the last 30.days/)).toBeVisible();
  expect(screen.getByText(/^Data received < 70.% – /)).toBeVisible();
});

test("the clinic's own limits are said in words", async () => {
  await open("/patients", [person("Ann", [high])]);
  const limits = { ...usualLimits, fellByPoints: 12 };
  server.use(
    http.get("*/api/worklist/limits", () => HttpResponse.json({ limits, usual: usualLimits, set: null })),
  );
  await userEvent.click(screen.getByText("How this list is made"));
  expect(await screen.findByText(/more than 12 points below/)).toBeVisible();
  expect(screen.getByText(/Above 13\.9\smmol\/L for 2\shours or more/)).toBeVisible();
  const headings = screen.getAllByRole("heading", { level: 3 }).map(({ textContent }) => textContent);
  expect(headings).toEqual([
    "The order of the reasons",
    "Among those with the same reason",
    "Reviewed, put off, coming back",
    "How reasons are marked",
    "What the columns count",
  ]);
  expect(screen.getByText(/very low at the last reading, .* stands before who is low now/)).toBeVisible();
});

test("what is new since somebody was reviewed is marked, counted, and can be had alone, in any browser", async () => {
  const { asked, router } = await open(
    "/patients",
    [person("Ann", [{ ...high, isNew: true }]), person("Bo", [{ ...high, isNew: false }])],
    { isNew: 1 },
  );
  expect(screen.getAllByText("New")).toHaveLength(1);
  expect(
    await screen.findByText(/^1 patient has something new or worse since the last review/),
  ).toBeVisible();
  await userEvent.click(screen.getByRole("link", { name: "show only what is new" }));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ filter: { isNew: true } }));
  expect(router.state.location.search).toBe("?new=1&sort=who-first");
  expect(Object.keys(localStorage).filter((key) => key.includes("last-look"))).toEqual([]);
});

test("the column that the list is ordered by says so", async () => {
  const { router } = await open("/patients?sort=unreviewed", [person("Ann", [high])]);
  expect(screen.getByRole("columnheader", { name: "Last reviewed" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  expect(screen.getByText("never")).toBeVisible();
  await router.navigate("/patients?sort=lowest");
  await waitFor(() =>
    expect(screen.getByRole("columnheader", { name: /^Lowest, 7/ })).toHaveAttribute("aria-sort"),
  );
});

test("whose record says gestational and whose targets are not those of a pregnancy is pointed out, with the way there", async () => {
  await open("/patients", [
    { ...person("Ann", [high]), diabetesType: "gestational" },
    { ...person("Bo", [high]), diabetesType: "gestational", targets: "pregnancy-other" },
    { ...person("Cy", [high]), diabetesType: "type-1" },
  ]);
  const doubts = await screen.findAllByRole("link", { name: /^Gestational by the record/ });
  expect(doubts.map((link) => link.getAttribute("href"))).toEqual(["/patients/ann#targets"]);
});

test("a change from week to week that is not judged says so", async () => {
  await open("/patients", [person("Ann", [high], { inRangeChange: "not-judged" })]);
  const short = await screen.findByText("week on week: too little data");
  expect(short).toHaveAttribute("title", expect.stringMatching(/^Week on week not judged/));
  expect(screen.queryByText(/points, week on week/)).toBeNull();
});

test("the first stop of the page leads past all that stands above the rows", async () => {
  await open("/patients", [person("Ann", [high])]);
  const skip = screen.getByRole("button", { name: "Skip to the patients" });
  const first = screen.getByRole("main").querySelector("a, button, input, select");
  expect(first).toBe(skip);
  await userEvent.click(skip);
  expect(screen.getByRole("link", { name: "Ann" })).toHaveFocus();
});

test("arrow down leads to the first patient from where the page opens, and from nowhere that has use for it", async () => {
  await open("/patients", [person("Ann", [high])]);
  const order = screen.getByRole("link", { name: "Least time in range" });
  order.focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(order).toHaveFocus();
  order.blur();
  await userEvent.keyboard("{ArrowDown}");
  expect(screen.getByRole("link", { name: "Ann" })).toHaveFocus();
});

test("whoever has another stage than the list knew leaves the filter of that stage at once", async () => {
  const { asked, queryClient } = await open("/patients?stage=waiting", [
    { ...person("Ann"), status: { ...statusAt(0), stage: "waiting", lastReadingAtMs: null } },
  ]);
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  const before = asked.length;
  const { worklist } = person("Ann");
  server.use(summaryOf({ stage: "reading", listed: { status: statusAt(Date.now()), worklist } }));
  await queryClient.refetchQueries({ queryKey: patientKeys.one });
  await waitFor(() => expect(asked.length).toBeGreaterThan(before));
});

test("who is found by half a date of birth is shown with the date", async () => {
  await open("/patients", [{ ...person("Ann"), dateOfBirth: "1980-03-14" }]);
  expect(screen.queryByText(/14 Mar 1980/)).toBeNull();
  await userEvent.type(screen.getByRole("searchbox"), "14.03.");
  expect(await screen.findByText(/14 Mar 1980/)).toBeVisible();
});

test("who is low now is counted above the list, and one press shows only them", async () => {
  const { asked, router } = await open("/patients", [person("Ann", [low()]), person("Bo", [high])], {
    lowNow: 1,
  });
  expect(await screen.findByText(/^Low or very low now: 1/)).toBeVisible();
  await userEvent.click(screen.getByRole("link", { name: "Show only them" }));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ sort: "who-first", filter: { lowNow: true } }));
  expect(router.state.location.search).toBe("?lowNow=1&sort=who-first");
  expect(screen.getByRole("link", { name: "Low or very low now" })).toHaveAttribute("aria-current", "page");
  expect(screen.queryByText(/patient is low or very low now/)).toBeNull();
});
