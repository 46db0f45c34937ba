import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import {
  columnsFor,
  initialsOf,
  lowestFirst,
  shortName,
  tileLabels,
  tileViewOf,
} from "#client/ward/tile-view.ts";
import { columnsOf } from "#contract/reading-columns.ts";
import type { PatientNow, WardChoice } from "#contract/ward.ts";
import { noDeviceFacts } from "#glucose/device-reasons.ts";
import type { Reading } from "#glucose/reading.ts";
import { seriesOf } from "#glucose/reading-series.ts";
import {
  about,
  buildPage,
  buildPatient,
  buildRow,
  failing,
  renderApp,
  serveFaults,
  signedInAs,
} from "#test/client/app/render-app.tsx";

const server = serveFaults();
const minuteMs = 60_000;

/** One every three minutes, the last so many minutes old; a gap before the last one where asked for. */
function readings(ageMin: number, valueMmolL: number, { gapMin = 0, warmUp = false } = {}): Reading[] {
  const lastMs = Date.now() - ageMin * minuteMs;
  return Array.from({ length: 30 }, (_, i) => ({
    timeMs: lastMs - (29 - i) * 3 * minuteMs - (i < 29 ? gapMin * minuteMs : 0),
    valueMmolL: i === 29 ? valueMmolL : 6,
    trend: 10,
    warmUp,
    sensor: "S1",
    packet: null,
    uploadDelayMin: null,
  }));
}
const patientNow = (change: Partial<PatientNow> = {}, of: readonly Reading[] | null = []): PatientNow => ({
  id: "p1",
  name: "Anna Bergström",
  partnerUid: "clinic-0001",
  timeZone: "Europe/Stockholm",
  targets: "most-adults",
  status: null,
  failure: null,
  read: of && { asOfMs: Date.now(), stale: null, readings: columnsOf(seriesOf(of)) },
  ...change,
});
const viewOf = (of: readonly Reading[] | null, change: Partial<PatientNow> = {}) =>
  tileViewOf({ ...patientNow(change), readings: of, asOfMs: null, stale: null }, Date.now());
const status = (change: object) => ({
  facts: noDeviceFacts,
  checkedAtMs: Date.now(),
  stage: "reading" as const,
  lastReadingAtMs: Date.now() - 300 * minuteMs,
  sensor: null,
  ...change,
});

function serveWard(choice: WardChoice | null, patients: readonly PatientNow[]) {
  const kept = { choice };
  const asked: { ids: string[]; opening: string }[] = [];
  server.use(
    about(),
    signedInAs("clinician"),
    http.get("*/api/account/ward", () => HttpResponse.json({ choice: kept.choice })),
    http.put("*/api/account/ward", async ({ request }) => {
      kept.choice = (await request.json()) as WardChoice;
      return HttpResponse.json({ choice: kept.choice });
    }),
    http.post("*/api/patients/search", () =>
      HttpResponse.json(buildPage(patients.map(({ id, name }) => buildRow(buildPatient({ id, name }))))),
    ),
    http.post("*/api/patients/now", async ({ request }) => {
      const body = (await request.json()) as (typeof asked)[number];
      asked.push(body);
      return HttpResponse.json({ patients: patients.filter(({ id }) => body.ids.includes(id)) });
    }),
  );
  return { kept, asked };
}

test("a stale value and one after a gap have no arrow, and a stale one no band", () => {
  expect(viewOf(readings(3, 3.4))).toMatchObject({ shown: { band: "low", trend: "slowly-falling" } });
  expect(viewOf(readings(3, 3.4, { gapMin: 40 }))).toMatchObject({ shown: { band: "low", trend: null } });
  expect(viewOf(readings(16, 3.4))).toMatchObject({ shown: { band: null, trend: null, freshness: "stale" } });
  expect(viewOf(readings(31, 3.4))).toMatchObject({ shown: { band: null, trend: null, freshness: "none" } });
  expect(viewOf(readings(3, 3.4, { warmUp: true }))).toMatchObject({ shown: { band: null, trend: null } });
});

