import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterEach, expect, test, vi } from "vitest";
import { worklistQueries } from "#client/api/worklist-acts.ts";
import { clearMemory } from "#client/local-data.ts";
import { setPreferences } from "#client/preferences.ts";
import { setLetterKeys } from "#client/ui/letter-keys.ts";
import type { PatientMarks } from "#contract/patient-marks.ts";
import type { ListedPatient } from "#contract/roster.ts";
import { noteMaxLength } from "#contract/worklist-acts.ts";
import {
  about,
  buildPage,
  buildRow,
  facetsOf,
  failing,
  rangesOf,
  renderApp,
  serveFaults,
  signedInAs,
  summaryOf,
} from "../app/render-app.tsx";

const server = serveFaults();
const hourMs = 3_600_000;
const none: PatientMarks = { review: null, snooze: null, handOver: null, notes: { count: 0, newest: null } };
const me = "clinician-1";

afterEach(() => {
  clearMemory();
  setLetterKeys(true);
});

/** The list with these rows, and what is sent about them; each act is answered with `answer`. */
async function open(
  rows: Partial<ListedPatient>[],
  answer: () => Response | Promise<Response> = () =>
    HttpResponse.json({
      patientId: "p1",
      marks: { ...none, review: { number: 1, by: me, atMs: Date.now(), reasons: [] } },
      others: [],
    }),
) {
  const sent: [string, string, unknown][] = [];
  server.use(
    about(),
    signedInAs("clinician"),
    http.post("*/api/patients/search", () => HttpResponse.json(buildPage(rows.map(buildRow)))),
    facetsOf({ total: rows.length }),
    summaryOf(),
    rangesOf(),
    http.get("*/api/staff/colleagues", () =>
      HttpResponse.json({
        colleagues: [
          { id: me, name: "Lin Mei" },
          { id: "u2", name: "Ána Berg" },
          { id: "u3", name: "Ben Okafor" },
        ],
        others: [{ id: "u4", name: "Carla Diaz", active: false }],
      }),
    ),
    http.get("*/api/patients/:id/marks", ({ params }) =>
      HttpResponse.json({
        patientId: params.id,
        marks: rows.map(buildRow).find(({ id }) => id === params.id)?.marks ?? none,
      }),
    ),
    http.all("*/api/patients/p1/:act", async ({ request }) => {
      sent.push([request.method, new URL(request.url).pathname, await request.json()]);
      return answer();
    }),
  );
  const { queryClient } = renderApp("/patients");
  await screen.findAllByRole("link", { name: rows[0]?.name ?? "Anna Bergström" });
  return { sent, queryClient, user: userEvent.setup() };
}
const focusRow = () => screen.getByRole("link", { name: "Anna Bergström" }).focus();
const said = (text: string | RegExp) => screen.findByText(text, { ignore: "[aria-live] *" });

test("what stands is shown with names and times, an inactive colleague's as such", async () => {
  const nowMs = Date.UTC(2026, 10, 20, 9, 30);
  await open([
    {
      marks: {
        review: { number: 4, by: "u4", atMs: nowMs - hourMs, reasons: [] },
        snooze: { by: "u2", atMs: nowMs, untilMs: Date.UTC(2026, 10, 30), untilWorse: false, reasons: [] },
        handOver: { by: "u3", atMs: nowMs, to: { role: "support" } },
        notes: { count: 2, newest: { by: "gone", atMs: nowMs - 48 * hourMs } },
      },
    },
    {
      id: "p2",
      name: "Li Na",
      marks: {
        ...none,
        snooze: { by: "u2", atMs: 1, untilMs: nowMs - 1, untilWorse: true, reasons: [] },
        handOver: { by: "u2", atMs: nowMs, to: { staffId: "u4" } },
      },
    },
  ]);
  const row = within(screen.getByRole("row", { name: /Anna/ }));
  expect(await row.findByText("Reviewed by Carla Diaz (inactive), 08:30")).toBeVisible();
  expect(row.getByText("Put off until Mon 30 Nov by Ána Berg")).toBeVisible();
  expect(row.getByText("Handed to Support by Ben Okafor")).toBeVisible();
  expect(row.getByText("2 notes, the last by a colleague, 18 Nov, 09:30")).toBeVisible();
  // Whose date is over stands no more.
  const other = within(screen.getByRole("row", { name: /Li Na/ }));
  expect(other.getByText("Handed to Carla Diaz (inactive) by Ána Berg")).toBeVisible();
  expect(other.queryByText(/^Put off/)).toBeNull();
});

