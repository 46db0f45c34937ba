import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { delay, HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { rememberLookup } from "#client/device/recent-lookups.ts";
import { buildDevice, buildJourney } from "#test/support/devices.ts";
import { listenForAuditEvents } from "../app/render-app.tsx";
import {
  answer,
  answerAlike,
  noCases,
  noRecalls,
  refuse,
  renderDevice,
  signedInAs,
} from "./render-device.tsx";

vi.mock("#client/chart/glucose-chart.tsx", () => ({
  GlucoseChart: ({
    readings,
    gaps,
    edges,
  }: {
    readings: unknown[];
    gaps: { cause: string }[];
    edges: { low: number; high: number };
  }) => (
    <>
      <p>curve of {readings.length}</p>
      <p>gaps: {gaps.map(({ cause }) => cause).join(", ")}</p>
      <p>
        range {edges.low} to {edges.high}
      </p>
    </>
  ),
}));

const server = setupServer(noCases, noRecalls);
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
// The clock stands still: an age that a test has set is the one on
// screen, however long it takes to get there.
beforeEach(() => {
  vi.setSystemTime(nowMs);
});
afterEach(() => {
  vi.useRealTimers();
  server.events.removeAllListeners();
  server.resetHandlers();
});
afterAll(() => server.close());

const nowMs = Date.UTC(2026, 10, 20, 9, 30);
const columns = {
  timeMs: [nowMs - 600_000, 180_000],
  valueMmolL: [6.3, 6.4],
  trend: [1, 1],
  packet: [1, 1],
  uploadDelayMin: [0, 0],
  sensors: [{ serial: "LT2610A3F7", count: 2 }],
  warmUp: [],
};
const readings = {
  startMs: 0,
  endMs: nowMs,
  asOfMs: nowMs,
  leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
  unreadable: [],
  unread: [],
  readings: columns,
};
const section = (name: string) => within(screen.getByRole("region", { name }));

test("support sees the state, the wear, the owner without a link and the data, and asks for no glucose", async () => {
  const asked: string[] = [];
  server.events.on("request:start", ({ request }) => asked.push(new URL(request.url).pathname));
  server.use(signedInAs("support"), answer("", buildDevice()), answer("/journey", buildJourney()));
  renderDevice("/devices/LT2610A3F7");

  expect(await screen.findByText("Activated", { selector: '[data-state="activated"]' })).toBeVisible();
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Sensor LT2610A3F7");
  expect(screen.getByText("5 days 4 hours")).toBeVisible();
  expect(screen.getByText("of 14 days planned")).toBeVisible();
  expect(screen.getByText("8 days 19 hours")).toBeVisible();
  expect(screen.getByText("Anna Bergström")).toBeVisible();
  expect(screen.queryByRole("link", { name: /Bergström/ })).toBeNull();
  expect(await screen.findByText("97 % of what was expected")).toBeVisible();
  expect(screen.queryByRole("region", { name: "Glucose" })).toBeNull();
  expect(asked.filter((path) => path.includes("readings"))).toEqual([]);
});

test("every step of the life is told in the owner's zone, and what has not happened is open", async () => {
  const activatedAtMs = Date.UTC(2024, 9, 24, 22, 30);
  const device = buildDevice({ activatedAtMs, boundAtMs: activatedAtMs - 60_000, estimatedEndAtMs: 4e12 });
  server.use(signedInAs("support"), answer("", device), answer("/journey", buildJourney()));
  renderDevice("/devices/LT2610A3F7");
  const steps = within(await screen.findByRole("region", { name: "Life of the sensor" })).getAllByRole(
    "listitem",
  );
  expect(steps.map((step) => step.textContent)).toEqual([
    expect.stringMatching(/^Bound25 Oct 2024, 00:29$/),
    expect.stringMatching(/^Activated25 Oct 2024, 00:30$/),
    expect.stringMatching(/^Expected end.*in [\d,]+\u00a0days/),
    "Endednot yet",
  ]);
  expect(section("Life of the sensor").getByText(/Times in Europe\/Berlin/)).toBeVisible();
});

test("each day names its share and counts in a table, partial days as such, and what was left out", async () => {
  server.use(signedInAs("support"), answer("", buildDevice()), answer("/journey", buildJourney()));
  renderDevice("/devices/LT2610A3F7");
  const rows = within(await screen.findByRole("table", { name: /day by day/ }))
    .getAllByRole("row")
    .slice(1);
  expect(rows.map((row) => row.textContent)).toEqual([
    "Tue 6 Octpart of the day100\u00a0%240240",
    "Wed 7 Oct96\u00a0%460480",
  ]);
  expect(screen.getByText(/^14 records arrived more than once/)).toBeVisible();
  expect(screen.getByText("1 record could not be read and is left out.")).toBeVisible();
  expect(screen.getByText("(20 minutes ago)")).toBeVisible();
});

test("roles that may see glucose get the curve and the link to the patient", async () => {
  const owner = {
    kind: "patient",
    patientId: "p1",
    partnerUid: "clinic-0007",
    name: "Anna Bergström",
  } as const;
  server.use(
    signedInAs("clinician"),
    answer("", buildDevice({ owner })),
    answer("/journey", buildJourney()),
    answer("/readings", readings),
  );
  renderDevice("/devices/LT2610A3F7");
  expect(await screen.findByText("curve of 2")).toBeVisible();
  const link = await screen.findByRole("link", { name: "Anna Bergström" });
  expect(link).toHaveAttribute("href", "/patients/p1");
});

test.each([
  [
    "pregnancy",
    "range 3.5 to 7.8",
    "Judged by the wearer’s targets: Pregnancy (type 1), in range 3.5–7.8 mmol/L.",
  ],
  [
    null,
    "range 3.9 to 10",
    "Judged by the usual range, 3.9–10.0 mmol/L: there are no targets for the wearer here.",
  ],
] as const)(
  "values of a device whose wearer has the targets %s are judged in %s",
  async (targets, range, words) => {
    server.use(
      signedInAs("clinician"),
      answer("", buildDevice({ targets })),
      answer("/journey", buildJourney()),
      answer("/readings", readings),
    );
    renderDevice("/devices/LT2610A3F7");
    expect(await screen.findByText(range)).toBeVisible();
    expect(screen.getByText(words)).toBeVisible();
  },
);

const young = () => buildDevice({ activatedAtMs: nowMs - 6 * 3_600_000 });
const readingsAt = (...timesMs: number[]) => ({
  ...columns,
  timeMs: timesMs.map((timeMs, index) => timeMs - (timesMs[index - 1] ?? 0)),
});

test("the time that the platform could not be read for is unread in the curve, not lost", async () => {
  const hour = (n: number) => nowMs - n * 3_600_000;
  server.use(
    signedInAs("clinician"),
    answer("", young()),
    answer("/journey", buildJourney()),
    answer("/readings", {
      ...readings,
      unread: [{ startMs: hour(5), endMs: hour(2) }],
      readings: { ...readingsAt(hour(6), nowMs), packet: [1, 119] },
    }),
  );
  renderDevice("/devices/LT2610A3F7");
  expect(await screen.findByText("gaps: lost, unread, lost")).toBeVisible();
});

test("once the readings cannot be asked for again, the time since the last answer is unread, as on the patient's page", async () => {
  server.use(
    signedInAs("clinician"),
    answer("", young()),
    answer("/journey", buildJourney()),
    answer("/readings", {
      ...readings,
      asOfMs: nowMs - 600_000,
      readings: { ...readingsAt(nowMs - 1_380_000, nowMs - 1_200_000), warmUp: [{ from: 0, count: 2 }] },
    }),
  );
  const { queryClient } = renderDevice("/devices/LT2610A3F7");
  expect(await screen.findByText("gaps: warm-up, not-uploaded")).toBeVisible();
  server.use(refuse("/readings", "platform-unreachable"));
  await queryClient.refetchQueries({ queryKey: ["devices", "LT2610A3F7", "readings"] });
  expect(await screen.findByText("gaps: warm-up, not-uploaded, unread")).toBeVisible();
});

test("the state does not wait for the data, and data that cannot be read does not hide the state", async () => {
  server.use(
    signedInAs("support"),
    answer("", buildDevice({ state: "bound", statusCode: 1, activatedAtMs: null, estimatedEndAtMs: null })),
    http.get("*/journey", () => delay("infinite")),
  );
  const { queryClient } = renderDevice("/devices/LT2610A3F7");
  expect(await screen.findByText(/does not measure yet/)).toBeVisible();

  server.use(refuse("/journey", "platform-timeout", 504));
  await queryClient.cancelQueries();
  await queryClient.refetchQueries({ queryKey: ["devices", "LT2610A3F7", "journey"] });
  expect(await screen.findByText("The data received could not be read")).toBeVisible();
  expect(screen.getByText(/does not measure yet/)).toBeVisible();
});

test.each([
  ["device-unknown", 404, "No such sensor", /read it from the box once more/],
  ["platform-refused", 502, /refuses to show this sensor \(1002\)/, /whoever supplied it can help you/],
  ["platform-unreachable", 502, /cannot be looked up right now/, /says nothing about the sensor itself/],
] as const)("%s says once what it is and what to tell the caller", async (code, status, title, words) => {
  server.use(signedInAs("support"), refuse("", code, status), refuse("/journey", code, status));
  server.use(answerAlike([]));
  const { queryClient } = renderDevice("/devices/LT2610A3F7");
  await screen.findAllByRole("alert");
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  await waitFor(() => expect(within(screen.getByRole("alert")).getByText(title)).toBeVisible());
  expect(screen.getByText("Tell the caller").nextElementSibling).toHaveTextContent(words);
  expect(screen.getByText("Next step").nextElementSibling).not.toBeEmptyDOMElement();
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("LT2610A3F7");
  expect(screen.getByRole("region", { name: "For the ticket" })).toHaveTextContent(
    new RegExp(
      `Tell the caller: .+ Next step: .+ Page: \\S+/devices/LT2610A3F7 Answered: by Sam, .+ Sensor: LT2610A3F7 Looked up: \\S+ \\S+ UTC Code: ${code}`,
    ),
  );
});

test("what the server remembers of a platform that cannot be reached is shown with its age, and calls no sensor silent", async () => {
  const told = { asOfMs: Date.now() - 20 * 60_000 - 1000, stale: { code: "platform-unreachable" as const } };
  const lastReadingMs = Date.now() - 75 * 60_000;
  server.use(
    signedInAs("support"),
    answer("", buildDevice(told)),
    answer("/journey", buildJourney({ ...told, lastReadingMs })),
  );
  renderDevice("/devices/LT2610A3F7");
  expect(await screen.findByText(/was read 20 minutes ago/)).toBeVisible();
  expect(screen.getAllByText(/cannot be reached/)).toHaveLength(1);
  expect(screen.queryByText(/silent/i)).toBeNull();
});

test("a failed renewal is told once, keeps what is on screen and says how old it is", async () => {
  server.use(signedInAs("support"), answer("", buildDevice()), answer("/journey", buildJourney()));
  const { queryClient } = renderDevice("/devices/LT2610A3F7");
  await screen.findByText("97 % of what was expected");
  await screen.findByText("5 days 4 hours");
  server.use(refuse("", "platform-unreachable"), refuse("/journey", "platform-unreachable"));
  await queryClient.refetchQueries({ queryKey: ["devices"] });
  await waitFor(() => expect(screen.getAllByText(/Not updating/)).toHaveLength(1));
  expect(screen.getByText("5 days 4 hours")).toBeVisible();
  expect(screen.getByText("97 % of what was expected")).toBeVisible();
});

test("dates that contradict each other are shown as they are, with what to do", async () => {
  const device = buildDevice();
  const endedAtMs = Number(device.activatedAtMs) - 86_400_000;
  server.use(
    signedInAs("support"),
    answer("", { ...device, state: "ended", statusCode: 3, boundAtMs: endedAtMs - 1000, endedAtMs }),
    answer("/journey", buildJourney()),
  );
  renderDevice("/devices/LT2610A3F7");
  expect(await screen.findByText("The dates contradict each other")).toBeVisible();
  expect(screen.getByText("It ended before it was activated.")).toBeVisible();
  const steps = section("Life of the sensor").getAllByRole("listitem");
  expect(
    steps.map((step) => /^(Bound|Ended|Activated|Expected end)/.exec(step.textContent ?? "")?.[0]),
  ).toEqual(["Bound", "Ended", "Activated", "Expected end"]);
});

test("of dates in doubt the page tells no time left, no early end and no end as a fact", async () => {
  const odd = buildDevice({ activatedAtMs: null });
  server.use(signedInAs("support"), answer("", odd), answer("/journey", buildJourney()));
  const { queryClient } = renderDevice("/devices/LT2610A3F7");
  const facts = async () => (await screen.findByText("State")).closest("dl");
  const steps = () =>
    section("Life of the sensor")
      .getAllByRole("listitem")
      .map((step) => step.textContent);
  await waitFor(async () => expect(await facts()).toHaveTextContent(/Worn so farunknownEndin doubt/));
  expect(steps()).toContainEqual(expect.stringMatching(/^Expected end.*in doubt$/));
  expect(screen.getByRole("region", { name: "For the ticket" })).toHaveTextContent(
    /^.*irregularities\. The platform’s data about it is in doubt\..*Expected end: [^:]+:\d\d UTC \([^)]*\) \(in doubt\)/,
  );
  expect(section("Verdict").getByRole("heading")).toHaveTextContent(
    "The platform’s data about it is in doubt.",
  );

  const device = buildDevice();
  const endedAtMs = Number(device.activatedAtMs) + 4 * 86_400_000;
  server.use(answer("", { ...device, state: "ended", endedAtMs }));
  await queryClient.refetchQueries({ queryKey: ["devices"] });
  await waitFor(async () => expect(await facts()).toHaveTextContent("Ended earlyby 10 days"));
  server.use(answer("/journey", buildJourney({ afterEnd: 2 })));
  await queryClient.refetchQueries({ queryKey: ["devices"] });
  await waitFor(async () => expect(await facts()).toHaveTextContent("Endin doubt"));
  expect(await facts()).not.toHaveTextContent(/early|days/);
});