test("where there is no value the reason is said", () => {
  const ended = { serial: "S1", activatedAtMs: 0, estimatedEndAtMs: 1, endedAtMs: Date.now() - 1 };
  expect(viewOf(null, { failure: "platform-timeout" })).toMatchObject({ missing: "failed" });
  expect(viewOf([], { status: status({ sensor: ended }) })).toMatchObject({ missing: "ended" });
  expect(viewOf([], { status: status({ stage: "waiting" }) })).toMatchObject({ missing: "waiting" });
  expect(viewOf([], { status: status({}) })).toMatchObject({ missing: "silent" });
});

test("initials are of every word, and of a Chinese name the first sign", () => {
  expect(["Anna Bergström", "Omar", "王芳", "Amira · Ben Ali"].map(initialsOf)).toEqual([
    "A. B.",
    "O.",
    "王＊",
    "A. B. A.",
  ]);
});

test("two tiles that would say the same say the ID, and an ID is cut between its parts", () => {
  const [one, two, li] = [
    { id: "1", name: "Maria Keller", partnerUid: "imp-10" },
    { id: "2", name: "Maria Keller", partnerUid: "demo-501" },
    { id: "3", name: "Li Na", partnerUid: "clinic-0003" },
  ];
  const textsOf = (named: WardChoice["named"]) =>
    [...tileLabels([one, two, li], named).values()].map(({ name, apart }) => `${name} ${apart}`.trim());
  expect(textsOf("name")).toEqual(["Maria Keller imp-10", "Maria Keller demo-501", "Li Na"]);
  expect(textsOf("initials")).toEqual(["M. K. imp-10", "M. K. demo-501", "L. N. 0003"]);
  expect(initialsOf("=1+1 Keller")).toBe("K.");
});

test.each([
  ["one name", ["Sofia Ramirez clinic-0007", "Sofia Ramirez clinic-0019"], ["0007", "0019"]],
  ["one name in other letters", ["Sofia Ramirez a-1001", "SOFIA RAMIREZ a-1002"], ["1001", "1002"]],
  ["names that begin alike", ["Mohammed Hassan u-2001", "Mohammed Hasan u-2002"], ["2001", "2002"]],
  ["one name in Chinese", ["王芳 c-0101", "王芳 c-0102"], ["0101", "0102"]],
  ["IDs that end alike", ["Li Na north-0007", "Li Na south-0007"], ["north-0007", "south-0007"]],
  ["an ID within the other", ["Li Na 0007", "Li Na x-0007"], ["0007", "x-0007"]],
  ["long IDs", ["Li Na 9f3b7c5d2e1a4086b111", "Li Na 9f3b7c5d2e1a4086b222"], ["1a4086b111", "1a4086b222"]],
  ["three of one name", ["Li Na a-1", "Li Na a-2", "Li Na b-2"], ["a-1", "a-2", "b-2"]],
  ["other names", ["Anna Berg u-1111", "Anna Lund u-1112"], ["", ""]],
  ["nobody else", ["Sofia Ramirez clinic-0007"], [""]],
])("what tells tiles apart is whole, and only where it is needed: %s", (_what, people, apart) => {
  const patients = people.map((text, index) => {
    const words = text.split(" ");
    return { id: String(index), name: words.slice(0, -1).join(" "), partnerUid: words.at(-1) ?? "" };
  });
  const labels = tileLabels(patients, "name");
  expect(patients.map(({ id }) => labels.get(id)?.apart)).toEqual(apart);
});

test("who is low, or was when last heard of, stands before all others, whatever order the view has", () => {
  const of = (id: string, ...values: Parameters<typeof readings>) => ({
    ...patientNow({ id }),
    readings: readings(...values),
    asOfMs: null,
    stale: null,
  });
  const people = [of("in", 3, 6), of("low", 3, 3.4), of("old low", 40, 3.4), of("very low", 3, 2.5)];
  expect(lowestFirst(people, Date.now()).map(({ id }) => id)).toEqual(["very low", "low", "old low", "in"]);
});

test("a value that is not of now stands small, with its age", async () => {
  serveWard({ shown: { search: "" }, named: "name" }, [patientNow({}, readings(190, 8.6))]);
  renderApp("/ward");
  const [tile] = await screen.findAllByRole("listitem");
  expect(tile).toHaveTextContent(/–.*last 8\.6 mmol\/L, 3 hours 10 minutes ago/);
});

