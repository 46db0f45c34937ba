import { expect, test } from "vitest";
import { type LookupList, lookupList, lookupLists, lookupRows } from "#contract/lookups.ts";
import type { Database } from "#proxy/store/database.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { beginRecall } from "#test/support/recall.ts";
import { createWorld, json } from "#test/support/world.ts";

const authSecret = "0123456789abcdef0123456789abcdef";
const dayMs = 86_400_000;

/** A world with a support agent, and what of sensors the platform was asked for. */
async function openDesk(database?: Database) {
  const asked: string[] = [];
  // Each sandbox is a platform of its own, to which we are not known yet.
  await database?.db
    .deleteFrom("service_user")
    .execute()
    .catch(() => {});
  await database?.db
    .deleteFrom("platform_token")
    .execute()
    .catch(() => {});
  const world = await createWorld({ ...(database && { database }), authSecret, importWait: async () => {} });
  const platform = world.sandbox.fetch.bind(world.sandbox);
  let gate: { opened: Promise<void>; open: () => void } | null = null;
  world.sandbox.fetch = async (request, bindings) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname.endsWith("/device/info")) asked.push(searchParams.get("device_sn") ?? pathname);
    if (pathname.includes("/device/")) await gate?.opened;
    return platform(request, bindings);
  };
  const cookie = await world.signIn("support");
  const send = (text: string | Uint8Array, name = "list") =>
    world.request("/api/look-ups", {
      method: "POST",
      headers: { "content-type": "application/octet-stream", "x-file-name": encodeURIComponent(name) },
      body: text as BodyInit,
      cookie,
    });
  const read = async (id: string): Promise<LookupList> =>
    lookupList.parse(await (await world.request(`/api/look-ups/${id}`, { cookie })).json());
  return {
    ...world,
    cookie,
    asked,
    /** The platform answers nothing about sensors until it is opened again. */
    hold: () => {
      const { promise: opened, resolve } = Promise.withResolvers<void>();
      gate = { opened, open: resolve };
      return () => {
        gate = null;
        resolve();
      };
    },
    send,
    begin: async (text: string, name?: string) => lookupList.parse(await (await send(text, name)).json()).id,
    read,
    rows: async (id: string, query = "", as = cookie) =>
      lookupRows.parse(
        await (await world.request(`/api/look-ups/${id}/rows${query}`, { cookie: as })).json(),
      ),
    call: (id: string, action: string) =>
      world.request(`/api/look-ups/${id}/${action}`, { method: "POST", cookie }),
    until: async (id: string, state: LookupList["state"]) => {
      await expect.poll(async () => (await read(id)).state, { timeout: 20_000 }).toBe(state);
      return read(id);
    },
    lists: async () =>
      lookupLists.parse(await (await world.request("/api/look-ups", { cookie })).json()).lists,
  };
}

const csv = `Serial number;Lot;Shelf
P225043056;L7;A1
P225043042;L7;A2
P225043050;L8;A3
P225043051;L8;=1+1
P225043060;;
P999000111;;
P225043087;;
P225043088;;
P225043086;;
hello
P225043056;L7;A9`;

