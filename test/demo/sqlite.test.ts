import { DatabaseSync as NodeDatabase } from "node:sqlite";
import { beforeAll, expect, test } from "vitest";
import {
  beginWith,
  changesInOpened,
  DatabaseSync,
  exportOpened,
  loadSqlite,
} from "#demo/worker/node/sqlite.ts";

beforeAll(loadSqlite);

const schema = "create table one (id integer primary key, name text unique, amount real, bytes blob)";

function open() {
  beginWith(null);
  const [own, nodes] = [new DatabaseSync(":memory:"), new NodeDatabase(":memory:")];
  own.exec(schema);
  nodes.exec(schema);
  return { own, nodes };
}

const plain = (rows: readonly unknown[]) => rows.map((row) => ({ ...(row as object) }));

test.each([
  ["select ? / 1000 as s", [1_732_850_000_123]],
  ["select ? as a, typeof(?) as b", [5, 5]],
  ["select ? as a, typeof(?) as b", ["x", "x"]],
  ["select ? as a, typeof(?) as b", [null, null]],
  ["select ? as a", [new Uint8Array([1, 2, 255])]],
  ["select ? as a", [10n]],
  ["select max(?, ?) as a", [2, 10]],
  ["select 1 as a union all select 2", []],
  ["select count(*) as a from one where name = ?", ["nobody"]],
  ["select json_extract(?, '$.a[1]') as a", ['{"a":[1,2.5]}']],
] as const)("%s answers what Node's SQLite answers", (sql, values) => {
  const { own, nodes } = open();
  const given = [...values];
  expect(plain(own.prepare(sql).all(...given))).toEqual(plain(nodes.prepare(sql).all(...given)));
});

test("writing says how many rows it changed, and whether there are columns", () => {
  const { own, nodes } = open();
  const insert = "insert into one (name, amount) values (?, ?), (?, ?)";
  const written = own.prepare(insert).run("a", 1.5, "b", 2);
  expect({ ...written, lastInsertRowid: Number(written.lastInsertRowid) }).toEqual({
    ...nodes.prepare(insert).run("a", 1.5, "b", 2),
  });
  expect(own.prepare("update one set amount = 0").run().changes).toBe(2);
  expect(own.prepare("update one set amount = 0 where id = 9").run().changes).toBe(0);
  expect(own.prepare("delete from one").columns().length).toBe(0);
  expect(own.prepare("delete from one returning id, name").columns().length).toBe(2);
});

test.each([
  ["insert into one (name) values ('a'), ('a')", "ERR_SQLITE_ERROR"],
  ["select nothing from one", "ERR_SQLITE_ERROR"],
])("%s fails with Node's code", (sql, code) => {
  const { own, nodes } = open();
  const failure = (act: () => void) => {
    try {
      act();
      return null;
    } catch (error) {
      const { code, errcode } = error as { code?: string; errcode?: number };
      return { code, errcode };
    }
  };
  expect(failure(() => own.prepare(sql).run())).toEqual(failure(() => nodes.prepare(sql).run()));
  expect(failure(() => own.prepare(sql).run())?.code).toBe(code);
});

test("a transaction is open until it is committed or undone", () => {
  const { own } = open();
  expect(own.isTransaction).toBe(false);
  own.exec("begin immediate");
  expect(own.isTransaction).toBe(true);
  expect(exportOpened()).toBeNull();
  own.exec("rollback");
  expect(own.isTransaction).toBe(false);
});

test("what was exported is there in the next database that is opened, and can be added to", () => {
  const { own } = open();
  const before = changesInOpened();
  own.prepare("insert into one (name, bytes) values (?, ?)").run("Zoë", new Uint8Array([0, 1]));
  expect(changesInOpened()).toBe(before + 1);
  const bytes = exportOpened();
  own.close();
  beginWith(bytes);
  const later = new DatabaseSync(":memory:");
  for (let i = 0; i < 2000; i += 1)
    later.prepare("insert into one (name) values (?)").run(`${i} ${"x".repeat(500)}`);
  expect(later.prepare("select name, bytes from one where id = 1").all()).toEqual([
    { name: "Zoë", bytes: new Uint8Array([0, 1]) },
  ]);
  expect(later.prepare("select count(*) as count from one").all()).toEqual([{ count: 2001 }]);
});