test("a value that is too old to speak for now stays grey, and that it was very low is said", async () => {
  serveWard({ shown: { search: "" }, named: "name" }, [patientNow({}, readings(20, 2.3))]);
  renderApp("/ward");
  const [tile] = await screen.findAllByRole("listitem");
  expect(tile).toHaveTextContent(/stale, last very low/i);
  expect(within(tile as HTMLElement).getByRole("link")).not.toHaveAttribute("data-band");
});

test("who fell near low, or was very high, when the readings stopped is told of, and nobody of a warm-up", async () => {
  expect(viewOf(readings(20, 4.4))).toMatchObject({ shown: { band: null, last: "falling-near-low" } });
  expect(viewOf(readings(20, 6))).toMatchObject({ shown: { last: null } });
  expect(viewOf(readings(20, 15))).toMatchObject({ shown: { band: null, last: "very-high" } });
  expect(viewOf(readings(20, 2.3, { warmUp: true }))).toMatchObject({ shown: { last: null } });
  const people = [3, 20].map((ageMin) => ({
    ...patientNow({ id: `${ageMin}` }),
    readings: readings(ageMin, ageMin === 3 ? 6 : 4.4),
    asOfMs: null,
    stale: null,
  }));
  expect(lowestFirst(people, Date.now()).map(({ id }) => id)).toEqual(["20", "3"]);
  serveWard({ shown: { search: "" }, named: "name" }, [patientNow({}, readings(20, 4.4))]);
  renderApp("/ward");
  const [tile] = await screen.findAllByRole("listitem");
  expect(tile).toHaveTextContent(/stale, last falling near low/i);
});

test("who falls near low now is not called in range, and comes before who is", async () => {
  expect(viewOf(readings(3, 4.4))).toMatchObject({
    shown: { band: "in-range", isFalling: true, last: null },
  });
  expect(viewOf(readings(3, 6))).toMatchObject({ shown: { isFalling: false } });
  const people = [6, 4.4, 3.4].map((valueMmolL) => ({
    ...patientNow({ id: `${valueMmolL}` }),
    readings: readings(3, valueMmolL),
    asOfMs: null,
    stale: null,
  }));
  expect(lowestFirst(people, Date.now()).map(({ id }) => id)).toEqual(["3.4", "4.4", "6"]);
  serveWard({ shown: { search: "" }, named: "name" }, [patientNow({}, readings(3, 4.4))]);
  renderApp("/ward");
  const [tile] = await screen.findAllByRole("listitem");
  expect(tile).toHaveTextContent(/falling near low/i);
  expect(tile).not.toHaveTextContent(/in range/i);
});

test("a value of a warm-up is none, and is not called the last one", async () => {
  serveWard({ shown: { search: "" }, named: "name" }, [patientNow({}, readings(3, 8.6, { warmUp: true }))]);
  renderApp("/ward");
  const [tile] = await screen.findAllByRole("listitem");
  expect(tile).toHaveTextContent(/warming up.*last reading 3 minutes ago/i);
  expect(tile).not.toHaveTextContent("8.6");
});

test("a very long name leaves the value its room", () => {
  expect(shortName("Anna Bergström")).toBe("Anna Bergström");
  expect(shortName("Maximiliane-".repeat(10))).toBe(`${"Maximiliane-".repeat(2)}Maximiliane…`);
});

test("sixty tiles fit a wall screen without scrolling; on a phone they stand two beside each other", () => {
  expect(columnsFor(60, 1904, 1030).below).toBe(0);
  // With a banner above them, too.
  expect(columnsFor(60, 1424, 750)).toEqual({ columns: 10, below: 0 });
  expect(columnsFor(60, 1064, 1870).below).toBe(0);
  expect(columnsFor(1, 1904, 1030)).toEqual({ columns: 1, below: 0 });
  expect(columnsFor(60, 374, 760)).toEqual({ columns: 2, below: 48 });
});

