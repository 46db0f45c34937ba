import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { AppointedPatient, ResolvedLine } from "#contract/appointments.ts";
import { about, failing, renderApp, serveFaults, signedInAs } from "#test/client/app/render-app.tsx";

const server = serveFaults();

const person = (id: string, name: string): AppointedPatient => ({
  id,
  name,
  partnerUid: `clinic-${id}`,
  dateOfBirth: null,
  hospitalNumber: null,
  isArchived: false,
});
const found = (exact: AppointedPatient[]): Answer => ({ exact, like: [] });
const [anna, li, twin] = [person("p1", "Anna"), person("p2", "Li Na"), person("p3", "Li Na")];
const everybody = new Map([anna, li, twin].map((one) => [one.id, one]));

type Answer = Pick<ResolvedLine, "exact" | "like"> &
  Partial<
    Pick<ResolvedLine, "isBeside" | "time" | "timeInDoubt" | "doubts" | "under" | "above" | "likeCount">
  >;

function serveAppointments(
  before: readonly (AppointedPatient & { time?: string })[],
  answers: Record<string, Answer>,
  ignored: readonly string[] = [],
  notAppointments: readonly { text: string; what: "heading" | "time" | "other" }[] = [],
) {
  let kept: (AppointedPatient & { time?: string | null })[] = [...before];
  const sent: { ids: string[]; times: Record<string, string>; untilMs: number }[] = [];
  server.use(
    about(),
    signedInAs("clinician"),
    http.get("*/api/account/appointments", () => HttpResponse.json({ patients: kept })),
    http.put("*/api/account/appointments", async ({ request }) => {
      const body = (await request.json()) as (typeof sent)[number];
      sent.push(body);
      kept = body.ids.flatMap((id) => {
        const patient = everybody.get(id);
        return patient ? [{ ...patient, time: body.times[id] ?? null }] : [];
      });
      return HttpResponse.json({ patients: kept });
    }),
    http.delete("*/api/account/appointments", () => {
      kept = [];
      return HttpResponse.json({ patients: kept });
    }),
    http.post("*/api/patients/resolve", async ({ request }) => {
      const { lines } = (await request.json()) as { lines: string[] };
      return HttpResponse.json({
        lines: lines.map((text) => ({
          text,
          isBeside: false,
          time: null,
          timeInDoubt: null,
          doubts: [],
          under: [],
          above: [],
          likeCount: 0,
          ...(answers[text] ?? found([])),
        })),
        ignored,
        notAppointments,
      });
    }),
  );
  renderApp("/appointments");
  return sent;
}
const names = (list: HTMLElement) =>
  within(list)
    .queryAllByRole("link")
    .map(({ textContent }) => textContent);

test("who is meant without doubt is taken over; two of one name are asked about, and nobody's line stays", async () => {
  const sent = serveAppointments([], {
    "clinic-p1": { exact: [anna], like: [] },
    "Li Na": { exact: [li, twin], like: [] },
  });
  const field = await screen.findByRole("textbox", { name: "Paste a list" });
  await userEvent.click(field);
  await userEvent.paste("clinic-p1\nLi Na\n\nnobody at all\n");
  await userEvent.click(screen.getByRole("button", { name: "Look up and add" }));
  expect(await screen.findByText("2 entries were not taken over")).toBeVisible();
  expect(screen.getByText("2 patients have this name: take the right one")).toBeVisible();
  expect(screen.getByText(/Nobody with this name or number is here/)).toBeVisible();
  expect(field).toHaveValue("Li Na\nnobody at all");
  const list = screen.getByRole("list", { name: /today/ });
  await waitFor(() => expect(names(list)).toEqual(["Anna"]));
  const right = screen.getByText("clinic-p3").closest("li") as HTMLElement;
  await userEvent.click(within(right).getByRole("button", { name: "Take" }));
  await waitFor(() => expect(names(list)).toEqual(["Anna", "Li Na"]));
  expect(sent.at(-1)?.ids).toEqual(["p1", "p3"]);
  const leftMs = (sent.at(-1)?.untilMs ?? 0) - Date.now();
  expect(leftMs).toBeGreaterThan(0);
  expect(leftMs).toBeLessThanOrEqual(25 * 3_600_000);
  expect(field).toHaveValue("nobody at all");
  expect(screen.getByRole("link", { name: "Show them in the list" })).toHaveAttribute(
    "href",
    "/patients?appointments=1&sort=appointments",
  );
});

