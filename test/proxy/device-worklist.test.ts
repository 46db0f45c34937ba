import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { device, deviceJourney } from "#contract/device.ts";
import {
  type DeviceRow,
  type DeviceWorklistPage,
  type DeviceWorklistQuery,
  deviceWorklistPage,
} from "#contract/device-worklist.ts";
import { rosterPage } from "#contract/roster.ts";
import { noDeviceFacts } from "#glucose/device-reasons.ts";
import type { NowState } from "#glucose/now-state.ts";
import { deviceReasonKeys, reasonKeys } from "#glucose/reason-keys.ts";
import type { Database } from "#proxy/store/database.ts";
import { createPatientStore } from "#proxy/store/patients.ts";
import { createSensorStore } from "#proxy/store/sensors.ts";
import { addColleague } from "#test/support/colleague.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { buildFigures } from "#test/support/figures.ts";
import { glucoseSealer, worldSecret } from "#test/support/glucose-sealer.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const place = { region: "SE", timeZone: "Europe/Stockholm" };

type Query = Partial<DeviceWorklistQuery>;

function caller(world: World, cookie: string) {
  const send = (method: string, path: string, body: object = {}) =>
    world.request(`/api/worklist/devices${path}`, { ...json(body), method, cookie });
  const page = async (query: Query = {}): Promise<DeviceWorklistPage> =>
    deviceWorklistPage.parse(await (await send("POST", "", query)).json());
  const rows = async (query?: Query) => (await page(query)).rows;
  return {
    cookie,
    send,
    page,
    rows,
    row: async (id: string): Promise<DeviceRow | undefined> =>
      (await rows({ limit: 200 })).find(({ patientId }) => patientId === id),
    names: async (query?: Query) => (await rows(query)).map(({ name }) => name),
    act: async (method: string, path: string, body?: object) => (await send(method, path, body)).status,
    patients: (method: string, path: string, body: object) =>
      world.request(`/api/patients/${path}`, { ...json(body), method, cookie }),
  };
}

/** What is known of somebody's sensor: nothing is the matter, but for what is given. */
interface Known {
  lastReadingAtMs?: number;
  endsAtMs?: number;
  endedAtMs?: number | null;
  received?: number;
  /** Part of the time that they stand for: less than was received while a sensor is changed. */
  covered?: number;
  silences?: number;
  usualDelayMs?: number;
  /** When little data was first found. */
  aroseMs?: number;
}

async function clinic(database?: Database) {
  const world = await createWorld({ authSecret: worldSecret, ...(database && { database }) });
  const store = createPatientStore(world.database, glucoseSealer);
  let people = 0;
  const keep = async (id: string, known: Known) => {
    const nowMs = world.now();
    const { endsAtMs = nowMs + 8 * dayMs, endedAtMs = null } = known;
    const { lastReadingAtMs = (endedAtMs ?? nowMs) - 5 * minuteMs } = known;
    const { received = 1, covered = received, silences = 0, aroseMs, usualDelayMs = null } = known;
    const share = { activeShare: received, coveredShare: covered };
    const kept = buildFigures({
      asOfMs: nowMs,
      fortnight: share,
      week: share,
      gapMs: { "not-uploaded": dayMs },
    });
    const sensor = {
      serial: `P9${id.slice(0, 8).toUpperCase()}`,
      activatedAtMs: endsAtMs - 14 * dayMs,
      estimatedEndAtMs: endsAtMs,
      endedAtMs,
    };
    await store.keep(id, {
      status: { facts: noDeviceFacts, checkedAtMs: nowMs, stage: "reading", lastReadingAtMs, sensor },
      figures: {
        ...kept,
        aroseMs: aroseMs === undefined ? {} : { "little-data": aroseMs },
        figures: { ...kept.figures, usualDelayMs, week: { ...kept.figures.week, silences } },
      },
      checkDueMs: nowMs + dayMs,
    });
  };
  const register = async (name: string, known?: Known): Promise<string> => {
    people += 1;
    const partnerUid = `dev-${people}-${randomUUID().slice(0, 6)}`;
    const { patient } = await world.proxy.registerPatient({ partnerUid, name, ...place });
    if (known) await keep(patient.id, known);
    return patient.id;
  };
  return {
    world,
    keep,
    register,
    support: caller(world, await world.signIn("support")),
    clinician: caller(world, await world.signIn("clinician")),
    administrator: caller(world, await world.signIn("administrator")),
  };
}

const silent = (nowMs: number): Known => ({ lastReadingAtMs: nowMs - 5 * hourMs });
const early = (nowMs: number): Known => ({ endsAtMs: nowMs + 4 * dayMs, endedAtMs: nowMs - dayMs });

