import type { Cookie } from "./cookie-jar.ts";

/** All that a reload brings back. */
export interface KeptState {
  /** Sessions and sealed tokens depend on it. */
  authSecret: string;
  cookies: readonly Cookie[];
  /** The sandbox's own. */
  files: readonly (readonly [string, string])[];
  /** Null: none yet. */
  database: Uint8Array | null;
}

export interface StateStore {
  /** Whether there was something of another version, which is gone now. */
  readonly isOtherVersionGone: boolean;
  load(): Promise<KeptState | null>;
  save(state: KeptState): Promise<void>;
  clear(): Promise<void>;
}

const table = "state";
const key = "all";

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** A worker of another version that still runs closes its own as soon as it hears of this. */
async function removeOthers(prefix: string, own: string): Promise<boolean> {
  const all = (await indexedDB.databases?.()) ?? [];
  const others = all.flatMap(({ name }) => (name?.startsWith(prefix) && name !== own ? [name] : []));
  await Promise.all(others.map((name) => done(indexedDB.deleteDatabase(name))));
  return others.length > 0;
}

/** Rejects where the browser keeps nothing. `onReplaced`: another version has begun. */
export async function openStateStore(
  place: string,
  build: string,
  onReplaced: () => void,
): Promise<StateStore> {
  const prefix = `trendline-demo ${place} `;
  const isOtherVersionGone = await removeOthers(prefix, prefix + build);
  const opening = indexedDB.open(prefix + build);
  opening.onupgradeneeded = () => opening.result.createObjectStore(table);
  const database = await done(opening);
  database.onversionchange = () => {
    database.close();
    onReplaced();
  };
  const rows = (mode: IDBTransactionMode) => database.transaction(table, mode).objectStore(table);
  return {
    isOtherVersionGone,
    load: async () => (await done<KeptState | undefined>(rows("readonly").get(key))) ?? null,
    save: async (state) => void (await done(rows("readwrite").put(state, key))),
    clear: async () => void (await done(rows("readwrite").delete(key))),
  };
}

/** In the place of a store where the browser keeps nothing. */
export const forgetfulStore: StateStore = {
  isOtherVersionGone: false,
  load: async () => null,
  save: async () => {
    throw new Error("nothing is kept here");
  },
  clear: async () => {},
};
