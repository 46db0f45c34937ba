import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { type DefaultBodyType, HttpResponse, http } from "msw";
import { expect, onTestFinished, test } from "vitest";
import { Announcer } from "#client/ui/announcer.tsx";
import { setLetterKeys } from "#client/ui/letter-keys.ts";
import type { DeviceRow } from "#contract/device-worklist.ts";
import { usualLimits } from "#glucose/limits.ts";
import { spokenZone } from "#words/spoken-zone.ts";
import { about, serveFaults } from "../app/render-app.tsx";
import { renderDevice, signedInAs } from "./render-device.tsx";

const server = serveFaults();

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function buildRow(change: Partial<DeviceRow> = {}): DeviceRow {
  const nowMs = Date.now();
  return {
    patientId: "p1",
    name: "Anna Bergström",
    partnerUid: "clinic-0007",
    timeZone: "Europe/Berlin",
    asOfMs: nowMs - 2 * minuteMs,
    lastReadingAtMs: nowMs - 5 * hourMs,
    sensor: {
      serial: "P225043056",
      activatedAtMs: nowMs - 5 * dayMs,
      estimatedEndAtMs: nowMs + 9 * dayMs,
      endedAtMs: null,
    },
    isInDoubt: false,
    bound: null,
    recalled: null,
    case: null,
    data: { percent: 43.7, days: 14 },
    reasons: [
      { key: "silent", value: 300, limit: 60, sinceMs: nowMs - 5 * hourMs, isNew: true },
      { key: "little-data", value: 43.7, limit: 70, days: 14, cause: "phone-silent", isNew: true },
    ],
    state: "open",
    waitingSinceMs: nowMs - 5 * hourMs,
    handOver: null,
    review: null,
    snooze: null,
    ...change,
  };
}

/** A list of these rows, which keeps what it was asked and what was done. */
function serve(rows: readonly DeviceRow[], total = rows.length, checks: object = {}) {
  const asked: Record<string, unknown>[] = [];
  const done: unknown[] = [];
  const act = (method: "post" | "put" | "delete", part: string) =>
    http[method](`*/api/worklist/devices/:id/${part}`, async ({ request, params }) => {
      done.push([method, params.id, part, await request.json()]);
      return HttpResponse.json({ patientId: String(params.id), atMs: 4711 });
    });
  server.use(
    signedInAs("support"),
    about(),
    http.get("*/api/worklist/limits", () =>
      HttpResponse.json({ limits: usualLimits, usual: usualLimits, set: null }),
    ),
    http.post("*/api/worklist/devices", async ({ request }) => {
      asked.push((await request.json()) as Record<string, unknown>);
      return HttpResponse.json({
        rows,
        total,
        inState: { open: rows.length, snoozed: 0, reviewed: 0 },
        unchecked: 0,
        oldestCheckMs: null,
        ...checks,
      } as DefaultBodyType);
    }),
    act("post", "review"),
    act("put", "review"),
    act("delete", "review"),
    act("put", "snooze"),
    act("delete", "snooze"),
    act("put", "hand-over"),
    act("delete", "hand-over"),
  );
  return { asked, done };
}

test("a row says who, why with its figures, what to tell the caller, and leads to the sensor", async () => {
  serve([buildRow()]);
  renderDevice("/work");
  await screen.findByRole("heading", { name: "Anna Bergström" });
  const row = within(rowOf("Anna Bergström"));
  expect(row.getByRole("link", { name: "Anna Bergström" })).toHaveAttribute("href", "/devices/P225043056");
  expect(row.getByText("clinic-0007")).toBeVisible();
  expect(row.getByText("Silent for 5 hours")).toBeVisible();
  expect(row.getByText(/Mostly it is the phone/)).toBeVisible();
  expect(row.getByText("44 % of the data in 14 days")).toBeVisible();
  expect(row.queryByText("Data, 14 days")).toBeNull();
  expect(row.getByText(/Mostly the phone did not upload\. Is the phone online/)).toBeVisible();
  expect(row.getByText("5 hours ago")).toBeVisible();
});

test("the share of data stands once in a row, rounded as everywhere", async () => {
  const reasons = [{ key: "often-silent" as const, value: 3, limit: 3, isNew: true }];
  const named = (name: string, percent: number) =>
    buildRow({ patientId: name, name, reasons, data: { percent, days: 14 } });
  serve([named("Ann", 99.3), named("Bo", 99.97), named("Cy", 69.96)]);
  renderDevice("/work");
  const terms = await screen.findAllByText("Data, 14 days");
  expect(terms.map((term) => term.nextElementSibling?.textContent)).toEqual([
    "99\u00a0%",
    "99.97\u00a0%",
    "69.96\u00a0%",
  ]);
});