test("who is in the list of devices, why, and in which order", async () => {
  const { world, register, support } = await clinic();
  const nowMs = world.now();
  await register("Often", { silences: 3 });
  await register("Ending", { endsAtMs: nowMs + 47 * hourMs, received: 0.993, covered: 0.981 });
  await register("Little", { received: 0.4 });
  await register("Silent", silent(nowMs));
  await register("Early", early(nowMs));
  await register("Well", {});
  await register("Unread");
  const { rows, total } = await support.page();
  expect(total).toBe(5);
  expect(rows.map(({ name, reasons }) => [name, ...reasons.map(({ key }) => key)])).toEqual([
    ["Early", "ended-early"],
    ["Silent", "silent"],
    ["Little", "little-data"],
    ["Ending", "ends-soon"],
    ["Often", "often-silent"],
  ]);
  expect(rows.every(({ state }) => state === "open")).toBe(true);
  expect(rows[2]).toMatchObject({
    data: { percent: 40, days: 14 },
    reasons: [{ value: 40, limit: 70, days: 14, cause: "phone-silent", isNew: true }],
    timeZone: place.timeZone,
  });
  // As the patient's own page has it: of what the sensors worn could give.
  expect(rows[3]?.data).toEqual({ percent: 99.3, days: 14 });
  expect(await support.names({ reason: "silent" })).toEqual(["Silent"]);
  expect(await support.names({ q: "litt" })).toEqual(["Little"]);
  expect(await support.names({ q: rows[0]?.partnerUid })).toEqual(["Early"]);
  expect(await support.names({ q: "well" })).toEqual([]);
  expect(await support.names({ limit: 2, offset: 1 })).toEqual(["Silent", "Little"]);
  expect((await support.page({ limit: 1 })).total).toBe(5);
  await world.close();
});

test("support finds by name, ID and serial number, and is not told of birth, phone or hospital number", async () => {
  const { world, keep, support, clinician } = await clinic();
  const own = { dateOfBirth: "1980-04-03", hospitalNumber: "H-77123", phone: "+46 70 123 45 67" };
  const unknown = { diabetesType: null, therapy: null };
  const { patient } = await world.proxy.registerPatient({
    ...place,
    ...own,
    ...unknown,
    partnerUid: "dev-known",
    name: "Anna H Berg",
  });
  await keep(patient.id, silent(world.now()));
  const words = ["77123", "h-77", "1980-04-03", "4567", "+46 70 123 45 67", "anna 77123"];
  for (const q of words) {
    const answer = await clinician.patients("POST", "search", { q });
    expect([q, rosterPage.parse(await answer.json()).total]).toEqual([q, 1]);
    expect([q, await support.names({ q })]).toEqual([q, []]);
  }
  for (const q of ["h", "ann berg", "dev-known", patient.openId])
    expect([q, await support.names({ q })]).toEqual([q, ["Anna H Berg"]]);
  const text = await (await support.send("POST", "")).text();
  for (const value of Object.values(own)) expect(text).not.toContain(value);
  await world.close();
});

test("a search counts whom it finds in each part of the list", async () => {
  const { world, register, support } = await clinic();
  const ids: string[] = [];
  for (const name of ["Berg one", "Berg two", "Berg three", "Other"])
    ids.push(await register(name, silent(world.now())));
  await register("Berg well", {});
  await support.act("POST", `/${ids[0]}/review`);
  await support.act("PUT", `/${ids[1]}/snooze`, { untilMs: null, untilWorse: true });
  const { total, inState } = await support.page({ q: "berg", state: "open" });
  expect({ total, inState }).toEqual({ total: 1, inState: { open: 1, snoozed: 1, reviewed: 1 } });
  expect((await support.page({ q: "berg", reason: "ends-soon" })).inState).toEqual({
    open: 0,
    snoozed: 0,
    reviewed: 0,
  });
  await world.close();
});

test("time alone brings somebody into the list and moves them in it", async () => {
  const { world, register, support } = await clinic();
  await register("Ending", { endsAtMs: world.now() + 49 * hourMs });
  expect(await support.names()).toEqual([]);
  world.advance(56 * minuteMs);
  expect(await support.names()).toEqual([]);
  world.advance(10 * minuteMs);
  expect((await support.rows())[0]?.reasons.map(({ key }) => key)).toEqual(["ends-soon"]);
  await world.close();
});

test("of one reason those who wait longest come first, and of those who wait as long, by name", async () => {
  const { world, register, support } = await clinic();
  const nowMs = world.now();
  const silentFor = (hours: number): Known => ({ lastReadingAtMs: nowMs - hours * hourMs });
  const little = (hours: number): Known => ({ received: 0.4, aroseMs: nowMs - hours * hourMs });
  await register("B silent", silentFor(2));
  await register("A silent", silentFor(2));
  await register("C silent", silentFor(9));
  await register("A little", little(3));
  await register("B little", little(30));
  const rows = await support.rows();
  expect(rows.map(({ name }) => name)).toEqual(["C silent", "A silent", "B silent", "B little", "A little"]);
  const since = rows.map(({ waitingSinceMs }) => (nowMs - (waitingSinceMs ?? 0)) / hourMs);
  expect(since).toEqual([9, 2, 2, 30, 3]);
  await world.close();
});