test("who is taken from a line of several stands at that line's place, and who is there already is not offered again", async () => {
  const [first, last] = [person("p4", "First"), person("p5", "Last")];
  for (const one of [first, last]) everybody.set(one.id, one);
  const sent = serveAppointments([anna], {
    First: found([first]),
    "Li Na": found([li, twin]),
    Last: found([last]),
    "An?": { exact: [], like: [anna] },
  });
  await userEvent.click(await screen.findByRole("textbox", { name: "Paste a list" }));
  await userEvent.paste("First\nLi Na\nLast\nAn?");
  await userEvent.click(screen.getByRole("button", { name: "Look up and add" }));
  const there = (await screen.findByText("An?")).closest("li") as HTMLElement;
  expect(within(there).getByText("Already among today’s patients.")).toBeVisible();
  expect(within(there).queryByRole("button", { name: "Take" })).toBeNull();
  const right = screen.getByText("clinic-p3").closest("li") as HTMLElement;
  await userEvent.click(within(right).getByRole("button", { name: "Take" }));
  await waitFor(() => expect(sent.at(-1)?.ids).toEqual(["p1", "p4", "p3", "p5"]));
});

test("what cannot be looked up stays in the field", async () => {
  serveAppointments([anna], {});
  const field = await screen.findByRole("textbox", { name: "Paste a list" });
  server.use(http.post("*/api/patients/resolve", () => failing()));
  await userEvent.click(field);
  await userEvent.paste("clinic-p1");
  await userEvent.click(screen.getByRole("button", { name: "Look up and add" }));
  expect(await screen.findByText(/The lines could not be looked up/)).toBeVisible();
  expect(field).toHaveValue("clinic-p1");
});

test("one is taken out, and all are removed", async () => {
  const sent = serveAppointments([anna, li], {});
  const list = await screen.findByRole("list", { name: "2 patients today" });
  await userEvent.click(within(list).getAllByRole("button", { name: "Take out" })[0] as HTMLElement);
  await waitFor(() => expect(names(list)).toEqual(["Li Na"]));
  expect(sent.at(-1)?.ids).toEqual(["p2"]);
  await userEvent.click(screen.getByRole("button", { name: "Clear the day" }));
  expect(names(list)).toEqual(["Li Na"]);
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await userEvent.click(screen.getByRole("button", { name: "Clear the day" }));
  await userEvent.click(screen.getByRole("button", { name: "Remove 1 patient" }));
  expect(await screen.findByText("Nobody yet.")).toBeVisible();
  expect(screen.getByRole("heading", { name: "0 patients today" })).toHaveFocus();
});

async function paste(text: string) {
  const field = await screen.findByRole("textbox", { name: "Paste a list" });
  await userEvent.click(field);
  await userEvent.paste(text);
  await userEvent.click(screen.getByRole("button", { name: "Look up and add" }));
  return field;
}

test("how many were added and how many were there already is said", async () => {
  serveAppointments([anna], { "clinic-p1": found([anna]), "clinic-p2": found([li]) });
  await paste("clinic-p1\nclinic-p2");
  const said = await screen.findByText("1 patient added. 1 was there already.");
  expect(said.closest("[role=status]")).not.toBeNull();
});