const renderAnnouncer = () => {
  render(<Announcer />);
  return screen.getByTestId("announcer");
};

const rowOf = (name: string) => screen.getByRole("heading", { name }).closest("li") as HTMLElement;

test("of who has another sensor bound already it is not said that they need one", async () => {
  const nowMs = Date.now();
  const endedAtMs = nowMs - dayMs;
  const reasons = [{ key: "ended-early" as const, value: endedAtMs, limit: nowMs + dayMs, isNew: true }];
  serve([
    buildRow({ reasons }),
    buildRow({ patientId: "p2", name: "Bo Lind", reasons, bound: "P225043051" }),
  ]);
  renderDevice("/work");
  const [needs, has] = await screen.findAllByText(/^Its wear is over/);
  expect(needs).toHaveTextContent("they need a new sensor");
  expect(has).toHaveTextContent("P225043051 is bound to them already: can they start it in the app?");
});

test("who was handed over says by whom, and is handed back to them", async () => {
  const handOver = { by: { id: "c1", name: "Li Na" }, atMs: Date.now() - 2 * hourMs, to: "support" } as const;
  const { done } = serve([
    buildRow({ reasons: [], handOver, sensor: null, lastReadingAtMs: null, data: null }),
  ]);
  renderDevice("/work");
  const user = userEvent.setup();
  expect(await screen.findByText("Handed over by Li Na, 2 hours ago")).toBeVisible();
  expect(screen.getByText(/ask Li Na what it is about/)).toBeVisible();
  expect(screen.queryByRole("link", { name: "Anna Bergström" })).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Hand over: Anna Bergström" }));
  await user.click(screen.getByRole("button", { name: "Hand back to Li Na" }));
  await waitFor(() => expect(done).toEqual([["put", "p1", "hand-over", { to: "back" }]]));
  await user.click(await screen.findByRole("button", { name: "Take back: Anna Bergström" }));
  expect(await screen.findByText("Handed over by Li Na, 2 hours ago")).toBeVisible();
  expect(done.at(-1)).toEqual(["delete", "p1", "hand-over", { atMs: 4711 }]);
});

test("a hand-over by support is taken back from its row by a key", async () => {
  const handOver = { by: { id: "s1", name: "Sam" }, atMs: Date.now() - hourMs, to: "clinician" } as const;
  const { done } = serve([buildRow({ handOver })]);
  renderDevice("/work");
  const user = userEvent.setup();
  (await screen.findByRole("link", { name: "Anna Bergström" })).focus();
  await user.keyboard("u");
  await waitFor(() => expect(done).toEqual([["delete", "p1", "hand-over", { atMs: handOver.atMs }]]));
});

test("why somebody was handed over is read in the row, and words go back with them", async () => {
  const by = { id: "c1", name: "Li Na" };
  const handOver = { by, atMs: Date.now() - 2 * hourMs, to: "support", words: "Third sensor." } as const;
  const { done } = serve([buildRow({ reasons: [], handOver })]);
  renderDevice("/work");
  const user = userEvent.setup();
  expect(await screen.findByText("“Third sensor.”")).toBeVisible();
  expect(screen.getByText("The data shows nothing wrong.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Hand over: Anna Bergström" }));
  const field = screen.getByLabelText("What it is about, if you like");
  const back = screen.getByRole("button", { name: "Hand back to Li Na" });
  fireEvent.change(field, { target: { value: "They read 2.4 mmol/L" } });
  await user.click(back);
  expect(field).toHaveAccessibleDescription(/“2\.4 mmol” could be.*leave the figure out/);
  expect(done).toEqual([]);
  fireEvent.change(field, { target: { value: "New one sent." } });
  await user.click(back);
  const body = { to: "back", words: "New one sent." };
  await waitFor(() => expect(done).toEqual([["put", "p1", "hand-over", body]]));
});