test("tiles say value, band, trend and age in words, and that they are no alarm", async () => {
  const [anna, li] = [
    patientNow({}, readings(3, 3.4)),
    patientNow({ id: "p2", name: "Li Na" }, readings(20, 12)),
  ];
  const { asked } = serveWard({ shown: { search: "" }, named: "name" }, [anna, li]);
  renderApp("/ward");
  expect(await screen.findByText("This is no alarm: it calls nobody")).toBeVisible();
  const [first, second] = await screen.findAllByRole("listitem");
  expect(first).toHaveTextContent(/Anna Bergström.*3\.4.*low.*3 minutes ago/);
  expect(within(first as HTMLElement).getByText(/slowly falling/)).toBeInTheDocument();
  expect(second).toHaveTextContent(/Li Na.*12\.0.*stale.*20 minutes ago/);
  expect(within(second as HTMLElement).queryByText(/slowly falling/)).toBeNull();
  expect(screen.getByText(/Signs out in 30 minutes if nobody touches/)).toBeVisible();
  expect(asked).toHaveLength(1);
  expect(asked[0]?.ids).toEqual(["p1", "p2"]);
});

test("without a choice one picks patients, who are shown by initials; the choice is kept", async () => {
  const { kept } = serveWard(null, [patientNow({}, readings(3, 6))]);
  renderApp("/ward");
  await userEvent.click(await screen.findByRole("radio", { name: "Picked patients" }));
  expect(screen.getByRole("button", { name: "Show" })).toBeDisabled();
  await userEvent.type(screen.getByRole("textbox", { name: /Find a patient/ }), "anna");
  await userEvent.click(await screen.findByRole("button", { name: "Add" }));
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  expect(await screen.findByTitle("A. B. 0001")).toBeVisible();
  expect(screen.queryByText("Anna Bergström")).toBeNull();
  expect(kept.choice).toEqual({ shown: { ids: ["p1"] }, named: "initials" });
});

test("Enter adds who alone is meant, and never one of several silently: they are told apart", async () => {
  const { kept } = serveWard(null, []);
  const twin = (id: string, dateOfBirth: string, hospitalNumber: string | null) =>
    buildRow(buildPatient({ id, name: "Anna Li", partnerUid: `clinic-${id}`, dateOfBirth, hospitalNumber }));
  const everybody = [
    buildRow(buildPatient({ id: "p1", partnerUid: "clinic-p1" })),
    twin("p2", "1980-04-03", "H-77"),
    twin("p3", "1991-01-30", null),
    twin("p4", "1962-12-24", null),
  ];
  server.use(
    http.post("*/api/patients/search", async ({ request }) => {
      const { q = "" } = (await request.json()) as { q?: string };
      const isMeant = ({ name, partnerUid }: (typeof everybody)[number]) =>
        [name, partnerUid].some((text) => text.toLowerCase().startsWith(q.toLowerCase()));
      return HttpResponse.json(buildPage(everybody.filter(isMeant)));
    }),
  );
  renderApp("/ward");
  await userEvent.click(await screen.findByRole("radio", { name: "Picked patients" }));
  const field = screen.getByRole("textbox", { name: /Find a patient/ });
  await userEvent.type(field, "anna li{Enter}");
  await waitFor(() => expect(screen.getByTestId("announcer")).toHaveTextContent(/choose one below/));
  expect(screen.getByText(/^0 of 60 picked/)).toBeVisible();
  const offered = screen.getByRole("list", { name: "Found" });
  expect(within(offered).getByText(/3 Apr 1980/)).toBeVisible();
  expect(within(offered).getByText(/H-77/)).toBeVisible();
  expect(within(offered).getByText(/24 Dec 1962/)).toBeVisible();
  const right = within(offered)
    .getByText(/30 Jan 1991/)
    .closest("li") as HTMLElement;
  await userEvent.click(within(right).getByRole("button", { name: "Add" }));
  for (const text of ["clinic-p2", "Anna Berg"]) {
    await userEvent.type(field, `${text}{Enter}`);
    await waitFor(() => expect(field).toHaveValue(""));
    expect(field).toHaveFocus();
  }
  await userEvent.type(field, "nobody{Enter}");
  await waitFor(() => expect(screen.getByTestId("announcer")).toHaveTextContent("Nobody else found"));
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  await waitFor(() => expect(kept.choice).toMatchObject({ shown: { ids: ["p3", "p2", "p1"] } }));
});

test("without a choice the first view is offered, under its name", async () => {
  const { kept } = serveWard(null, [patientNow({}, readings(3, 6))]);
  renderApp("/ward");
  expect(await screen.findByRole("combobox", { name: "View" })).toHaveDisplayValue("Who first");
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  await waitFor(() => expect(kept.choice).toMatchObject({ shown: { search: "" } }));
});

