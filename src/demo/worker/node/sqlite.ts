import sqlite3InitModule, {
  type BindableValue,
  type Database,
  type PreparedStatement,
  type Sqlite3Static,
  type SqlValue,
} from "@sqlite.org/sqlite-wasm";

type Row = Record<string, unknown>;

let sqlite: Sqlite3Static;

/** Before any database is opened. */
export async function loadSqlite(): Promise<void> {
  sqlite = await sqlite3InitModule();
}

/** Kept from an earlier visit; taken by the next database that is opened. */
let kept: Uint8Array | null = null;
let opened: DatabaseSync | null = null;

/** The next database that is opened begins with these bytes. */
export function beginWith(bytes: Uint8Array | null): void {
  kept = bytes;
}

/** The database that is open, all of its bytes. Not while a transaction is. */
export const exportOpened = (): Uint8Array | null =>
  opened && !opened.isTransaction ? sqlite.capi.sqlite3_js_db_export(opened.wasm) : null;

/** Grows with every row that is written. */
export const changesInOpened = (): number => opened?.wasm.changes(true) ?? 0;

function fill(database: Database, bytes: Uint8Array): void {
  const { capi, wasm } = sqlite;
  const place = wasm.allocFromTypedArray(bytes);
  const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_RESIZEABLE;
  const size = bytes.byteLength;
  database.checkRc(
    capi.sqlite3_deserialize(database.pointer as never, "main", place, size, size, flags as never),
  );
}

/** As Node's error: the proxy tells a full disk from others by it. */
function asNodeError(error: unknown): unknown {
  if (!(error instanceof sqlite.SQLite3Error)) return error;
  return Object.assign(new Error(error.message, { cause: error }), {
    code: "ERR_SQLITE_ERROR",
    errcode: error.resultCode,
  });
}

/** What is used of Node's own SQLite, over one in WebAssembly, in memory. */
export class DatabaseSync {
  readonly wasm: Database;

  constructor(_file: string) {
    this.wasm = new sqlite.oo1.DB(":memory:", "c");
    if (kept) fill(this.wasm, kept);
    kept = null;
    opened = this;
  }

  get isTransaction(): boolean {
    return sqlite.capi.sqlite3_get_autocommit(this.wasm.pointer as never) === 0;
  }

  exec(sql: string): void {
    this.#own(() => this.wasm.exec(sql));
  }

  /** To be run once. */
  prepare(sql: string) {
    const statement = this.#own(() => this.wasm.prepare(sql));
    return {
      columns: () => ({ length: statement.columnCount }),
      all: (...values: BindableValue[]): Row[] =>
        this.#once(statement, values, () => {
          const rows: Row[] = [];
          while (statement.step()) rows.push(statement.get({}) as Row);
          return rows;
        }),
      run: (...values: BindableValue[]) =>
        this.#once(statement, values, () => {
          statement.step();
          const lastInsertRowid = sqlite.capi.sqlite3_last_insert_rowid(this.wasm.pointer as never);
          return { changes: this.wasm.changes(), lastInsertRowid };
        }),
    };
  }

  close(): void {
    if (opened === this) opened = null;
    this.wasm.close();
  }

  #own<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw asNodeError(error);
    }
  }

  #once<T>(statement: PreparedStatement, values: readonly BindableValue[], act: () => T): T {
    return this.#own(() => {
      try {
        for (const [at, value] of values.entries()) {
          // Node binds every number as a real one; whole ones would divide otherwise.
          if (typeof value === "number")
            this.wasm.checkRc(sqlite.capi.sqlite3_bind_double(statement.pointer as never, at + 1, value));
          else statement.bind(at + 1, value as SqlValue);
        }
        return act();
      } finally {
        statement.finalize();
      }
    });
  }
}