test("a row is dealt with by one press, and taken back by another", async () => {
  const { done } = serve([buildRow()]);
  renderDevice("/work");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Dealt with: Anna Bergström" }));
  await user.click(await screen.findByRole("button", { name: "Take back: Anna Bergström" }));
  await waitFor(() =>
    expect(done).toEqual([
      ["post", "p1", "review", {}],
      ["delete", "p1", "review", { atMs: 4711 }],
    ]),
  );
  expect(await screen.findByRole("button", { name: "Dealt with: Anna Bergström" })).toBeVisible();
});

test("who deals with a row says to the clinicians what was done, and whoever looks later reads it", async () => {
  const review = { by: { id: "s2", name: "Sam" }, atMs: Date.now() - hourMs, words: "New phone." };
  const { done } = serve([buildRow(), buildRow({ patientId: "p2", name: "Bo", state: "reviewed", review })]);
  renderDevice("/work");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Dealt with: Anna Bergström" }));
  const field = await screen.findByLabelText("What was done, for the clinicians");
  await user.click(screen.getByRole("button", { name: "Tell them" }));
  expect(screen.getByText("Write what was done first.")).toBeVisible();
  fireEvent.change(field, { target: { value: "x".repeat(301) } });
  await user.click(screen.getByRole("button", { name: "Tell them" }));
  expect(screen.getByText("At most 300 characters: shorten it.")).toBeVisible();
  fireEvent.change(field, { target: { value: "Phone was off." } });
  await user.click(screen.getByRole("button", { name: "Tell them" }));
  const row = within(rowOf("Anna Bergström"));
  expect(await row.findByText("The clinicians see it with the patient.")).toBeVisible();
  expect(done.at(-1)).toEqual(["put", "p1", "review", { atMs: 4711, words: "Phone was off." }]);
  expect(row.getByText("“Phone was off.”")).toBeVisible();
  const more = row.getByLabelText("Something to add, for the clinicians");
  expect(more).toHaveValue("");
  fireEvent.change(more, { target: { value: "x".repeat(284) } });
  expect(row.getByText("With what was said before, 283 characters are left: shorten it.")).toBeVisible();
  fireEvent.change(more, { target: { value: "They see 9 . 8" } });
  await user.click(screen.getByRole("button", { name: "Tell them" }));
  expect(more).toHaveAccessibleDescription(/^“9 \. 8” could be a glucose value/);
  fireEvent.change(more, { target: { value: "It is on." } });
  await user.click(screen.getByRole("button", { name: "Tell them" }));
  expect(await row.findByText("“Phone was off. · It is on.”")).toBeVisible();
  expect(done.at(-1)).toEqual(["put", "p1", "review", { atMs: 4711, words: "It is on." }]);
  expect(within(rowOf("Bo")).getByText("“New phone.”")).toBeVisible();
});

