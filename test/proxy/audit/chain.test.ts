import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAuditChain } from "#proxy/audit/chain.ts";
import { pruneAudit } from "#proxy/audit/pruning.ts";
import { createAuditTrail } from "#proxy/audit/trail.ts";
import { verifyAudit } from "#proxy/audit/verification.ts";
import { type Audit, type AuditEntry, createAudit } from "#proxy/audit/write.ts";
import { type Database, migrateTables, openDatabase } from "#proxy/store/database.ts";
import { migrationsFor } from "#proxy/store/migrations.ts";
import type { Tables } from "#proxy/store/schema.ts";
import { hasPostgres, type Postgres, startPostgres } from "#test/support/postgres.ts";

const [formerSecret, nextSecret] = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"];
const chain = createAuditChain([formerSecret]);
const beganMs = 1_700_000_000_000;

/** Looks that are written once in a while are not what is tried here. */
const notLookedAt = () => 0;

const entry = (subject: string): AuditEntry => ({
  actor_id: "u1",
  actor_role: "clinician",
  action: "patient.change",
  subject,
  outcome: "ok",
  request_id: "r",
  client_address: "198.51.100.7",
});

/** What holds on any database. `fresh` opens an empty one, `again` the same one once more. */
function suite(fresh: () => Promise<Database>, again: () => Promise<Database>) {
  async function open() {
    const database = await fresh();
    await migrateTables(database, { chain, nowMs: beganMs });
    let nowMs = beganMs;
    const now = () => {
      nowMs += 1000;
      return nowMs;
    };
    const { db } = database;
    return {
      database,
      db,
      now,
      audit: createAudit(database, chain, now, notLookedAt),
      verify: (with_ = chain) => verifyAudit(createAuditTrail(db), with_, nowMs),
      faults: async () => (await verifyAudit(createAuditTrail(db), chain, nowMs)).faults,
      /** As somebody does it who may do everything in the database. */
      tamper: async (statement: string) => {
        const [off, on] = triggers(database);
        for (const one of [...off, statement, ...on]) await sql.raw(one).execute(db);
      },
    };
  }

  async function write(audit: Audit, count: number) {
    for (let i = 0; i < count; i += 1) await audit(entry(`p${i}`));
  }

  test("rows are numbered and chained from the first one, and the whole verifies", async () => {
    const { audit, db, verify } = await open();
    await write(audit, 5);
    const rows = await db.selectFrom("audit").selectAll().orderBy("seq").execute();
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(rows.map(({ previous_mac }) => previous_mac)).toEqual([
      "",
      ...rows.slice(0, 4).map(({ mac }) => mac),
    ]);
    expect(await verify()).toMatchObject({
      rows: 5,
      lastSeq: 5,
      lastMac: rows[4]?.mac,
      sinceMs: beganMs + 1000,
      beganAtMs: beganMs,
      beforeChain: 0,
      faults: [],
      faultCount: 0,
    });
    await db.destroy();
  });

  test("rows written at the same moment by several servers make one chain", async () => {
    const one = await open();
    const others = [await again(), await again()];
    const audits = [one.audit, ...others.map((other) => createAudit(other, chain, one.now, notLookedAt))];
    await Promise.all(
      Array.from({ length: 150 }, (_, i) => (audits[i % audits.length] as Audit)(entry(`p${i}`))),
    );
    expect(await one.verify()).toMatchObject({ rows: 150, lastSeq: 150, faults: [] });
    for (const { db } of [one, ...others]) await db.destroy();
  });

  test("servers that write again and again, each in the other's way, make one chain", async () => {
    const one = await open();
    const other = await again();
    const audits = [one.audit, createAudit(other, chain, one.now, notLookedAt)];
    await Promise.all(audits.map((audit) => write(audit, 60)));
    expect(await one.verify()).toMatchObject({ rows: 120, lastSeq: 120, faults: [] });
    for (const { db } of [one, other]) await db.destroy();
  });

  test("the database itself refuses to change or remove a row, or the record of the end", async () => {
    const { audit, db, faults } = await open();
    await write(audit, 3);
    const refused = /append-only/;
    await expect(
      db.updateTable("audit").set({ subject: "x" }).where("seq", "=", 2).execute(),
    ).rejects.toThrow(refused);
    await expect(db.deleteFrom("audit").where("seq", "=", 2).execute()).rejects.toThrow(refused);
    await expect(db.deleteFrom("audit_head").execute()).rejects.toThrow(refused);
    expect(await faults()).toEqual([]);
    await db.destroy();
  });

  test.each([
    [
      "an altered row",
      "update audit set subject = 'p9' where seq = 4",
      [{ kind: "altered", fromSeq: 4, toSeq: 4 }],
    ],
    [
      "an altered time",
      "update audit set at_ms = at_ms + 1 where seq = 7",
      [{ kind: "altered", fromSeq: 7, toSeq: 7 }],
    ],
    ["a removed row", "delete from audit where seq = 4", [{ kind: "missing", fromSeq: 4, toSeq: 4 }]],
    [
      "the first rows removed",
      "delete from audit where seq < 3",
      [{ kind: "missing", fromSeq: 1, toSeq: 2 }],
    ],
    [
      "the last rows removed",
      "delete from audit where seq > 7",
      [{ kind: "missing", fromSeq: 8, toSeq: 10 }],
    ],
    [
      "two rows in each other's place",
      "update audit set seq = case seq when 4 then -5 else -4 end where seq in (4, 5); update audit set seq = -seq where seq < 0",
      [{ kind: "altered", fromSeq: 4, toSeq: 5 }],
    ],
    [
      "the last rows removed and the record of the end put back",
      `delete from audit where seq > 7; update audit_head set seq = 7, mac = (select mac from audit where seq = 7)`,
      [{ kind: "head", fromSeq: 7, toSeq: 7 }],
    ],
    ["no record of the end", "delete from audit_head", [{ kind: "head", fromSeq: 10, toSeq: 10 }]],
    [
      "a row added by hand",
      `insert into audit select 11, at_ms, action, outcome, request_id, client_address, previous_mac, mac, actor_id, actor_role, subject, details from audit where seq = 3`,
      [
        { kind: "after-end", fromSeq: 11, toSeq: 11 },
        { kind: "altered", fromSeq: 11, toSeq: 11 },
      ],
    ],
  ])("%s shows, and where", async (_, statements, expected) => {
    const { audit, db, faults, tamper } = await open();
    await write(audit, 10);
    for (const statement of statements.split(/;\s+/)) await tamper(statement);
    expect((await faults()).toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual(expected);
    await db.destroy();
  });

  test("an end that was cut off and forged is not healed by what is written next", async () => {
    const { audit, db, faults, tamper, database, now } = await open();
    await write(audit, 10);
    const { seal, mac } = await db.selectFrom("audit_head").select(["seal", "mac"]).executeTakeFirstOrThrow();
    await tamper("delete from audit where seq > 7");
    await tamper("update audit_head set seq = 7, mac = (select mac from audit where seq = 7)");
    await write(createAudit(database, chain, now, notLookedAt), 2);
    expect(await faults()).toEqual([{ kind: "head", fromSeq: 8, toSeq: 8 }]);
    const broken = await db.selectFrom("audit").selectAll().where("seq", "=", 8).executeTakeFirst();
    expect(broken).toMatchObject({ action: "audit.broken", details: '{"head":"altered"}' });

    // A server that is running knows more: not even a seal that was once right is believed.
    await audit(entry("seen"));
    await tamper("delete from audit where seq > 10");
    await tamper(`update audit_head set seq = 10, mac = '${mac}', seal = '${seal}'`);
    await audit(entry("p11"));
    expect(await faults()).toContainEqual({ kind: "missing", fromSeq: 11, toSeq: 11 });
    await db.destroy();
  });

  test("without its record of the end the trail goes on from its last row, and says so", async () => {
    const { audit, db, faults, tamper } = await open();
    await write(audit, 3);
    await tamper("delete from audit_head");
    await write(audit, 2);
    expect(await faults()).toEqual([{ kind: "head", fromSeq: 4, toSeq: 4 }]);
    await db.destroy();
  });

  test("after a change of the secret the old rows verify with the former one, and cannot be checked without", async () => {
    const { audit, db, database, now, verify } = await open();
    await write(audit, 3);
    const both = createAuditChain([nextSecret, formerSecret]);
    await write(createAudit(database, both, now, notLookedAt), 2);
    expect(await verify(both)).toMatchObject({ rows: 5, faults: [], unchecked: [] });
    expect(await verify(createAuditChain([nextSecret]))).toMatchObject({
      faults: [],
      uncheckedRows: 3,
      unchecked: [{ fromSeq: 1, toSeq: 3 }],
    });
    await db.destroy();
  });

  test("a trail under a secret that is gone is gone on with: nobody is accused, and the change has its row", async () => {
    const { audit, db, database, now, verify } = await open();
    await write(audit, 3);
    const next = createAuditChain([nextSecret]);
    const gone = { faults: [], uncheckedRows: 3, unchecked: [{ fromSeq: 1, toSeq: 3 }] };
    expect(await verify(next)).toMatchObject({ ...gone, beganAtMs: null });
    const audited = createAudit(database, next, now, notLookedAt);
    await write(audited, 2);
    await write(audited, 1);
    const rows = await db.selectFrom("audit").select("action").orderBy("seq").execute();
    expect(rows.slice(3).map(({ action }) => action)).toEqual([
      "audit.key-change",
      "patient.change",
      "patient.change",
      "patient.change",
    ]);
    expect(await verify(next)).toMatchObject({ ...gone, beganAtMs: beganMs });
    expect(await verify(createAuditChain([nextSecret, formerSecret]))).toMatchObject({
      rows: 7,
      faults: [],
      uncheckedRows: 0,
    });
    await db.destroy();
  });

  test("a trail that servers of before called broken, as its secret had been replaced, is not", async () => {
    const { audit, db, database, now, verify } = await open();
    await write(audit, 2);
    const next = createAuditChain([nextSecret]);
    const details = { head: "unknown-key" };
    const broken = { ...entry(""), action: "audit.broken", outcome: "failed", details } as const;
    const both = createAuditChain([nextSecret, formerSecret]);
    await createAudit(database, both, now, notLookedAt)(broken);
    expect(await verify(next)).toMatchObject({ faults: [], uncheckedRows: 2 });
    await createAudit(database, both, now, notLookedAt)(broken);
    expect(await verify(next)).toMatchObject({ faults: [{ kind: "head", fromSeq: 4, toSeq: 4 }] });
    await db.destroy();
  });

  test.each([
    [
      "a row rewritten under an unknown key no longer bears the next one",
      "update audit set subject = 'p9', mac = 'XXXXXXXX.x' where seq = 4",
      { faults: [{ kind: "order", fromSeq: 5, toSeq: 5 }], unchecked: [{ fromSeq: 4, toSeq: 4 }] },
    ],
    [
      "the last rows removed and an end forged under an unknown key",
      `delete from audit where seq > 3; update audit_head set seq = 3, mac = (select mac from audit where seq = 3),
        seal = 'XXXXXXXX.x'`,
      { faults: [{ kind: "head", fromSeq: 3, toSeq: 3 }], unchecked: [] },
    ],
    [
      "the last rows removed, the last one left and the end forged under an unknown key",
      `delete from audit where seq > 3; update audit set mac = 'XXXXXXXX.x' where seq = 3;
        update audit_head set seq = 3, mac = 'XXXXXXXX.x', seal = 'XXXXXXXX.x'`,
      { faults: [], unchecked: [{ fromSeq: 3, toSeq: 3 }] },
    ],
    [
      "rows under an unknown key that do not follow from each other",
      "update audit set previous_mac = 'x', mac = 'XXXXXXXX.x' where seq = 5",
      {
        faults: [{ kind: "order", fromSeq: 5, toSeq: 6 }],
        unchecked: [{ fromSeq: 5, toSeq: 5 }],
      },
    ],
    [
      "every row removed and an end forged under an unknown key",
      "delete from audit; update audit_head set seq = 0, mac = '', seal = 'XXXXXXXX.x'",
      { faults: [], unchecked: [{ fromSeq: 1, toSeq: 1 }] },
      1,
    ],
  ])("%s: it never passes for whole", async (_, statements, expected, written = 0) => {
    const { audit, db, database, now, tamper, verify } = await open();
    await write(audit, 6);
    for (const statement of statements.split(/;\s+/)) await tamper(statement);
    await write(createAudit(database, chain, now, notLookedAt), written);
    expect(await verify()).toMatchObject(expected);
    await db.destroy();
  });

  test("an end forged under a secret that was gone shows once that secret is there again", async () => {
    const { audit, db, database, now, tamper, verify } = await open();
    await write(audit, 3);
    const next = createAuditChain([nextSecret]);
    await write(createAudit(database, next, now, notLookedAt), 3);
    await tamper("delete from audit where seq > 3");
    await tamper(`update audit_head set seq = 3, mac = (select mac from audit where seq = 3),
      seal = (select substr(mac, 1, 8) from audit where seq = 3) || '.x'`);
    await write(createAudit(database, next, now, notLookedAt), 1);
    expect(await verify(next)).toMatchObject({ faults: [], unchecked: [{ fromSeq: 1, toSeq: 3 }] });
    expect(await verify(createAuditChain([nextSecret, formerSecret]))).toMatchObject({
      faults: [{ kind: "head", fromSeq: 4, toSeq: 4 }],
    });
    await db.destroy();
  });

  test("text that no database can hold is kept readable and does not break the chain or its neighbours", async () => {
    const { audit, db, verify } = await open();
    await Promise.all(["a\0b", "half \ud83d", "𝄞 王秀英 ß"].map((subject) => audit(entry(subject))));
    expect(await verify()).toMatchObject({ rows: 3, faults: [] });
    await db.destroy();
  });

  test("pruning removes the oldest, leaves a row about it, and the rest still verifies", async () => {
    const { audit, db, database, verify, faults, now, tamper } = await open();
    await write(audit, 10);
    const pruned = await pruneAudit(database, chain, beganMs + 5000, now());
    expect(pruned).toMatchObject({ rows: 4, throughSeq: 4, untilMs: beganMs + 4000 });
    expect(await pruneAudit(database, chain, beganMs + 5000, now())).toBeNull();
    await write(audit, 1);
    expect(await verify()).toMatchObject({
      rows: 8,
      sinceMs: beganMs + 5000,
      lastSeq: 12,
      faults: [],
      pruned: { throughSeq: 4, untilMs: beganMs + 4000 },
    });
    await expect(db.deleteFrom("audit").where("seq", "=", 5).execute()).rejects.toThrow(/append-only/);
    await tamper("update audit_pruning set through_seq = 6");
    await db.deleteFrom("audit").where("seq", "<=", 6).execute();
    expect(await faults()).toEqual([{ kind: "missing", fromSeq: 5, toSeq: 6 }]);
    await db.destroy();
  });

  test("a second pruning takes the row about the first with it", async () => {
    const { audit, db, database, verify, now } = await open();
    await write(audit, 6);
    await pruneAudit(database, chain, beganMs + 3000, now());
    await write(audit, 2);
    const last = await pruneAudit(database, chain, beganMs + 3_600_000, now());
    expect(last).toMatchObject({ rows: 7, throughSeq: 9 });
    expect(await verify()).toMatchObject({ rows: 1, lastSeq: 10, faults: [] });
    await db.destroy();
  });

  test("rows that a forged row about a pruning explains away are missing", async () => {
    const { audit, db, database, verify, faults, now } = await open();
    await write(audit, 10);
    const forger = createAuditChain(["a secret of somebody who may write to the database"]);
    expect(await pruneAudit(database, forger, beganMs + 5000, now())).toMatchObject({ throughSeq: 4 });
    const missing = { kind: "missing", fromSeq: 1, toSeq: 4 };
    expect(await faults()).toEqual([missing]);
    await write(audit, 2);
    expect(await verify()).toMatchObject({ faults: [missing], pruned: null });
    // What is pruned rightly later is believed, as far as it goes.
    await pruneAudit(database, chain, beganMs + 7500, now());
    expect((await verify()).pruned?.throughSeq).toBeGreaterThan(4);
    await db.destroy();
  });

  test("a forged row that says nothing of a pruning, or something else, explains nothing and breaks nothing", async () => {
    for (const details of ["null", "{}", "[", '{"throughSeq":"4"}', '{"throughSeq":9e99}']) {
      const { audit, db, verify, tamper } = await open();
      await write(audit, 6);
      await tamper("delete from audit where seq <= 2");
      await tamper(`insert into audit (seq, at_ms, action, outcome, request_id, client_address, previous_mac, mac, details)
        values (7, ${beganMs}, 'audit.prune', 'ok', '', '', '', 'unknownX.mac', '${details}')`);
      const { faults } = await verify();
      expect([details, faults]).toEqual([
        details,
        expect.arrayContaining([{ kind: "missing", fromSeq: 1, toSeq: 2 }]),
      ]);
      await db.destroy();
    }
  });

  test("what was pruned under a secret that is gone was pruned: it cannot be checked, and nothing is missing", async () => {
    const { audit, db, database, now, verify } = await open();
    await write(audit, 10);
    await pruneAudit(database, chain, beganMs + 5000, now());
    const next = createAuditChain([nextSecret]);
    await createAudit(database, next, now, notLookedAt)(entry("after"));
    const { faults, uncheckedRows, pruned } = await verify(next);
    expect([faults, pruned?.throughSeq]).toEqual([[], 4]);
    expect(uncheckedRows).toBeGreaterThan(6);
    await db.destroy();
  });

  test("rows from before the chain are chained in the order of their times, and counted as such", async () => {
    const database = await fresh();
    const { db, kind, schema } = database;
    const before = db as unknown as Kysely<{
      audit: { id: string } & Omit<Tables["audit"], "seq" | "mac" | "previous_mac" | "details">;
    }>;
    const earlier = Object.fromEntries(
      Object.entries(migrationsFor(kind, { chain, nowMs: beganMs })).filter(([name]) => name < "0005"),
    );
    for (const migration of Object.values(earlier)) await migration.up(db);
    const rows = Array.from({ length: 1203 }, (_, i) => ({
      ...entry(`p${i}`),
      id: `id-${i}`,
      at_ms: beganMs - Math.floor(i / 2) * 1000,
    }));
    for (let i = 0; i < rows.length; i += 401)
      await before
        .insertInto("audit")
        .values(rows.slice(i, i + 401))
        .execute();
    await markDone(database, Object.keys(earlier), schema);
    await migrateTables(database, { chain, nowMs: beganMs + 5000 });
    expect(await verifyAudit(createAuditTrail(db), chain, beganMs)).toMatchObject({
      rows: 1203,
      beforeChain: 1203,
      beganAtMs: beganMs + 5000,
      faults: [],
    });
    const oldest = await db.selectFrom("audit").selectAll().orderBy("seq").limit(1).executeTakeFirst();
    expect(oldest).toMatchObject({ seq: 1, subject: "p1202", at_ms: beganMs - 601_000 });
    await db.destroy();
  });
}

/** The migrator's own record of what has run. */
async function markDone({ db }: Database, names: readonly string[], schema: string | undefined) {
  const migrations = db.schema.withSchema(schema ?? "main");
  await migrations
    .createTable("kysely_migration")
    .addColumn("name", "varchar(255)", (column) => column.primaryKey())
    .addColumn("timestamp", "varchar(255)", (column) => column.notNull())
    .execute();
  for (const name of names)
    await sql`insert into kysely_migration values (${name}, ${new Date(beganMs).toISOString()})`.execute(db);
}

function triggers({ kind }: Database): [off: string[], on: string[]] {
  if (kind === "postgres") {
    const all = (word: string) =>
      ["audit", "audit_head"].map((table) => `alter table ${table} ${word} trigger all`);
    return [all("disable"), all("enable")];
  }
  const abort = "begin select raise(abort, 'the audit trail is append-only'); end";
  return [
    ["audit_keeps", "audit_stays", "audit_head_stays"].map((name) => `drop trigger ${name}`),
    [
      `create trigger audit_keeps before update on audit ${abort}`,
      `create trigger audit_stays before delete on audit
        when not exists (select 1 from audit_pruning where through_seq >= old.seq) ${abort}`,
      `create trigger audit_head_stays before delete on audit_head ${abort}`,
    ],
  ];
}

describe("SQLite", () => {
  const root = mkdtempSync(join(tmpdir(), "trendline-audit-"));
  let count = 0;
  const open = () => openDatabase({ databaseUrl: null, dataDir: join(root, String(count)), sandbox: false });
  afterAll(() => rmSync(root, { recursive: true }));
  suite(() => {
    count += 1;
    return open();
  }, open);
});

if (hasPostgres)
  describe("PostgreSQL", () => {
    let postgres: Postgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres.stop());
    const open = () => openDatabase({ databaseUrl: postgres.url, dataDir: "", sandbox: false });
    suite(async () => {
      const database = await open();
      await sql`drop schema trendline cascade`.execute(database.db);
      await sql`create schema trendline`.execute(database.db);
      return database;
    }, open);
  });
else
  test("PostgreSQL is NOT tested here: the registry's binaries are for Linux on x64", () => {
    expect(`${process.platform}-${process.arch}`).not.toBe("linux-x64");
  });
