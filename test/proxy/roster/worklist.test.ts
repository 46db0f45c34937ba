import { afterAll, expect, test } from "vitest";
import {
  type ListedPatient,
  patientSummary,
  type RosterPage,
  rosterFacets,
  rosterPage,
} from "#contract/roster.ts";
import { shareOf } from "#glucose/figures.ts";
import { reasonKeys } from "#glucose/reason-keys.ts";
import { targetsFor } from "#glucose/targets.ts";
import { createWorld, type World } from "#test/support/world.ts";

/** The sandbox's people, all looked at, which takes seconds; each test leaves the list as it was. */
async function open() {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  for (const person of world.sandbox.cohort) {
    const { patient } = await world.proxy.registerPatient(person);
    await world.request(`/api/patients/${patient.id}/ranges`, { cookie });
  }
  const search = async (query: object): Promise<RosterPage> =>
    rosterPage.parse(await (await post(world, cookie, query)).json());
  return { world, search };
}

let opened: ReturnType<typeof open> | undefined;
const clinic = () => {
  opened ??= open();
  return opened;
};
afterAll(async () => {
  await (await clinic()).world.close();
});

const post = (world: World, cookie: string, query: object) =>
  world.request("/api/patients/search", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(query),
    cookie,
  });

const rankOf = ({ worklist }: ListedPatient): number => {
  const worst = worklist?.reasons.find(({ explainedBy }) => !explainedBy);
  return worst ? reasonKeys.indexOf(worst.key) : reasonKeys.length;
};

test("who first: by the worst reason that no fault of the data explains; nobody is left out", async () => {
  const { world, search } = await clinic();
  const { rows, total } = await search({ sort: "who-first", limit: 200 });
  expect(total).toBe(world.sandbox.cohort.length);
  const ranks = rows.map(rankOf);
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  expect(new Set(ranks).size).toBeGreaterThan(3);

  const reason = rows[0]?.worklist?.reasons[0]?.key;
  const some = await search({ sort: "who-first", filter: { reason }, limit: 200 });
  const having = rows.filter(({ worklist }) => worklist?.reasons.some(({ key }) => key === reason));
  expect(some.rows.map(({ id }) => id).toSorted()).toEqual(having.map(({ id }) => id).toSorted());
});

test("a summary says why the list names somebody, by the reading that it has", async () => {
  const { world, search } = await clinic();
  const cookie = await world.signIn("clinician");
  const { rows } = await search({ sort: "who-first", limit: 3 });
  world.advance(10 * 60_000);
  for (const { id, worklist } of rows) {
    const answer = await world.request(`/api/patients/${id}/summary`, { cookie });
    const { listed, latest } = patientSummary.parse(await answer.json());
    expect(listed?.status?.lastReadingAtMs).toBe(latest?.timeMs);
    expect(listed?.worklist?.asOfMs).toBe((worklist?.asOfMs ?? 0) + 10 * 60_000);
    const shown = (await search({ limit: 200 })).rows.find((row) => row.id === id);
    expect(listed?.worklist).toEqual(shown?.worklist);
  }
});

test("orders by what is below, very low, lowest, nights with lows and the change of time in range", async () => {
  const { search } = await clinic();
  const of = {
    "below-range": (row: ListedPatient) => row.worklist?.timeIn && shareOf(row.worklist.timeIn, "belowRange"),
    "very-low": (row: ListedPatient) => row.worklist?.timeIn?.["very-low"],
    lowest: (row: ListedPatient) => row.worklist?.lowest?.valueMmolL,
    "night-lows": (row: ListedPatient) => row.worklist?.nightsWithLows,
    "in-range-change": (row: ListedPatient) => row.worklist?.inRangeChange,
  };
  for (const [sort, value] of Object.entries(of)) {
    const { rows } = await search({ sort, down: true, limit: 200 });
    const values = rows.flatMap((row) => {
      const own = value(row);
      return typeof own === "number" ? own : [];
    });
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(values.length).toBeGreaterThan(10);
    // Who has none comes last.
    expect(rows.slice(values.length).every((row) => typeof value(row) !== "number")).toBe(true);
  }
});

test("the published lists put everybody in their order", async () => {
  const { search } = await clinic();
  for (const sort of ["tide", "surf-tide", "tidepool"]) {
    const { rows, total } = await search({ sort, days: sort === "tidepool" ? 7 : 14, limit: 200 });
    expect(total).toBe(rows.length);
    expect(rows.every(({ worklist }) => worklist?.published !== undefined)).toBe(true);
    const groups = rows.map(({ worklist }) => worklist?.published?.group);
    const runs = groups.filter((group, index) => group !== groups[index - 1]);
    expect(new Set(runs).size).toBe(runs.length);
  }
});

test("only those whose lowest value of seven days was very low, counted and listed alike", async () => {
  const { world, search } = await clinic();
  const { rows } = await search({ filter: { wentVeryLow: true }, limit: 200 });
  const edgeOf = ({ targets }: ListedPatient) => targetsFor(targets).edges.veryLow;
  const having = (await search({ limit: 200 })).rows.filter(
    (row) => (row.worklist?.lowest?.valueMmolL ?? 99) < edgeOf(row),
  );
  expect(rows.map(({ id }) => id)).toEqual(having.map(({ id }) => id));
  expect(rows.length).toBeGreaterThan(2);
  expect(rows.length).toBeLessThan(world.sandbox.cohort.length);
  const answer = await world.request("/api/patients/facets", { cookie: await world.signIn("clinician") });
  expect(rosterFacets.parse(await answer.json()).wentVeryLow).toBe(rows.length);
});