test("of two who review at once the row names both, oneself first, and the answer says who the other is", async () => {
  const theirs = { by: "u2", atMs: Date.now() - 60_000 };
  const { user } = await open([{ marks: none }], () =>
    HttpResponse.json({
      patientId: "p1",
      marks: { ...none, review: { number: 2, by: me, atMs: Date.now(), reasons: [], also: [theirs] } },
      others: [{ number: 1, atMs: theirs.atMs, by: { id: "u2", name: "Ána Berg" } }],
    }),
  );
  focusRow();
  await user.keyboard("r");
  expect(await said(/^Ána Berg reviewed them too/)).toBeVisible();
  expect(await said("Reviewed by you, just now; Ána Berg, 1 minute ago")).toBeVisible();
});

test("a review that a colleague has made on the same figures is said to be theirs, and is not there to be taken back", async () => {
  const theirs = { number: 1, atMs: Date.now() - 60_000, by: "u2", reasons: [] };
  const { sent, user } = await open([{ marks: none }], () =>
    HttpResponse.json({
      patientId: "p1",
      marks: { ...none, review: theirs },
      others: [{ number: 1, atMs: theirs.atMs, by: { id: "u2", name: "Ána Berg" } }],
    }),
  );
  focusRow();
  await user.keyboard("r");
  expect(
    await said(/^Anna Bergström: reviewed by Ána Berg on the same figures, .*\. Nothing was added\.$/),
  ).toBeVisible();
  expect(screen.queryByText(/reviewed them too/)).toBeNull();
  expect(screen.queryByRole("button", { name: /^Undo/ })).toBeNull();
  await user.keyboard("u");
  expect(sent).toHaveLength(1);
});

test("r on a patient who is reviewed already says that nothing is new, and u takes the one review back", async () => {
  const { sent, user } = await open([{ marks: none }]);
  focusRow();
  await user.keyboard("r");
  expect(await said("Anna Bergström: marked as reviewed.")).toBeVisible();
  await user.keyboard("r");
  expect(await said("Anna Bergström: reviewed already, with nothing new since.")).toBeVisible();
  await user.keyboard("u");
  await waitFor(() => expect(sent).toHaveLength(3));
  expect(sent.map(([method, , body]) => [method, body])).toEqual([
    ["POST", { seen: null }],
    ["POST", { seen: 1 }],
    ["DELETE", { number: 1 }],
  ]);
});

test("what support did stands in the row with their words, until the patient is reviewed after it", async () => {
  const nowMs = Date.UTC(2026, 10, 20, 9, 30);
  const dealt = {
    by: "u3",
    atMs: nowMs - hourMs,
    reasons: [],
    words: "Phone was off.",
    before: null,
  };
  const snooze = { by: "u2", atMs: nowMs, untilMs: null, untilWorse: true, reasons: [] };
  const reviewed = (atMs: number) => ({ number: 1, by: "u2", atMs, reasons: [] });
  const devices = { review: dealt, snooze: null };
  await open([
    { marks: { ...none, review: reviewed(nowMs - 2 * hourMs), devices } },
    { id: "p2", name: "Li Na", marks: { ...none, review: reviewed(nowMs), devices } },
    { id: "p3", name: "Bo Ek", marks: { ...none, devices: { review: null, snooze } } },
  ]);
  const line = "Dealt with by support: Ben Okafor, 08:30. “Phone was off.”";
  const row = within(screen.getByRole("row", { name: /Anna/ }));
  expect(await row.findByText(line)).toBeVisible();
  const other = within(screen.getByRole("row", { name: /Li Na/ }));
  expect(await other.findByText("Reviewed by Ána Berg, 09:30")).toBeVisible();
  expect(other.queryByText(line)).toBeNull();
  expect(screen.getByText("Put off by support until worse: Ána Berg")).toBeVisible();
});

