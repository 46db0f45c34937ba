import { expect, test } from "vitest";
import { mostCaseChanges, mostFurtherCalls } from "#contract/case-fields.ts";
import { caseList, casesAbout, casesAboutSensor, exportedCases, sensorCase } from "#contract/cases.ts";
import type { Problem } from "#contract/problem.ts";
import { recall } from "#contract/recalls.ts";
import { dayMs, hourMs } from "#glucose/time.ts";
import type { Database } from "#proxy/store/database.ts";
import { createSealer } from "#proxy/store/seal.ts";
import { createSensorStore } from "#proxy/store/sensors.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { createWorld, json, type WorldOptions } from "#test/support/world.ts";

const authSecret = "0123456789abcdef0123456789abcdef";
let made = 0;
/** A serial of its own for each test: they share a database. */
const newSerial = () => `P2270000${String(++made).padStart(2, "0")}`;

async function openDesk(database: Database, options: WorldOptions) {
  const world = await createWorld({ database, ...options });
  const as = async (role: "clinician" | "support" | "administrator") => {
    const cookie = await world.signIn(role);
    const send = (path: string, body?: unknown, method = body === undefined ? "GET" : "POST") =>
      world.request(path, body === undefined ? { cookie } : { ...json(body), method, cookie });
    return {
      send,
      open: async (body: object) =>
        sensorCase.parse(
          await (
            await send("/api/cases", { receivedAtMs: world.now(), nature: "It fell off.", ...body })
          ).json(),
        ),
      one: async (id: string) => sensorCase.parse(await (await send(`/api/cases/${id}`)).json()),
      change: (id: string, body: object) => send(`/api/cases/${id}`, body, "PATCH"),
      about: async (serial: string) =>
        casesAboutSensor.parse(await (await send(`/api/devices/${serial}/cases`)).json()),
      search: async (body: object) => caseList.parse(await (await send("/api/cases/search", body)).json()),
    };
  };
  return { ...world, as };
}

const faults = async (answer: Response) =>
  ((await answer.json()) as Problem).fields?.map(({ field, reason }) => `${field} ${reason}`);

