import { expect, test } from "vitest";
import { keptAppointments, resolvedLines } from "#contract/appointments.ts";
import type { Patient } from "#contract/patient.ts";
import { rosterPage } from "#contract/roster.ts";
import { timeOn } from "#proxy/roster/line-lead.ts";
import type { Database } from "#proxy/store/database.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { createWorld, json } from "#test/support/world.ts";

const hourMs = 3_600_000;
const path = "/api/account/appointments";

async function worldOf(database?: Database) {
  const world = await createWorld(database ? { database } : {});
  const people = [];
  for (const person of world.sandbox.cohort.slice(0, 4))
    people.push((await world.proxy.registerPatient(person)).patient);
  const cookie = await world.signIn("clinician");
  const send = (method: string, to: string, body?: object, as = cookie) =>
    world.request(to, { ...(body ? json(body) : {}), method, cookie: as });
  return { world, people, send };
}

onBothDatabases((open: () => Promise<Database>) => {
  test("appointments are one account's, in their order, a view of the list, and gone when the day is over", async () => {
    const { world, people, send } = await worldOf(await open());
    const ids = [people[2]?.id, people[0]?.id, people[3]?.id];
    const kept = async (as?: string) =>
      keptAppointments
        .parse(await (await send("GET", path, undefined, as)).json())
        .patients.map(({ id }) => id);
    expect(await kept()).toEqual([]);
    expect((await send("PUT", path, { ids, untilMs: world.now() + 8 * hourMs })).status).toBe(200);
    expect(await kept()).toEqual(ids);
    expect(await kept(await world.signIn("administrator"))).toEqual([]);
    const query = { filter: { appointments: true }, sort: "appointments" };
    const listed = async () =>
      rosterPage
        .parse(await (await send("POST", "/api/patients/search", query)).json())
        .rows.map(({ id }) => id);
    expect(await listed()).toEqual(ids);
    await send("PUT", path, { ids, times: { [`${ids[1]}`]: "09:15" }, untilMs: world.now() + 8 * hourMs });
    const { patients } = keptAppointments.parse(await (await send("GET", path)).json());
    expect(patients.map(({ time }) => time)).toEqual([null, "09:15", null]);
    await send("PUT", path, { ids: ids.slice(0, 1), untilMs: world.now() + 8 * hourMs });
    expect(await listed()).toEqual(ids.slice(0, 1));
    world.advance(8 * hourMs);
    expect(await kept()).toEqual([]);
    expect(await listed()).toEqual([]);
    expect(await world.database.db.selectFrom("appointment").selectAll().execute()).toEqual([]);
    await world.close();
  });

  test("they can be removed, and what is done with them is in the trail", async () => {
    const { world, people, send } = await worldOf(await open());
    await send("PUT", path, { ids: people.map(({ id }) => id), untilMs: world.now() + hourMs });
    await send("DELETE", path);
    expect(keptAppointments.parse(await (await send("GET", path)).json()).patients).toEqual([]);
    const rows = await world.database.db
      .selectFrom("audit")
      .select("action")
      .where("action", "like", "appointments.%")
      .orderBy("seq")
      .execute();
    expect(rows.slice(-2).map(({ action }) => action)).toEqual(["appointments.set", "appointments.remove"]);
    await world.close();
  });
});

test("more than a hundred, one of them twice or a day without an end is refused", async () => {
  const { world, send } = await worldOf();
  const many = Array.from({ length: 101 }, (_, i) => `p${i}`);
  const untilMs = world.now() + hourMs;
  for (const body of [
    { ids: many, untilMs },
    { ids: ["p1", "p1"], untilMs },
    { ids: ["p1"], times: { p1: "9 am" }, untilMs },
    { ids: ["p1"], untilMs: world.now() },
    { ids: ["p1"], untilMs: world.now() + 26 * hourMs },
  ])
    expect((await send("PUT", path, body)).status).toBe(400);
  await world.close();
});

test.each([
  ["09:15 Anna Berg", "09:15"],
  ["1) 9.30 Uhr Anna Berg", "09:30"],
  ["Anna Berg\t14:00-14:20", "14:00"],
  ["3 pm, clinic-0001", "15:00"],
  ["12 am Anna Berg", null],
  ["2026-11-28 08:05 Anna Berg, 03.04.1980", "08:05"],
  ["28.11.2026 8.05 Anna", "08:05"],
  ["上午9点15分 王芳", "09:15"],
  ["下午3点半 王芳", "15:30"],
  ["0840 Anna Berg", "08:40"],
  ["2. 0840-0910 Anna Berg", "08:40"],
  ["8h37 Anna Berg", "08:37"],
  ["08:36-09:00 Anna Berg", "08:36"],
  ["8.45 Liu Yang (15.03.1978) pump start", "08:45"],
  ["clinic-0915", null],
  ["1978 Anna Berg", null],
  ["Anna Berg 0915", null],
  ["Anna Berg, 03.04.1980", null],
  ["5 Hansen", null],
])("of the line “%s” the time of day is %s", (line, time) => {
  expect(timeOn(line).time).toBe(time);
});

