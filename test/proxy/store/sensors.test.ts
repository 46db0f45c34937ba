import { expect, test } from "vitest";
import { createAuditChain } from "#proxy/audit/chain.ts";
import { createMigrator, type Database, migrateTables } from "#proxy/store/database.ts";
import { createPatientStore } from "#proxy/store/patients.ts";
import { createSensorBook } from "#proxy/store/platform-users.ts";
import { createSensorStore, type SensorFacts } from "#proxy/store/sensors.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { glucoseSealer } from "#test/support/glucose-sealer.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const nowMs = Date.UTC(2026, 10, 20, 9, 30);
const trail = { chain: createAuditChain(["0123456789abcdef0123456789abcdef"]), nowMs };

const person = { name: "Ada", region: "SE", timeZone: "Europe/Stockholm" };

const facts = (serial: string, more: Partial<SensorFacts> = {}): SensorFacts => ({
  serial,
  state: "activated",
  boundAtMs: nowMs - 3 * dayMs,
  activatedAtMs: nowMs - 3 * dayMs,
  estimatedEndAtMs: nowMs + 11 * dayMs,
  endedAtMs: null,
  partnerId: "partner-1",
  openId: null,
  askedAtMs: nowMs,
  ...more,
});

let count = 0;
/** A serial and an account that no other test has. */
const own = () => {
  count += 1;
  return { serial: `S${count}`, openId: `open-${count}`, partnerUid: `uid-${count}` };
};