test("why somebody was handed over stands beside the field for the answer", async () => {
  const by = { id: "c1", name: "Li Na" };
  const handOver = { by, atMs: Date.now() - 2 * hourMs, to: "support", words: "Third sensor." } as const;
  serve([buildRow({ handOver })]);
  renderDevice("/work");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Dealt with: Anna Bergström" }));
  expect(await screen.findByLabelText("What was done, for the clinicians")).toBeVisible();
  expect(screen.getByText("“Third sensor.”")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Take back: Anna Bergström" }));
  await user.click(await screen.findByRole("button", { name: "Hand over: Anna Bergström" }));
  await user.click(screen.getByRole("button", { name: "Hand back to Li Na" }));
  await waitFor(() => expect(screen.queryByText("“Third sensor.”")).toBeNull());
});

test("a row says what time it is for the patient, and that it is night there", async () => {
  const zones = { "Asia/Tokyo": "18:30", "America/Los_Angeles": "01:30", "Asia/Shanghai": "17:30" };
  serve(Object.keys(zones).map((timeZone) => buildRow({ patientId: timeZone, name: timeZone, timeZone })));
  renderDevice("/work");
  await screen.findByText("3 people");
  for (const [zone, time] of Object.entries(zones)) {
    const night = time === "01:30" ? ", night there" : "";
    const said = spokenZone(zone, "en");
    expect(within(rowOf(zone)).getByText(`${time} (${said})${night}`)).toBeVisible();
  }
});

test("a row that was dealt with stays in its place, so that a second press is nobody else's", async () => {
  const rows = [buildRow(), buildRow({ patientId: "p2", name: "Bo" })];
  const { done } = serve(rows);
  const { queryClient } = renderDevice("/work");
  const user = userEvent.setup();
  const button = await screen.findByRole("button", { name: "Dealt with: Anna Bergström" });
  button.focus();
  await user.keyboard("{Enter}");
  await screen.findByText("Anna Bergström is dealt with.");
  rows.shift();
  await queryClient.invalidateQueries();
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  await user.keyboard("{Enter}");
  const names = screen.getAllByRole("heading", { level: 3 }).map(({ textContent }) => textContent);
  expect(names).toEqual(["Anna Bergström", "Bo"]);
  expect(within(rowOf("Anna Bergström")).getByText("Anna Bergström is dealt with.")).toBeVisible();
  expect(done).toEqual([["post", "p1", "review", {}]]);
});

test("who is dealt with and was not told of a recall stays, which is said, and is not put off without a date", async () => {
  const reasons: DeviceRow["reasons"] = [
    { key: "recalled", value: Date.now() - dayMs, limit: 0, sinceMs: Date.now() - dayMs, isNew: true },
  ];
  const rows = [buildRow({ reasons })];
  serve(rows);
  const { queryClient } = renderDevice("/work");
  const user = userEvent.setup();
  const stays = "They stay in this list until the recall says that they were told.";
  await user.click(await screen.findByRole("button", { name: "Put off: Anna Bergström" }));
  expect(screen.getByRole("button", { name: "For a day" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Until it gets worse" })).toBeNull();
  expect(screen.queryByText(stays)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Dealt with: Anna Bergström" }));
  await screen.findByText("Anna Bergström is dealt with.");
  const review = { by: { id: "s2", name: "Sam" }, atMs: 4711 };
  rows[0] = buildRow({ reasons: reasons.map((reason) => ({ ...reason, isNew: false })), review });
  await queryClient.invalidateQueries();
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(screen.getByText("Anna Bergström is dealt with.")).toBeVisible();
  expect(screen.getByText(stays)).toBeVisible();
  cleanup();
  renderDevice("/work");
  expect(await screen.findByText(/^Dealt with by Sam, /)).toBeVisible();
  expect(screen.getByText(stays)).toBeVisible();
  expect(screen.getByRole("button", { name: "Dealt with: Anna Bergström" })).toBeVisible();
});

test("after an act and after it was taken back the keys mean the same person", async () => {
  const rows = [buildRow(), buildRow({ patientId: "p2", name: "Bo" })];
  const { done } = serve(rows);
  const { queryClient } = renderDevice("/work");
  const user = userEvent.setup();
  const link = await screen.findByRole("link", { name: "Anna Bergström" });
  link.focus();
  await user.keyboard("r");
  await screen.findByText("Anna Bergström is dealt with.");
  rows.shift();
  await queryClient.invalidateQueries();
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  // The list that is read next may not have her yet.
  await user.keyboard("u");
  const heard = renderAnnouncer();
  await waitFor(() => expect(heard).toHaveTextContent("Taken back: Anna Bergström is not dealt with."));
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(link).toHaveFocus();
  await user.keyboard("r");
  await user.type(await screen.findByLabelText("What was done, for the clinicians"), "Phone was off.");
  await user.click(screen.getByRole("button", { name: "Tell them" }));
  await screen.findByText("The clinicians see it with the patient.", { selector: "p" });
  expect(done).toEqual([
    ["post", "p1", "review", {}],
    ["delete", "p1", "review", { atMs: 4711 }],
    ["post", "p1", "review", {}],
    ["put", "p1", "review", { atMs: 4711, words: "Phone was off." }],
  ]);
});

test("r in a row that is dealt with does nothing and says so", async () => {
  const review = { by: { id: "s2", name: "Sam" }, atMs: Date.now() - hourMs };
  const { done } = serve([buildRow(), buildRow({ patientId: "p2", name: "Bo", state: "reviewed", review })]);
  renderDevice("/work");
  const user = userEvent.setup();
  const heard = renderAnnouncer();
  (await screen.findByRole("link", { name: "Bo" })).focus();
  await user.keyboard("r");
  expect(heard).toHaveTextContent("Dealt with by Sam, 1 hour ago");
  screen.getByRole("link", { name: "Anna Bergström" }).focus();
  await user.keyboard("r");
  await screen.findByText("Anna Bergström is dealt with.", { selector: "p" });
  await user.keyboard("r");
  expect(heard).toHaveTextContent("Anna Bergström is dealt with.");
  expect(done).toEqual([["post", "p1", "review", {}]]);
});

test("a row that was put off stays in its place, and is taken back there", async () => {
  const rows = [buildRow(), buildRow({ patientId: "p2", name: "Bo" })];
  const { done } = serve(rows);
  const { queryClient } = renderDevice("/work");
  const user = userEvent.setup();
  const heard = renderAnnouncer();
  (await screen.findByRole("link", { name: "Anna Bergström" })).focus();
  await user.keyboard("s{Enter}");
  expect(await screen.findByText("Anna Bergström is put off.", { selector: "p" })).toBeVisible();
  rows.shift();
  await queryClient.invalidateQueries();
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  const names = screen.getAllByRole("heading", { level: 3 }).map(({ textContent }) => textContent);
  expect(names).toEqual(["Anna Bergström", "Bo"]);
  await user.click(screen.getByRole("button", { name: "Take back: Anna Bergström" }));
  expect(await screen.findByRole("button", { name: "Dealt with: Anna Bergström" })).toBeVisible();
  expect(done.slice(1)).toEqual([["delete", "p1", "snooze", { atMs: 4711 }]]);
  expect(heard).toHaveTextContent("Anna Bergström is no longer put off.");
});

test("a row is put off for days or until worse, and looked at again", async () => {
  const snooze = {
    by: { id: "s1", name: "Sam" },
    atMs: Date.now(),
    untilMs: null,
    untilWorse: true,
  };
  const { done } = serve([
    buildRow(),
    buildRow({ patientId: "p2", name: "Bo", state: "snoozed", snooze }),
    buildRow({ patientId: "p3", name: "Cy" }),
  ]);
  renderDevice("/work");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Put off: Anna Bergström" }));
  await user.click(screen.getByRole("button", { name: /^For 3\sdays$/ }));
  await user.click(screen.getByRole("button", { name: "Put off: Cy" }));
  await user.click(screen.getByRole("button", { name: "Until it gets worse" }));
  expect(screen.getByText("Put off by Sam until it gets worse")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Look at it again: Bo" }));
  await waitFor(() =>
    expect(done).toEqual([
      ["put", "p1", "snooze", { untilMs: expect.any(Number), untilWorse: true }],
      ["put", "p3", "snooze", { untilMs: null, untilWorse: true }],
      ["delete", "p2", "snooze", { atMs: snooze.atMs }],
    ]),
  );
});

test("a refused hand-over says that nothing was done and why", async () => {
  serve([buildRow()]);
  server.use(
    http.put("*/api/worklist/devices/:id/hand-over", () =>
      HttpResponse.json(
        { type: "about:blank", title: "x", status: 400, code: "invalid-request" },
        { status: 400, headers: { "content-type": "application/problem+json" } },
      ),
    ),
  );
  renderDevice("/work");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Hand over: Anna Bergström" }));
  await user.click(screen.getByRole("button", { name: "To the clinicians" }));
  expect(await screen.findByText(/a colleague has this patient already/)).toBeVisible();
});

test("the list is narrowed by state, reason and a search that stays out of the address, page by page", async () => {
  const { asked } = serve([buildRow()], 120);
  const { router } = renderDevice("/work");
  const user = userEvent.setup();
  await screen.findByText("120 people");
  expect(asked.at(-1)).toEqual({ q: "", state: "open", limit: 50, offset: 0 });
  await user.click(screen.getByRole("button", { name: "Next" }));
  await screen.findByText("Page 2 of 3");
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ offset: 50 }));
  await user.selectOptions(screen.getByLabelText("Reason"), "Gone silent");
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ reason: "silent", offset: 0 }));
  await user.selectOptions(screen.getByLabelText("Reason"), "Handed over to support");
  await user.click(screen.getByText("Done"));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ handedOver: true, state: "reviewed" }));
  expect(asked.at(-1)).not.toHaveProperty("reason");
  await user.type(screen.getByRole("searchbox"), "berg");
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ q: "berg" }));
  expect(router.state.location.search).toBe("?reason=handed-over&show=reviewed");
});