const recallOf = (
  instruction: { en: string | null; "zh-CN": string | null },
  contact: object | null = null,
) => answer("/recalls", { recalls: [{ id: "r1", name: "lot 7", createdAtMs: nowMs, instruction, contact }] });
const takeOff = { en: "Take it off. We send you a new one.", "zh-CN": null };
const told = () => screen.getByText("Tell the caller").nextElementSibling;

test("a recall is the headline of a recalled sensor that works, and its words in another language are named as such", async () => {
  const journey = buildJourney({ lastReadingMs: nowMs - 60_000 });
  server.use(signedInAs("support"), answer("", buildDevice()), answer("/journey", journey));
  server.use(recallOf({ en: null, "zh-CN": "请取下。" }));
  renderDevice("/devices/LT2610A3F7");
  const verdict = within(await screen.findByRole("region", { name: "Verdict" }));
  expect(await verdict.findByRole("heading", { level: 2, name: "Recalled." })).toBeVisible();
  expect(verdict.getByText("What its data says: Working.")).toBeVisible();
  expect(told()).toHaveTextContent("This sensor is recalled. The recall says in Chinese: “请取下。”");
});

test.each([
  [
    "that has ended",
    { state: "ended" as const, endedAtMs: nowMs - 3_600_000 },
    null,
    /^This sensor is recalled\. It ended at .+ You wear another one, P2, which is not recalled: keep it on\.$/,
  ],
  [
    "never put on",
    { state: "unbound" as const, boundAtMs: null, activatedAtMs: null, estimatedEndAtMs: null, other: null },
    null,
    /^This sensor is recalled: do not put it on or start it\. To go on, you need a new one\.$/,
  ],
  [
    "noted as replaced",
    {},
    { outcome: "replaced", byName: "Ann", atMs: nowMs - 3_600_000 },
    /^This sensor is recalled\. It is noted at .+ that it was replaced\.$/,
  ],
])("nobody is told to take off a recalled sensor %s", async (_, device, contact, words) => {
  const other = { serial: "P2", state: "activated", isRecalled: false } as const;
  server.use(signedInAs("support"), answer("", buildDevice({ other, ...device })));
  server.use(answer("/journey", buildJourney()), recallOf(takeOff, contact));
  renderDevice("/devices/LT2610A3F7");
  await screen.findByText("Tell the caller");
  await waitFor(() => expect(told()).toHaveTextContent(words));
  expect(document.body).not.toHaveTextContent("Take it off");
});

