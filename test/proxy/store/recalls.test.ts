import { sql } from "kysely";
import { expect, test } from "vitest";
import { createAuditChain } from "#proxy/audit/chain.ts";
import { createMigrator, migrateTables } from "#proxy/store/database.ts";
import { createPatientStore } from "#proxy/store/patients.ts";
import { triesOfAll } from "#proxy/store/recall-contacts.ts";
import { createRecallStore } from "#proxy/store/recalls.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { glucoseSealer } from "#test/support/glucose-sealer.ts";

const nowMs = Date.UTC(2026, 10, 20, 9, 30);
const trail = { chain: createAuditChain(["0123456789abcdef0123456789abcdef"]), nowMs };

onBothDatabases((open) => {
  test("of a database from before, whoever was told of a recall or not reached has had one try, and what wearers are told is in the language that it is written in", async () => {
    const database = await open();
    const { db } = database;
    expect(
      (await createMigrator(database, trail).migrateTo("0031-sensor-case-history")).error,
    ).toBeUndefined();
    await createPatientStore(database, glucoseSealer).add(
      { name: "Ada", region: "SE", timeZone: "Europe/Stockholm", openId: "o1", partnerUid: "u1" },
      nowMs,
    );
    const { id } = await db.selectFrom("patient").select("id").executeTakeFirstOrThrow();
    const contact = { outcome: "not-reached", by_id: "s1", at_ms: nowMs - 7 } as const;
    await db
      .insertInto("recall_contact")
      .values({ recall_id: "r1", patient_id: id, ...contact })
      .execute();
    expect((await createMigrator(database, trail).migrateTo("0034-box-replaced")).error).toBeUndefined();
    const columns =
      "(id, name, alike, instruction, created_at_ms, is_read, lines, not_ours, unusable, alike_count)";
    for (const [id, instruction] of [
      ["w1", "Take it off."],
      ["w2", "请取下 S1。"],
      ["w3", null],
    ] as const)
      await sql`insert into recall ${sql.raw(columns)} values (${id}, ${id}, '[]', ${instruction}, 1, 1, 1, 0, 0, 0)`.execute(
        db,
      );
    await migrateTables(database, trail);
    const store = createRecallStore(database);
    const tries = async () => (await triesOfAll(db, "r1", [id])).get(id);
    const first = { outcome: "not-reached", byId: "s1", atMs: nowMs - 7 };
    expect(await tries()).toEqual([first]);
    const second = { outcome: "contacted", byId: "s2", atMs: nowMs } as const;
    expect(await store.noteTry("r1", id, second)).toBe(true);
    expect(await tries()).toEqual([second, first]);
    expect(await store.takeBackTry("r1", id)).toBe("contacted");
    expect(await tries()).toEqual([first]);
    const instructions = await Promise.all(["w1", "w2", "w3"].map((id) => store.byId(id)));
    expect(instructions.map((recall) => recall?.instruction)).toEqual([
      { en: "Take it off.", "zh-CN": null },
      { en: null, "zh-CN": "请取下 S1。" },
      { en: null, "zh-CN": null },
    ]);
    await db.destroy();
  });
});
