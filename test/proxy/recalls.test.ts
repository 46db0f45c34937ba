import { expect, test } from "vitest";
import { deviceWorklistPage } from "#contract/device-worklist.ts";
import {
  deviceRecalls,
  mostContactTries,
  recallList,
  recallPeople,
  recall as recallSchema,
} from "#contract/recalls.ts";
import { rosterPage } from "#contract/roster.ts";
import { dayMs } from "#glucose/time.ts";
import type { Database } from "#proxy/store/database.ts";
import { createSensorStore } from "#proxy/store/sensors.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { beginRecall } from "#test/support/recall.ts";
import { createWorld, json } from "#test/support/world.ts";

const authSecret = "0123456789abcdef0123456789abcdef";

/** A desk that knows sensors of two patients, one of nobody here, and one in its box. */
async function openDesk(database: Database) {
  const world = await createWorld({ database, authSecret });
  const [one, two] = world.sandbox.cohort;
  if (!one || !two) throw new Error("the sandbox has no people");
  const first = (await world.proxy.registerPatient(one)).patient;
  const second = (await world.proxy.registerPatient({ ...two, phone: "+8613800000000" })).patient;
  const store = createSensorStore(world.database.db, world.now);
  const sensor = (
    serial: string,
    state: "activated" | "ended" | "bound" | "unknown",
    openId: string | null,
    boundAtMs = 1,
  ) => ({
    serial,
    state,
    openId,
    boundAtMs,
    activatedAtMs: 2,
    estimatedEndAtMs: null,
    endedAtMs: state === "ended" ? 3 : null,
    partnerId: null,
    askedAtMs: world.now(),
  });
  await store.note([
    sensor("P220000100", "activated", first.openId),
    sensor("P220000101", "ended", first.openId),
    sensor("P220000102", "ended", second.openId),
    sensor("P220000103", "bound", null),
    sensor("P220000104", "unknown", null),
  ]);
  const cookie = await world.signIn("support");
  const send = (body: BodyInit, name = "recall.csv", answers: Record<string, boolean> = {}) =>
    world.request(`/api/recalls?${new URLSearchParams({ answers: JSON.stringify(answers) })}`, {
      method: "POST",
      headers: { "x-file-name": name },
      body,
      cookie,
    });
  return {
    ...world,
    cookie,
    first,
    second,
    send,
    note: (...of: Parameters<typeof sensor>) => store.note([sensor(...of)]),
    begin: (body: BodyInit) => beginRecall(world, body, cookie),
    people: async (id: string, as = cookie, query = "") =>
      recallPeople.parse(
        await (await world.request(`/api/recalls/${id}/people${query}`, { cookie: as })).json(),
      ),
  };
}

const file = `serial,lot
p220000100,L1
Ｐ２２０００0101,L1
"P2200 00102",L1
P220000100,L1
P22O000104,L1
(01)06971234567895(10)L1(21)P220000103,L1
X999999999,L1
,
nothing here,L2`;

const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
/** "序列号,批号" and "不受影响：" in GB18030. */
const gbk = (...parts: readonly (readonly number[] | string)[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part)] : [...part])));
const chineseNames = [0xd0, 0xf2, 0xc1, 0xd0, 0xba, 0xc5, 0x2c, 0xc5, 0xfa, 0xba, 0xc5];
const notAffected = [0xb2, 0xbb, 0xca, 0xdc, 0xd3, 0xb0, 0xcf, 0xec, 0xa3, 0xba];

