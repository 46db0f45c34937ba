import { expect, test } from "vitest";
import type { FleetGroup, FleetSensorsQuery } from "#contract/fleet.ts";
import { createAuditChain } from "#proxy/audit/chain.ts";
import { type Database, migrateTables } from "#proxy/store/database.ts";
import { createFleetStore } from "#proxy/store/fleet.ts";
import { createSensorStore, type SensorFacts } from "#proxy/store/sensors.ts";
import { onBothDatabases } from "#test/support/databases.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const startMs = Date.UTC(2026, 10, 2, 8);
const trail = { chain: createAuditChain(["0123456789abcdef0123456789abcdef"]), nowMs: startMs };

/** Activated at the start, planned for 14 days, asked 20 days later. */
const facts = (serial: string, more: Partial<SensorFacts> = {}): SensorFacts => ({
  serial,
  state: "activated",
  boundAtMs: startMs,
  activatedAtMs: startMs,
  estimatedEndAtMs: startMs + 14 * dayMs,
  endedAtMs: null,
  partnerId: "partner-1",
  openId: null,
  askedAtMs: startMs + 20 * dayMs,
  ...more,
});
const ended = (serial: string, wornMs: number, more: Partial<SensorFacts> = {}) =>
  facts(serial, { state: "ended", endedAtMs: startMs + wornMs, ...more });
const data = (received: number, lastDataAtMs: number | null, uploadDelayMs: number | null = 5 * 60_000) => ({
  lastDataAtMs,
  received,
  expected: 100,
  packetsLost: null,
  uploadDelayMs,
});