test("the filter of sensors that end soon says the limit that is set", async () => {
  serve([]);
  const limits = { ...usualLimits, endsWithinHours: 24 };
  server.use(
    http.get("*/api/worklist/limits", () => HttpResponse.json({ limits, usual: usualLimits, set: null })),
  );
  renderDevice("/work");
  expect(await screen.findByRole("option", { name: /^Ends within 24\shours$/ })).toBeInTheDocument();
});

test("a search says whom it finds under the other headings, and one press shows them", async () => {
  const { asked } = serve([], 0, { inState: { open: 0, snoozed: 1, reviewed: 2 } });
  renderDevice("/work");
  const user = userEvent.setup();
  await screen.findByText("Nobody’s sensor needs a look right now.");
  expect(screen.queryByRole("button", { name: /under “/ })).toBeNull();
  await user.type(screen.getByRole("searchbox"), "berg");
  expect(await screen.findByRole("button", { name: "1 person under “For later”" })).toBeVisible();
  expect(screen.getByText("Nobody under “Not dealt with” matches.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "2 people under “Done”" }));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ q: "berg", state: "reviewed" }));
});

test("until a search is answered the list is said to be loading, and its rows are marked as former", async () => {
  const { asked } = serve([buildRow()]);
  renderDevice("/work");
  expect(await screen.findByText("1 person")).toBeVisible();
  const list = screen.getByRole("heading", { level: 3, name: "Anna Bergström" }).closest("ul");
  expect(list).toHaveAttribute("aria-busy", "false");
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: "Bo" } });
  expect(list).toHaveAttribute("aria-busy", "true");
  expect(screen.getByText("Loading the list")).toBeVisible();
  expect(screen.queryByText("1 person")).toBeNull();
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ q: "Bo" }));
  expect(await screen.findByText("1 person")).toBeVisible();
  expect(list).toHaveAttribute("aria-busy", "false");
});