const letter = `Vendor GmbH, Urgent Field Safety Notice
Sensors such as P220000101 are not affected and need not be returned.
P220000102
`;
const one = ["P220000100"];
/** Each file with the serials of ours that it recalls and the lines of it that are not taken. */
const readings: [name: string, body: string | Uint8Array<ArrayBuffer>, taken: string[], not: number[]][] = [
  ["a letter above a table", `${letter}\nItem,Serial number,Lot\n1,P220000100,L1\n`, one, [1, 2, 3]],
  [
    "a letter above a table of semicolons",
    `${letter}Lot;S/N\nL1;P220000100\nP220000101;X220000999\n`,
    one,
    [1, 2, 3],
  ],
  ["a letter above one column", `${letter}Serial number\nP220000100\n`, one, [1, 2, 3]],
  ["a letter above tabs", `${letter}Serial number (SN)\tLot\nP220000100\tP220000101\n`, one, [1, 2, 3]],
  ["a letter above bars", `${letter}| Lot | Sensor serial number |\n| L1 | P220000100 |\n`, one, [1, 2, 3]],
  ["a letter in UTF-16", utf16(`${letter}Item;Serial no.\r\n1;P220000100\r\n`), one, [1, 2, 3]],
  [
    "a long letter",
    `${"Please read this, P220000101.\n".repeat(15)}Serial number\nP220000100\n`,
    one,
    Array.from({ length: 15 }, (_, i) => i + 1),
  ],
  [
    "a letter in Chinese",
    "紧急召回通知\nP220000101 等传感器不受影响，无需退回。\n产品,序列号,批号\n传感器,P220000100,L1\n不受影响：P220000102，P220000103\n合计：1\n",
    one,
    [1, 2, 5, 6],
  ],
  [
    "Chinese in GB18030",
    gbk("P220000101 ", notAffected, "\n", chineseNames, "\nP220000100,L1\n", notAffected, "P220000102,\n"),
    one,
    [1, 4],
  ],
  [
    "commas within quotes",
    'Product,Serial number,Note\n"Sensor, 14 days, with P220000101","P220000100","replaces: P220000102, see letter"\n"inch, 14"", long",P220000103,\n',
    ["P220000100", "P220000103"],
    [],
  ],
  ["a quote that is not closed", 'Product,Serial number\n"Sensor,P220000100\n', one, []],
  [
    "a table with words below",
    "Item,Serial number,Lot,GTIN\n1,P220000100,L1,06\nTotal: 2 sensors\nTotal,2,,\nNot affected: P220000101, P220000102\nnot affected:,P220000103,,\nSee our letter, P220000101, for more.\n",
    one,
    [3, 4, 5, 6, 7],
  ],
  [
    "two columns with words below",
    "Lot,Serial number\nL1,P220000100\nNot affected: P220000101, P220000102\nNot affected:,P220000103\n",
    one,
    [3, 4],
  ],
  [
    "one column with words below",
    "serial\nP220000100\n(not affected) P220000101\nnot affected: P220000102\nP220000103 not affected\nTotal 2\n",
    one,
    [3, 4, 5, 6],
  ],
  [
    "a row with a note behind its serial",
    "Serial number,Note\nP220000100,replacement for P220000101\nP220000102, sent; please note: P220000103\n",
    ["P220000100", "P220000102"],
    [],
  ],
  [
    "two tables with their columns otherwise",
    "Serial number,Lot\nP220000100,P220000101\n\nLot,Serial number\nP220000101,P220000103\n",
    ["P220000100", "P220000103"],
    [],
  ],
  ["a column of devices before that of serials", "Device,Serial number\nP220000101,P220000100\n", one, []],
  [
    "no names of columns",
    "P220000100\nP2200 00102\nSN: P220000103\n(01)06971234567895(10)L1(21)P220000101\n",
    ["P220000100", "P220000102", "P220000103", "P220000101"],
    [],
  ],
  [
    "sentences without names of columns",
    "Dear all,\nSensors such as P220000101 are not affected.\nP220000100,L1\nNot affected: P220000102, P220000103\nIn short, P220000102, as well as others, is fine.\nP220000101, P220000102 and P220000103 are not affected.\n如 P220000103 无需退回\n[not affected] P220000101\nplease return (01)06971234567895(21)P220000101 at once\n",
    one,
    [1, 2, 4, 5, 6, 7, 8, 9],
  ],
  [
    "several in a line",
    "P220000100 P220000101\nP220000102、P220000103\nCGM sensor kit with applicator,P220000100,L1\n- P220000100\n2. P220000101\n",
    [...one, "P220000101", "P220000102", "P220000103", ...one, ...one, "P220000101"],
    [],
  ],
];

