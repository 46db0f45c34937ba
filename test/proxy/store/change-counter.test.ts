import { sql } from "kysely";
import { expect, test } from "vitest";
import { createAuditChain } from "#proxy/audit/chain.ts";
import type { TrailStart } from "#proxy/store/audit-migration.ts";
import { createMigrator, migrateTables } from "#proxy/store/database.ts";
import { createPatientStore } from "#proxy/store/patients.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { glucoseSealer } from "#test/support/glucose-sealer.ts";

const nowMs = Date.UTC(2026, 10, 20, 12);
const trail: TrailStart = { chain: createAuditChain(["0123456789abcdef0123456789abcdef"]), nowMs };

onBothDatabases((open) => {
  test("a database from before has its patients numbered and its merged records kept, and goes on counting", async () => {
    const database = await open();
    const { db } = database;
    const { error } = await createMigrator(database, trail).migrateTo("0009-targets-set");
    expect(error).toBeUndefined();
    for (const [id, merged] of [
      ["a", null],
      ["b", "a"],
      ["c", "a"],
    ])
      await sql`insert into patient (id, partner_uid, name, region, time_zone, open_id, created_at_ms, merged_into)
        values (${id}, ${id}, ${id}, 'SE', 'UTC', ${id}, ${nowMs}, ${merged})`.execute(db);
    await migrateTables(database, trail);

    const store = createPatientStore(database, glucoseSealer);
    const all = await store.changedAfter(0, 10);
    expect(all.map(({ row }) => row.id).toSorted()).toEqual(["a", "b", "c"]);
    expect(new Set(all.map(({ seq }) => seq)).size).toBe(3);
    const last = all.at(-1)?.seq ?? 0;
    expect(await store.changedAfter(last, 10)).toEqual([]);

    await store.change("c", { name: "C" }, nowMs - 86_400_000);
    await store.merge("b", null);
    const later = await store.changedAfter(last, 10);
    // The whole that a part was taken out of is another one, too.
    expect(later.map(({ row }) => [row.id, row.name, row.mergedInto]).toSorted()).toEqual([
      ["a", "a", null],
      ["b", "b", null],
      ["c", "C", "a"],
    ]);
    // A page ends within them and the next one goes on.
    expect((await store.changedAfter(0, 2)).length).toBe(2);

    // What is changed past us, and by a server of before, is numbered as well.
    await sql`update patient set tags = '["x"]', changed_at_ms = 5 where id = 'a'`.execute(db);
    expect((await store.changedAfter(later.at(-1)?.seq ?? 0, 10)).map(({ row }) => row.id)).toEqual(["a"]);
    await db.destroy();
  });
});