/** What holds on any database. `open` opens the same one again and again, as restarts do. */
function suite(open: () => Promise<Database>) {
  test("each sensor gets its state, verdict, wearer, lot and last data, or one of three reasons", async () => {
    const desk = await openDesk(await open());
    for (const person of desk.sandbox.cohort.slice(0, 2)) await desk.proxy.registerPatient(person);
    const id = await desk.begin(csv, "召回 1");
    const done = await desk.until(id, "done");
    expect(done).toMatchObject({
      name: "召回 1",
      total: 9,
      columns: ["Lot", "Shelf"],
      leftOut: { repeated: 1, rejected: 1, lines: [{ line: 11, text: "hello", cells: [] }] },
      counts: { all: 9, worn: 2, silent: 1, unknown: 1, refused: 1, undocumented: 1, failed: 0, new: 0 },
    });
    const { rows } = await desk.rows(id);
    expect(
      rows.map(({ serial, outcome, state, headline, worn, owner, lot }) => [
        serial,
        outcome,
        state,
        headline,
        worn,
        owner?.kind,
        lot,
      ]),
    ).toEqual([
      ["P225043056", "told", "activated", "working", "worn", "patient", "L7"],
      ["P225043042", "told", "ended", "ended-on-time", "no", "patient", "L7"],
      ["P225043050", "told", "unbound", "unbound", "no", "nobody", "L8"],
      ["P225043051", "told", "bound", "bound", "no", "another-partner", "L8"],
      ["P225043060", "refused", null, null, null, undefined, null],
      ["P999000111", "unknown", null, null, null, undefined, null],
      ["P225043087", "told", "unknown", "unknown", null, "another-partner", null],
      ["P225043088", "told", "activated", "silent", "silent", "another-partner", null],
      ["P225043086", "told", "activated", expect.anything(), "worn", "another-partner", null],
    ]);
    expect(rows[0]).toMatchObject({ cells: ["L7", "A1 | A9"], owner: { name: "王秀英", patientId: null } });
    expect(desk.now() - (rows[0]?.lastDataAtMs ?? 0)).toBeLessThan(3_600_000);
    const clinician = await desk.signIn("clinician");
    expect((await desk.rows(id, "", clinician)).rows[0]?.owner).toMatchObject({
      patientId: expect.any(String),
    });
    expect((await desk.rows(id, "?show=worn&sort=serial")).rows.map(({ serial }) => serial)).toEqual([
      "P225043056",
      "P225043086",
    ]);
    expect(await desk.rows(id, "?show=ended&offset=0&limit=1")).toMatchObject({ total: 1 });
    const audited = await desk.database.db
      .selectFrom("audit")
      .select(["subject", "outcome", "actor_role", "client_address"])
      .where("request_id", "=", `list ${id}`)
      .where("action", "=", "device.view")
      .execute();
    expect(audited.map(({ subject }) => subject).sort()).toEqual(rows.map(({ serial }) => serial).sort());
    expect(audited).toContainEqual({
      subject: "P225043060",
      outcome: "failed",
      actor_role: "support",
      client_address: "198.51.100.7",
    });
    await desk.close();
  });

  test("a lot that is another one on our record is said, and what an unknown serial may be meant for is offered", async () => {
    const desk = await openDesk(await open());
    const id = await desk.begin("Serial;Lot\nP225043056;TL2608A\nP225043042;tl2608b\nP225O43056;");
    await desk.until(id, "done");
    const asked = desk.asked.length;
    await desk.database.db
      .updateTable("sensor")
      .set({ lot: "TL2608B" })
      .where("serial", "in", ["P225043056", "P225043042"])
      .execute();
    const { rows } = await desk.rows(id);
    expect(rows.map(({ outcome, lot, otherLot, likely }) => [outcome, lot, otherLot, likely])).toEqual([
      ["told", "TL2608A", "TL2608B", []],
      ["told", "tl2608b", null, []],
      ["unknown", null, null, ["P225043056"]],
    ]);
    expect(desk.asked).toHaveLength(asked);
    const bad = Array.from({ length: 203 }, () => `none;${"x".repeat(500)}`);
    const long = await desk.begin(["Serial;Note", "P225043056;good", ...bad].join("\n"));
    const { rejected, lines } = (await desk.read(long)).leftOut;
    expect([rejected, lines.length, lines[0]?.cells[0]?.length]).toEqual([203, 200, 200]);
    await desk.close();
  });

  test("a sensor of a recall says so in every list, told, unknown or not looked up, for as long as the recall is kept", async () => {
    const desk = await openDesk(await open());
    const id = await desk.begin("P225043056\nP225043042\nP999000111");
    await desk.until(id, "done");
    const recalled = async () => (await desk.rows(id)).rows.map(({ isRecalled }) => isRecalled);
    expect(await recalled()).toEqual([false, false, false]);
    const recall = await beginRecall(desk, "P225043042\nP999000111", desk.cookie);
    const before = desk.asked.length;
    expect(await recalled()).toEqual([false, true, true]);
    expect(desk.asked).toHaveLength(before);
    const removed = await desk.request(`/api/recalls/${recall.id}`, {
      ...json({}),
      method: "DELETE",
      cookie: await desk.signIn("administrator"),
    });
    expect(removed.status).toBe(200);
    expect(await recalled()).toEqual([false, false, false]);
    await desk.close();
  });

  test("a restart in the middle goes on by itself and asks for nobody twice", async () => {
    const serials = Array.from({ length: 60 }, (_, i) => `P2250431${10 + i}`);
    const first = await openDesk(await open());
    const id = await first.begin(serials.join("\n"));
    await expect.poll(() => first.asked.length, { interval: 5 }).toBeGreaterThan(10);
    await first.close();
    const second = await openDesk(await open());
    const { counts } = await second.until(id, "done");
    expect(counts).toMatchObject({ all: 60, new: 0, failed: 0, unknown: 60 });
    const all = [...first.asked, ...second.asked];
    expect(new Set(all).size).toBe(60);
    expect(all).toHaveLength(60);
    await second.close();
  });

  test("an outage is waited for, a paused list goes on, and failed ones alone are tried again", async () => {
    const desk = await openDesk(await open());
    const open1 = desk.hold();
    const id = await desk.begin("P225043056\nP225043042\nP225043050\nP225043060\nP999000111");
    await desk.call(id, "pause");
    open1();
    const paused = await desk.until(id, "paused");
    expect(paused.counts.new).toBeGreaterThan(0);
    desk.sandbox.inject({ kind: "outage", count: 6 });
    await desk.call(id, "start");
    expect((await desk.until(id, "done")).counts).toMatchObject({ new: 0, refused: 1, unknown: 1, ended: 1 });
    const before = desk.asked.length;
    await desk.call(id, "retry");
    await desk.until(id, "done");
    expect(desk.asked.slice(before)).toEqual([]);
    await desk.close();
  });

  test("lists are the desk's: each is removed by anybody, also while it runs, and after ninety days", async () => {
    const desk = await openDesk(await open());
    const one = await desk.begin("P225043050", "one");
    await desk.until(one, "done");
    const open1 = desk.hold();
    const two = await desk.begin("P225043051\nP225043042", "two");
    const clinician = await desk.signIn("clinician");
    const removed = await desk.request(`/api/look-ups/${two}`, {
      ...json({}),
      method: "DELETE",
      cookie: clinician,
    });
    open1();
    expect(lookupLists.parse(await removed.json()).lists.map(({ name }) => name)).not.toContain("two");
    expect(await desk.lists()).toContainEqual(expect.objectContaining({ id: one, name: "one" }));
    desk.advance(91 * dayMs);
    const { removeOldJobs } = await import("#proxy/jobs/keep-jobs.ts");
    const { createLookupStore } = await import("#proxy/store/lookups.ts");
    await removeOldJobs(createLookupStore(desk.database), 90 * dayMs, desk.now());
    expect(await desk.lists()).toEqual([]);
    expect(await desk.database.db.selectFrom("lookup_row").selectAll().execute()).toEqual([]);
    await desk.close();
  });
}