test("a review shows before it is answered, and says which one the row knew", async () => {
  const pending = Promise.withResolvers<Response>();
  const { sent, user } = await open(
    [{ marks: { ...none, review: { number: 7, by: "u2", atMs: 1, reasons: [] } } }],
    () => pending.promise,
  );
  await user.click(screen.getByRole("button", { name: "Mark reviewed: Anna Bergström" }));
  expect(await screen.findByText("Reviewed by Lin Mei, 09:30")).toBeVisible();
  // A second press while it is on its way does nothing.
  await user.keyboard("r");
  expect(sent).toEqual([["POST", "/api/patients/p1/review", { seen: 7 }]]);
  pending.resolve(failing({ status: 503, code: "database-unavailable" }));
  expect(await said(/^This was not done: “Anna Bergström: marked as reviewed\.”$/)).toBeVisible();
  expect(screen.getByText(/database\. Wait a moment/)).toBeVisible();
  expect(screen.queryByText("Reviewed by Lin Mei, 09:30")).toBeNull();
});

test("a failure stays until it is tried again with success, and says why in words", async () => {
  let fails = true;
  const { user } = await open([{}], () =>
    fails
      ? failing({ status: 400, code: "invalid-request", fields: [{ field: "archived", reason: "archived" }] })
      : HttpResponse.json({
          patientId: "p1",
          marks: { ...none, review: { number: 1, by: me, atMs: Date.now(), reasons: [] } },
          others: [],
        }),
  );
  focusRow();
  await user.keyboard("r");
  const alert = within(await screen.findByRole("alert"));
  expect(alert.getByText(/This patient is archived\./)).toBeVisible();
  fails = false;
  await user.click(alert.getByRole("button", { name: "Try again" }));
  expect(await said("Anna Bergström: marked as reviewed.")).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Dismiss this message" }));
  expect(screen.queryByText("Anna Bergström: marked as reviewed.", { ignore: "[aria-live] *" })).toBeNull();
});

test.each<[Parameters<typeof failing>[0], RegExp]>([
  [{ status: 404, code: "not-found" }, /There is nothing to take back any more/],
  [
    { status: 409, code: "changed-meanwhile", fields: [{ field: "number", reason: "changed" }] },
    /their review stands/,
  ],
  [
    { status: 400, code: "invalid-request", fields: [{ field: "number", reason: "another" }] },
    /It is a colleague’s/,
  ],
])("an undo that can succeed no more is not offered again: %j", async (problem, line) => {
  const review = { number: 1, by: me, atMs: Date.now(), reasons: [] };
  const { user } = await open([{ marks: { ...none, review } }], () => failing(problem));
  focusRow();
  await user.keyboard("u");
  const alert = within(await screen.findByRole("alert"));
  expect(alert.getByText(line)).toBeVisible();
  expect(alert.queryByRole("button", { name: "Try again" })).toBeNull();
  expect(alert.getByRole("button", { name: "Dismiss this message" })).toBeVisible();
});

test("letters act on a row only, in no field, with no modifier, not held down, and not where they are turned off", async () => {
  const { sent, user } = await open([{}]);
  await user.keyboard("r");
  await user.type(screen.getByRole("searchbox"), "rusn");
  focusRow();
  await user.keyboard("{Control>}r{/Control}");
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "r", repeat: true });
  await user.keyboard("?");
  const help = within(await screen.findByRole("dialog", { name: "Keys" }));
  await user.click(help.getByRole("switch", { name: "Single letters act" }));
  await user.click(help.getByRole("button", { name: "Close this" }));
  focusRow();
  await user.keyboard("rsn");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(sent).toEqual([]);
});