test("who is low is on the wall before others where not all fit, also when they were reviewed", async () => {
  const { asked } = serveWard({ shown: { search: "" }, named: "name" }, [patientNow()]);
  const low = buildRow(buildPatient({ id: "low", name: "Björn Novák" }));
  const others = Array.from({ length: 60 }, (_, i) =>
    buildRow(buildPatient({ id: `o${i}`, name: `Other ${i}` })),
  );
  server.use(
    http.post("*/api/patients/search", async ({ request }) => {
      const { filter = {} } = (await request.json()) as { filter?: { reason?: string } };
      if (filter.reason) return HttpResponse.json(buildPage(filter.reason === "very-low-now" ? [low] : []));
      return HttpResponse.json({ ...buildPage(others), total: 412 });
    }),
  );
  renderApp("/ward");
  await waitFor(() => expect(asked.at(-1)?.ids).toEqual(["low", ...others.slice(0, 59).map(({ id }) => id)]));
});

test("what could not be renewed is said, and the tiles stay", async () => {
  serveWard({ shown: { ids: ["p1"] }, named: "name" }, [patientNow({}, readings(3, 6))]);
  const { queryClient } = renderApp("/ward");
  await screen.findByText("Anna Bergström");
  server.use(http.post("*/api/patients/now", () => failing()));
  void queryClient.invalidateQueries({ queryKey: ["ward", "now"] });
  expect(await screen.findByText(/Not renewed: The glucose platform cannot be reached/)).toBeVisible();
  await waitFor(() => expect(screen.getByText("Anna Bergström")).toBeVisible());
});

const outage = { code: "platform-unreachable" as const };
const readAgo = (min: number, of: readonly Reading[], stale: typeof outage | null) => ({
  asOfMs: Date.now() - min * minuteMs,
  stale,
  readings: columnsOf(seriesOf(of)),
});

test.each([
  ["read now: the age of the value", () => patientNow({}, readings(3, 6)), /3 minutes ago$/],
  [
    "of before an outage",
    () => patientNow({ read: readAgo(12, readings(14, 6), outage) }),
    /14 minutes ago.*Read 12 minutes ago$/,
  ],
  [
    "not renewed",
    () => patientNow({ read: readAgo(5, readings(8, 6), null) }),
    /8 minutes ago.*Read 5 minutes ago$/,
  ],
  ["without readings", () => patientNow({ status: status({}) }, []), /no readings in 4 hours.*Read just now/],
  [
    "opened in an outage, with a reading known",
    () => patientNow({ failure: "platform-unreachable", status: status({}) }, null),
    /could not be read.*last reading 5 hours ago/,
  ],
  [
    "opened in an outage, and nothing known",
    () => patientNow({ failure: "platform-unreachable" }, null),
    /could not be read.*no reading of before is known/,
  ],
])("a tile says of when it is: %s", async (_what, patientOf, words) => {
  serveWard({ shown: { ids: ["p1"] }, named: "name" }, [patientOf()]);
  renderApp("/ward");
  const [tile] = await screen.findAllByRole("listitem");
  expect(tile).toHaveTextContent(words);
});

test("an outage that begins and ends while the wall stands is said on the bar and the tiles, and is gone again", async () => {
  const patients = [patientNow({}, readings(3, 6))];
  serveWard({ shown: { ids: ["p1"] }, named: "name" }, patients);
  const { queryClient } = renderApp("/ward");
  await screen.findByText("Anna Bergström");
  const renew = () => void queryClient.invalidateQueries({ queryKey: ["ward", "now"] });
  patients[0] = patientNow({ failure: "platform-unreachable", status: status({}) }, null);
  renew();
  expect(await screen.findByText(/nobody could be read/)).toBeVisible();
  expect(screen.getByRole("listitem")).toHaveTextContent(/last reading 5 hours ago/);
  patients[0] = patientNow({}, readings(3, 6));
  renew();
  await waitFor(() => expect(screen.queryByText(/nobody could be read/)).toBeNull());
  expect(screen.getByRole("listitem")).toHaveTextContent(/6\.0.*3 minutes ago/);
});