test("a pasted line is who has it as an ID or a name, whole or by its cells; of one name all are told", async () => {
  const { world, people, send } = await worldOf();
  const [one, two] = people as [(typeof people)[number], (typeof people)[number]];
  const twin = { ...world.sandbox.cohort[5], name: one.name } as (typeof world.sandbox.cohort)[number];
  const { patient: other } = await world.proxy.registerPatient(twin);
  const lines = [
    one.partnerUid.toUpperCase(),
    ` ${two.name} `,
    `09:30\t${two.partnerUid}`,
    one.name,
    "clinic-9997",
    `${one.partnerUid}, ${two.partnerUid}`,
    `${one.name};${one.partnerUid}`,
  ];
  const answer = await send("POST", "/api/patients/resolve", { lines });
  const resolved = resolvedLines.parse(await answer.json()).lines;
  expect(resolved.map(({ exact }) => exact.map(({ id }) => id).sort())).toEqual([
    [one.id],
    [two.id],
    [two.id],
    [one.id, other.id].sort(),
    [],
    [one.id],
    [two.id],
    [one.id],
  ]);
  const text = JSON.stringify(
    await world.database.db
      .selectFrom("audit")
      .select("details")
      .where("action", "=", "patients.search")
      .execute(),
  );
  expect(text).not.toContain(two.name);
  await world.close();
});

test("a name is its person's with a time, a title or a remark, in any order of words, and in pinyin", async () => {
  const { world, send } = await worldOf();
  const register = async (index: number, name: string) => {
    const person = world.sandbox.cohort[index] as (typeof world.sandbox.cohort)[number];
    return (await world.proxy.registerPatient({ ...person, name })).patient.id;
  };
  const jack = await register(10, "Jack O'Sullivan");
  const anna = await register(11, "Ines Schröder");
  const kim = await register(12, "Kim Kowalski");
  const zhang = await register(13, "张伟");
  const wanted: [string, string[]][] = [
    ["09:00 Jack O’Sullivan", [jack]],
    ["Jack O'Sullivan 09:00", [jack]],
    ["O'Sullivan, Jack", [jack]],
    ["3. 9:30 O'Sullivan, Jack", [jack]],
    ["10:30 Mrs Ines Schroeder", [anna]],
    ["Frau Dr. Schröder Ines", [anna]],
    ["Kim Kowalski (new)", [kim]],
    ["09:15\tHerr Kim Kowalski (neu)\tRoom 2", [kim]],
    ["zhang wei", [zhang]],
    ["张伟先生 14:00", [zhang]],
    // Part of a name is nobody's for certain.
    ["Kowalski", []],
    ["Mrs Schroeder", []],
  ];
  for (const [line, ids] of wanted) {
    const answer = await send("POST", "/api/patients/resolve", { lines: [line] });
    const { lines } = resolvedLines.parse(await answer.json());
    expect([line, lines.flatMap(({ exact }) => exact.map(({ id }) => id))]).toEqual([line, ids]);
  }
  await world.close();
});

test("a day of birth on the line tells people of one name apart, and who was born on another day is not taken", async () => {
  const { world, send } = await worldOf();
  const register = async (index: number, dateOfBirth: string | null) => {
    const person = world.sandbox.cohort[index] as (typeof world.sandbox.cohort)[number];
    const { patient } = await world.proxy.registerPatient({ ...person, name: "María García" });
    expect((await send("PATCH", `/api/patients/${patient.id}`, { dateOfBirth })).status).toBe(200);
    return patient.id;
  };
  const older = await register(10, "1955-02-28");
  const younger = await register(11, "1988-11-30");
  for (const [line, ids, offered] of [
    ["10:20 Maria García (born 30.11.1988)", [younger], []],
    ["Maria García 1955-02-28", [older], []],
    ["Maria García 01.01.1990", [], [older, younger]],
    // The day of the appointment is nobody's day of birth.
    [`${new Date(world.now()).toISOString().slice(0, 10)} Maria García`, [older, younger], []],
  ] as const) {
    const answer = await send("POST", "/api/patients/resolve", { lines: [line] });
    const { lines } = resolvedLines.parse(await answer.json());
    const idsOf = (found: readonly { id: string }[]) => found.map(({ id }) => id).sort();
    expect([line, lines.map(({ exact }) => idsOf(exact)), lines.map(({ like }) => idsOf(like))]).toEqual([
      line,
      [[...ids].sort()],
      [[...offered].sort()],
    ]);
  }
  await world.close();
});