test("an archived patient is told as that, with the way there; a name beside another is asked about", async () => {
  const gone = { ...anna, isArchived: true };
  const sent = serveAppointments(
    [],
    { "clinic-p1": found([gone]), "Li Na": { ...found([li]), isBeside: true } },
    ["follow-up"],
  );
  const field = await paste("clinic-p1\nLi Na");
  expect(await screen.findByText("2 entries were not taken over")).toBeVisible();
  expect(screen.getByText(/This patient is archived, so they were not added/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Anna" })).toHaveAttribute("href", "/patients/p1");
  expect(screen.getByText(/beside another patient on the same line/)).toBeVisible();
  expect(screen.getByText("follow-up")).toBeVisible();
  expect(sent).toEqual([]);
  // Looked up once more by itself, the name would be taken over.
  expect(field).toHaveValue("clinic-p1");
  await userEvent.click(screen.getByRole("button", { name: "Take" }));
  await waitFor(() => expect(sent.at(-1)?.ids).toEqual(["p2"]));
  await waitFor(() => expect(field).toHaveValue("clinic-p1"));
});

test("what was looked up stays in the field when it could not be saved", async () => {
  serveAppointments([], { "clinic-p1": found([anna]) });
  server.use(http.put("*/api/account/appointments", () => failing()));
  const field = await paste("clinic-p1");
  expect(await screen.findByText("Your appointments were not changed")).toBeVisible();
  expect(field).toHaveValue("clinic-p1");
});

test("times of the lines are kept and give the order, also to who is taken by hand; a time can be set", async () => {
  const late = person("p6", "Late");
  everybody.set(late.id, late);
  const sent = serveAppointments([], {
    "14:00 Late": { ...found([late]), time: "14:00" },
    "10:30 Li Na": { ...found([li, twin]), time: "10:30" },
    "09:15 Anna": { ...found([anna]), time: "09:15" },
  });
  await paste("14:00 Late\n10:30 Li Na\n09:15 Anna");
  const list = screen.getByRole("list", { name: /today/ });
  await waitFor(() => expect(names(list)).toEqual(["Anna", "Late"]));
  const right = screen.getByText("clinic-p3").closest("li") as HTMLElement;
  await userEvent.click(within(right).getByRole("button", { name: "Take" }));
  await waitFor(() => expect(names(list)).toEqual(["Anna", "Li Na", "Late"]));
  expect(sent.at(-1)?.times).toEqual({ p1: "09:15", p3: "10:30", p6: "14:00" });
  const time = screen.getByLabelText("Time of Anna");
  expect(time).toHaveValue("09:15");
  fireEvent.change(time, { target: { value: "11:00" } });
  expect(names(list)).toEqual(["Anna", "Li Na", "Late"]);
  fireEvent.blur(time);
  await waitFor(() => expect(names(list)).toEqual(["Li Na", "Anna", "Late"]));
});

test("a line that is there twice, or means somebody a second time, is told", async () => {
  const sent = serveAppointments([], {
    "clinic-p1": found([anna]),
    Anna: found([anna]),
    "clinic-p2": found([li]),
  });
  await paste("clinic-p2\nclinic-p1\nclinic-p2\nAnna");
  expect(
    await screen.findByText("2 patients added. There more than once, taken once: clinic-p2, Anna."),
  ).toBeVisible();
  expect(sent.at(-1)?.ids).toEqual(["p2", "p1"]);
});

test("who is pasted again with another time comes at it, and both it and a second time in one paste are told", async () => {
  const sent = serveAppointments(
    [
      { ...anna, time: "08:31" },
      { ...li, time: "08:32" },
    ],
    {
      "08:33 Anna": { ...found([anna]), time: "08:33" },
      "08:40 Anna": { ...found([anna]), time: "08:40" },
      "clinic-p2": found([li]),
    },
  );
  await paste("08:33 Anna\nclinic-p2\n08:40 Anna");
  expect(
    await screen.findByText(
      "0 patients added. 2 were there already. Now at another time: Anna 08:33. There more than once, taken once: Anna 08:40.",
    ),
  ).toBeVisible();
  expect(sent.at(-1)).toMatchObject({ ids: ["p2", "p1"], times: { p1: "08:33", p2: "08:32" } });
  await waitFor(() => expect(screen.getByLabelText("Time of Anna")).toHaveValue("08:33"));
});

test("those beyond a full day stay in the field", async () => {
  const many = Array.from({ length: 99 }, (_, i) => person(`m${i}`, `Somebody ${i}`));
  for (const one of many) everybody.set(one.id, one);
  serveAppointments(many, { "clinic-p1": found([anna]) });
  server.use(
    http.post("*/api/patients/resolve", () =>
      HttpResponse.json({
        lines: [anna, li].map((one) => ({
          ...found([one]),
          text: one.partnerUid,
          isBeside: false,
          time: null,
          timeInDoubt: null,
          doubts: [],
          under: [],
          above: [],
          likeCount: 0,
        })),
        ignored: [],
        notAppointments: [],
      }),
    ),
  );
  const field = await paste("clinic-p1, clinic-p2");
  expect(await screen.findByText(/1 patient added\. The day is full/)).toBeVisible();
  expect(field).toHaveValue("clinic-p2");
});

test("who was archived since is shown as that, with why the list has fewer", async () => {
  serveAppointments([{ ...anna, isArchived: true }, li], {});
  const list = await screen.findByRole("list", { name: "2 patients today" });
  expect(within(list).getByText("archived, not in the list").closest("li")).toHaveTextContent("Anna");
  expect(screen.getByText(/1 of them is archived and therefore not shown in the list/)).toBeVisible();
  expect(screen.getByRole("link", { name: "Show in the archive" })).toHaveAttribute(
    "href",
    "/patients?appointments=1&archived=1&sort=appointments",
  );
});

const serveSearch = () =>
  server.use(
    http.post("*/api/patients/search", async ({ request }) => {
      const { q } = (await request.json()) as { q: string };
      const rows = [...everybody.values()].filter(
        ({ name, partnerUid }) => name.startsWith(q) || partnerUid.startsWith(q),
      );
      const outsideFilter = { listed: 0, archived: q === "Gone" ? 1 : 0 };
      return HttpResponse.json({ rows: rows.slice(0, 8), total: rows.length, outsideFilter });
    }),
  );

test("after Add the focus is in the emptied search field, and Enter adds who is meant without doubt", async () => {
  const sent = serveAppointments([], {});
  serveSearch();
  const field = await screen.findByRole("textbox", { name: /^Or find a patient/ });
  await userEvent.type(field, "Anna");
  await screen.findByRole("button", { name: "Add" });
  // Nobody is offered for what does not stand there any more.
  fireEvent.change(field, { target: { value: "Ann" } });
  expect(screen.queryByRole("button", { name: "Add" })).toBeNull();
  fireEvent.change(field, { target: { value: "Anna" } });
  await userEvent.click(await screen.findByRole("button", { name: "Add" }));
  expect(field).toHaveFocus();
  expect(field).toHaveValue("");
  await waitFor(() => expect(sent.at(-1)?.ids).toEqual(["p1"]));
  await waitFor(() => expect(screen.getByTestId("announcer")).toHaveTextContent("Added: Anna, clinic-p1."));
  await userEvent.type(field, "clinic-p3{Enter}");
  await waitFor(() => expect(sent.at(-1)?.ids).toEqual(["p1", "p3"]));
  expect(field).toHaveValue("");
  await userEvent.type(field, "clinic-p3{Enter}");
  await waitFor(() => expect(screen.getByTestId("announcer")).toHaveTextContent("Already among today"));
  await userEvent.clear(field);
  await userEvent.type(field, "Li Na{Enter}");
  await waitFor(() => expect(screen.getByTestId("announcer")).toHaveTextContent("Several patients match"));
  expect(sent).toHaveLength(2);
  await userEvent.clear(field);
  await userEvent.type(field, "Gone");
  expect(await screen.findByText(/1 patient in the archive matches/)).toBeVisible();
});

test("lines that are no appointments are shown, and a time that is in doubt is told", async () => {
  const sent = serveAppointments(
    [],
    {
      "half past two Anna": { ...found([anna]), time: "14:30", timeInDoubt: "half past two" },
      "9:75 Li Na": { ...found([li]), timeInDoubt: "9:75 Li Na" },
    },
    [],
    [
      { text: "Dear nurse,", what: "other" },
      { text: "10:15", what: "time" },
    ],
  );
  const field = await paste("half past two Anna\n9:75 Li Na");
  expect(
    await screen.findByText(/leaves the time of day open; please check: Anna: half past two → 14:30\./),
  ).toBeVisible();
  expect(screen.getByText(/No time of day could be read here; .*: 9:75 Li Na\./)).toBeVisible();
  expect(screen.getByText("2 lines are not appointments and were left out:")).toBeVisible();
  expect(screen.getByText("Dear nurse,")).toBeVisible();
  expect(screen.getByText("10:15").closest("li")).toHaveTextContent("10:15a time without a name");
  expect(field).toHaveValue("");
  expect(sent.at(-1)?.times).toEqual({ p1: "14:30" });
});

test("who may be meant and is there already is asked about, and not told as there", async () => {
  serveAppointments([anna], { "Anna-Lena": { exact: [], like: [anna] } });
  const field = await paste("Anna-Lena");
  expect(await screen.findByText("It is not certain who is meant. Perhaps:")).toBeVisible();
  expect(screen.getByText("Already among today’s patients.")).toBeVisible();
  expect(field).toHaveValue("Anna-Lena");
});

const says = (what: string): Pick<ResolvedLine, "doubts"> => ({ doubts: [{ why: "words", what }] });

const saysToo = (who: AppointedPatient, what: string): Answer => ({ ...found([who]), ...says(what) });

test("whose line says more is not added; those whose lines say the same are taken or left at once, and no others", async () => {
  const late = person("p7", "Late");
  everybody.set(late.id, late);
  const sent = serveAppointments([], {
    "9:00 Anna Confirmed": { ...saysToo(anna, "Confirmed"), time: "09:00" },
    "clinic-p2 confirmed": saysToo(li, "confirmed"),
    "clinic-p3 Canceled": saysToo(twin, "Canceled"),
    "Late Canceled": saysToo(late, "Canceled"),
  });
  const text = "9:00 Anna Confirmed\nclinic-p3 Canceled\nclinic-p2 confirmed\nLate Canceled";
  const field = await paste(text);
  expect(await screen.findByText("The line also says: “Confirmed”. 2 entries.")).toBeVisible();
  expect(screen.getByText("The line also says: “Canceled”. 2 entries.")).toBeVisible();
  expect(sent).toEqual([]);
  const [confirmed, canceled, ...others] = screen.getAllByRole("button", { name: "Take all 2 patients" });
  expect(others).toEqual([]);
  expect(confirmed).toHaveAccessibleDescription("The line also says: “Confirmed”. 2 entries.");
  expect(canceled).toHaveAccessibleDescription("The line also says: “Canceled”. 2 entries.");
  await userEvent.click(confirmed as HTMLElement);
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ ids: ["p1", "p2"], times: { p1: "09:00" } }));
  await waitFor(() => expect(field).toHaveValue("clinic-p3 Canceled\nLate Canceled"));
  await userEvent.click(screen.getByRole("button", { name: "None of them today (2 entries)" }));
  expect(field).toHaveValue("");
  expect(sent).toHaveLength(1);
});