function suite(open: () => Promise<Database>) {
  async function start() {
    const database = await open();
    await migrateTables(database, trail);
    const { db } = database;
    return {
      db,
      sensors: createSensorStore(db, () => nowMs),
      book: createSensorBook(db, () => nowMs),
      patients: createPatientStore(database, glucoseSealer),
      askedAtMs: async (serial: string) =>
        (await createSensorStore(db, () => nowMs).bySerial(serial))?.askedAtMs,
    };
  }

  test("a sensor that was asked about again within the day is written only where something changed", async () => {
    const { db, sensors, askedAtMs } = await start();
    const { serial } = own();
    await sensors.note([facts(serial)]);
    await sensors.note([facts(serial, { askedAtMs: nowMs + hourMs })]);
    expect(await askedAtMs(serial)).toBe(nowMs);
    await sensors.note([facts(serial, { askedAtMs: nowMs + dayMs })]);
    expect(await askedAtMs(serial)).toBe(nowMs + dayMs);
    const endedAtMs = nowMs + dayMs;
    await sensors.note([facts(serial, { askedAtMs: nowMs + dayMs + hourMs, state: "ended", endedAtMs })]);
    expect(await sensors.bySerial(serial)).toMatchObject({ state: "ended", endedAtMs });
    await db.destroy();
  });

  test("what was asked earlier does not replace what is known from later", async () => {
    const { db, sensors } = await start();
    const { serial } = own();
    await sensors.note([facts(serial, { state: "ended", endedAtMs: nowMs })]);
    await sensors.note([facts(serial, { askedAtMs: nowMs - 1 })]);
    expect(await sensors.bySerial(serial)).toMatchObject({ state: "ended", askedAtMs: nowMs });
    await db.destroy();
  });

  test("what an answer does not say of data, box and verdict stays known", async () => {
    const { db, sensors } = await start();
    const { serial } = own();
    const data = { lastDataAtMs: nowMs, received: 90, expected: 100, packetsLost: 3, uploadDelayMs: 300_000 };
    await sensors.noteBoxes([{ serial, gtin: "04719873301234", lot: "A12", expiryDate: "2027-03-31" }]);
    await sensors.note([facts(serial, { data, headline: "lost-data" })]);
    // Made after its use-by date it was not.
    await sensors.noteBoxes([{ serial, producedOn: "2027-04-01" }]);
    expect((await sensors.bySerial(serial))?.box.producedOn).toBeNull();
    await sensors.noteBoxes([{ serial, lot: null, producedOn: "2026-03-31" }]);
    await sensors.note([facts(serial, { askedAtMs: nowMs + 2 * dayMs })]);
    expect(await sensors.bySerial(serial)).toMatchObject({
      ...data,
      headline: "lost-data",
      askedAtMs: nowMs + 2 * dayMs,
      box: { gtin: "04719873301234", lot: "A12", expiryDate: "2027-03-31", producedOn: "2026-03-31" },
    });
    await db.destroy();
  });

  test("a verdict goes with the state that it was of", async () => {
    const { db, sensors } = await start();
    const { serial } = own();
    await sensors.note([facts(serial, { headline: "working" })]);
    await sensors.note([facts(serial, { askedAtMs: nowMs + 1, state: "ended", endedAtMs: nowMs })]);
    expect(await sensors.bySerial(serial)).toMatchObject({ state: "ended", headline: null });
    await db.destroy();
  });

  test("counts that were not known are written at once", async () => {
    const { db, sensors } = await start();
    const { serial } = own();
    const data = {
      lastDataAtMs: null,
      received: 0,
      expected: 100,
      packetsLost: null,
      uploadDelayMs: null,
    };
    await sensors.note([facts(serial)]);
    await sensors.note([facts(serial, { askedAtMs: nowMs + 1, data })]);
    expect(await sensors.bySerial(serial)).toMatchObject(data);
    await db.destroy();
  });

  test("the wearer is kept where it is a patient of ours, and of nobody else", async () => {
    const { db, sensors, patients } = await start();
    const [ours, foreign] = [own(), own()];
    await patients.add({ ...person, ...ours }, nowMs);
    await sensors.note([facts(ours.serial, { openId: ours.openId }), facts(foreign.serial, foreign)]);
    expect(await sensors.bySerial(ours.serial)).toMatchObject({ openId: ours.openId, region: "SE" });
    expect(await sensors.bySerial(foreign.serial)).toMatchObject({ openId: null, region: null });
    await db.destroy();
  });

  test("archiving a patient takes the wearer away and keeps the sensor; a look does not bring them back, restoring does", async () => {
    const { db, sensors, book, patients } = await start();
    const { serial, openId, partnerUid } = own();
    const added = await patients.add({ ...person, openId, partnerUid }, nowMs);
    const id = added?.patient.id ?? "";
    await book.remember(openId, [serial]);
    await sensors.note([facts(serial, { openId })]);
    expect(await sensors.wornBy([openId])).toMatchObject([{ serial, openId }]);

    await patients.change(id, { archived: true }, nowMs);
    expect(await sensors.wornBy([openId])).toEqual([]);
    await sensors.note([facts(serial, { openId, askedAtMs: nowMs + dayMs })]);
    await book.remember(openId, [serial]);
    expect(await sensors.bySerial(serial)).toMatchObject({
      openId: null,
      region: "SE",
      activatedAtMs: nowMs - 3 * dayMs,
    });

    await patients.change(id, { archived: false }, nowMs);
    expect(await sensors.wornBy([openId])).toMatchObject([{ serial, openId }]);
    await db.destroy();
  });

  test("the sensors of a record that was merged go with the whole when it is archived", async () => {
    const { db, sensors, book, patients } = await start();
    const [part, whole] = [own(), own()];
    const ids = [];
    for (const { openId, partnerUid } of [part, whole])
      ids.push((await patients.add({ ...person, openId, partnerUid }, nowMs))?.patient.id ?? "");
    const [partId = "", wholeId = ""] = ids;
    await book.remember(part.openId, [part.serial]);
    expect(await patients.merge(partId, wholeId)).toBe("done");
    await patients.change(wholeId, { archived: true, from: { merged: [partId] } }, nowMs);
    expect(await sensors.bySerial(part.serial)).toMatchObject({ openId: null });
    await book.remember(part.openId, [part.serial]);
    expect(await sensors.bySerial(part.serial)).toMatchObject({ openId: null });
    await patients.change(wholeId, { archived: false }, nowMs);
    expect(await sensors.bySerial(part.serial)).toMatchObject({ openId: part.openId });
    await db.destroy();
  });

  test("a wearer's sensors come with those activated last first", async () => {
    const { db, sensors, book, patients } = await start();
    const { openId, partnerUid } = own();
    await patients.add({ ...person, openId, partnerUid }, nowMs);
    const serials = [own().serial, own().serial, own().serial];
    await book.remember(openId, serials);
    await sensors.note(
      serials.map((serial, index) =>
        facts(serial, { openId, activatedAtMs: nowMs - (index % 2) * dayMs - index }),
      ),
    );
    const [first, second, third] = serials;
    expect((await sensors.wornBy([openId])).map(({ serial }) => serial)).toEqual([first, third, second]);
    await db.destroy();
  });
}

onBothDatabases(suite);

/** Apart, because it goes back to how the tables were before. */
onBothDatabases((open) =>
  test("of a database from before, the sensors and whose they are become known", async () => {
    const database = await open();
    const { db } = database;
    const migrator = createMigrator(database, trail);
    const before = await migrator.migrateTo("0023-appointments");
    expect(before.error).toBeUndefined();
    const [seen, archived] = [own(), own()];
    const patients = createPatientStore(database, glucoseSealer);
    for (const { openId, partnerUid } of [seen, archived])
      await patients.add({ ...person, openId, partnerUid }, nowMs);
    await db
      .updateTable("patient")
      .set({ archived_at_ms: nowMs })
      .where("open_id", "=", archived.openId)
      .execute();
    const rows = [seen, archived].map(({ serial, openId }) => ({
      serial,
      open_id: openId,
      seen_at_ms: nowMs - 7,
    }));
    await db.insertInto("sensor_owner").values(rows).execute();
    await migrateTables(database, trail);
    const sensors = createSensorStore(db, () => nowMs);
    expect(await sensors.bySerial(seen.serial)).toMatchObject({
      openId: seen.openId,
      region: "SE",
      state: null,
      firstSeenAtMs: nowMs - 7,
    });
    expect(await sensors.bySerial(archived.serial)).toMatchObject({ openId: null, region: "SE" });
    await db.destroy();
  }),
);