test("a text that is too long for a search is told of beside the field, and not asked for", async () => {
  const { asked } = serve([buildRow()]);
  renderDevice("/work");
  await screen.findByText("1 person");
  const field = screen.getByRole("searchbox");
  fireEvent.change(field, { target: { value: "x".repeat(300) } });
  expect(await screen.findByText(/^At most 200 characters/)).toBeVisible();
  expect(screen.queryByText("Anna Bergström")).toBeNull();
  fireEvent.change(field, { target: { value: "berg" } });
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ q: "berg" }));
  expect(asked.map(({ q }) => q)).toEqual(["", "berg"]);
  expect(screen.queryByText(/^At most 200/)).toBeNull();
});

test("while the platform is silent the list says since when, and counts nobody’s silence on", async () => {
  const nowMs = Date.now();
  const asOfMs = nowMs - 3 * hourMs;
  const reasons: DeviceRow["reasons"] = [
    { key: "silent", value: 120, limit: 60, sinceMs: nowMs - 5 * hourMs, isNew: true },
  ];
  serve([buildRow({ asOfMs, reasons })], 1, { oldestCheckMs: asOfMs });
  server.use(about({ notAnsweringSinceMs: asOfMs }));
  renderDevice("/work");
  expect(await screen.findByText(/The platform has not answered since/)).toHaveTextContent(
    /so nobody is counted as silent for the time after that\. .* read 3 hours ago\./,
  );
  expect(screen.getByText("Silent for 2 hours")).toBeVisible();
  expect(screen.getByText(/^When we could last read the platform, at .* cannot say whether/)).toBeVisible();
  expect(screen.queryByText(/Mostly it is the phone/)).toBeNull();
  expect(within(rowOf("Anna Bergström")).getByText("As of")).toBeVisible();
});

test("how long somebody is silent and when they were last heard of are of one moment, which is said", async () => {
  const lastReadingAtMs = Date.now() - 110 * minuteMs;
  const reasons: DeviceRow["reasons"] = [
    { key: "silent", value: 102, limit: 60, sinceMs: lastReadingAtMs, isNew: true },
  ];
  serve([buildRow({ lastReadingAtMs, reasons })]);
  renderDevice("/work");
  expect(await screen.findByText("Silent for 1 hour 42 minutes")).toBeVisible();
  const facts = screen.getAllByRole("definition").map(({ textContent }) => textContent);
  expect(facts).toContainEqual(expect.stringMatching(/^1\shour\s42\sminutes ago$/));
  expect(facts.at(-1)).toMatch(/^8\sminutes ago$/);
  expect(screen.getAllByRole("term").at(-1)).toHaveTextContent("As of");
});

test("a list that is not complete yet says how many have not been read", async () => {
  serve([], 0, { unchecked: 20 });
  renderDevice("/work");
  expect(await screen.findByText("Nobody so far.")).toBeVisible();
  expect(screen.getByText(/^20 patients have not been read yet/)).toBeVisible();
});