test("who stands below or above a line that names nobody is taken or left with it, and it stays in the field with them", async () => {
  const late = person("p8", "Late");
  everybody.set(late.id, late);
  const sent = serveAppointments([], {
    "9:00 Anna": { ...found([anna]), time: "09:00" },
    "Li Na 10:00": { ...found([li]), time: "10:00", under: ["Cancelled:"] },
    "Late with daughter": { ...saysToo(late, "daughter"), under: ["Cancelled:"] },
    "clinic-p3": { ...found([twin]), above: ["^ moved"] },
  });
  const field = await paste("9:00 Anna\nLi Na 10:00\nLate with daughter\nclinic-p3");
  const list = screen.getByRole("list", { name: /today/ });
  await waitFor(() => expect(names(list)).toEqual(["Anna"]));
  const kept = "clinic-p3\n^ moved\nCancelled:\nLi Na 10:00\nLate with daughter";
  expect(field).toHaveValue(kept);
  const cancelled = screen.getByRole("region", { name: "Under “Cancelled:”: 2 entries." });
  const moved = screen.getByRole("region", { name: "Above “^ moved”: 1 entry." });
  // What their own lines say beside it is not taken with the others.
  await userEvent.click(within(moved).getByRole("button", { name: "Take" }));
  await waitFor(() => expect(sent.at(-1)?.ids).toEqual(["p1", "p3"]));
  expect(field).toHaveValue("Cancelled:\nLi Na 10:00\nLate with daughter");
  await userEvent.click(within(cancelled).getByRole("button", { name: "None of them today (2 entries)" }));
  expect(field).toHaveValue("");
  expect(screen.queryByText(/not taken over/)).toBeNull();
  // On with the keyboard from what is said.
  expect(document.activeElement).toContainElement(screen.getByText(/^1 patient added\./));
  expect(sent).toHaveLength(2);
});