test.each([
  ["device-unknown", 404, /^Have the number read once more, from the box$/],
  ["platform-refused", 502, /^Refer the caller/],
] as const)(
  "of a number in a recall that is %s the caller is told what the recall says, with one next step",
  async (code, status, step) => {
    server.use(signedInAs("support"), refuse("", code, status), refuse("/journey", code, status));
    server.use(answerAlike([]), recallOf(takeOff));
    renderDevice("/devices/LT2610A3F7");
    expect(await screen.findByText("This serial number stands in a recall")).toBeVisible();
    await screen.findByText("Tell the caller");
    expect(told()).toHaveTextContent(
      /^This sensor is recalled\. If you do not wear it, do not put it on or start it\. If you wear it: Take it off\. We send you a new one\./,
    );
    expect(screen.getByText("Next step").nextElementSibling).toHaveTextContent(step);
    expect(screen.queryByText(/Ask your administrator/)).toBeNull();
    expect(screen.getByRole("region", { name: "For the ticket" })).toHaveTextContent("Recalled: lot 7");
  },
);

test("a status nobody documented is shown with its number", async () => {
  server.use(
    signedInAs("support"),
    answer("", buildDevice({ state: "unknown", statusCode: 7, owner: { kind: "nobody" } })),
    answer("/journey", buildJourney()),
  );
  renderDevice("/devices/LT2610A3F7");
  expect(await screen.findByText(/gives status 7, which we do not know/)).toBeVisible();
  expect(screen.getByText("Nobody")).toBeVisible();
});