test("of sensors that end soon the one that ends first comes first, however long it was waited", async () => {
  const { world, register, support } = await clinic();
  const nowMs = world.now();
  await register("B ends in 40", { endsAtMs: nowMs + 40 * hourMs });
  world.advance(3 * minuteMs);
  await register("A ends in 40", { endsAtMs: nowMs + 40 * hourMs });
  await register("Ends in 2", { endsAtMs: nowMs + 2 * hourMs });
  expect(await support.names()).toEqual(["Ends in 2", "B ends in 40", "A ends in 40"]);
  await world.close();
});

test("the sensor’s page waits as long for somebody’s data as the list does", async () => {
  const { world, keep, support } = await clinic();
  for (const person of world.sandbox.cohort) await world.proxy.registerPatient(person);
  const cookie = await world.signIn("clinician");
  const get = async (path: string) => (await world.request(path, { cookie })).json();
  const { owner } = device.parse(await get("/api/devices/P225043056"));
  const id = owner.kind === "patient" ? (owner.patientId ?? "") : "";
  const usualDelay = async () =>
    deviceJourney.parse(await get("/api/devices/P225043056/journey")).usualDelayMs;
  for (const [usualDelayMs, isListed] of [
    [3 * hourMs, false],
    [2 * hourMs, true],
  ] as const) {
    await keep(id, { ...silent(world.now()), usualDelayMs });
    expect(await usualDelay()).toBe(usualDelayMs);
    expect((await support.row(id)) !== undefined).toBe(isListed);
  }
  await world.close();
});

test("a silence is as long as it was when the platform last told, and the list says of when that is", async () => {
  const { world, register, support } = await clinic();
  const [well, quiet] = [await register("Well", {}), await register("Quiet", silent(world.now()))];
  await register("Unread");
  const readMs = world.now();
  world.advance(9 * hourMs);
  const { rows, unchecked, oldestCheckMs } = await support.page();
  expect(rows.map(({ patientId }) => patientId)).toEqual([quiet]);
  expect(rows[0]).toMatchObject({ asOfMs: readMs, reasons: [{ key: "silent", value: 300 }] });
  expect({ unchecked, oldestCheckMs }).toEqual({ unchecked: 1, oldestCheckMs: readMs });
  expect(await support.row(well)).toBeUndefined();
  await world.close();
});

test("an archived and a merged record are not in it", async () => {
  const { world, register, support, clinician } = await clinic();
  const [one, other, part] = [
    await register("One", silent(world.now())),
    await register("Other", silent(world.now())),
    await register("Part", silent(world.now())),
  ];
  await clinician.patients("PATCH", one, { archived: true });
  await clinician.patients("PUT", `${part}/merged-into`, { into: other });
  expect(await support.names()).toEqual(["Other"]);
  expect(await support.names({ q: "part" })).toEqual(["Other"]);
  await world.close();
});

const nowState = fc.record<NowState>({
  band: fc.constantFrom("very-low", "low", "in-range", "high", "very-high"),
  timeMs: fc.constant(0),
  sinceMs: fc.constant(0),
  isAtLeast: fc.boolean(),
  trend: fc.constantFrom(null, 10, 20, 30),
  isNearLow: fc.boolean(),
});
const shares = fc.constantFrom(
  { "very-low": 0.2, low: 0.1, "in-range": 0.5, high: 0.1, "very-high": 0.1 },
  { "very-low": 0, low: 0, "in-range": 1, high: 0, "very-high": 0 },
  { "very-low": 0, low: 0.06, "in-range": 0.3, high: 0.34, "very-high": 0.3 },
);
const glucose = fc.record({
  now: fc.option(nowState),
  timeIn: shares,
  earlier: shares,
  lows: fc.nat(9),
  extendedLows: fc.nat(3),
  nightsWithLows: fc.nat(7),
  lowest: fc.option(fc.constantFrom(2.22, 3.33, 6.66)),
  reviewed: fc.boolean(),
  snoozed: fc.boolean(),
  targets: fc.constantFrom("most-adults", "pregnancy", "older-high-risk" as const),
});
type Glucose = typeof glucose extends fc.Arbitrary<infer T> ? T : never;

const devices = ["silent", "early", "little", "ending", "well"] as const;
const mostPeople = 4;