test("what stays in the field says of each line what was said of it, once", async () => {
  const late = person("p9", "Late");
  everybody.set(late.id, late);
  serveAppointments([], {
    Anna: { ...found([anna]), under: ["Tomorrow", "Morning"], above: ["^ moved"] },
    "clinic-p2": { ...found([li]), under: ["Tomorrow", "Morning", "9:00"], above: ["^ moved"] },
    Late: { ...found([late]), under: ["Tomorrow", "Afternoon"] },
    "clinic-p3": found([twin, li]),
  });
  const field = await paste("Anna\nclinic-p2\nLate\nclinic-p3");
  expect(
    await screen.findByRole("region", {
      name: "Between “Tomorrow”, “Morning”, “9:00” and “^ moved”: 1 entry.",
    }),
  ).toBeVisible();
  expect(field).toHaveValue(
    "clinic-p3\nTomorrow\nMorning\nAnna\n9:00\nclinic-p2\n^ moved\nTomorrow\nAfternoon\nLate",
  );
});

test("that more may be meant than are shown is told", async () => {
  serveAppointments([], { "9:00 Nina": { exact: [], like: [anna, li], likeCount: 13 } });
  await paste("9:00 Nina");
  expect(await screen.findByText("2 of 13 are shown: write more of the name to see others.")).toBeVisible();
});