test("the verdict is the first heading under the serial number, and each of its claims leads to what it rests on", async () => {
  // From 07:00 to 07:50 as they are shown, and a second short of 50 minutes.
  const gap = {
    fromMs: Date.now() - 9e6 + 59_000,
    toMs: Date.now() - 6e6 + 58_000,
    cause: "lost",
    packetsLost: 16,
    recordsUnreadable: 0,
  } as const;
  const journey = buildJourney({ lastReadingMs: Date.now() - 60_000, gaps: [gap], packetsLost: 18 });
  server.use(signedInAs("support"), answer("", buildDevice()), answer("/journey", journey));
  renderDevice("/devices/LT2610A3F7");
  const verdict = within(await screen.findByRole("region", { name: "Verdict" }));
  expect(await verdict.findByRole("heading", { level: 2, name: "Working." })).toBeVisible();
  const headings = screen.getAllByRole("heading").map((heading) => heading.textContent);
  expect(headings.slice(0, 2)).toEqual(["Sensor LT2610A3F7", expect.stringMatching(/Working\.$/)]);
  const claim = await verdict.findByRole("link", {
    name: "18 packets lost between sensor and phone, by their numbers",
  });
  const evidence = document.querySelector(claim.getAttribute("href") ?? "none");
  expect(evidence).toHaveTextContent(
    /Gaps and their causes.*18 packets were lost.*By time 20 readings are missing of all its wear.*50 minutes.*lost between sensor and phone.*16/,
  );
});