test("a receiver is found without accents, one that is left is meant, and none is asked for", async () => {
  const { sent, user } = await open([{}]);
  focusRow();
  await user.keyboard("h");
  const field = await screen.findByRole("textbox", { name: "To whom?" });
  expect(await screen.findByRole("radio", { name: "Lin Mei (you)" })).toBeVisible();
  await user.type(field, "nobody at all{Enter}");
  expect(screen.getByText("No colleague or role has this in their name.")).toBeVisible();
  expect(screen.getByText("Choose a colleague or a role.")).toBeVisible();
  await user.clear(field);
  await user.type(field, "ana b{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(sent).toEqual([["PUT", "/api/patients/p1/hand-over", { to: { staffId: "u2" } }]]);
});

test("why somebody is handed over is told with it, to support without a glucose value", async () => {
  const { sent, user } = await open([
    {
      marks: {
        ...none,
        handOver: { by: "u3", atMs: Date.now(), to: { role: "support" }, words: "Third sensor." },
      },
    },
  ]);
  const row = within(screen.getByRole("row", { name: /Anna/ }));
  expect(await row.findByText("Handed to Support by Ben Okafor: “Third sensor.”")).toBeVisible();
  focusRow();
  await user.keyboard("h");
  await user.click(await screen.findByRole("radio", { name: "Support" }));
  const field = screen.getByRole("textbox", { name: "What it is about, if you like" });
  const send = () => user.click(screen.getByRole("button", { name: "Hand over now" }));
  fireEvent.change(field, { target: { value: "x".repeat(301) } });
  await send();
  expect(field).toHaveAccessibleDescription(/At most 300 characters/);
  fireEvent.change(field, { target: { value: "Reads 2.4 mmol/L, meter 5" } });
  await send();
  expect(field).toHaveAccessibleDescription(/“2\.4 mmol” could be.*leave the figure out/);
  expect(field).toHaveFocus();
  expect(sent).toEqual([]);
  // What is typed stays while something else is looked at.
  await user.click(screen.getByRole("radio", { name: "Note…" }));
  await user.click(screen.getByRole("radio", { name: "Hand over…" }));
  const again = screen.getByRole("textbox", { name: "What it is about, if you like" });
  expect(again).toHaveValue("Reads 2.4 mmol/L, meter 5");
  await user.click(screen.getByRole("radio", { name: "Support" }));
  fireEvent.change(again, { target: { value: "Reads below the meter " } });
  await send();
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const body = { to: { role: "support" }, words: "Reads below the meter" };
  expect(sent).toEqual([["PUT", "/api/patients/p1/hand-over", body]]);
  expect(JSON.stringify(sessionStorage)).not.toContain("meter");
});

test.each([
  ["2026-11-20", "Sat 21 Nov", ["Mon 23 Nov", "Tue 24 Nov", "Wed 25 Nov", "Thu 26 Nov"], "Fri 27 Nov"],
  [
    "2026-11-21",
    "Sun 22 Nov",
    ["Mon 23 Nov", "Tue 24 Nov", "Wed 25 Nov", "Thu 26 Nov", "Fri 27 Nov"],
    "Sat 28 Nov",
  ],
  ["2026-11-22", "Mon 23 Nov", ["Tue 24 Nov", "Wed 25 Nov", "Thu 26 Nov", "Fri 27 Nov"], "Sun 29 Nov"],
  ["2026-11-23", "Tue 24 Nov", ["Wed 25 Nov", "Thu 26 Nov", "Fri 27 Nov"], "Mon 30 Nov"],
  ["2026-11-24", "Wed 25 Nov", ["Thu 26 Nov", "Fri 27 Nov", "Mon 30 Nov"], "Tue 1 Dec"],
  ["2026-11-25", "Thu 26 Nov", ["Fri 27 Nov", "Mon 30 Nov", "Tue 1 Dec"], "Wed 2 Dec"],
  ["2026-11-26", "Fri 27 Nov", ["Mon 30 Nov", "Tue 1 Dec", "Wed 2 Dec"], "Thu 3 Dec"],
])("on %s every weekday until the day in a week is offered", async (today, tomorrow, days, inAWeek) => {
  vi.setSystemTime(`${today}T09:30:00Z`);
  const { user } = await open([{}]);
  focusRow();
  await user.keyboard("s");
  const dialog = within(await screen.findByRole("dialog"));
  const group = within(dialog.getByRole("group", { name: "Until when?" }));
  const offered = () => group.getAllByRole("radio").map((radio) => radio.closest("label")?.textContent);
  expect(offered()).toEqual([
    `Tomorrow, ${tomorrow}`,
    ...days,
    `In a week, ${inAWeek}`,
    "A date",
    "Until worse, without a date",
  ]);
  expect(dialog.getByText(/^Who becomes very low/)).toBeVisible();
  await setPreferences({ language: "zh-CN" });
  const weekdays = { Mon: "一", Tue: "二", Wed: "三", Thu: "四", Fri: "五", Sat: "六", Sun: "日" };
  const inChinese = (day: string) => `周${weekdays[day.slice(0, 3) as keyof typeof weekdays]}`;
  await waitFor(() =>
    expect(offered().map((label) => /周[一二三四五六日]/.exec(label ?? "")?.[0])).toEqual([
      ...[tomorrow, ...days, inAWeek].map(inChinese),
      undefined,
      undefined,
    ]),
  );
});

test("put off until one of the days, a date, or until worse; a date that is none is not sent", async () => {
  const { sent, user } = await open([{}]);
  const choose = async (name: RegExp) => {
    focusRow();
    await user.keyboard("s");
    await user.click(await screen.findByRole("radio", { name }));
  };
  const send = () => user.click(screen.getByRole("button", { name: "Put off now" }));
  await choose(/^Mon 23 Nov$/);
  await user.click(screen.getByRole("checkbox", { name: /^Back earlier/ }));
  await send();
  await waitFor(() => expect(sent).toHaveLength(1));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await choose(/^Until worse/);
  await send();
  await waitFor(() => expect(sent).toHaveLength(2));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await choose(/^A date$/);
  await send();
  expect(screen.getByText("Choose a date.")).toBeVisible();
  const date = screen.getByLabelText("Which date");
  fireEvent.change(date, { target: { value: "2026-11-20" } });
  expect(screen.getByText("This date is over. Choose a later one.")).toBeVisible();
  fireEvent.change(date, { target: { value: "2027-11-20" } });
  expect(screen.getByText("At most three months ahead.")).toBeVisible();
  fireEvent.change(date, { target: { value: "2026-12-01" } });
  await send();
  await waitFor(() => expect(sent).toHaveLength(3));
  expect(sent.map(([, , body]) => body)).toEqual([
    { untilMs: Date.UTC(2026, 10, 23), untilWorse: false },
    { untilMs: null, untilWorse: true },
    { untilMs: Date.UTC(2026, 11, 1), untilWorse: true },
  ]);
});

test("5,000 characters are counted before they are sent, and stay", async () => {
  const { sent, user } = await open([{}]);
  focusRow();
  await user.keyboard("n");
  const field = await screen.findByRole("textbox", { name: "For colleagues" });
  await user.click(field);
  await user.paste("😀".repeat(5000));
  expect(screen.getByText("5,000 of 1,000 characters")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Send the note" }));
  expect(screen.getByText(/^4,000 characters too many/)).toBeVisible();
  expect(field).toHaveFocus();
  expect(field).toHaveValue("😀".repeat(5000));
  expect(sent).toEqual([]);
});

test("a note that could not be sent stays with the reason, and is sent as it was", async () => {
  let isOffline = true;
  const { sent, user } = await open([{}], () =>
    isOffline ? HttpResponse.error() : HttpResponse.json({ patientId: "p1", marks: none }, { status: 201 }),
  );
  const text = "y".repeat(noteMaxLength);
  focusRow();
  await user.keyboard("n");
  await user.click(await screen.findByRole("textbox", { name: "For colleagues" }));
  await user.paste(text);
  await user.click(screen.getByRole("button", { name: "Send the note" }));
  expect(await screen.findByText(/^No connection/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(await screen.findByText("Your note here is not sent")).toBeVisible();
  isOffline = false;
  focusRow();
  await user.keyboard("n");
  expect(await screen.findByRole("textbox", { name: "For colleagues" })).toHaveValue(text);
  await user.click(screen.getByRole("button", { name: "Send the note" }));
  expect(await said("Anna Bergström: the note was sent.")).toBeVisible();
  expect(sent.map(([, , body]) => body)).toEqual([{ text }, { text }]);
  expect(screen.queryByText("Your note here is not sent")).toBeNull();
  expect(JSON.stringify(sessionStorage)).not.toContain("yyy");
});

test("how the list is kept up with is told once it is opened, and what is not known as such", async () => {
  const { user, queryClient } = await open([{}]);
  let known = 0;
  let unread = 372;
  server.use(
    http.get("*/api/patients/review-figures", () =>
      HttpResponse.json({
        listed: 400,
        unread,
        reviewed: 312,
        open: unread > 0 ? 21 : 41,
        oldest: { sinceMs: Date.now() - 12 * 24 * hourMs, isNever: false },
        reviews: 350,
        wait: { known, medianMinutes: known ? 95 : null },
      }),
    ),
  );
  const summary = screen.getByText("How the list is kept up with");
  await user.click(summary);
  // Of whom nothing is read, nobody says that they are fine.
  expect(
    await screen.findByText(
      "21 of the 28 patients read so far are to be looked at now. 372 are not read yet.",
    ),
  ).toBeVisible();
  unread = 0;
  await queryClient.invalidateQueries(worklistQueries.figures);
  expect(await screen.findByText("41 of 400 patients are to be looked at now.")).toBeVisible();
  expect(screen.getByText(/was last reviewed 12 days ago\.$/)).toBeVisible();
  expect(screen.getByText("In the last 7 days 312 of 400 patients were reviewed.")).toBeVisible();
  expect(screen.getByText(/is not known yet\.$/)).toBeVisible();
  known = 280;
  await setPreferences({ language: "zh-CN" });
  expect(await screen.findByText("400位患者中，41位现需查看。")).toBeVisible();
});

const reviewedHere = (patientId: string, number = 1) =>
  HttpResponse.json({
    patientId,
    marks: { ...none, review: { number, by: me, atMs: Date.now(), reasons: [] } },
    others: [],
  });
const openRow = (id: string, name: string): Partial<ListedPatient> => ({
  id,
  name,
  worklist: {
    asOfMs: Date.now(),
    isRead: true,
    state: "open",
    reasons: [{ key: "low", value: 6, limit: 4 }],
    timeIn: null,
    lowest: null,
    nightsWithLows: 0,
    inRangeChange: null,
  },
});

/** Two rows to be looked at; what is sent about either. */
async function openTwo(change: [Partial<ListedPatient>, Partial<ListedPatient>] = [{}, {}]) {
  const { user } = await open([
    { ...openRow("p1", "Anna Bergström"), ...change[0] },
    { ...openRow("p2", "Li Na"), ...change[1] },
  ]);
  const sent: [string, string][] = [];
  server.use(
    http.all("*/api/patients/:id/:act", ({ request, params: { id, act } }) => {
      if (request.method === "GET") return;
      sent.push([request.method, `${id}/${act}`]);
      if (request.method === "POST") return reviewedHere(String(id));
      return HttpResponse.json({ patientId: id, marks: none });
    }),
  );
  const focus = (name: string | RegExp) => screen.getByRole("link", { name }).focus();
  return { user, sent, focus };
}

test("a row that was reviewed offers its undo after another was reviewed too, and a review once that is taken back", async () => {
  const { user, sent } = await openTwo();
  await user.click(screen.getByRole("button", { name: "Mark reviewed: Anna Bergström" }));
  await said("Anna Bergström: marked as reviewed.");
  await user.click(screen.getByRole("button", { name: "Mark reviewed: Li Na" }));
  await said("Li Na: marked as reviewed.");
  await user.click(screen.getByRole("button", { name: "Undo the review of Anna Bergström" }));
  expect(await screen.findByRole("button", { name: "Mark reviewed: Anna Bergström" })).toBeVisible();
  expect(sent).toEqual([
    ["POST", "p1/review"],
    ["POST", "p2/review"],
    ["DELETE", "p1/review"],
  ]);
});

test("undo means the patient in focus, and without one what was done last", async () => {
  const { user, sent, focus } = await openTwo();
  focus("Anna Bergström");
  await user.keyboard("r");
  await said("Anna Bergström: marked as reviewed.");
  focus("Li Na");
  await user.keyboard("u");
  expect(sent).toEqual([["POST", "p1/review"]]);
  await user.keyboard("r");
  await said("Li Na: marked as reviewed.");
  focus("Anna Bergström");
  await user.keyboard("u");
  await said("Anna Bergström: the review was taken back.");
  expect(sent.at(-1)).toEqual(["DELETE", "p1/review"]);
  focus("Anna Bergström");
  await user.keyboard("r");
  await said("Anna Bergström: marked as reviewed.");
  (document.activeElement as HTMLElement).blur();
  await user.keyboard("u");
  await said("Anna Bergström: the review was taken back.");
  expect(sent.slice(1)).toEqual([
    ["POST", "p2/review"],
    ["DELETE", "p1/review"],
    ["POST", "p1/review"],
    ["DELETE", "p1/review"],
  ]);
});

test("of two of one name, what is done says whose ID it is", async () => {
  const { user } = await openTwo([
    { name: "刘洋", partnerUid: "clinic-0007", hasNamesake: true },
    { name: "刘洋", partnerUid: "clinic-0008", hasNamesake: true },
  ]);
  await user.click(screen.getByRole("button", { name: "Mark reviewed: 刘洋 (clinic-0008)" }));
  expect(await said("刘洋 (clinic-0008): marked as reviewed.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Put off, hand over or note: 刘洋 (clinic-0007)" }));
  expect(await screen.findByRole("dialog", { name: "刘洋 (clinic-0007)" })).toBeVisible();
});

test("notes are opened from the row, and read from nobody before", async () => {
  const nowMs = Date.now();
  let reads = 0;
  const { user } = await openTwo([
    { marks: { ...none, notes: { count: 1, newest: { by: "u2", atMs: nowMs - hourMs } } } },
    {},
  ]);
  server.use(
    http.get("*/api/patients/:id/notes", () => {
      reads += 1;
      const note = {
        id: "n1",
        atMs: nowMs - hourMs,
        by: { id: "u2", name: "Ána Berg" },
        text: "Call at noon",
      };
      return HttpResponse.json({ patientId: "p1", notes: [note], next: null });
    }),
  );
  const open = await screen.findByRole("button", { name: /^1 note, by Ána Berg/ });
  expect(reads).toBe(0);
  await user.click(open);
  const dialog = within(await screen.findByRole("dialog", { name: "Anna Bergström" }));
  expect(await dialog.findByText("Call at noon")).toBeVisible();
  expect(reads).toBe(1);
});

test.each([
  ["r", /^No patient is in focus: nothing was done\. .*, then press r\.$/],
  ["s", /then press s\.$/],
  ["h", /then press h\.$/],
  ["n", /then press n\.$/],
  ["u", /^Nothing was done yet that could be undone\./],
  ["[[", /^\[ and \] go from patient to patient on a patient’s page/],
  ["]", /^\[ and \] go from patient to patient on a patient’s page/],
])("in the list without a row in focus “%s” does nothing and says why", async (key, words) => {
  const { user, sent } = await openTwo();
  (document.activeElement as HTMLElement).blur();
  await user.keyboard(key);
  expect(await said(words)).toBeVisible();
  expect(sent).toEqual([]);
});

test("a key that did something, or one more that could not, is all that is said", async () => {
  const { user, focus } = await openTwo();
  (document.activeElement as HTMLElement).blur();
  await user.keyboard("r");
  await said(/then press r\.$/);
  focus("Anna Bergström");
  await user.keyboard("r");
  await said("Anna Bergström: marked as reviewed.");
  expect(screen.queryByText(/then press r\.$/, { ignore: "[aria-live] *" })).toBeNull();
  await user.keyboard("u");
  await said("Anna Bergström: the review was taken back.");
  await user.keyboard("u");
  expect(await said("Anna Bergström: nothing is left to undo.")).toBeVisible();
  focus("Li Na");
  await user.keyboard("u");
  expect(await said("Li Na: nothing is left to undo.")).toBeVisible();
});

test("a colleague's review is not taken back, and that is said", async () => {
  const review = { number: 1, by: "u2", atMs: Date.now(), reasons: [] };
  const { user, sent, focus } = await openTwo([{ marks: { ...none, review } }, {}]);
  focus("Anna Bergström");
  await user.keyboard("u");
  expect(await said(/^Anna Bergström: the review is not yours/)).toBeVisible();
  expect(sent).toEqual([]);
});

test("who has turned letters off is told nothing of them", async () => {
  setLetterKeys(false);
  const { user } = await openTwo();
  (document.activeElement as HTMLElement).blur();
  await user.keyboard("rushn]");
  expect(document.body).not.toHaveTextContent(/then press|go from patient to patient/);
});