test("a line that is left out is gone from the field too, and nobody is added", async () => {
  const sent = serveAppointments([], {
    "Anna cancelled": { ...found([anna]), ...says("cancelled") },
    "Li Na": found([li, twin]),
  });
  const field = await paste("Anna cancelled\nLi Na");
  const line = (await screen.findByText("Anna cancelled", { selector: "code" })).closest("li") as HTMLElement;
  await userEvent.click(within(line).getByRole("button", { name: "Not today" }));
  expect(screen.queryByText(/also says/)).toBeNull();
  expect(field).toHaveValue("Li Na");
  expect(sent).toEqual([]);
});

test("of two patients of a line the second stays after the first is taken, and through another look-up", async () => {
  serveAppointments([], { "clinic-p3": found([twin]) });
  server.use(
    http.post(
      "*/api/patients/resolve",
      () =>
        HttpResponse.json({
          lines: [anna, li].map((one) => ({
            ...found([one]),
            text: "10:00 Anna & Li Na",
            isBeside: true,
            time: "10:00",
            timeInDoubt: null,
            doubts: [],
            under: [],
            above: [],
            likeCount: 0,
          })),
          ignored: [],
          notAppointments: [],
        }),
      { once: true },
    ),
  );
  await paste("10:00 Anna & Li Na");
  const list = screen.getByRole("list", { name: /today/ });
  const [first] = await screen.findAllByRole("button", { name: "Take" });
  await userEvent.click(first as HTMLElement);
  await waitFor(() => expect(names(list)).toEqual(["Anna"]));
  expect(screen.getByText("clinic-p2")).toBeVisible();
  await paste("clinic-p3");
  await waitFor(() => expect(names(list)).toEqual(["Anna", "Li Na"]));
  expect(screen.getByText("clinic-p2")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Take" }));
  await waitFor(() => expect(names(list)).toEqual(["Anna", "Li Na", "Li Na"]));
});

test("whoever is already among today's patients and is not coming is taken out, or kept", async () => {
  const cancelled: Answer = {
    exact: [anna],
    like: [],
    doubts: [{ why: "words", what: "cancelled" }],
  };
  const sent = serveAppointments([anna, li], { "Anna cancelled": cancelled });
  const paste = async () => {
    await userEvent.clear(await screen.findByLabelText("Paste a list"));
    await userEvent.type(screen.getByLabelText("Paste a list"), "Anna cancelled");
    await userEvent.click(screen.getByRole("button", { name: "Look up and add" }));
    return (await screen.findByText("Anna cancelled", { selector: "code" })).closest("li") as HTMLElement;
  };
  await userEvent.click(within(await paste()).getByRole("button", { name: "Keep for today" }));
  expect(screen.getByLabelText("Paste a list")).toHaveValue("");
  expect(sent).toEqual([]);
  await userEvent.click(within(await paste()).getByRole("button", { name: "Take out" }));
  await waitFor(() => expect(screen.getByText("1 patient taken out.")).toBeVisible());
  expect(sent.map(({ ids }) => ids)).toEqual([["p2"]]);
  expect(screen.queryByText("Anna cancelled", { selector: "code" })).toBeNull();
});

test("who is not coming by one line is not left by another", async () => {
  serveAppointments([], {
    "9:00 Anna": { exact: [anna], like: [], doubts: [{ why: "elsewhere", what: "Anna cancelled" }] },
    "Anna cancelled": { exact: [anna], like: [], doubts: [{ why: "words", what: "cancelled" }] },
  });
  await userEvent.type(await screen.findByLabelText("Paste a list"), "9:00 Anna{enter}Anna cancelled");
  await userEvent.click(screen.getByRole("button", { name: "Look up and add" }));
  expect(await screen.findByText("Another line says of them: “Anna cancelled”.")).toBeVisible();
  const [first] = screen.getAllByRole("button", { name: "Not today" });
  if (first) await userEvent.click(first);
  await waitFor(() => expect(screen.getByLabelText("Paste a list")).toHaveValue(""));
});