test.each([
  { packetsLost: 20, received: 700, expected: 720 },
  { packetsLost: 0, received: 700, expected: 720 },
  { packetsLost: 3, received: 720, expected: 720 },
])("of $packetsLost packets and $received readings of $expected one count is enough", async (counts) => {
  const journey = buildJourney({ lastReadingMs: Date.now() - 60_000, ...counts });
  server.use(signedInAs("support"), answer("", buildDevice()), answer("/journey", journey));
  renderDevice("/devices/LT2610A3F7");
  expect(await screen.findByText("No gap of more than 15 minutes.")).toBeVisible();
  expect(screen.queryByText(/^By time/)).toBeNull();
});

test("what has no dates and no delays is a line, and delays are a table of the days that have some", async () => {
  const dates = { boundAtMs: null, activatedAtMs: null, estimatedEndAtMs: null };
  const [first, second] = buildJourney().days;
  if (!first || !second) throw new Error("no days");
  const days = [
    { ...first, upload: { medianMin: 0, worstMin: 0 } },
    { ...second, upload: { medianMin: 0, worstMin: 90 } },
  ];
  server.use(
    signedInAs("support"),
    answer("", buildDevice({ ...dates, state: "unbound", statusCode: 0, owner: { kind: "nobody" } })),
    answer("/journey", buildJourney({ days, upload: { medianMin: 0, worstMin: 90 } })),
  );
  renderDevice("/devices/LT2610A3F7");
  const life = within(await screen.findByRole("region", { name: "Life of the sensor" }));
  expect(life.getByText("The platform gives no dates for it.")).toBeVisible();
  expect(life.queryAllByRole("listitem")).toEqual([]);
  const uploads = within(await screen.findByRole("region", { name: "Upload delay" }));
  expect(uploads.getAllByRole("row", { hidden: true })).toHaveLength(2);
});