onBothDatabases((open) => {
  async function start(list: readonly (readonly [SensorFacts, lot?: string])[]) {
    const database: Database = await open();
    await migrateTables(database, trail);
    await database.db.deleteFrom("sensor").execute();
    const sensors = createSensorStore(database.db, () => startMs);
    for (const [one, lot] of list) {
      await sensors.note([one]);
      if (lot) await sensors.noteBoxes([{ serial: one.serial, lot }]);
    }
    return { fleet: createFleetStore(database), db: database.db };
  }
  const groupOf = (groups: readonly FleetGroup[], key: string | null) =>
    groups.find((group) => group.key === key);

  test("ends are counted by whole hours of wear, and who is still worn when the platform was asked last", async () => {
    const { fleet, db } = await start([
      [ended("E1", 3 * hourMs + 1)],
      [ended("E2", 3 * hourMs + 59 * 60_000)],
      [ended("E3", 14 * dayMs)],
      [facts("W1", { askedAtMs: startMs + 2 * dayMs })],
    ]);
    const { groups, others } = await fleet.read({ by: "all", ends: "any", extent: "first" });
    expect(groups).toMatchObject([{ key: null, sensors: 4, ended: 3, endedEarly: 2, worn: 1, unclear: 0 }]);
    expect(groups[0]?.tally).toEqual([
      [3, 2, 0, 2],
      [48, 0, 1, 0],
      [336, 1, 0, 0],
    ]);
    expect(groups[0]?.plannedHours).toBe(336);
    expect(others).toEqual({ groups: 0, sensors: 0 });
    const early = await fleet.read({ by: "all", ends: "early", extent: "first" });
    expect(early.groups[0]?.tally).toEqual([
      [3, 2, 0, 2],
      [48, 0, 1, 0],
      [336, 0, 1, 0],
    ]);
    await db.destroy();
  });

  test("two hours before its time a sensor has not ended early, a moment before that it has", async () => {
    const { fleet, db } = await start([
      [ended("E1", 14 * dayMs - 2 * hourMs)],
      [ended("E2", 14 * dayMs - 2 * hourMs - 1)],
    ]);
    expect((await fleet.read({ by: "all", ends: "any", extent: "first" })).groups[0]).toMatchObject({
      ended: 2,
      endedEarly: 1,
    });
    await db.destroy();
  });

  test("what has no clear wear is in no curve, and is counted by why", async () => {
    const { fleet, db } = await start([
      [facts("N1", { state: "unbound", activatedAtMs: null, boundAtMs: null })],
      [facts("N2", { state: "bound", activatedAtMs: null })],
      [facts("U1", { activatedAtMs: null })],
      [ended("U2", -hourMs)],
      [facts("U3", { state: "ended" })],
      [facts("U4", { state: "unknown" })],
      [ended("U5", 91 * dayMs)],
      [ended("E1", 5 * dayMs)],
    ]);
    const { groups } = await fleet.read({ by: "all", ends: "any", extent: "first" });
    expect(groups[0]).toMatchObject({ sensors: 8, neverActivated: 2, unclear: 5, ended: 1, worn: 0 });
    expect(groups[0]?.tally).toEqual([[120, 1, 0, 1]]);
    const unclear = await fleet.sensors({ ...everything, choice: "unclear" });
    expect(unclear.rows.map(({ serial }) => serial).sort()).toEqual(["U1", "U2", "U3", "U4", "U5"]);
    await db.destroy();
  });

  test("silent is who is worn and sent nothing for a day; never sent is who was looked at and has nothing", async () => {
    const atMs = startMs + 5 * dayMs;
    const { fleet, db } = await start([
      [facts("S1", { askedAtMs: atMs, data: data(40, atMs - dayMs) })],
      [facts("S2", { askedAtMs: atMs, data: data(40, atMs - dayMs + 1, 61 * 60_000) })],
      [facts("S3", { askedAtMs: atMs, data: data(0, null, null) })],
      [facts("S4", { askedAtMs: atMs })],
      [ended("S5", 5 * dayMs, { data: data(90, startMs + 3 * dayMs, 300 * 60_000) })],
    ]);
    const { groups } = await fleet.read({ by: "all", ends: "any", extent: "first" });
    expect(groups[0]).toMatchObject({
      silent: 1,
      neverSent: 1,
      dataKnown: 4,
      received: 170,
      expected: 400,
      delays: [1, 0, 0, 1, 1],
    });
    expect((await fleet.sensors({ ...everything, choice: "silent" })).rows).toMatchObject([{ serial: "S1" }]);
    expect((await fleet.sensors({ ...everything, choice: "never-sent" })).rows).toMatchObject([
      { serial: "S3" },
    ]);
    await db.destroy();
  });

  test("the lots activated last are told, those without a lot too, how many others there are, and all when asked", async () => {
    const lots = Array.from({ length: 15 }, (_, lot) => lot);
    const { fleet, db } = await start([
      ...lots.flatMap((lot) =>
        Array.from(
          { length: lot + 1 },
          (_, n) =>
            [
              ended(`L${lot}-${n}`, dayMs - lot * hourMs, { activatedAtMs: startMs - lot * hourMs }),
              `lot-${lot}`,
            ] as const,
        ),
      ),
      [ended("none", dayMs)],
    ]);
    const { groups, others } = await fleet.read({ by: "lot", ends: "any", extent: "first" });
    expect(groups.map(({ key }) => key)).toEqual([...lots.slice(0, 11).map((lot) => `lot-${lot}`), null]);
    expect(groupOf(groups, "lot-10")).toMatchObject({ sensors: 11, tally: [[24, 11, 0, 11]] });
    expect(groupOf(groups, null)).toMatchObject({ sensors: 1, tally: [[24, 1, 0, 1]] });
    expect(others).toEqual({ groups: 4, sensors: 54 });
    const all = await fleet.read({ by: "lot", ends: "any", extent: "all" });
    expect(all.groups.map(({ key }) => key)).toEqual([...lots.map((lot) => `lot-${lot}`), null]);
    expect(groupOf(all.groups, "lot-14")).toMatchObject({ sensors: 15, tally: [[24, 15, 0, 15]] });
    expect(all.others).toEqual({ groups: 0, sensors: 0 });
    await db.destroy();
  });

  test("a week begins on Monday in UTC, and the latest weeks come first", async () => {
    const mondayMs = Date.UTC(2026, 10, 9);
    const { fleet, db } = await start([
      [facts("A", { activatedAtMs: mondayMs - 1 })],
      [facts("B", { activatedAtMs: mondayMs })],
      [facts("C", { activatedAtMs: mondayMs + 7 * dayMs - 1 })],
    ]);
    const { groups } = await fleet.read({ by: "week", ends: "any", extent: "first" });
    expect(groups).toMatchObject([
      { key: "2026-11-09", sensors: 2 },
      { key: "2026-11-02", sensors: 1 },
    ]);
    const one = await fleet.sensors({ ...everything, by: "week", key: "2026-11-02", choice: "last-worn" });
    expect(one.rows).toMatchObject([{ serial: "A" }]);
    await db.destroy();
  });

  test("the sensors behind a step are those of its hours and its group, shortest wear first", async () => {
    const { fleet, db } = await start([
      [ended("E3", 2 * dayMs), "A"],
      [ended("E2", dayMs + hourMs), "A"],
      [ended("E1", dayMs), "A"],
      [ended("E4", dayMs), "B"],
      [facts("W1", { askedAtMs: startMs + dayMs }), "A"],
    ]);
    const query = { by: "lot", key: "A", ends: "any", fromHours: 24, toHours: 48 } as const;
    const found = await fleet.sensors({ ...query, choice: "ended" });
    expect(found).toMatchObject({ total: 2, rows: [{ serial: "E1", lot: "A" }, { serial: "E2" }] });
    expect((await fleet.sensors({ ...query, choice: "last-worn" })).rows).toMatchObject([{ serial: "W1" }]);
    await db.destroy();
  });
});

const everything: FleetSensorsQuery = {
  by: "all",
  key: null,
  ends: "any",
  choice: "ended",
  fromHours: 0,
  toHours: 90 * 24 + 1,
};