test("every cell that is an ID is a patient; other columns are not, and what cannot be taken is told", async () => {
  const { world, people, send } = await worldOf();
  const [one, two, three] = people as [Patient, Patient, Patient];
  const change = (body: object) => send("PATCH", `/api/patients/${one.id}`, body);
  expect(
    (await change({ hospitalNumber: "778812", phone: "13800138000", dateOfBirth: "1980-04-03" })).status,
  ).toBe(200);
  const lines = [
    `${one.partnerUid}, ${two.partnerUid}`,
    `${three.partnerUid};${two.partnerUid}`,
    `778812\t${two.partnerUid}`,
    `778812\t${one.partnerUid}\t${one.name}\t1980-04-03\t09:30-10:00\t138 0013 8000`,
    `${one.partnerUid}, clinic-9999, follow-up`,
    `${one.partnerUid}, ${two.name}`,
    "clinic-9998, clinic-9999",
  ];
  const resolved = [];
  for (const line of lines) {
    const answer = await send("POST", "/api/patients/resolve", { lines: [line] });
    const { lines: found, ignored } = resolvedLines.parse(await answer.json());
    resolved.push({ found: found.map(({ text, exact }) => [text, ...exact.map(({ id }) => id)]), ignored });
  }
  const [a, b, c] = [one, two, three].map(({ partnerUid }) => partnerUid);
  expect(resolved).toEqual([
    {
      found: [
        [a, one.id],
        [b, two.id],
      ],
      ignored: [],
    },
    {
      found: [
        [c, three.id],
        [b, two.id],
      ],
      ignored: [],
    },
    {
      found: [
        ["778812", one.id],
        [b, two.id],
      ],
      ignored: [],
    },
    { found: [[lines[3], one.id]], ignored: [] },
    { found: [[a, one.id], ["clinic-9999"]], ignored: ["follow-up"] },
    {
      found: [
        [a, one.id],
        [two.name, two.id],
      ],
      ignored: [],
    },
    { found: [["clinic-9998, clinic-9999"]], ignored: [] },
  ]);
  const beside = await send("POST", "/api/patients/resolve", { lines: [lines[5]] });
  expect(resolvedLines.parse(await beside.json()).lines.map(({ isBeside }) => isBeside)).toEqual([
    false,
    true,
  ]);
  await world.close();
});

test("numbers and times at the beginning of a line are nobody's, and IDs may stand with blanks between", async () => {
  const { world, people, send } = await worldOf();
  const [one, two] = people as [Patient, Patient];
  const [a, b] = [one.partnerUid, two.partnerUid];
  const numbered = { ...world.sandbox.cohort[5], name: "12.30" } as (typeof world.sandbox.cohort)[number];
  const { patient: odd } = await world.proxy.registerPatient(numbered);
  const resolve = async (line: string) => {
    const answer = await send("POST", "/api/patients/resolve", { lines: [line] });
    const { lines, ignored, notAppointments } = resolvedLines.parse(await answer.json());
    const told = lines.length + notAppointments.length;
    return { found: lines.flatMap(({ exact }) => exact.map(({ id }) => id)), ignored, told };
  };
  for (const lead of [
    "09:15 ",
    "9.15 Uhr, ",
    "9.15 - 9.45 Uhr ",
    "9 am, ",
    "1. ",
    "1.",
    "2) 09:15\t",
    "12\t",
    "3 ",
    "• ",
    "- ",
    "28.11. 09:15 ",
    "2026-11-28 09:15 – 09:45; ",
    "上午9点15分 ",
    "1、",
  ])
    for (const [who, id] of [
      [one.name, one.id],
      [b, two.id],
    ])
      expect(await resolve(`${lead}${who}`), lead + who).toEqual({ found: [id], ignored: [], told: 1 });
  expect(await resolve(`${a} ${b}`)).toEqual({ found: [one.id, two.id], ignored: [], told: 2 });
  expect(await resolve(`09:15 ${a}  ${b}, follow-up`)).toEqual({
    found: [one.id, two.id],
    ignored: ["follow-up"],
    told: 2,
  });
  // Nothing is taken of a line of which a word is no ID: it is told.
  for (const line of [`${a} clinic-9999`, `${a} Nobody At All`, "09:15", "1. nobody at all", "9.15 Uhr"])
    expect(await resolve(line), line).toEqual({ found: [], ignored: [], told: 1 });
  // What looks like a time is somebody's if it is.
  expect((await resolve(`12.30, ${a}`)).found).toEqual([one.id, odd.id]);
  await world.close();
});

test("who is archived is found as that, stays in the day as that, and is counted beside the list", async () => {
  const { world, people, send } = await worldOf();
  const [one, two] = people as [Patient, Patient];
  await send("PUT", path, { ids: [one.id, two.id], untilMs: world.now() + hourMs });
  const archive = { archived: true, from: { merged: [] } };
  expect((await send("PATCH", `/api/patients/${one.id}`, archive)).status).toBe(200);
  const answer = await send("POST", "/api/patients/resolve", { lines: [one.partnerUid, one.name] });
  for (const { exact } of resolvedLines.parse(await answer.json()).lines)
    expect(exact).toMatchObject([{ id: one.id, isArchived: true }]);
  const kept = keptAppointments.parse(await (await send("GET", path)).json()).patients;
  expect(kept.map(({ isArchived }) => isArchived)).toEqual([true, false]);
  const listed = async (filter: object) =>
    rosterPage.parse(await (await send("POST", "/api/patients/search", { filter })).json());
  expect(await listed({ appointments: true })).toMatchObject({
    total: 1,
    outsideFilter: { listed: 0, archived: 1 },
  });
  expect(await listed({ appointments: true, archived: true })).toMatchObject({
    total: 1,
    outsideFilter: { listed: 1, archived: 0 },
  });
  await world.close();
});