test("the list is worked through by keys, as the list of patients is", async () => {
  const { done } = serve([buildRow({ sensor: null }), buildRow({ patientId: "p2", name: "Bo" })]);
  renderDevice("/work");
  const user = userEvent.setup();
  await screen.findByText("2 people");
  (document.activeElement as HTMLElement | null)?.blur();
  await user.keyboard("/");
  const search = screen.getByRole("searchbox");
  expect(search).toHaveFocus();
  await user.keyboard("r?");
  expect(search).toHaveValue("r?");
  await user.keyboard("{Escape}");
  expect(search).toHaveValue("");
  await user.keyboard("{ArrowDown}{ArrowDown}");
  expect(screen.getByRole("link", { name: "Bo" })).toHaveFocus();
  await user.keyboard("{ArrowUp}{ArrowUp}");
  expect(search).toHaveFocus();
  await user.keyboard("{ArrowDown}r");
  await screen.findByRole("button", { name: "Take back: Anna Bergström" });
  await user.keyboard("u");
  await screen.findByRole("button", { name: "Dealt with: Anna Bergström" });
  expect(done).toEqual([
    ["post", "p1", "review", {}],
    ["delete", "p1", "review", { atMs: 4711 }],
  ]);
  await user.keyboard("{ArrowDown}h");
  expect(screen.getByRole("button", { name: "To the clinicians" })).toHaveFocus();
  await user.keyboard("?");
  expect(await screen.findByRole("dialog", { name: "Keys" })).toBeVisible();
});

test("single letters do nothing for who has turned them off", async () => {
  const { done } = serve([buildRow()]);
  onTestFinished(() => setLetterKeys(true));
  setLetterKeys(false);
  renderDevice("/work");
  const user = userEvent.setup();
  (await screen.findByRole("link", { name: "Anna Bergström" })).focus();
  await user.keyboard("rsh?");
  expect(done).toEqual([]);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.queryByRole("button", { name: "To the clinicians" })).toBeNull();
});

test("an empty list and one that cannot be read say so", async () => {
  serve([]);
  const { queryClient } = renderDevice("/work");
  expect(await screen.findByText("Nobody’s sensor needs a look right now.")).toBeVisible();
  server.use(
    http.post("*/api/worklist/devices", () =>
      HttpResponse.json(
        { type: "about:blank", title: "x", status: 503, code: "database-unavailable" },
        { status: 503, headers: { "content-type": "application/problem+json" } },
      ),
    ),
  );
  await queryClient.invalidateQueries();
  expect(await screen.findByText("The list could not be read")).toBeVisible();
});

test("the way to who calls ends in the field for people", async () => {
  serve([buildRow()]);
  renderDevice("/work");
  await userEvent.click(await screen.findByRole("link", { name: "Find by who calls" }));
  expect(await screen.findByLabelText("Who calls")).toHaveFocus();
});

test("of a sensor that has a case nobody asks what happened again: its state, calls and replacement stand in the row", async () => {
  const nowMs = Date.now();
  const row = buildRow({
    reasons: [{ key: "ended-early", value: nowMs - hourMs, limit: nowMs + dayMs, isNew: true }],
    case: {
      id: "c1",
      serial: "P225043056",
      state: "closed",
      calls: 3,
      replacementSerial: "P225240118",
      isReplacementRecalled: false,
    },
  });
  serve([row, { ...row, patientId: "p2", name: "Bo", partnerUid: "clinic-0008", case: null }]);
  renderDevice("/work");
  expect(await screen.findByText(/By its case P225240118 replaces it: has it arrived\?$/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Closed case" })).toHaveAttribute("href", "/cases/c1");
  expect(screen.getByText(/called 3 times · new one: P225240118$/)).toBeVisible();
  expect(screen.getAllByText(/Ask what happened/)).toHaveLength(1);
});

test("of dates in doubt a row gives no end, and a replacement that is recalled is said to be", async () => {
  const answer = { id: "c1", serial: "P225043056", state: "open", calls: 1, replacementSerial: "P225240118" };
  serve([
    buildRow({ isInDoubt: true, case: { ...answer, state: "open", isReplacementRecalled: true } }),
    buildRow({ patientId: "p2", name: "Bo", partnerUid: "clinic-0008" }),
  ]);
  renderDevice("/work");
  expect(await screen.findByText("in doubt")).toBeVisible();
  expect(screen.getAllByText("Ends")).toHaveLength(1);
  expect(screen.getByText(/new one: P225240118, which is recalled itself$/)).toBeVisible();
});