onBothDatabases((open) => {
  test("a serial that nobody here has seen stands in its recall whether it is asked about before or after it is looked up", async () => {
    const desk = await openDesk(await open());
    const [unseen, unknown] = ["P225043050", "P229999999"];
    const { id } = await desk.begin(`${unseen}\n${unknown}\n`);
    const recallsOf = async (serial: string) => {
      const answer = await desk.request(`/api/devices/${serial}/recalls`, { cookie: desk.cookie });
      return deviceRecalls.parse(await answer.json()).recalls.filter((recall) => recall.id === id).length;
    };
    const lookUp = async (serial: string) =>
      (await desk.request(`/api/devices/${serial}`, { cookie: desk.cookie })).status;
    expect(await recallsOf(unseen)).toBe(1);
    expect(await lookUp(unseen)).toBe(200);
    expect(await recallsOf(unseen)).toBe(1);
    expect(
      recallSchema.parse(await (await desk.request(`/api/recalls/${id}`, { cookie: desk.cookie })).json())
        .sensors,
    ).toMatchObject({ box: 1 });
    expect(await lookUp(unknown)).toBe(404);
    expect(await recallsOf(unknown)).toBe(1);
    expect(await recallsOf("P229999998")).toBe(0);
    await desk.close();
  });

  test("the serials that are not known here are told of a file that was just compared, and looked up they join the recall", async () => {
    const desk = await openDesk(await open());
    const compared = recallSchema.parse(await (await desk.send("P229990000\nP220000103\n")).json());
    expect(compared.unknown).toEqual(["P229990000"]);
    const begun = await desk.request(`/api/recalls/${compared.id}/begin`, {
      ...json({ name: "Lot 1" }),
      cookie: desk.cookie,
    });
    expect(recallSchema.parse(await begun.json()).unknown).toBeUndefined();
    const many = Array.from({ length: 5001 }, (_, i) => `Q${String(i).padStart(9, "0")}`).join("\n");
    expect(recallSchema.parse(await (await desk.send(many)).json()).unknown).toBeNull();
    await desk.close();
  });

  test("a file that was compared is nobody's recall before it is begun, and forgotten after a day", async () => {
    const desk = await openDesk(await open());
    const compare = async () => {
      const asked = recallSchema.parse(await (await desk.send(file)).json());
      const answers = Object.fromEntries(
        (asked.shown?.questions ?? []).flatMap(({ kind, options }) =>
          options.map(({ key }) => [key, kind !== "alike"]),
        ),
      );
      return recallSchema.parse(await (await desk.send(file, "recall.csv", answers)).json());
    };
    const begin = async (id: string, name = "Lot 1") =>
      desk.request(`/api/recalls/${id}/begin`, { ...json({ name }), cookie: desk.cookie });
    const seen = async (serial: string) => {
      const all = await desk.request("/api/recalls", { cookie: desk.cookie });
      const of = await desk.request(`/api/devices/${serial}/recalls`, { cookie: desk.cookie });
      return [
        recallList.parse(await all.json()).recalls.length,
        deviceRecalls.parse(await of.json()).recalls.length,
      ];
    };
    const [before] = await seen("P220000100");
    const now = (more: number, inRecalls: number) => [(before ?? 0) + more, inRecalls];
    const compared = await compare();
    const { unknown: _, ...kept } = compared;
    expect(compared).toMatchObject({ isBegun: false, people: 2, sensors: { now: 1, worn: 2 } });
    expect(await seen("P220000100")).toEqual(now(0, 0));
    expect(await seen("X999999999")).toEqual(now(0, 0));
    expect((await desk.request(`/api/recalls/${compared.id}`, { cookie: desk.cookie })).status).toBe(404);

    expect((await begin(compared.id, "Reads 5.6 mmol/L")).status).toBe(400);
    const begun = recallSchema.parse(await (await begin(compared.id)).json());
    expect(begun).toMatchObject({
      ...kept,
      isBegun: true,
      name: "Lot 1",
      createdAtMs: begun.createdAtMs,
    });
    expect(await seen("P220000100")).toEqual(now(1, 1));
    expect(await seen("X999999999")).toEqual(now(1, 1));
    expect((await begin(compared.id, "Lot 2")).status).toBe(404);

    const left = await compare();
    desk.advance(dayMs + 1);
    await compare();
    expect((await begin(left.id)).status).toBe(404);
    expect(await seen("P220000100")).toEqual(now(1, 1));
    await desk.close();
  });

  test("a recall tells whose sensors are ours, who wears one now, and what only looks like one", async () => {
    const desk = await openDesk(await open());
    const asked: string[] = [];
    const platform = desk.sandbox.fetch.bind(desk.sandbox);
    desk.sandbox.fetch = (request, bindings) => {
      asked.push(request.url);
      return platform(request, bindings);
    };
    const found = await desk.begin(file);
    expect(found).toMatchObject({
      lines: 9,
      notOurs: 2,
      unusable: 2,
      repeated: 1,
      sensors: { now: 1, worn: 2, box: 1, unsure: 0 },
      alike: [{ line: 6, text: "P22O000104", serial: "P220000104" }],
      alikeCount: 1,
      people: 2,
      contacts: { contacted: 0, replaced: 0, "not-reached": 0 },
    });
    const { people, total } = await desk.people(found.id);
    expect(total).toBe(2);
    expect(people).toMatchObject([
      {
        patientId: desk.first.id,
        place: "now",
        phone: null,
        sensors: [
          { serial: "P220000100", place: "now" },
          { serial: "P220000101", place: "worn" },
        ],
      },
      {
        patientId: desk.second.id,
        place: "worn",
        sensors: [{ serial: "P220000102", place: "worn" }],
        phone: null,
        tries: [],
      },
    ]);
    const clinician = await desk.signIn("clinician");
    expect((await desk.people(found.id, clinician)).people[1]?.phone).toBe("+8613800000000");
    expect(asked).toEqual([]);
    await desk.close();
  });

  test("a contact is noted once with by whom and when, taken back, and the rest stays to be done", async () => {
    const desk = await openDesk(await open());
    const { id } = await desk.begin(file);
    const note = (patientId: string, outcome: string | null) =>
      desk.request(`/api/recalls/${id}/people/${patientId}`, {
        ...json({ outcome }),
        method: "PUT",
        cookie: desk.cookie,
      });
    const noted = recallSchema.parse(await (await note(desk.first.id, "replaced")).json());
    expect(noted.contacts).toMatchObject({ replaced: 1 });
    expect((await desk.people(id)).people[0]?.tries).toEqual([
      { outcome: "replaced", byName: "Demo support", atMs: desk.now() },
    ]);
    const open1 = await desk.people(id, desk.cookie, "?open=true");
    expect([open1.total, open1.people.map(({ patientId }) => patientId)]).toEqual([1, [desk.second.id]]);
    await note(desk.first.id, null);
    expect((await desk.people(id, desk.cookie, "?open=true")).total).toBe(2);
    expect((await note("nobody", "contacted")).status).toBe(404);
    const actions = await desk.database.db
      .selectFrom("audit")
      .select("action")
      .where("subject", "=", desk.first.id)
      .execute();
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["patient.recall-contact", "patient.recall-undo"]),
    );
    await desk.close();
  });

  test("who wears a recalled sensor stands in the list for it until they were told, and so does a new one not started", async () => {
    const desk = await openDesk(await open());
    const clinician = await desk.signIn("clinician");
    const listed = async (patientId: string) => {
      await desk.request(`/api/patients/${patientId}/ranges`, { cookie: clinician });
      const answer = await desk.request("/api/patients/search", { ...json({}), cookie: clinician });
      const { rows } = rosterPage.parse(await answer.json());
      const keys = rows.find(({ id }) => id === patientId)?.worklist?.reasons.map(({ key }) => key) ?? [];
      return keys.filter((key) => key === "recalled" || key === "not-activated");
    };
    // Those of the facts above are in this database too.
    const administrator = await desk.signIn("administrator");
    const kept = await desk.database.db.selectFrom("recall").select("id").execute();
    for (const { id } of kept)
      await desk.request(`/api/recalls/${id}`, { method: "DELETE", cookie: administrator });
    expect(await listed(desk.first.id)).toEqual([]);
    const { id } = await desk.begin(file);
    expect(await listed(desk.first.id)).toEqual(["recalled"]);
    // The one of the second has ended.
    expect(await listed(desk.second.id)).toEqual([]);
    for (const [outcome, expected] of [
      ["not-reached", ["recalled"]],
      ["contacted", []],
      [null, ["recalled"]],
    ] as const) {
      const body = { ...json({ outcome }), method: "PUT", cookie: desk.cookie };
      await desk.request(`/api/recalls/${id}/people/${desk.first.id}`, body);
      expect(await listed(desk.first.id)).toEqual(expected);
    }
    await desk.request(`/api/recalls/${id}`, { method: "DELETE", cookie: administrator });
    expect(await listed(desk.first.id)).toEqual([]);
    await desk.note("P220000105", "bound", desk.second.openId, desk.now() - 25 * 3_600_000);
    desk.advance(31 * 60_000);
    expect(await listed(desk.second.id)).toEqual(["not-activated"]);
    await desk.close();
  });

  test("a recalled sensor that was not started is on the way to whom it is bound, and nobody is asked to start it", async () => {
    const desk = await openDesk(await open());
    const clinician = await desk.signIn("clinician");
    await desk.note("P220000105", "ended", desk.second.openId);
    await desk.note("P220000106", "bound", desk.second.openId, desk.now() - 25 * 3_600_000);
    const { id } = await desk.begin("P220000102\nP220000106\n");
    const { people } = await desk.people(id);
    expect(people).toMatchObject([
      {
        patientId: desk.second.id,
        place: "box",
        sensors: [
          { serial: "P220000106", place: "box" },
          { serial: "P220000102", place: "worn" },
        ],
      },
    ]);
    desk.advance(31 * 60_000);
    await desk.request(`/api/patients/${desk.second.id}/ranges`, { cookie: clinician });
    const answer = await desk.request("/api/patients/search", { ...json({}), cookie: clinician });
    const { rows } = rosterPage.parse(await answer.json());
    const keys = rows.find((row) => row.id === desk.second.id)?.worklist?.reasons.map(({ key }) => key);
    expect(keys).toContain("recalled");
    expect(keys).not.toContain("not-activated");
    await desk.close();
  });

  test("what wearers are told is on each recalled sensor, with whether its wearer was told, and is audited", async () => {
    const desk = await openDesk(await open());
    const { id } = await desk.begin("P220000100\n");
    const patch = (en: string | null, zh: string | null = null) =>
      desk.request(`/api/recalls/${id}`, {
        ...json({ instruction: { en, "zh-CN": zh } }),
        method: "PATCH",
        cookie: desk.cookie,
      });
    const ofSensor = async () => {
      const answer = await desk.request("/api/devices/P220000100/recalls", { cookie: desk.cookie });
      return deviceRecalls.parse(await answer.json()).recalls.find((recall) => recall.id === id);
    };
    expect(await ofSensor()).toMatchObject({ instruction: { en: null, "zh-CN": null }, contact: null });
    expect((await patch("x".repeat(301))).status).toBe(400);
    expect((await patch("Take it \u202Eoff.")).status).toBe(400);
    expect((await patch("📞".repeat(300))).status).toBe(200);
    expect((await patch("Take it off if it reads below 3.2 mmol/L.")).status).toBe(400);
    expect((await patch("Take it off.", "血糖低于3.2毫摩尔时请取下。")).status).toBe(400);
    expect((await patch("  Take it off.  ", "请取下。")).status).toBe(200);
    await desk.request(`/api/recalls/${id}/people/${desk.first.id}`, {
      ...json({ outcome: "contacted" }),
      method: "PUT",
      cookie: desk.cookie,
    });
    expect(await ofSensor()).toMatchObject({
      instruction: { en: "Take it off.", "zh-CN": "请取下。" },
      contact: { outcome: "contacted", byName: "Demo support", atMs: desk.now() },
    });
    const changes = desk.database.db
      .selectFrom("audit")
      .select("subject")
      .where("action", "=", "recall.change");
    expect(await changes.where("subject", "=", id).execute()).toHaveLength(2);
    await desk.close();
  });

  test("who was not told of a recall stays in support's list, dealt with or not, and is put off until a date at most", async () => {
    const desk = await openDesk(await open());
    const { id } = await desk.begin(file);
    const row = `/api/worklist/devices/${desk.first.id}`;
    const send = async (method: string, path: string, body: object = {}) =>
      (await desk.request(path, { ...json(body), method, cookie: desk.cookie })).status;
    const state = async () => {
      const answer = await desk.request("/api/worklist/devices", { ...json({}), cookie: desk.cookie });
      const { rows } = deviceWorklistPage.parse(await answer.json());
      return rows.find(({ patientId }) => patientId === desk.first.id)?.state;
    };
    expect(await state()).toBe("open");
    expect(await send("POST", `${row}/review`)).toBe(200);
    expect(await state()).toBe("open");
    expect(await send("PUT", `${row}/snooze`, { untilMs: null, untilWorse: true })).toBe(200);
    expect(await state()).toBe("open");
    const untilMs = desk.now() + 86_400_000;
    expect(await send("PUT", `${row}/snooze`, { untilMs, untilWorse: true })).toBe(200);
    expect(await state()).toBe("snoozed");
    desk.advance(86_400_001);
    expect(await state()).toBe("open");
    // Those of the facts above are in this database too.
    const kept = await desk.database.db.selectFrom("recall").select("id").execute();
    for (const recall of kept)
      await send("PUT", `/api/recalls/${recall.id}/people/${desk.first.id}`, { outcome: "contacted" });
    expect(await state()).not.toBe("open");
    await send("PUT", `/api/recalls/${id}/people/${desk.first.id}`, { outcome: "not-reached" });
    expect(await state()).toBe("open");
    await desk.close();
  });

  test.each([
    ["bound to somebody", { state: "bound" as const, boundAtMs: 1 }],
    ["worn", { state: "activated" as const, boundAtMs: 1 }],
  ])("a recalled sensor that is first seen here later, %s, joins the recall", async (_, { state }) => {
    const desk = await openDesk(await open());
    const serial = state === "bound" ? "P220000301" : "P220000302";
    const lines = Array.from({ length: 20_000 }, (__, i) => `Q${String(i).padStart(9, "0")}`);
    const found = await desk.begin([...lines, serial, serial, ...lines.slice(0, 9000)].join("\n"));
    expect(found).toMatchObject({ people: 0, notOurs: 29_002 });
    await desk.note("P220000303", state, desk.second.openId);
    expect((await desk.people(found.id)).total).toBe(0);
    await desk.note(serial, state, desk.second.openId);
    expect((await desk.people(found.id)).people).toMatchObject([
      { patientId: desk.second.id, sensors: [{ serial, place: state === "bound" ? "box" : "now" }] },
    ]);
    const administrator = await desk.signIn("administrator");
    await desk.request(`/api/recalls/${found.id}`, { method: "DELETE", cookie: administrator });
    const left = desk.database.db
      .selectFrom("recall_rest")
      .select("packed")
      .where("recall_id", "=", found.id);
    expect(await left.execute()).toEqual([]);
    await desk.close();
  });

  test("groups set apart by hyphens and a tab before a serial hide none of ours; a cell of another column is none", async () => {
    const desk = await openDesk(await open());
    const found = await desk.begin(
      "serial,lot\nP220-000-100,L1\n\tP220000101,L1\nP22.0000.102,L1\nX1,P220000103\n",
    );
    expect(found).toMatchObject({ lines: 4, notOurs: 1, unusable: 0, people: 2, alikeCount: 0 });
    expect(found.sensors).toMatchObject({ now: 1, worn: 2, box: 0 });
    await desk.close();
  });

  test("lines that repeat another are counted, ours or not, in a file that comes in pieces", async () => {
    const desk = await openDesk(await open());
    const lines = [
      "serial,lot",
      ...Array<string>(5000).fill("P220000100,L1"),
      ...Array<string>(3000).fill("Q220000555,L1"),
      ...Array.from({ length: 2000 }, (_, i) => `Q33${String(i).padStart(7, "0")},L1`),
      "P220000101,L1",
      "p220-000-101,L1",
      ",",
    ].join("\n");
    const pieces = new TextEncoder().encode(lines);
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (let from = 0; from < pieces.length; from += 1001)
          controller.enqueue(pieces.slice(from, from + 1001));
        controller.close();
      },
    });
    expect(await desk.begin(body)).toMatchObject({
      lines: 10_003,
      notOurs: 5000,
      unusable: 1,
      repeated: 4999 + 2999 + 1,
      sensors: { now: 1, worn: 1 },
    });
    await desk.close();
  });

  test("who was contacted before what they are to be told was written or changed is to be told again, but for a correction", async () => {
    const desk = await openDesk(await open());
    // Those of the facts above are in this database too.
    const administrator = await desk.signIn("administrator");
    for (const { id } of await desk.database.db.selectFrom("recall").select("id").execute())
      await desk.request(`/api/recalls/${id}`, { method: "DELETE", cookie: administrator });
    const { id } = await desk.begin("P220000100\nP220000102\n");
    const put = async (path: string, method: string, body: object) => {
      desk.advance(1000);
      const sent = { ...json(body), method, cookie: desk.cookie };
      return (await desk.request(`/api/recalls/${id}${path}`, sent)).status;
    };
    const note = (patientId: string, outcome: string | null, seen = {}) =>
      put(`/people/${patientId}`, "PUT", { outcome, ...seen });
    const instruct = (en: string | null, change = {}) =>
      put("", "PATCH", { instruction: { en, "zh-CN": null }, ...change });
    const reasonOf = async () => {
      const answer = await desk.request("/api/worklist/devices", { ...json({}), cookie: desk.cookie });
      const row = deviceWorklistPage
        .parse(await answer.json())
        .rows.find(({ patientId }) => patientId === desk.first.id);
      return row?.reasons.find(({ key }) => key === "recalled")?.limit;
    };
    const seen = async () => {
      const recall = recallSchema.parse(
        await (await desk.request(`/api/recalls/${id}`, { cookie: desk.cookie })).json(),
      );
      const of = await desk.request("/api/devices/P220000100/recalls", { cookie: desk.cookie });
      return {
        instructedAtMs: recall.instructedAtMs,
        contacted: recall.contacts.contacted,
        toldBefore: recall.toldBefore,
        left: (await desk.people(id, desk.cookie, "?open=true")).people.map(({ patientId }) => patientId),
        ofSensor: deviceRecalls.parse(await of.json()).recalls[0]?.isToldBefore,
        toCall: await reasonOf(),
      };
    };
    const told = (instructedAtMs: number | null) => ({
      instructedAtMs,
      contacted: 1,
      toldBefore: 0,
      left: [],
      ofSensor: false,
      toCall: undefined,
    });
    const toTellAgain = (instructedAtMs: number) => ({
      instructedAtMs,
      contacted: 0,
      toldBefore: 1,
      left: [desk.first.id],
      ofSensor: true,
      toCall: instructedAtMs,
    });
    await desk.request(`/api/patients/${desk.first.id}/ranges`, { cookie: await desk.signIn("clinician") });
    expect(await reasonOf()).toBe(0);
    await note(desk.first.id, "contacted");
    await note(desk.second.id, "replaced");
    expect(await seen()).toEqual(told(null));
    await instruct("Take it of.");
    const writtenAtMs = desk.now();
    expect(await seen()).toEqual(toTellAgain(writtenAtMs));
    await note(desk.first.id, "contacted");
    expect(await seen()).toEqual(told(writtenAtMs));
    // The same words once more change nothing, and a correction tells those who were told nothing new.
    await instruct("Take it of.");
    await instruct("Take it off.", { tellAgain: false });
    expect(await seen()).toEqual(told(writtenAtMs));
    await instruct("Take it off and call the clinic.");
    const changedAtMs = desk.now();
    expect(await seen()).toEqual(toTellAgain(changedAtMs));
    // A correction after that leaves those to be told again as they are.
    await instruct("Take it off, and call the clinic.", { tellAgain: false });
    expect(await seen()).toEqual(toTellAgain(changedAtMs));
    // Whoever still had the words of before on the page has not told these.
    expect(await note(desk.first.id, "contacted", { instructedAtMs: writtenAtMs })).toBe(400);
    expect(await seen()).toEqual(toTellAgain(changedAtMs));
    expect(await note(desk.first.id, "contacted", { instructedAtMs: changedAtMs })).toBe(200);
    expect(await seen()).toEqual(told(changedAtMs));
    await desk.close();
  });

  test("words are no serial numbers, nor is a serial that stands among them", async () => {
    const desk = await openDesk(await open());
    const found = await desk.begin(
      "Recall 2026 letter\nField safety notice 12\nP220000100\nQ22 0000 555\nplease return Q220000556 at once\n",
    );
    expect(found).toMatchObject({ lines: 5, notOurs: 1, unusable: 3, people: 1 });
    await desk.close();
  });

  test.each(readings)("of %s the serials recalled are taken, and no others", async (_, body, taken, not) => {
    const desk = await openDesk(await open());
    const asked = recallSchema.parse(await (await desk.send(body)).json());
    // What stands in words beside the serials is left out, and what columns say is recalled.
    const answers = Object.fromEntries(
      (asked.shown?.questions ?? []).flatMap(({ kind, options }) =>
        options.map(({ key, text }) => [
          key,
          kind === "status" || kind === "else" || (kind === "section" && !/not |不/i.test(text ?? "")),
        ]),
      ),
    );
    const compared = recallSchema.parse(await (await desk.send(body, "recall.csv", answers)).json());
    expect(compared.shown?.taken.flatMap(({ serials }) => serials)).toEqual(taken);
    expect(not).toEqual(expect.arrayContaining(compared.shown?.notTaken.map(({ line }) => line) ?? []));
    expect(compared.unusable + (compared.shown?.leftOut ?? 0)).toBe(not.length);
    const kept = desk.database.db.selectFrom("recall_sensor").select("serial");
    const serials = await kept.where("recall_id", "=", compared.id).orderBy("serial").execute();
    expect(serials.map(({ serial }) => serial)).toEqual([...new Set(taken)].sort());
    const seen = recallSchema.parse(
      await (
        await desk.request(`/api/recalls/${compared.id}/begin`, {
          ...json({ name: "lot" }),
          cookie: desk.cookie,
        })
      ).json(),
    );
    expect(seen.shown).toEqual(compared.shown);
    await desk.close();
  });

  test("a recall cannot begin while something in its file is doubtful, and keeps what was answered", async () => {
    const desk = await openDesk(await open());
    const body = "serial,affected\nP220000100,yes\nP220000102,no\nP220000103,no\n";
    const compare = async (answers?: string) =>
      desk.request(`/api/recalls${answers ? `?${new URLSearchParams({ answers })}` : ""}`, {
        method: "POST",
        headers: { "x-file-name": "recall.csv" },
        body,
        cookie: desk.cookie,
      });
    const begin = (id: string) =>
      desk.request(`/api/recalls/${id}/begin`, { ...json({ name: "Lot 1" }), cookie: desk.cookie });
    const asked = recallSchema.parse(await (await compare()).json());
    const refused = await begin(asked.id);
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { fields: [{ field: "file", reason: "doubtful" }] },
    ]);
    const options = asked.shown?.questions.flatMap((question) => question.options) ?? [];
    expect(options.map(({ text, lines, ours }) => [text, lines, ours])).toEqual([
      ["yes", 1, 1],
      ["no", 2, 2],
    ]);
    const answersOf = (choice: (text: string | null) => boolean) =>
      JSON.stringify(Object.fromEntries(options.map(({ key, text }) => [key, choice(text)])));
    const none = recallSchema.parse(await (await compare(answersOf(() => false))).json());
    expect(await (await begin(none.id)).json()).toMatchObject({
      fields: [{ field: "file", reason: "nothing-taken" }],
    });
    const compared = recallSchema.parse(await (await compare(answersOf((text) => text === "yes"))).json());
    expect(compared).toMatchObject({ people: 1, sensors: { now: 1, worn: 0, box: 0 } });
    const begun = recallSchema.parse(await (await begin(compared.id)).json());
    expect(begun.shown).toMatchObject({
      leftOut: 2,
      questions: [
        { kind: "status", name: "affected", options: [{ isRecalled: true }, { isRecalled: false }] },
      ],
    });
    await desk.close();
  });

  test.each([
    ["no JSON", "yes", "invalid"],
    ["a list", "[true]", "invalid"],
    ["a word for an answer", '{"abc":"yes"}', "invalid"],
    ["an answer to nothing that is asked", '{"abc":true}', "unknown"],
  ])("%s is refused in words and leaves nothing", async (_, answers, reason) => {
    const desk = await openDesk(await open());
    const kept = () => desk.database.db.selectFrom("recall").select("id").orderBy("id").execute();
    const before = await kept();
    const body = { method: "POST", body: "P220000100\n", cookie: desk.cookie };
    const answer = await desk.request(`/api/recalls?${new URLSearchParams({ answers })}`, body);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { fields: [{ field: "answers", reason }] },
    ]);
    expect(await kept()).toEqual(before);
    await desk.close();
  });

  test("of the lines taken and not taken the first twenty are shown as they stand, the rest is counted", async () => {
    const desk = await openDesk(await open());
    const letter = Array.from({ length: 60 }, (_, i) => `Line ${i} of the letter,\u0007 such as P220000103.`);
    const rows = Array<string>(30).fill(`p2200 00100;L1;${"x".repeat(300)}`);
    const found = await desk.begin([...letter, "", "serial;lot;note", ...rows].join("\n"));
    expect(found).toMatchObject({ lines: 90, unusable: 60, repeated: 29, sensors: { now: 1, box: 0 } });
    expect(found.shown?.notTaken).toHaveLength(20);
    expect(found.shown?.notTaken[19]).toEqual({
      line: 20,
      text: "Line 19 of the letter, such as P220000103.",
    });
    expect(found.shown?.taken).toHaveLength(20);
    expect(found.shown?.taken[0]).toMatchObject({ line: 63, serials: ["P220000100"] });
    expect(found.shown?.taken[0]?.text).toMatch(/^p2200 00100;L1;x{105}$/);
    await desk.close();
  });

  test("words of a letter may stand before the columns' names", async () => {
    const desk = await openDesk(await open());
    const found = await desk.begin(
      "Field safety notice\n\nPlease find the sensors below;thank you\nlot;sensor;shipped\nP220000103;P220000100;L1\nP220000103;P220000101;L1\n",
    );
    expect(found).toMatchObject({ lines: 4, notOurs: 0, unusable: 2, people: 1 });
    expect(found.sensors).toMatchObject({ now: 1, worn: 1, box: 0 });
    await desk.close();
  });

  test("who could not be reached is still to be dealt with, and sensors that nobody wears are named", async () => {
    const desk = await openDesk(await open());
    const { id, withoutWearer } = await desk.begin(file);
    expect(withoutWearer).toBe(1);
    const without = await desk.request(`/api/recalls/${id}/without-wearer`, { cookie: desk.cookie });
    expect(await without.json()).toEqual({ sensors: [{ serial: "P220000103", place: "box" }], total: 1 });
    await desk.request(`/api/recalls/${id}/people/${desk.first.id}`, {
      ...json({ outcome: "not-reached" }),
      method: "PUT",
      cookie: desk.cookie,
    });
    const still = await desk.people(id, desk.cookie, "?open=true");
    expect(still.people.map(({ tries }) => tries[0]?.outcome ?? null)).toEqual(["not-reached", null]);
    const answer = await desk.request("/api/devices/P220000103/recalls", { cookie: desk.cookie });
    const recalls = deviceRecalls.parse(await answer.json()).recalls.map((recall) => recall.id);
    expect(recalls).toContain(id);
    const other = await desk.request("/api/devices/P999/recalls", { cookie: desk.cookie });
    expect(recallList.parse(await other.json())).toEqual({ recalls: [] });
    await desk.close();
  });

  test("each try is kept with by whom and when, the last is taken back to the one before, and there is an end to them", async () => {
    const desk = await openDesk(await open());
    const { id } = await desk.begin(file);
    const clinician = await desk.signIn("clinician");
    const put = (outcome: string | null, as = desk.cookie) =>
      desk.request(`/api/recalls/${id}/people/${desk.first.id}`, {
        ...json({ outcome }),
        method: "PUT",
        cookie: as,
      });
    const tries = async () =>
      (await desk.people(id)).people[0]?.tries.map(({ outcome, byName, atMs }) => [outcome, byName, atMs]);
    const firstMs = desk.now();
    await put("not-reached");
    desk.advance(60_000);
    await put("not-reached", clinician);
    const both = [
      ["not-reached", "Demo clinician", firstMs + 60_000],
      ["not-reached", "Demo support", firstMs],
    ];
    expect(await tries()).toEqual(both);
    desk.advance(60_000);
    const told = recallSchema.parse(await (await put("contacted")).json());
    expect(told.contacts).toMatchObject({ contacted: 1, "not-reached": 0 });
    const back = recallSchema.parse(await (await put(null)).json());
    expect(back.contacts).toMatchObject({ contacted: 0, "not-reached": 1 });
    expect(await tries()).toEqual(both);
    for (let count = 2; count < mostContactTries; count += 1) {
      desk.advance(1000);
      expect((await put("not-reached")).status).toBe(200);
    }
    const full = await put("not-reached");
    expect([full.status, await full.json()]).toMatchObject([
      400,
      { fields: [{ field: "outcome", reason: "too-many" }] },
    ]);
    desk.advance(1000);
    expect((await put("replaced")).status).toBe(200);
    expect((await put("contacted")).status).toBe(400);
    expect((await tries())?.length).toBe(mostContactTries + 1);
    expect((await desk.people(id, desk.cookie, "?open=true")).total).toBe(1);
    await desk.close();
  });

  test("what was noted of somebody goes with their record into another, and comes back with it", async () => {
    const desk = await openDesk(await open());
    const clinician = await desk.signIn("clinician");
    const { id } = await desk.begin(file);
    const put = (path: string, body: object, cookie = clinician) =>
      desk.request(path, { ...json(body), method: "PUT", cookie });
    await put(`/api/recalls/${id}/people/${desk.first.id}`, { outcome: "replaced" });
    const merging = `/api/patients/${desk.first.id}/merged-into`;
    expect((await put(merging, { into: desk.second.id })).status).toBe(200);
    const answer = await desk.request(`/api/recalls/${id}`, { cookie: desk.cookie });
    expect(recallSchema.parse(await answer.json())).toMatchObject({ people: 1, contacts: { replaced: 1 } });
    expect(await desk.people(id, desk.cookie, "?open=true")).toEqual({ people: [], total: 0 });
    await put(`/api/recalls/${id}/people/${desk.second.id}`, { outcome: null });
    expect((await desk.people(id, desk.cookie, "?open=true")).total).toBe(1);
    expect((await put(merging, { into: null })).status).toBe(200);
    expect((await desk.people(id, desk.cookie, "?open=true")).total).toBe(2);
    await desk.close();
  });

  test("an archived patient who wears one is not missed, nor is one whose record became a part of another", async () => {
    const desk = await openDesk(await open());
    const clinician = await desk.signIn("clinician");
    await desk.database.db
      .insertInto("sensor_owner")
      .values([
        { serial: "P220000100", open_id: desk.first.openId, seen_at_ms: 1 },
        { serial: "P220000102", open_id: desk.second.openId, seen_at_ms: 1 },
      ])
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await desk.request(`/api/patients/${desk.first.id}`, {
      ...json({ archived: true }),
      method: "PATCH",
      cookie: clinician,
    });
    const { id, people } = await desk.begin(file);
    expect(people).toBe(2);
    expect((await desk.people(id)).people[0]).toMatchObject({ patientId: desk.first.id, isArchived: true });
    await desk.close();
  });

  test.each([
    ["a workbook", new Uint8Array([0x50, 0x4b, 3, 4, 0]), "workbook"],
    ["zero bytes", new Uint8Array([80, 0, 50]), "binary"],
    ["prose", new TextEncoder().encode("Dear colleagues, good morning to you all."), "no-serials"],
    ["nothing", new Uint8Array([10]), "no-serials"],
  ])("%s is refused in words and leaves nothing", async (_, body, reason) => {
    const desk = await openDesk(await open());
    const kept = () => desk.database.db.selectFrom("recall").select("id").orderBy("id").execute();
    const before = await kept();
    const answer = await desk.send(body);
    expect(await answer.json()).toMatchObject({ fields: [{ field: "file", reason }] });
    expect(await kept()).toEqual(before);
    await desk.close();
  });
});