test("whatever somebody's glucose, targets and clinicians' marks are, support is told the same, in the same order", async () => {
  const { world, register, support, clinician, administrator } = await clinic();
  const store = createPatientStore(world.database, glucoseSealer);
  const ids: string[] = [];
  for (let i = 0; i < mostPeople; i += 1) {
    ids.push(await register(`Person ${i}`));
    world.advance(minuteMs);
  }
  const nowMs = world.now();
  const known = (device: (typeof devices)[number]) =>
    ({
      silent: { lastReadingAtMs: nowMs - 5 * hourMs, endsAtMs: nowMs + 8 * dayMs, received: 0.9 },
      early: { lastReadingAtMs: nowMs - dayMs, endsAtMs: nowMs + 4 * dayMs, received: 0.9 },
      little: { lastReadingAtMs: nowMs, endsAtMs: nowMs + 8 * dayMs, received: 0.3 },
      ending: { lastReadingAtMs: nowMs, endsAtMs: nowMs + hourMs, received: 1 },
      well: { lastReadingAtMs: nowMs, endsAtMs: nowMs + 8 * dayMs, received: 1 },
    })[device];

  const put = async (id: string, device: (typeof devices)[number], of: Glucose) => {
    const { lastReadingAtMs, endsAtMs, received } = known(device);
    const part = { activeShare: received, coveredShare: received };
    const { figures } = buildFigures({
      asOfMs: nowMs,
      fortnight: { ...part, timeIn: of.timeIn },
      week: { ...part, timeIn: of.timeIn },
      weekBefore: { timeIn: of.earlier },
      now: of.now && { ...of.now, timeMs: nowMs, sinceMs: nowMs - 3 * hourMs },
      usualDelayMs: 5 * minuteMs,
    });
    const { lows, extendedLows, nightsWithLows, lowest } = of;
    const low = lowest === null ? null : { valueMmolL: lowest, timeMs: nowMs - hourMs };
    const week = { lows, extendedLows, nightsWithLows, lowest: low, longestLowMs: lows, silences: 0 };
    await clinician.patients("PATCH", id, { targets: of.targets });
    await store.keep(id, {
      status: {
        facts: noDeviceFacts,
        checkedAtMs: nowMs,
        stage: "reading",
        lastReadingAtMs,
        sensor: {
          serial: `P${id.slice(0, 6)}`,
          activatedAtMs: nowMs - 10 * dayMs,
          estimatedEndAtMs: endsAtMs,
          endedAtMs: device === "early" ? nowMs - dayMs : null,
        },
      },
      figures: { targets: of.targets, figures: { ...figures, week }, aroseMs: {} },
      checkDueMs: nowMs + dayMs,
    });
    if (of.reviewed) await clinician.patients("POST", `${id}/review`, { seen: null });
    if (of.snoozed) await clinician.patients("PUT", `${id}/snooze`, { untilMs: null, untilWorse: true });
    else await clinician.patients("DELETE", `${id}/snooze`, {});
  };
  const told = async () => {
    const answers: unknown[] = [];
    for (const query of [
      {},
      { state: "open" },
      { reason: "silent" },
      { q: "person 1" },
      { limit: 1, offset: 1 },
      { reason: "low" },
    ] as Query[])
      for (const { send } of [support, administrator]) {
        const answer = await send("POST", "", query);
        const { requestId: _, ...said } = (await answer.json()) as Record<string, unknown>;
        answers.push([answer.status, said]);
      }
    return JSON.stringify(answers);
  };
  const people = fc.array(fc.tuple(fc.constantFrom(...devices), glucose, glucose), {
    minLength: mostPeople,
    maxLength: mostPeople,
  });
  await fc.assert(
    fc.asyncProperty(people, async (chosen) => {
      for (const [i, [device, one]] of chosen.entries()) await put(ids[i] as string, device, one);
      const first = await told();
      for (const [i, [device, , other]] of chosen.entries()) await put(ids[i] as string, device, other);
      expect(await told()).toBe(first);
    }),
    { numRuns: 25 },
  );
  await world.close();
});

const rowKeys = new Set(
  "patientId name partnerUid timeZone asOfMs lastReadingAtMs sensor isInDoubt bound recalled case data reasons state waitingSinceMs handOver review snooze".split(
    " ",
  ),
);