onBothDatabases((open) => {
  const desk = async () => openDesk(await open(), { authSecret });

  test("a case that was changed or called about as often as it can hold says so, loses nothing and can be closed", async () => {
    const world = await desk();
    const support = await world.as("support");
    const { id } = await support.open({ serial: newSerial() });
    await world.database.db
      .updateTable("sensor_case")
      .set({ version: mostCaseChanges - 1 })
      .where("id", "=", id)
      .execute();
    expect((await support.change(id, { reply: "The last one." })).status).toBe(200);
    expect(await faults(await support.change(id, { reply: "One more." }))).toEqual(["case too-many"]);
    expect(await faults(await support.change(id, { state: "waiting" }))).toEqual(["case too-many"]);
    for (let count = 0; count < mostFurtherCalls; count += 1)
      expect((await support.send(`/api/cases/${id}/calls`, { said: `Call ${count}` })).status).toBe(201);
    expect(await faults(await support.send(`/api/cases/${id}/calls`, { said: "One more" }))).toEqual([
      "said too-many",
    ]);
    expect((await support.change(id, { state: "closed" })).status).toBe(200);
    expect(await faults(await support.change(id, { state: "open" }))).toEqual(["case too-many"]);
    const kept = await support.one(id);
    expect(kept).toMatchObject({ state: "closed", reply: "The last one.", calls: 1 + mostFurtherCalls });
    expect(kept.history.map(({ changes }) => changes?.map(({ field }) => field))).toEqual([
      [],
      ["reply"],
      ["state"],
    ]);
    await world.close();
  });

  test("a case keeps who called, what was said and decided, says what is missing, and is sealed at rest", async () => {
    const world = await desk();
    const support = await world.as("support");
    const serial = newSerial();
    const opened = await support.open({
      serial: ` ${serial.toLowerCase()} `,
      device: "CGM",
      callerName: "李雷",
      callerPhone: "ring the shop, ask for Li (0571) 8888-0000 转 12",
      nature: "It fell off.\r\nOn the second day.",
    });
    expect(opened).toMatchObject({
      serial,
      state: "open",
      nature: "It fell off.\nOn the second day.",
      missing: ["callerAddress", "action", "reply"],
      calls: 1,
      callsAboutSensor: 1,
      patient: null,
      sensor: null,
      openedBy: { name: "Demo support" },
    });
    const answer = await support.change(opened.id, {
      action: "A new one is on its way.",
      replacementSerial: "p227999999",
      isReplacementSure: true,
      vendorNumber: "RMA-77/12",
      state: "waiting",
      from: { action: null, replacementSerial: null, vendorNumber: null, state: "open" },
    });
    expect(sensorCase.parse(await answer.json())).toMatchObject({
      replacementSerial: "P227999999",
      state: "waiting",
      missing: ["callerAddress", "reply"],
    });
    const { sealed_text } = await world.database.db
      .selectFrom("sensor_case")
      .select("sealed_text")
      .where("id", "=", opened.id)
      .executeTakeFirstOrThrow();
    expect(sealed_text).not.toMatch(/fell|8888|李/);
    const actions = await world.database.db
      .selectFrom("audit")
      .select(["action", "details"])
      .where("subject", "=", opened.id)
      .orderBy("seq")
      .execute();
    expect(actions.map(({ action }) => action)).toEqual(["case.open", "case.change"]);
    expect(JSON.stringify(actions)).not.toMatch(/fell|8888|李|way/);
    expect(world.logLines.join("\n")).not.toMatch(/fell|8888|李|on its way/);
    await world.close();
  });

  test("the wearer that is known is kept; support gets no way to the patient's page", async () => {
    const world = await desk();
    const [, one, another] = world.sandbox.cohort;
    if (!one || !another) throw new Error("the sandbox has no people");
    const { patient } = await world.proxy.registerPatient(one);
    const serial = newSerial();
    await createSensorStore(world.database.db, world.now).note([
      {
        serial,
        state: "ended",
        openId: patient.openId,
        boundAtMs: world.now() - 10 * dayMs,
        activatedAtMs: world.now() - 10 * dayMs,
        estimatedEndAtMs: world.now() + 4 * dayMs,
        endedAtMs: world.now() - dayMs,
        partnerId: null,
        askedAtMs: world.now(),
      },
    ]);
    const support = await world.as("support");
    const clinician = await world.as("clinician");
    const opened = await support.open({ serial });
    const { name, partnerUid } = patient;
    expect(opened.patient).toEqual({ patientId: null, name, partnerUid });
    expect(opened.sensor).toMatchObject({ state: "ended", endedAtMs: world.now() - dayMs });
    expect([opened.freeReplacementHours, opened.isReplacedFree]).toEqual([null, null]);
    const shown = await clinician.one(opened.id);
    expect(shown.patient?.patientId).toBe(patient.id);
    expect(shown.isReplacementElsewhere).toBe(false);
    const replacementSerial = newSerial();
    const noteReplacement = (openId: string) =>
      createSensorStore(world.database.db, world.now).note([
        {
          serial: replacementSerial,
          state: "bound",
          openId,
          boundAtMs: world.now(),
          activatedAtMs: null,
          estimatedEndAtMs: null,
          endedAtMs: null,
          partnerId: null,
          askedAtMs: world.now(),
        },
      ]);
    await clinician.change(opened.id, { replacementSerial, isReplacementSure: true });
    expect((await support.one(opened.id)).isReplacementElsewhere).toBe(false);
    await noteReplacement((await world.proxy.registerPatient(another)).patient.openId);
    expect((await support.one(opened.id)).isReplacementElsewhere).toBe(true);
    await noteReplacement(patient.openId);
    expect((await support.one(opened.id)).isReplacementElsewhere).toBe(false);
    const ofPatient = await clinician.send(`/api/patients/${patient.id}/cases`);
    expect(casesAbout.parse(await ofPatient.json()).cases.map(({ id }) => id)).toContain(opened.id);
    expect((await support.send(`/api/patients/${patient.id}/cases`)).status).toBe(403);
    expect((await clinician.send("/api/patients/nobody/cases")).status).toBe(404);
    await world.close();
    for (const [freeReplacementHours, isReplacedFree] of [
      [5 * 24, true],
      [5 * 24 + 1, false],
    ] as const) {
      const other = await openDesk(await open(), { authSecret, freeReplacementHours });
      const asked = await other.as("support");
      expect(await asked.one(opened.id)).toMatchObject({ freeReplacementHours, isReplacedFree });
      expect(await asked.about(serial)).toMatchObject({ freeReplacementHours });
      const known = await createSensorStore(other.database.db, other.now).bySerial(serial);
      if (!known) throw new Error("the sensor is not known");
      await other.database.db
        .updateTable("sensor")
        .set({ last_data_at_ms: (known.endedAtMs ?? 0) + hourMs })
        .where("serial", "=", serial)
        .execute();
      expect(await asked.one(opened.id)).toMatchObject({ sensor: { isInDoubt: true }, isReplacedFree: null });
      await other.database.db
        .updateTable("sensor")
        .set({ last_data_at_ms: null })
        .where("serial", "=", serial)
        .execute();
      await other.close();
    }
  });

  test("a replacement that the platform does not know is kept only by somebody who is sure, and marked", async () => {
    const world = await desk();
    const support = await world.as("support");
    const opened = await support.open({ serial: newSerial() });
    const change = { replacementSerial: "P22504305O" };
    expect(await faults(await support.change(opened.id, change))).toEqual(["replacementSerial not-known"]);
    expect((await support.one(opened.id)).replacementSerial).toBeNull();
    await support.change(opened.id, { ...change, isReplacementSure: true });
    expect(await support.one(opened.id)).toMatchObject({ ...change, isReplacementUnknown: true });
    // What is kept is not asked about again.
    expect((await support.change(opened.id, { ...change, reply: "Sent." })).status).toBe(200);
    await support.change(opened.id, { replacementSerial: "P225043050" });
    expect(await support.one(opened.id)).toMatchObject({
      replacementSerial: "P225043050",
      isReplacementUnknown: false,
    });
    await world.close();
  });

  test("a replacement that is recalled, has ended or is somebody else's is kept only by somebody who is sure", async () => {
    const world = await desk();
    const support = await world.as("support");
    const [, one, another] = world.sandbox.cohort;
    if (!one || !another) throw new Error("the sandbox has no people");
    const { patient } = await world.proxy.registerPatient(one);
    const other = await world.proxy.registerPatient(another);
    const [serial, ended, theirs, recalled] = [newSerial(), newSerial(), newSerial(), newSerial()];
    const dates = {
      boundAtMs: world.now() - dayMs,
      activatedAtMs: null,
      estimatedEndAtMs: null,
      endedAtMs: null,
    };
    const known = { ...dates, state: "bound" as const, partnerId: null, askedAtMs: world.now() };
    await createSensorStore(world.database.db, world.now).note([
      { ...known, serial, openId: patient.openId },
      { ...known, serial: ended, openId: null, state: "ended", endedAtMs: world.now() - hourMs },
      { ...known, serial: theirs, openId: other.patient.openId },
      { ...known, serial: recalled, openId: null },
    ]);
    const body = [recalled, serial].join("\n");
    const headers = { "x-file-name": "recall.csv" };
    const compared = await world.request("/api/recalls", {
      method: "POST",
      headers,
      body,
      cookie: await world.signIn("support"),
    });
    const { id: recallId } = recall.parse(await compared.json());
    await support.send(`/api/recalls/${recallId}/begin`, { name: "Batch 7" });
    const opened = await support.open({ serial });
    expect(opened.recalls.map(({ name }) => name)).toEqual(["Batch 7"]);
    for (const [replacementSerial, reason] of [
      [ended, "ended"],
      [theirs, "elsewhere"],
      [recalled, "recalled"],
    ] as const) {
      expect(await faults(await support.change(opened.id, { replacementSerial }))).toEqual([
        `replacementSerial ${reason}`,
      ]);
      expect((await support.change(opened.id, { replacementSerial, isReplacementSure: true })).status).toBe(
        200,
      );
    }
    const [unknown, ofPartner, sameOfPartner] = [newSerial(), newSerial(), newSerial()];
    const note = createSensorStore(world.database.db, world.now).note;
    await note([{ ...known, serial: ofPartner, openId: "open-2", partnerId: "partner-2" }]);
    const unfit = async (id: string, replacementSerial: string) =>
      faults(await support.change(id, { replacementSerial }));
    const elsewhere = ["replacementSerial elsewhere"];
    expect(await unfit(opened.id, ofPartner)).toEqual(elsewhere);
    // Of a sensor of which nobody knows the wearer too.
    const nobodys = await support.open({ serial: unknown });
    expect(await unfit(nobodys.id, ofPartner)).toEqual(elsewhere);
    expect(await unfit(nobodys.id, theirs)).toEqual(elsewhere);
    await note([{ ...known, serial: sameOfPartner, openId: "open-2", partnerId: "partner-2" }]);
    const partners = await support.open({ serial: sameOfPartner });
    expect((await support.change(partners.id, { replacementSerial: ofPartner })).status).toBe(200);
    expect(await support.one(opened.id)).toMatchObject({ isReplacementRecalled: true });
    expect((await support.about(serial)).cases).toMatchObject([{ isReplacementRecalled: true }]);
    await world.close();
  });

  test("calls about a sensor are counted over all its cases", async () => {
    const world = await desk();
    const support = await world.as("support");
    const serial = newSerial();
    const { id } = await support.open({ serial });
    const again = await support.send(`/api/cases/${id}/calls`, { said: "It fell off again.", caller: "Li" });
    expect(sensorCase.parse(await again.json())).toMatchObject({
      calls: 2,
      callsAboutSensor: 2,
      furtherCalls: [
        { caller: "Li", said: "It fell off again.", atMs: world.now(), by: { name: "Demo support" } },
      ],
    });
    expect(await support.open({ serial })).toMatchObject({ calls: 1, callsAboutSensor: 3 });
    expect(await support.about(serial)).toMatchObject({ total: 2, calls: 3 });
    expect((await support.send("/api/cases/none/calls", { said: "again" })).status).toBe(404);
    await world.close();
  });

  test("a call on a closed case opens it again; who noted a call corrects and withdraws it; the history shows of withdrawn words only that they were", async () => {
    const world = await desk();
    const support = await world.as("support");
    const clinician = await world.as("clinician");
    const { id } = await support.open({ serial: newSerial() });
    await support.change(id, { state: "closed" });
    await support.send(`/api/cases/${id}/calls`, { said: "Again.", caller: "Li" });
    const opened = await support.one(id);
    expect(opened.state).toBe("open");
    expect(opened.history.at(-1)?.changes).toEqual([{ field: "state", was: "closed", became: "open" }]);
    const [noted] = opened.furtherCalls;
    const path = `/api/cases/${id}/calls/${noted?.id}`;
    const other = { said: "Off again.", caller: null };
    expect(await faults(await clinician.send(path, other, "PUT"))).toEqual(["said not-yours"]);
    expect((await support.send(`${path}x`, other, "PUT")).status).toBe(404);
    const corrected = sensorCase.parse(await (await support.send(path, other, "PUT")).json());
    expect(corrected.furtherCalls).toEqual([{ ...noted, ...other }]);
    expect(corrected.history.at(-1)?.changes).toEqual([
      { field: "call", callAtMs: noted?.atMs, was: "Li: Again.", became: "Off again." },
    ]);
    const withdrawn = sensorCase.parse(await (await support.send(path, {}, "DELETE")).json());
    expect([withdrawn.calls, withdrawn.callsAboutSensor, withdrawn.furtherCalls]).toEqual([1, 1, []]);
    const callAtMs = noted?.atMs;
    expect(withdrawn.history.slice(-2).map(({ changes }) => changes)).toEqual([
      [{ field: "call", callAtMs, was: null, became: null, isWithheld: true }],
      [{ field: "call", callAtMs, was: null, became: null }],
    ]);
    await world.close();
  });

  test("a call that is withdrawn leaves the others their numbers, and is counted as a call no more", async () => {
    const world = await desk();
    const support = await world.as("support");
    const { id, serial } = await support.open({ serial: newSerial() });
    const call = (said: string) => {
      world.advance(1000);
      return support.send(`/api/cases/${id}/calls`, { said, caller: null });
    };
    for (const said of ["Off.", "By mistake.", "Off again."]) await call(said);
    const [, mistaken] = (await support.one(id)).furtherCalls;
    const path = `/api/cases/${id}/calls/${mistaken?.id}`;
    const withdrawn = sensorCase.parse(await (await support.send(path, {}, "DELETE")).json());
    expect(withdrawn.furtherCalls.map(({ number, said }) => [number, said])).toEqual([
      [2, "Off."],
      [4, "Off again."],
    ]);
    expect(withdrawn).toMatchObject({ number: 1, calls: 3, callsAboutSensor: 3, callsWithdrawn: 1 });
    expect((await support.send(path, {}, "DELETE")).status).toBe(404);
    expect((await support.send(path, { said: "Off.", caller: null }, "PUT")).status).toBe(404);
    await call("Once more.");
    expect((await support.one(id)).furtherCalls.map(({ number }) => number)).toEqual([2, 4, 5]);
    expect(await support.about(serial)).toMatchObject({ calls: 4 });
    await world.close();
  });

  test("of a text that would be refused today the history tells its correction, and not what it said", async () => {
    const world = await desk();
    const support = await world.as("support");
    const { id } = await support.open({ serial: newSerial() });
    await support.change(id, { nature: "It fell off on day 2." });
    const sealer = createSealer(authSecret, "cases");
    const changes = [{ field: "nature", was: "It read 5.6.", became: "It fell off." }];
    await world.database.db
      .updateTable("sensor_case_change")
      .set({ sealed_text: sealer.seal(JSON.stringify(changes)) })
      .where("case_id", "=", id)
      .where("version", "=", 1)
      .execute();
    const [, edit] = (await support.one(id)).history;
    expect(edit).toMatchObject({
      by: { name: expect.any(String) },
      changes: [{ field: "nature", was: null, became: "It fell off.", isWithheld: true }],
    });
    await world.close();
  });

  test("each case, and each call, says which one it was of all calls about its sensor", async () => {
    const world = await desk();
    const support = await world.as("support");
    const serial = newSerial();
    const minutesAgo = (minutes: number) => world.now() - minutes * 60_000;
    const first = await support.open({ serial, receivedAtMs: minutesAgo(30) });
    const second = await support.open({ serial, receivedAtMs: minutesAgo(20) });
    await support.send(`/api/cases/${first.id}/calls`, { said: "It fell off again.", caller: null });
    // A letter that lay there for a day came before all of them.
    const letter = await support.open({ serial, receivedAtMs: minutesAgo(1440) });
    const numbers = async ({ id }: { id: string }) => {
      const { number, callsAboutSensor, furtherCalls } = await support.one(id);
      return [number, callsAboutSensor, furtherCalls.map((call) => call.number)];
    };
    expect(await numbers(letter)).toEqual([1, 4, []]);
    expect(await numbers(first)).toEqual([2, 4, [4]]);
    expect(await numbers(second)).toEqual([3, 4, []]);
    await world.close();
  });

  test("who changes what a colleague has changed meanwhile is told, and another part is kept beside it", async () => {
    const world = await desk();
    const support = await world.as("support");
    const clinician = await world.as("clinician");
    const { id } = await support.open({ serial: newSerial() });
    await support.change(id, { reply: "We wrote on Monday.", from: { reply: null } });
    const late = await clinician.change(id, { reply: "We will write.", from: { reply: null } });
    expect(late.status).toBe(409);
    expect(await faults(late)).toEqual(["reply changed"]);
    expect((await clinician.change(id, { action: "Replaced.", from: { action: null } })).status).toBe(200);
    const mine = { reply: "We will write.", from: { reply: "We wrote on Monday." } };
    expect((await clinician.change(id, mine)).status).toBe(200);
    expect((await clinician.change(id, { reply: "We will write.", state: "open" })).status).toBe(200);
    const { history } = await support.one(id);
    expect(history.map(({ by, changes }) => [by.name, changes])).toEqual([
      ["Demo support", []],
      ["Demo support", [{ field: "reply", was: null, became: "We wrote on Monday." }]],
      ["Demo clinician", [{ field: "action", was: null, became: "Replaced." }]],
      ["Demo clinician", [{ field: "reply", was: "We wrote on Monday.", became: "We will write." }]],
    ]);
    expect(history.every(({ atMs }) => atMs === world.now())).toBe(true);
    const sealed = await world.database.db.selectFrom("sensor_case_change").select("sealed_text").execute();
    expect(JSON.stringify(sealed)).not.toMatch(/Monday|Replaced/);
    expect(await support.one(id)).toMatchObject({ reply: "We will write.", action: "Replaced." });
    const both = await Promise.all(
      ["one", "two"].map((vendorNumber) =>
        support.change(id, { vendorNumber, from: { vendorNumber: null } }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    await world.close();
  });

  test("cases are found by parts of their serial, replacement and vendor's number, page by page", async () => {
    const world = await desk();
    const support = await world.as("support");
    const serial = newSerial();
    const vendorNumber = `Q_${serial}%x`;
    const opened = await support.open({
      serial,
      vendorNumber,
      replacementSerial: `X${serial}R`,
      isReplacementSure: true,
    });
    expect((await support.about(`X${serial}R`)).replacementOf).toEqual([
      { id: opened.id, serial, receivedAtMs: world.now() },
    ]);
    expect((await support.about(serial)).replacementOf).toEqual([]);
    const found = async (q: string) => (await support.search({ q })).cases.map(({ id }) => id);
    for (const q of [
      serial,
      serial.slice(-6),
      `q ${serial}-X`,
      `x${serial.toLowerCase()}r`,
      `]d201069712345678901126080117270801\x1d21${serial}`,
    ])
      expect([q, await found(q)]).toEqual([q, [opened.id]]);
    for (const q of ["nothing-like-it", "%", "---", "_"]) expect([q, await found(q)]).toEqual([q, []]);
    expect((await support.search({ q: serial, state: "closed" })).cases).toEqual([]);
    const { counts } = await support.search({});
    expect((await support.search({ q: serial, state: "closed" })).counts).toEqual(counts);

    const many = newSerial();
    for (let i = 0; i < 51; i += 1) await support.open({ serial: many, receivedAtMs: world.now() - i });
    const first = await support.search({ q: many });
    expect([first.cases.length, first.counts]).toEqual([50, { ...counts, open: counts.open + 51 }]);
    const second = await support.search({ q: many, before: first.next });
    expect([second.cases.length, second.next]).toEqual([1, null]);
    const whole = await support.send("/api/cases/export", { q: many, before: first.next });
    const { cases, next } = exportedCases.parse(await whole.json());
    expect([cases.length, next, cases[0]?.nature]).toEqual([1, null, "It fell off."]);
    await world.close();
  });

  test.each([
    ["nature too-long", { nature: "x".repeat(5001) }],
    ["nature required", { nature: "  " }],
    ["nature characters", { nature: "bell \u0007" }],
    ["nature glucose", { nature: "it said 3.1 mmol/L" }],
    ["nature glucose", { nature: "Glucose 12,4 then finger-stick 6,1; shows 223 all day; BG=54" }],
    ["action glucose", { action: "She says it read 13.1." }],
    ["callerAddress glucose", { callerAddress: "5 mmol/L Street" }],
    ["action glucose", { action: "5,5 (mmol/l)" }],
    ["reply glucose", { reply: "５５ ｍｇ/ｄＬ" }],
    ["callerName too-long", { callerName: "x".repeat(121) }],
    ["callerPhone characters", { callerPhone: "12\n34" }],
    ["callerPhone no-digits", { callerPhone: "none" }],
    ["receivedAtMs future-date", { receivedAtMs: Date.UTC(2027, 0, 1) }],
    ["receivedAtMs date", { receivedAtMs: 0 }],
    ["replacementSerial serial", { replacementSerial: "no serial!" }],
    ["replacementSerial serial", { replacementSerial: "hello world" }],
    ["replacementSerial same", { replacementSerial: "P227000000" }],
    ["serial serial", { serial: "?" }],
  ])("what cannot be kept is refused by its field and a word: %s", async (fault, body) => {
    const world = await desk();
    const support = await world.as("support");
    const whole = { serial: "P227000000", receivedAtMs: world.now(), nature: "It fell off.", ...body };
    const answer = await support.send("/api/cases", whole);
    expect(answer.status).toBe(400);
    expect((await faults(answer))?.[0]).toBe(fault);
    await world.close();
  });

  test("a date in the future and the sensor itself as its replacement are told together", async () => {
    const world = await desk();
    const support = await world.as("support");
    const serial = newSerial();
    const { id } = await support.open({ serial });
    const impossible = { receivedAtMs: world.now() + dayMs, replacementSerial: serial.toLowerCase() };
    expect(await faults(await support.change(id, impossible))).toEqual([
      "receivedAtMs future-date",
      "replacementSerial same",
    ]);
    await world.close();
  });

  test("texts of 5,000 characters and names of 120 are kept as they are", async () => {
    const world = await desk();
    const support = await world.as("support");
    const longest = {
      nature: "👩‍🔧 漏".repeat(1000),
      action: "x".repeat(5000),
      callerName: "ä".repeat(120),
      callerAddress: "120 Meter St, Reading 40",
    };
    const { id } = await support.open({
      serial: newSerial(),
      ...longest,
      nature: longest.nature.slice(0, 5000),
    });
    expect(await support.one(id)).toMatchObject({
      nature: longest.nature.slice(0, 5000),
      action: longest.action,
      callerName: longest.callerName,
    });
    await world.close();
  });

  test("what a previous secret sealed opens with the new one; what no secret opens is not written over", async () => {
    const world = await desk();
    const { id } = await (await world.as("support")).open({ serial: newSerial(), callerName: "Li" });
    await world.close();
    const next = "fedcba9876543210fedcba9876543210";
    const turned = await openDesk(await open(), { authSecret: next, previousAuthSecrets: [authSecret] });
    expect(await (await turned.as("support")).one(id)).toMatchObject({ callerName: "Li" });
    await turned.close();
    const alone = await openDesk(await open(), { authSecret: next });
    expect(await (await alone.as("support")).one(id)).toMatchObject({
      callerName: "Li",
      isUnreadable: false,
      history: [{ changes: [] }],
    });
    await alone.close();
    const lost = await openDesk(await open(), { authSecret });
    const support = await lost.as("support");
    expect(await support.one(id)).toMatchObject({
      callerName: null,
      isUnreadable: true,
      missing: [],
      history: [{ changes: null }],
    });
    expect(await faults(await support.change(id, { reply: "We wrote." }))).toEqual(["reply unreadable"]);
    await support.change(id, { state: "closed", from: { state: "open" } });
    await lost.close();
    const again = await openDesk(await open(), { authSecret: next });
    expect(await (await again.as("support")).one(id)).toMatchObject({ callerName: "Li", state: "closed" });
    await again.close();
  });
});