test("the longest without a review come first", async () => {
  const { world, search } = await clinic();
  const cookie = await world.signIn("clinician");
  const [first] = (await search({ sort: "unreviewed", limit: 200 })).rows;
  const review = (method: string, body: object) =>
    world.request(`/api/patients/${first?.id}/review`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      cookie,
    });
  world.advance(60_000);
  await review("POST", { seen: null });
  const last = (await search({ sort: "unreviewed", limit: 200 })).rows.at(-1);
  expect(last?.id).toBe(first?.id);
  await review("DELETE", { number: last?.marks?.review?.number });
});

test("a reviewed row goes behind those still to be looked at, and an undone review brings it back", async () => {
  const { world, search } = await clinic();
  const cookie = await world.signIn("clinician");
  const send = (method: string, path: string, body: object) =>
    world.request(`/api/patients/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      cookie,
    });
  const whoFirst = async () => (await search({ sort: "who-first", limit: 200 })).rows;
  const first = (await whoFirst())[0] as ListedPatient;
  expect(first.worklist?.state).toBe("open");

  expect((await send("POST", `${first.id}/review`, { seen: null })).status).toBe(200);
  const after = await whoFirst();
  const states = after.map(({ worklist }) => worklist?.state ?? "none");
  const order = ["open", "snoozed", "reviewed", "none"];
  expect(states).toEqual(states.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  const reviewed = after.find(({ id }) => id === first.id);
  expect(reviewed?.worklist?.state).toBe("reviewed");
  expect(reviewed?.worklist?.reasons.some(({ isNew }) => isNew)).toBe(false);

  const number = reviewed?.marks?.review?.number;
  expect((await send("DELETE", `${first.id}/review`, { number })).status).toBe(200);
  expect((await whoFirst())[0]?.id).toBe(first.id);

  const untilMs = world.now() + 24 * 3_600_000;
  expect((await send("PUT", `${first.id}/snooze`, { untilMs, untilWorse: false })).status).toBe(200);
  expect((await search({ filter: { state: "snoozed" } })).rows.map(({ id }) => id)).toEqual([first.id]);
  world.advance(25 * 3_600_000);
  expect((await search({ filter: { state: "snoozed" } })).total).toBe(0);
});

test("what is kept of somebody's glucose is sealed, and goes with the archive", async () => {
  const { world, search } = await clinic();
  const { db } = world.database;
  const kept = async () => ({
    days: await db.selectFrom("glucose_days").selectAll().execute(),
    figures: await db.selectFrom("patient").select(["id", "figures"]).execute(),
  });
  const before = await kept();
  expect(before.days).toHaveLength(world.sandbox.cohort.length);
  const sealed = [...before.days.map((row) => row.sealed), ...before.figures.map((row) => row.figures)];
  expect(sealed.every((text) => /^1\.[\w-]+$/.test(text ?? ""))).toBe(true);

  const id = (await search({ limit: 1 })).rows[0]?.id ?? "";
  const answer = await world.request(`/api/patients/${id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ archived: true, from: { merged: [] } }),
    cookie: await world.signIn("clinician"),
  });
  expect(answer.status).toBe(200);
  const after = await kept();
  expect(after.days.map((row) => row.patient_id)).not.toContain(id);
  expect(after.figures.find((row) => row.id === id)?.figures).toBeNull();
});

// Days later, so it comes last.
test("new is what has come since somebody was reviewed, by whoever asks; who never was has nothing new", async () => {
  const { world, search } = await clinic();
  const cookie = await world.signIn("clinician");
  const isNew = async () => {
    const { rows } = await search({ filter: { isNew: true }, limit: 200 });
    const answer = await world.request("/api/patients/facets", {
      cookie: await world.signIn("administrator"),
    });
    expect(rosterFacets.parse(await answer.json()).isNew).toBe(rows.length);
    return rows;
  };
  expect(await isNew()).toEqual([]);
  const twoDaysMs = 48 * 60 * 60_000;
  const endOf = ({ status }: ListedPatient) => status?.sensor?.estimatedEndAtMs ?? 0;
  const { rows } = await search({ sort: "sensor-end", limit: 200 });
  const person = rows.find((row) => endOf(row) > world.now() + twoDaysMs);
  expect(person?.worklist?.reasons.some((reason) => reason.isNew)).toBe(false);
  const review = (method: string, body: object) =>
    world.request(`/api/patients/${person?.id}/review`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      cookie,
    });
  await review("POST", { seen: null });
  expect(await isNew()).toEqual([]);
  world.advance(endOf(person as ListedPatient) - twoDaysMs + 60_000 - world.now());
  const [row, ...others] = await isNew();
  expect([row?.id, others]).toEqual([person?.id, []]);
  const fresh = row?.worklist?.reasons.filter((reason) => reason.isNew).map(({ key }) => key);
  expect(fresh).toContain("ends-soon");
});

test("a row's shares and reasons are of one look, in the list and with the summary, also of a later one", async () => {
  const { world, search } = await clinic();
  const cookie = await world.signIn("clinician");
  world.advance(31 * 60_000);
  const { rows } = await search({ sort: "who-first", limit: 200 });
  for (const { id } of rows.slice(0, 3)) {
    const answer = await world.request(`/api/patients/${id}/summary`, { cookie });
    const { listed } = patientSummary.parse(await answer.json());
    expect(listed?.ranges?.timeIn).toEqual(listed?.worklist?.timeIn);
    expect(listed?.ranges?.endMs).toBe(listed?.worklist?.asOfMs);
  }
  const read = (await search({ sort: "who-first", limit: 200 })).rows.filter(
    ({ worklist }) => worklist?.isRead,
  );
  expect(read.length).toBeGreaterThan(10);
  for (const { ranges, worklist } of read) {
    expect(ranges?.timeIn).toEqual(worklist?.timeIn);
    expect(ranges?.endMs).toBe(worklist?.asOfMs);
  }
});