test("the verdict is spoken once, and not again with every minute of a silence", async () => {
  const lastReadingMs = Date.now() - 2 * 3_600_000;
  server.use(
    signedInAs("support"),
    answer("", buildDevice()),
    answer("/journey", buildJourney({ lastReadingMs })),
  );
  const { queryClient } = renderDevice("/devices/LT2610A3F7");
  const spoken = () => screen.getAllByRole("status").flatMap((status) => status.textContent || []);
  await waitFor(() => expect(spoken()).toEqual(["Silent: nothing has arrived for 2\u00a0hours."]));
  server.use(answer("/journey", buildJourney({ lastReadingMs: lastReadingMs - 600_000 })));
  await queryClient.refetchQueries({ queryKey: ["devices"] });
  expect(
    await screen.findByRole("heading", { level: 2, name: /Silent.*2\shours 10\sminutes/ }),
  ).toBeVisible();
  expect(spoken()).toEqual(["Silent: nothing has arrived for 2\u00a0hours."]);
});

test("the ticket is copied as text, with times in UTC and local, and without a glucose value", async () => {
  server.use(signedInAs("support"), answer("", buildDevice()), answer("/journey", buildJourney()));
  const told = listenForAuditEvents(server);
  const user = userEvent.setup();
  renderDevice("/devices/LT2610A3F7");
  await user.click(await screen.findByRole("button", { name: "Copy as text" }));
  expect(await screen.findByText("Copied.")).toBeVisible();
  const copied = await navigator.clipboard.readText();
  expect(copied).toMatch(/^Sensor: LT2610A3F7$/m);
  expect(copied).toMatch(/^Activated: \d{4}-\d\d-\d\d \d\d:\d\d UTC \(.*, Europe\/Berlin\)$/m);
  expect(copied).not.toMatch(/mmol|mg\/dL/);
  await waitFor(() => expect(told).toEqual([{ event: "device-ticket.copy", subject: "LT2610A3F7" }]));
});

test("an unknown serial that is one slip from one looked up before offers that one, and does not put it in its place", async () => {
  rememberLookup("agent-1", { serial: "LT2610A3F7", state: "activated", atMs: Date.now() });
  server.use(
    signedInAs("support"),
    refuse("", "device-unknown", 404),
    refuse("/journey", "device-unknown", 404),
    answerAlike([]),
  );
  renderDevice("/devices/LT2610A3F8");
  expect(await screen.findByRole("link", { name: "LT2610A3F7" })).toBeVisible();
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("LT2610A3F8");
});

test("letters that look like digits are tried when nobody knows the number, and what is known is offered", async () => {
  const asked: string[] = [];
  const dates = { activatedAtMs: null, estimatedEndAtMs: null, endedAtMs: null };
  server.use(
    signedInAs("support"),
    refuse("", "device-unknown", 404),
    refuse("/journey", "device-unknown", 404),
    http.post("*/api/devices/alike", async ({ request }) => {
      const { likely } = (await request.json()) as { likely: string[] };
      asked.push(...likely);
      const rows = likely.map((serial) =>
        serial === "P225043056"
          ? { ok: true, serial, state: "activated", owner: "nobody", ...dates }
          : { ok: false, serial, code: "device-unknown", platformCode: null, platformMessage: "" },
      );
      return HttpResponse.json({ rows, known: [], knownTotal: 0, length: 10, isLot: false });
    }),
  );
  const { router } = renderDevice("/devices/P225O43056");
  const offer = await screen.findByRole("link", { name: "P225043056" });
  expect(offer.closest("li")).toHaveTextContent("Activated");
  expect(router.state.location.pathname).toBe("/devices/P225O43056");
  expect(asked[0]).toBe("P225043056");
  expect(asked.length).toBeLessThanOrEqual(12);
});

test("the reference page explains every state and prints the thresholds the verdict uses", async () => {
  server.use(signedInAs("support"));
  renderDevice("/help/sensors");
  expect(await screen.findByRole("heading", { level: 1, name: /What the words/ })).toBeVisible();
  for (const state of ["Unbound", "Bound", "Activated", "Ended"])
    expect(screen.getByText(state)).toBeVisible();
  expect(screen.getByText(/At least 90 % of the expected data/)).toBeVisible();
});

test("of a sensor of nobody here times are told in UTC by name, and how long ago they were", async () => {
  const device = buildDevice({ owner: { kind: "another-partner" }, timeZone: "UTC" });
  server.use(signedInAs("support"), answer("", device), answer("/journey", buildJourney()));
  renderDevice("/devices/LT2610A3F7");
  expect(
    await screen.findByText(/Its last reading was taken at 09:10 UTC \(20.minutes ago\)\./, {
      selector: "dd",
    }),
  ).toBeVisible();
});
