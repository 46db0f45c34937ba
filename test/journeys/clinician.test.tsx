import type { QueryClient } from "@tanstack/react-query";
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { json } from "#test/support/world.ts";
import { serveWorld } from "./app.tsx";

const open = serveWorld();

/** What polling does after a while: the server's clock first, then everything on screen. */
const lookAgain = async (queryClient: QueryClient) => {
  await queryClient.refetchQueries({ queryKey: ["about"] });
  await queryClient.refetchQueries();
};

test("a clinician signs in, finds a patient and reads the curve", async () => {
  const { user } = await open("/");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await screen.findByRole("link", { name: "Oliver Bennett" });
  await user.type(screen.getByRole("searchbox"), "bennett");
  await waitFor(() => expect(screen.queryByRole("link", { name: "Anna Schröder" })).not.toBeInTheDocument());
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));

  expect(await screen.findByRole("heading", { level: 1, name: "Oliver Bennett" })).toBeVisible();
  const curve = await screen.findByTestId("curve");
  expect(curve.getAttribute("d")?.length).toBeGreaterThan(1000);
  expect(screen.getByRole("radio", { name: "14 d" })).toBeChecked();
  const statistics = await screen.findByRole("region", { name: "Statistics" });
  expect(within(statistics).getByText("GMI")).toBeVisible();
  const ranges = await screen.findByRole("region", { name: "Time in ranges" });
  const percents = within(ranges)
    .getAllByRole("row")
    .filter((row) => !row.hasAttribute("data-sum"))
    .flatMap(
      (row) => /([\d.]+)\s%/.exec(within(row).queryAllByRole("cell")[1]?.textContent ?? "")?.[1] ?? [],
    );
  expect(percents).toHaveLength(5);
  expect(percents.reduce((sum, percent) => sum + Number(percent), 0)).toBeCloseTo(100, 6);
});

test("the curve is read by keyboard, and the unit and language are the reader's", async () => {
  const { user } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  const walk = await screen.findByRole("slider", { name: "Readings of the curve, one by one" });
  walk.focus();
  await user.keyboard("{ArrowLeft}");
  expect(walk).toHaveAttribute("aria-valuetext", expect.stringMatching(/mmol\/L, .*sensor/));
  const inMmolL = Number(/([\d.]+) mmol/.exec(walk.getAttribute("aria-valuetext") ?? "")?.[1]);
  await user.click(screen.getByRole("radio", { name: "mg/dL" }));
  const inMgDl = Number(/(\d+) mg/.exec(walk.getAttribute("aria-valuetext") ?? "")?.[1]);
  expect(inMgDl).toBe(Math.round(inMmolL * 18.01559));
  await user.click(screen.getByRole("radio", { name: "中文" }));
  expect(await screen.findByRole("region", { name: "各范围时间占比" })).toBeVisible();
});

test("new readings arrive by themselves, and a broken connection keeps the last good ones", async () => {
  const { user, world, queryClient } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  const before = (await screen.findByTestId("curve")).getAttribute("d");
  world.advance(6 * 60_000);
  await lookAgain(queryClient);
  await waitFor(() => expect(screen.getByTestId("curve").getAttribute("d")).not.toBe(before));

  world.sandbox.inject({ kind: "business", code: 5003, msg: "maintenance" });
  world.advance(2 * 60_000);
  await lookAgain(queryClient);
  expect(await screen.findByText(/Trying again automatically/)).toBeVisible();
  expect(screen.getByTestId("curve")).toBeInTheDocument();
});