test("of a clinic with lows no key, word or value of glucose leaves for support, nor stands in the log", async () => {
  const { world, support, clinician } = await clinic();
  for (const person of world.sandbox.cohort) {
    const { patient } = await world.proxy.registerPatient(person);
    await world.request(`/api/patients/${patient.id}/ranges`, { cookie: clinician.cookie });
  }
  const listed = rosterPage.parse(
    await (await clinician.patients("POST", "search", { sort: "who-first", limit: 200 })).json(),
  );
  const lows = listed.rows.filter(({ worklist }) => worklist?.reasons.some(({ key }) => key.includes("low")));
  expect(lows.length).toBeGreaterThan(3);

  const logged = world.logLines.length;
  const answer = await support.send("POST", "", { limit: 200 });
  const text = await answer.text();
  const { rows } = JSON.parse(text) as DeviceWorklistPage;
  expect(rows.length).toBeGreaterThan(3);
  expect(rows.some(({ patientId }) => lows.some(({ id }) => id === patientId))).toBe(true);
  for (const row of rows) {
    for (const key of Object.keys(row)) expect(rowKeys).toContain(key);
    for (const { key, explainedBy } of row.reasons as { key: string; explainedBy?: string }[])
      expect([deviceReasonKeys, explainedBy]).toEqual([expect.arrayContaining([key]), undefined]);
  }
  const glucoseKeys = reasonKeys.filter((key) => !deviceReasonKeys.some((one) => one === key));
  const bad = await (await support.send("POST", "", { reason: "very-low" })).text();
  const unknown = await (await support.send("POST", "/none/review")).text();
  for (const said of [text, bad, unknown, ...world.logLines.slice(logged)]) {
    for (const key of glucoseKeys) expect(said).not.toContain(`"${key}"`);
    expect(said).not.toMatch(/mmol|mgdl|trend|target|band|range|lowest|night|borderline|published|"note/i);
  }
  // Not in the order either: by sensors and phones alone, whoever is low.
  const ranks = rows.map(({ reasons: [worst] }) => deviceReasonKeys.indexOf(worst?.key ?? "ended-early"));
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  await world.close();
});

onBothDatabases((open) => {
  test("who is handed over to support stands first with who did it, until it is dealt with or handed back", async () => {
    const { world, register, support, clinician } = await clinic(await open());
    const nowMs = world.now();
    const early1 = await register("A early", early(nowMs));
    const well = await register("B well", { endsAtMs: nowMs + 20 * dayMs });
    await clinician.patients("PUT", `${well}/hand-over`, { to: { role: "support" } });
    const [first] = await support.rows();
    expect(first).toMatchObject({
      patientId: well,
      reasons: [],
      state: "open",
      handOver: { to: "support", atMs: nowMs, by: { name: expect.any(String) } },
    });
    expect((await support.rows({ handedOver: true })).map(({ patientId }) => patientId)).toEqual([well]);
    // Put off, it goes behind; what was handed over again comes back.
    const untilMs = nowMs + 2 * dayMs;
    expect(await support.act("PUT", `/${well}/snooze`, { untilMs, untilWorse: false })).toBe(200);
    expect((await support.row(well))?.state).toBe("snoozed");
    expect((await support.rows())[0]?.patientId).toBe(early1);
    world.advance(minuteMs);
    await clinician.patients("PUT", `${well}/hand-over`, { to: { role: "support" } });
    expect((await support.row(well))?.state).toBe("open");
    // Dealt with, it stands for a week among those that are, with its words, and undone it is there again.
    expect(await support.act("POST", `/${well}/review`)).toBe(200);
    const words = "Asked: the app was signed out.";
    await support.act("PUT", `/${well}/review`, { atMs: world.now(), words });
    const done = { state: "reviewed", reasons: [], handOver: null, review: { words } };
    expect(await support.rows({ state: "reviewed" })).toMatchObject([done]);
    expect(await support.names({ state: "open" })).toEqual(["A early"]);
    expect(await support.act("DELETE", `/${well}/review`, { atMs: world.now() })).toBe(200);
    expect((await support.row(well))?.handOver?.to).toBe("support");
    await support.act("POST", `/${well}/review`);
    world.advance(7 * dayMs - 1);
    expect((await support.row(well))?.state).toBe("reviewed");
    world.advance(1);
    expect(await support.row(well)).toBeUndefined();
    await clinician.patients("PUT", `${well}/hand-over`, { to: { role: "support" } });
    expect(await support.act("PUT", `/${well}/hand-over`, { to: "back" })).toBe(200);
    expect(await support.row(well)).toBeUndefined();
    const listed = rosterPage.parse(
      await (await clinician.patients("POST", "search", { filter: { handedToMe: true }, limit: 200 })).json(),
    );
    expect(listed.rows.map(({ id }) => id)).toEqual([well]);
    await world.close();
  });

  test("who is handed on by support stands last, and first comes who was handed over first", async () => {
    const { world, register, support, clinician } = await clinic(await open());
    const nowMs = world.now();
    const [a, b] = [await register("A well", {}), await register("B well", {})];
    const early1 = await register("C early", early(nowMs));
    const ending = await register("D ending", { endsAtMs: nowMs + hourMs });
    const own = [a, b, early1, ending];
    const ids = async () =>
      (await support.rows({ limit: 200 })).map(({ patientId }) => patientId).filter((id) => own.includes(id));
    await clinician.patients("PUT", `${b}/hand-over`, { to: { role: "support" } });
    world.advance(2 * minuteMs);
    await clinician.patients("PUT", `${a}/hand-over`, { to: { role: "support" } });
    expect(await ids()).toEqual([b, a, early1, ending]);
    expect(await support.act("PUT", `/${early1}/hand-over`, { to: "clinician" })).toBe(200);
    expect(await ids()).toEqual([b, a, ending, early1]);
    expect(await support.row(early1)).toMatchObject({ state: "open", handOver: { to: "clinician" } });
    // A clinician is through with it: it is support's again.
    await clinician.patients("DELETE", `${early1}/hand-over`, {});
    expect(await ids()).toEqual([b, a, early1, ending]);
    await world.close();
  });

  test("support reads why somebody was handed over, never what clinicians write to each other, and answers", async () => {
    const { world, register, support, clinician } = await clinic(await open());
    const id = await register("A", silent(world.now()));
    const words = "Asks for a new sensor.";
    await clinician.patients("PUT", `${id}/hand-over`, { to: { role: "support" }, words });
    expect((await support.row(id))?.handOver).toMatchObject({ to: "support", words });
    await support.act("POST", `/${id}/review`);
    await support.act("DELETE", `/${id}/review`, { atMs: world.now() });
    expect((await support.row(id))?.handOver?.words).toBe(words);
    const hand = (said: string) => support.act("PUT", `/${id}/hand-over`, { to: "clinician", words: said });
    expect(await hand("They saw 2.4 mmol/L")).toBe(400);
    expect(await hand("x".repeat(301))).toBe(400);
    expect(await hand("It is on its way.")).toBe(200);
    expect((await support.row(id))?.handOver).toMatchObject({ to: "clinician", words: "It is on its way." });
    world.advance(minuteMs);
    await clinician.patients("PUT", `${id}/hand-over`, {
      to: { role: "clinician" },
      words: "Still 2.4 mmol/L.",
    });
    expect((await support.row(id))?.handOver).toBeNull();
    expect(JSON.stringify(await support.rows({ limit: 200 }))).not.toContain("Still");
    await world.close();
  });

  test("support takes a hand-over back while nobody has acted on it, and what stood before stands again", async () => {
    const { world, register, support, clinician } = await clinic(await open());
    const id = await register("A", silent(world.now()));
    const first = world.now();
    const takeBack = (atMs: number) => support.act("DELETE", `/${id}/hand-over`, { atMs });
    await clinician.patients("PUT", `${id}/hand-over`, { to: { role: "support" } });
    expect(await takeBack(first)).toBe(409);
    world.advance(minuteMs);
    await support.act("PUT", `/${id}/hand-over`, { to: "clinician" });
    const second = world.now();
    world.advance(minuteMs);
    await support.act("PUT", `/${id}/hand-over`, { to: "administrator" });
    expect(await takeBack(second)).toBe(409);
    expect(await takeBack(world.now())).toBe(200);
    expect((await support.row(id))?.handOver).toMatchObject({ to: "clinician", atMs: second });
    await clinician.patients("POST", `${id}/review`, { seen: null });
    expect(await takeBack(second)).toBe(409);
    await clinician.patients("DELETE", `${id}/review`, { number: 1 });
    expect(await takeBack(second)).toBe(200);
    expect((await support.row(id))?.handOver).toBeNull();
    await support.act("PUT", `/${id}/hand-over`, { to: "clinician" });
    expect(await takeBack(world.now())).toBe(200);
    expect((await support.row(id))?.handOver).toBeNull();
    await world.close();
  });

  test("of a row that is dealt with nothing is kept a second time while nothing is new", async () => {
    const { world, keep, register, support } = await clinic(await open());
    const id = await register("A", silent(world.now()));
    const atMs = world.now();
    await support.act("POST", `/${id}/review`);
    expect(await support.act("PUT", `/${id}/review`, { atMs, words: "He had 4.2 mmol/L." })).toBe(400);
    await support.act("PUT", `/${id}/review`, { atMs, words: "Phone was off." });
    world.advance(minuteMs);
    expect(await (await support.send("POST", `/${id}/review`)).json()).toMatchObject({ patientId: id, atMs });
    expect((await support.row(id))?.review).toMatchObject({ atMs, words: "Phone was off." });
    await support.act("DELETE", `/${id}/review`, { atMs });
    expect(await support.row(id)).toMatchObject({ state: "open", review: null });
    const kept = await world.database.db
      .selectFrom("audit")
      .select("outcome")
      .where("subject", "=", id)
      .where("action", "=", "patient-devices.review")
      .orderBy("seq")
      .execute();
    expect(kept.map(({ outcome }) => outcome)).toEqual(["ok", "unchanged"]);
    // With a new reason it is another one.
    await support.act("POST", `/${id}/review`);
    await keep(id, { ...silent(world.now()), received: 0.5 });
    world.advance(minuteMs);
    await support.act("POST", `/${id}/review`);
    expect((await support.row(id))?.review?.atMs).toBe(world.now());
    await world.close();
  });

  test("clinicians are told that support dealt with a patient, who, when and in which words", async () => {
    const { world, keep, register, support, clinician, administrator } = await clinic(await open());
    const id = await register("A", silent(world.now()));
    await clinician.patients("PUT", `${id}/hand-over`, { to: { role: "support" } });
    const atMs = world.now();
    const words = "Phone was off; data is back.";
    expect(await support.act("PUT", `/${id}/review`, { atMs, words })).toBe(404);
    await support.act("POST", `/${id}/review`);
    expect(await support.act("PUT", `/${id}/review`, { atMs: atMs - 1, words })).toBe(409);
    expect(await administrator.act("PUT", `/${id}/review`, { atMs, words })).toBe(400);
    expect(await support.act("PUT", `/${id}/review`, { atMs, words: " " })).toBe(400);
    expect(await support.act("PUT", `/${id}/review`, { atMs, words: "x".repeat(301) })).toBe(400);
    expect(await support.act("PUT", `/${id}/review`, { atMs, words: ` ${words}` })).toBe(200);
    const answer = await clinician.patients("POST", "search", { limit: 200 });
    const { marks } = rosterPage.parse(await answer.json()).rows.find((row) => row.id === id) ?? {};
    expect(marks).toMatchObject({
      handOver: null,
      devices: { review: { atMs, words, by: expect.any(String) } },
    });
    expect((await support.row(id))?.review).toMatchObject({ atMs, words });
    // Nothing that was said is lost by what is said next.
    const say = (more: string) => support.act("PUT", `/${id}/review`, { atMs, words: more });
    expect([await say(words), await say("Box 5"), await say("Box 5"), await say("mmol/L")]).toEqual([
      200, 200, 200, 400,
    ]);
    const both = `${words} · Box 5`;
    expect((await support.row(id))?.review?.words).toBe(both);
    expect(await say("x".repeat(300 - both.length - 2))).toBe(400);
    expect((await support.row(id))?.review?.words).toBe(both);
    world.advance(minuteMs);
    await keep(id, { ...silent(world.now()), received: 0.5 });
    await support.act("POST", `/${id}/review`);
    expect((await support.row(id))?.review?.words).toBeUndefined();
    await support.act("DELETE", `/${id}/review`, { atMs: world.now() });
    expect((await support.row(id))?.review).toMatchObject({ atMs, words: both });
    await world.close();
  });

  test("what support does hides nothing from clinicians, and what clinicians do nothing from support", async () => {
    const { world, register, support, clinician } = await clinic(await open());
    const id = await register("A", silent(world.now()));
    const stateForClinicians = async () => {
      const answer = await clinician.patients("POST", "search", { limit: 200 });
      const found = rosterPage.parse(await answer.json()).rows.find((row) => row.id === id);
      return found?.worklist?.state;
    };
    const untilMs = world.now() + dayMs;
    for (const [act, undo] of [
      [
        () => support.act("POST", `/${id}/review`),
        () => support.act("DELETE", `/${id}/review`, { atMs: world.now() }),
      ],
      [
        () => support.act("PUT", `/${id}/snooze`, { untilMs, untilWorse: false }),
        () => support.act("DELETE", `/${id}/snooze`),
      ],
    ] as const) {
      expect(await act()).toBe(200);
      expect((await support.row(id))?.state).not.toBe("open");
      expect(await stateForClinicians()).toBe("open");
      expect(await undo()).toBe(200);
      expect((await support.row(id))?.state).toBe("open");
    }
    await clinician.patients("POST", `${id}/review`, { seen: null });
    expect(await stateForClinicians()).toBe("reviewed");
    expect(await support.row(id)).toMatchObject({ state: "open", review: null, snooze: null });
    await world.close();
  });

  test("a hand-over that was ended since does not come back with a review that is taken back", async () => {
    const { world, register, support, clinician } = await clinic(await open());
    const id = await register("A", silent(world.now()));
    await clinician.patients("PUT", `${id}/hand-over`, { to: { role: "support" } });
    await support.act("POST", `/${id}/review`);
    await clinician.patients("PUT", `${id}/hand-over`, { to: { role: "clinician" } });
    await clinician.patients("DELETE", `${id}/hand-over`, {});
    expect(await support.act("DELETE", `/${id}/review`, { atMs: world.now() })).toBe(200);
    expect(await support.row(id)).toMatchObject({ state: "open", handOver: null });
    await world.close();
  });

  test("a reviewed row comes back with what is new, and not with what was there", async () => {
    const { world, keep, register, support } = await clinic(await open());
    const id = await register("A", { silences: 3 });
    await support.act("POST", `/${id}/review`);
    expect(await support.row(id)).toMatchObject({ state: "reviewed", reasons: [{ isNew: false }] });
    world.advance(dayMs);
    await keep(id, { silences: 4 });
    expect((await support.row(id))?.state).toBe("reviewed");
    await keep(id, { silences: 4, received: 0.5 });
    const row = await support.row(id);
    expect(row?.state).toBe("open");
    expect(row?.reasons.map(({ key, isNew }) => [key, isNew])).toEqual([
      ["little-data", true],
      ["often-silent", false],
    ]);
    await world.close();
  });

  test("a patient who is with a colleague stays there, and support is not told", async () => {
    const { world, register, support, clinician, administrator } = await clinic(await open());
    const id = await register("A", silent(world.now()));
    const email = `zoe-${randomUUID().slice(0, 6)}@clinic.example`;
    const password = "correct horse battery";
    await addColleague(world, administrator.cookie, { name: "Zoe", email, role: "clinician", password });
    await clinician.patients("PUT", `${id}/hand-over`, { to: { role: "clinician" } });
    expect((await support.row(id))?.handOver).toBeNull();
    expect(await support.act("PUT", `/${id}/hand-over`, { to: "clinician" })).toBe(400);
    expect(await support.act("PUT", `/${id}/hand-over`, { to: "back" })).toBe(400);
    await clinician.patients("DELETE", `${id}/hand-over`, {});
    expect(await support.act("PUT", `/${id}/hand-over`, { to: "back" })).toBe(400);
    expect(await support.act("PUT", `/${id}/hand-over`, { to: "clinician" })).toBe(200);
    expect((await support.row(id))?.handOver?.to).toBe("clinician");
    expect(await support.act("PUT", `/${id}/hand-over`, { to: "administrator" })).toBe(200);
    await world.close();
  });

  test("the trail names whoever was shown and what was done, and never what was searched for", async () => {
    const { world, register, support } = await clinic(await open());
    const id = await register("Searchedfor", silent(world.now()));
    await support.rows({ q: "searchedf" });
    await support.rows({ handedOver: true, limit: 7 });
    const { total } = await support.page();
    await support.act("POST", `/${id}/review`);
    await support.act("DELETE", `/${id}/review`, { atMs: 1 });
    await support.act("PUT", `/${id}/hand-over`, { to: "clinician" });
    const rows = await world.database.db
      .selectFrom("audit")
      .select(["action", "outcome", "subject", "details"])
      .where("request_id", "!=", "none")
      .orderBy("seq")
      .execute();
    const own = rows.filter(({ action }) => /^patient(-devices|.hand-over)/.test(action)).slice(-6);
    expect(own.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "patient-devices.search ok",
      "patient-devices.view ok",
      "patient-devices.view ok",
      "patient-devices.review ok",
      "patient-devices.review-undo failed",
      "patient.hand-over ok",
    ]);
    expect(own[0]?.details).toContain(id);
    expect(JSON.parse(own[2]?.details ?? "{}")).toMatchObject({ found: total });
    expect(own[2]?.details).toContain(id);
    expect(own.slice(3).every(({ subject }) => subject === id)).toBe(true);
    expect(JSON.stringify(rows)).not.toMatch(/searchedf/i);
    await world.close();
  });

  const wrong: [method: string, part: string, body: object][] = [
    ["POST", "", { q: "x".repeat(201) }],
    ["POST", "", { reason: "very-low" }],
    ["POST", "", { state: "none" }],
    ["POST", "", { limit: 201 }],
    ["POST", "", { offset: -1 }],
    ["POST", "", { sort: "lowest" }],
    ["DELETE", "review", { atMs: "1" }],
    ["PUT", "snooze", { untilMs: 1, untilWorse: false }],
    ["PUT", "snooze", { untilMs: null, untilWorse: false }],
    ["PUT", "hand-over", { to: { staffId: "x" } }],
    ["PUT", "hand-over", { to: "support" }],
  ];
  test("what cannot be used is refused", async () => {
    const { world, register, support } = await clinic(await open());
    const id = await register("A", silent(world.now()));
    for (const [method, part, body] of wrong)
      expect([part, body, await support.act(method, part && `/${id}/${part}`, body)]).toEqual([
        part,
        body,
        400,
      ]);
    expect(await support.act("POST", "/none/review")).toBe(404);
    expect(await support.act("DELETE", `/${id}/review`, { atMs: 1 })).toBe(404);
    await world.close();
  });

  test("a row knows the sensor that the database has as bound by now, without the platform", async () => {
    const { world, register, support } = await clinic(await open());
    const id = await register("Bound", early(world.now()));
    expect((await support.row(id))?.bound).toBeNull();
    const patient = await createPatientStore(world.database, glucoseSealer).byId(id);
    const serial = `Q${randomUUID().slice(0, 8).toUpperCase()}`;
    await createSensorStore(world.database.db, world.now).note([
      {
        serial,
        state: "bound",
        openId: patient?.openId ?? null,
        boundAtMs: world.now() - 30 * hourMs,
        activatedAtMs: null,
        estimatedEndAtMs: null,
        endedAtMs: null,
        partnerId: null,
        askedAtMs: world.now(),
      },
    ]);
    expect(await support.row(id)).toMatchObject({ bound: serial, recalled: null });
    await world.close();
  });

  test("a row says of the newest case about its sensor how it stands, how often somebody called and what replaces it", async () => {
    const { world, register, support } = await clinic(await open());
    const id = await register("Case", early(world.now()));
    const serial = (await support.row(id))?.sensor?.serial ?? "";
    expect((await support.row(id))?.case).toBeNull();
    const send = (path: string, body: object, method = "POST") =>
      world.request(`/api/cases${path}`, { ...json(body), method, cookie: support.cookie });
    const given = { serial, receivedAtMs: world.now(), nature: "It fell off." };
    await send("", { ...given, receivedAtMs: world.now() - hourMs });
    const opened = (await (await send("", given)).json()) as { id: string };
    await send(`/${opened.id}/calls`, { said: "Again." });
    const closed = { state: "closed", replacementSerial: "P225240118", isReplacementSure: true };
    await send(`/${opened.id}`, closed, "PATCH");
    expect((await support.row(id))?.case).toEqual({
      id: opened.id,
      serial,
      state: "closed",
      calls: 3,
      replacementSerial: "P225240118",
      isReplacementRecalled: false,
    });
    await world.close();
  });
});