onBothDatabases(suite);

test.each([
  ["a workbook", new Uint8Array([0x50, 0x4b, 3, 4, 0]), "workbook"],
  ["zero bytes", new Uint8Array([80, 0, 50]), "binary"],
  ["an encoding of nobody", new Uint8Array([0xff, 0x80, 0x0a, 0xff]), "encoding"],
  ["nothing", new Uint8Array(), "blank"],
  ["prose", new TextEncoder().encode("Dear colleagues, good morning to you all."), "no-serials"],
])("%s is refused in words", async (_, body, reason) => {
  const desk = await openDesk();
  const answer = await desk.send(body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ fields: [{ field: "file", reason }] });
  await desk.close();
});

test("a list of more than five megabytes is refused before it is read", async () => {
  const desk = await openDesk();
  const answer = await desk.send(new Uint8Array(5_000_001).fill(65));
  expect(await answer.json()).toMatchObject({ fields: [{ field: "file", reason: "too-large" }] });
  await desk.close();
});

test("a name with an amount of glucose is refused, since whoever looks up sensors reads it", async () => {
  const desk = await createWorld();
  const cookie = await desk.signIn("support");
  const send = (name: string) =>
    desk.request("/api/look-ups", {
      method: "POST",
      headers: { "content-type": "application/octet-stream", "x-file-name": encodeURIComponent(name) },
      body: "P225043056",
      cookie,
    });
  const refused = await send("Anna 5.6 mmol/L");
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ fields: [{ field: "name", reason: "glucose" }] });
  for (const name of ["Recall 2026-11, ward 3", "P225043056 and 25 more", "退货 45 盒"])
    expect([name, (await send(name)).status]).toEqual([name, 201]);
  await desk.close();
});