test("a new patient is registered, waits, and the page follows to the first reading", async () => {
  const { user, world, queryClient, router } = await open("/patients/new");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.type(await screen.findByLabelText(/Partner user ID/), "newcomer-1");
  await user.type(screen.getByLabelText(/^Name/), "Noor Haddad");
  await user.click(screen.getByRole("combobox", { name: "Region" }));
  await user.keyboard("sweden{Enter}");
  await user.click(screen.getByRole("button", { name: "Register patient" }));
  await user.click(await screen.findByRole("button", { name: "Yes, register" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Noor Haddad" })).toBeVisible();
  expect(await screen.findByText("Waiting for a sensor to be bound")).toBeVisible();

  world.advance(10 * 60_000);
  await lookAgain(queryClient);
  expect(await screen.findByText("The sensor is warming up")).toBeVisible();
  const [now] = screen.getAllByRole("listitem", { current: "step" });
  expect(now).toHaveTextContent("Activated, warming upunder way");
  expect(screen.getByText(/^Warming up since .*, \d+ minutes? ago\.$/)).toBeVisible();
  expect(
    await screen.findByText(/^Warm-up value, not yet a reading: [\d.]+ mmol\/L, measured/),
  ).toBeVisible();
  expect(screen.queryByRole("region", { name: "Now" })).toBeNull();
  expect(await screen.findByText(/^Only warm-up readings in this period so far\.$/)).toBeVisible();
  expect(screen.queryByText("No readings in this period.")).toBeNull();
  expect(screen.queryByText("The first reading has arrived")).toBeNull();
  world.advance(3 * 3_600_000);
  await lookAgain(queryClient);
  expect(await screen.findByRole("region", { name: "Statistics" })).toBeVisible();
  expect(await screen.findByText("The first reading has arrived")).toBeVisible();
  expect(await screen.findByRole("region", { name: "Now" })).toBeVisible();
  // Not one dot at the end of 14 empty days.
  await waitFor(() => expect(screen.getByRole("radio", { name: "24 h" })).toBeChecked());
  expect(router.state.location.search).toBe("?days=1");
  await user.click(screen.getByRole("radio", { name: "14 d" }));
  await waitFor(() => expect(router.state.location.search).toBe("?days=14"));
  expect(screen.getByRole("radio", { name: "14 d" })).toBeChecked();
  await user.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(screen.queryByText("The first reading has arrived")).toBeNull();
});

test.each<[days: number, period: string]>([
  [2, "3 d"],
  [6, "7 d"],
  [12, "14 d"],
])("%i days after registration the page opens with %s: what there is of data", async (days, period) => {
  const { user, world, router } = await open("/patients");
  const cookie = await world.signIn("clinician");
  const newcomer = { partnerUid: "newcomer-2", name: "Noor Haddad", region: "DE", timeZone: "Europe/Berlin" };
  const { id } = (await (await world.request("/api/patients", { ...json(newcomer), cookie })).json()) as {
    id: string;
  };
  world.advance(days * 24 * 3_600_000);
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await screen.findByRole("link", { name: "Oliver Bennett" });
  await router.navigate(`/patients/${id}`);
  await screen.findByTestId("curve");
  await waitFor(() => expect(screen.getByRole("radio", { name: period })).toBeChecked());
  await router.navigate(`/patients/${id}?days=30`);
  await waitFor(() => expect(screen.getByRole("radio", { name: "30 d" })).toBeChecked());
});

test("a period without readings says so and keeps the choice of period", async () => {
  const { user, router } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  await screen.findByTestId("curve");
  const { pathname } = router.state.location;
  await router.navigate(`${pathname}?start=${Date.UTC(2019, 0, 1)}&end=${Date.UTC(2019, 0, 8)}`);
  const curve = within(await screen.findByRole("region", { name: /^Glucose,/ }));
  expect(await curve.findByText("The platform has no readings in this period.")).toBeVisible();
  await user.click(screen.getByRole("radio", { name: "3 d" }));
  await waitFor(() => expect(router.state.location.search).toBe("?days=3"));
});

test("records the platform garbled are left out and counted aloud, the good ones are drawn", async () => {
  const { user, world } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await screen.findByRole("link", { name: "Oliver Bennett" });
  world.sandbox.inject({ kind: "bad-records" });
  world.advance(2 * 60_000);
  await user.click(screen.getByRole("link", { name: "Oliver Bennett" }));
  expect(
    await screen.findByText(/^\d+ records from the platform could not be read and are left out\.$/),
  ).toBeVisible();
  expect((await screen.findByTestId("curve")).getAttribute("d")?.length).toBeGreaterThan(1000);
});

test("the window of the curve is in the address, an episode leads to its stretch, and Escape shows all again", async () => {
  const { user, router } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  const walk = await screen.findByRole("slider", { name: "Readings of the curve, one by one" });
  const before = (await screen.findByTestId("curve")).getAttribute("d");
  walk.focus();
  await user.keyboard("++");
  await waitFor(() => expect(router.state.location.search).toMatch(/from=\d+&to=\d+/));
  await waitFor(() => expect(screen.getByTestId("curve").getAttribute("d")).not.toBe(before));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(router.state.location.search).toBe(""));

  const episodes = await screen.findByRole("region", { name: "Episodes" });
  const [first] = within(episodes).getAllByRole("button", { name: /(lowest|highest) [\d.]+\smmol\/L/ });
  if (!first) throw new Error("no episode");
  await user.click(first);
  await waitFor(() => expect(router.state.location.search).toMatch(/from=\d+&to=\d+/));
  await waitFor(() => expect(walk).toHaveFocus());
});

test("two readings are compared: difference, time and rate", async () => {
  const { user } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  const walk = await screen.findByRole("slider", { name: "Readings of the curve, one by one" });
  const shown = () => Number(/^([\d.]+) mmol/.exec(walk.getAttribute("aria-valuetext") ?? "")?.[1]);
  walk.focus();
  await user.keyboard("{End}");
  const last = shown();
  await user.keyboard("{Enter}{ArrowLeft}{ArrowLeft}");
  const by = (last - shown()).toFixed(1).replace("-", "−");
  // Where nothing has changed there is no rate.
  const rate = by === "0.0" ? "" : " \\(";
  expect(walk.getAttribute("aria-valuetext")).toMatch(
    new RegExp(`${by}\\smmol/L from \\d\\d:\\d\\d to \\d\\d:\\d\\d, in 6\\sminutes${rate}`),
  );
});

test("the targets of a pregnancy move the range and its goals, and stay with the patient", async () => {
  const { user, queryClient } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  const ranges = await screen.findByRole("region", { name: "Time in ranges" });
  expect(within(ranges).getByText("3.9–10.0")).toBeVisible();
  await user.selectOptions(screen.getByLabelText("Targets"), "Pregnancy (type 1)");
  const preview = await screen.findByRole("region", { name: "Targets, not saved yet" });
  expect(within(preview).getByText("3.5–7.8 mmol/L")).toBeVisible();
  expect(within(ranges).getByText("3.9–10.0")).toBeVisible();
  await user.click(within(preview).getByRole("button", { name: "Save targets" }));
  expect(await within(ranges).findByText("3.5–7.8")).toBeVisible();
  queryClient.clear();
  await user.click(screen.getByRole("link", { name: "Patients" }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  expect(await screen.findByText("3.5–7.8")).toBeVisible();
});

test("the chosen comparison outlives a change of the period, and shows all below range with its goal", async () => {
  const { user } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  await user.click(await screen.findByRole("radio", { name: "Period before" }));
  expect(await screen.findByRole("rowheader", { name: /^All below 3\.9 \(goal <\s4\s%\)$/ })).toBeVisible();
  await user.click(screen.getByRole("radio", { name: "7 d" }));
  expect(await screen.findByRole("columnheader", { name: "Difference" })).toBeVisible();
  expect(screen.getByRole("radio", { name: "Period before" })).toBeChecked();
});

test("a window that reaches into the future becomes what the curve shows, in address, caption and export", async () => {
  const { user, world, router } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  await screen.findByTestId("curve");
  const [hourMs, minuteMs] = [3_600_000, 60_000];
  const { pathname } = router.state.location;
  const ask = `?days=14&from=${world.now() - 2 * hourMs}&to=${world.now() + 2 * hourMs}`;
  await router.navigate(pathname + ask);
  await waitFor(() => expect(router.state.location.search).not.toBe(ask));
  const search = new URLSearchParams(router.state.location.search);
  const [from, to] = [Number(search.get("from")), Number(search.get("to"))];
  expect(to - world.now()).toBeLessThanOrEqual(2 * minuteMs);
  expect(to - from).toBe(4 * hourMs);
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", timeStyle: "short" });
  const caption = new RegExp(`${clock.format(from)} – .*${clock.format(to)}; all numbers`);
  expect(await screen.findByText(caption)).toBeVisible();
  expect(
    await screen.findByText(
      new RegExp(`^What the curve shows: .*${clock.format(from)} – .*${clock.format(to)}, `),
    ),
  ).toBeVisible();
});

test("the gaps of a past period end with it, and choosing one shows it in the curve", async () => {
  const { user, world, router } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  const before = (await screen.findByTestId("curve")).getAttribute("d");
  const dayMs = 24 * 3_600_000;
  const midnightMs = Math.floor(world.now() / dayMs) * dayMs;
  const { pathname } = router.state.location;
  await router.navigate(`${pathname}?start=${midnightMs - 30 * dayMs}&end=${midnightMs - 5 * dayMs}`);
  await waitFor(() => expect(screen.getByRole("radio", { name: "Custom" })).toBeChecked());
  await waitFor(() => expect(screen.getByTestId("curve").getAttribute("d")).not.toBe(before));
  const gaps = await screen.findByRole("region", { name: "Gaps" });
  const today = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "Europe/London" });
  expect(gaps).not.toHaveTextContent(today.format(world.now()));
  const [newest] = within(gaps).getAllByRole("button", { name: /\d+\s(minutes?|hours?)/ });
  if (!newest) throw new Error("no gap");
  await user.click(newest);
  await waitFor(() => expect(router.state.location.search).toMatch(/from=\d+&to=\d+/));
});

test("Back undoes the zoom, however often the window moved since, and only then leaves the patient", async () => {
  const { user, router } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  const walk = await screen.findByRole("slider", { name: "Readings of the curve, one by one" });
  const curve = () => screen.getByTestId("curve").getAttribute("d");
  await screen.findByTestId("curve");
  const whole = curve();
  const { pathname } = router.state.location;
  walk.focus();
  // The address follows each before the next, so that none is on its way when one goes back.
  for (const key of ["+", "+", "[[", "[["]) {
    const { search } = router.state.location;
    await user.keyboard(key);
    await waitFor(() => expect(router.state.location.search).not.toBe(search));
    expect(router.state.location.search).toMatch(/from=\d+&to=\d+/);
  }
  // The address is there before the page has it.
  const isZoomed = () => screen.findByRole("button", { name: "Show the whole period" });
  await isZoomed();
  await router.navigate(-1);
  await waitFor(() => expect(router.state.location).toMatchObject({ pathname, search: "" }));
  await waitFor(() => expect(curve()).toBe(whole));
  await user.keyboard("++");
  await waitFor(() => expect(router.state.location.search).toMatch(/from=\d+&to=\d+/));
  await isZoomed();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(router.state.location).toMatchObject({ pathname, search: "" }));
  await router.navigate(-1);
  await waitFor(() => expect(router.state.location.pathname).toBe("/patients"));
});

test("targets only change once they are saved: an arrow key or Cancel changes nothing, and what was saved is undone with one click", async () => {
  const { user, world } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  const ranges = await screen.findByRole("region", { name: "Time in ranges" });
  const kept = async () =>
    (
      await world.database.db
        .selectFrom("patient")
        .select("targets")
        .where("name", "=", "Oliver Bennett")
        .execute()
    )[0]?.targets;
  const field = screen.getByLabelText("Targets");
  await user.selectOptions(field, "In hospital");
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(field).toHaveValue("most-adults");
  expect(await kept()).toBe("most-adults");

  await user.selectOptions(field, "Pregnancy (type 2 or gestational)");
  await user.click(screen.getByRole("button", { name: "Save targets" }));
  expect(await within(ranges).findByText("3.5–7.8")).toBeVisible();
  expect(within(ranges).queryByText(/^(✓|✗)/)).toBeNull();
  expect(within(ranges).getByText(/names no percentages/)).toBeVisible();
  expect(await screen.findByText(/^Targets set by .*\. Before: Most adults\.$/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  expect(await within(ranges).findByText("3.9–10.0")).toBeVisible();
  expect(await kept()).toBe("most-adults");
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});

test("a patient's own targets need a range and a reason, judge values at once, and say why they are these", async () => {
  const { user } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  const ranges = await screen.findByRole("region", { name: "Time in ranges" });
  await user.selectOptions(screen.getByLabelText("Targets"), "The patient’s own");
  const low = screen.getByLabelText("From (mmol/L)");
  await user.clear(low);
  await user.type(low, "2.5");
  expect(screen.getByText("From 3.0 to 13.9")).toBeVisible();
  await user.clear(low);
  await user.type(low, "4,4");
  await user.click(screen.getByRole("button", { name: "Save targets" }));
  expect(screen.getByText(/^Say why/)).toBeVisible();
  await user.type(screen.getByLabelText("Reason"), "Falls at night");
  await user.click(screen.getByRole("button", { name: "Save targets" }));
  expect(await within(ranges).findByText("4.4–10.0")).toBeVisible();
  expect(within(ranges).getByText("Range and goals as set for this patient.")).toBeVisible();
  expect(await screen.findByText(/Reason: Falls at night$/)).toBeVisible();
});

test("a colleague's open page follows changed targets: value, announcement, ranges and the list's cell", async () => {
  const { user, world, queryClient, router } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  const ranges = await screen.findByRole("region", { name: "Time in ranges" });
  const id = router.state.location.pathname.split("/").at(-1) ?? "";
  const cookie = await world.signIn("administrator");
  const own = { targets: { low: 12, high: 13 }, targetsReason: "to see it" };
  await world.request(`/api/patients/${id}`, {
    method: "PATCH",
    cookie,
    body: JSON.stringify(own),
    headers: { "content-type": "application/json" },
  });
  await queryClient.refetchQueries({ queryKey: ["patient", id, "summary"] });
  expect(await within(ranges).findByText("12.0–13.0")).toBeVisible();
  const now = screen.getByRole("region", { name: "Now" });
  expect(within(now).getByText(/^low, /)).toBeVisible();
  expect(within(now).getByRole("status")).toHaveTextContent(/^Now .*, low$/);
  expect(await screen.findByText(/^Targets set by .*Before: Most adults\. Reason: to see it$/)).toBeVisible();
  await user.click(screen.getByRole("link", { name: "Patients" }));
  const row = await screen.findByRole("row", { name: /Oliver Bennett/ });
  expect(await within(row).findByText(/^low, /)).toBeInTheDocument();
});

test("targets that a colleague has changed meanwhile are not saved over unseen, and are once they are seen", async () => {
  const { user, world, router } = await open("/patients");
  await user.click(await screen.findByRole("button", { name: /^Clinician/ }));
  await user.click(await screen.findByRole("link", { name: "Oliver Bennett" }));
  const ranges = await screen.findByRole("region", { name: "Time in ranges" });
  await user.selectOptions(screen.getByLabelText("Targets"), "In hospital");
  await world.request(`/api${router.state.location.pathname}`, {
    method: "PATCH",
    cookie: await world.signIn("administrator"),
    body: JSON.stringify({ targets: "pregnancy" }),
    headers: { "content-type": "application/json" },
  });
  await user.click(screen.getByRole("button", { name: "Save targets" }));
  expect(
    await screen.findByText(/^The targets were not saved\. Somebody else changed this meanwhile\.$/),
  ).toBeVisible();
  expect(
    await screen.findByText("A colleague has set other targets meanwhile: Pregnancy (type 1)."),
  ).toBeVisible();
  expect(within(ranges).getByText("3.5–7.8")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Save targets" }));
  expect(await screen.findByText(/^Targets set by .*\. Before: Pregnancy \(type 1\)\.$/)).toBeVisible();
  expect(within(ranges).getByText("3.9–10.0")).toBeVisible();
});
