import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { pinyin } from "pinyin-pro";
import { rosterPage } from "#contract/roster.ts";
import type { Database } from "#proxy/store/database.ts";
import { glucoseSealer, worldSecret } from "#test/support/glucose-sealer.ts";
import { createWorld, json, type World } from "#test/support/world.ts";
import { median, quantile } from "../figures.ts";
import { type Person, seed } from "./people.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const usedMb = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
};

export interface SearchFigures {
  loadMs: number;
  heapMb: number;
  /** Letter by letter. */
  typed: number[];
  /** Filters and orders without a word. */
  narrowed: number[];
  /** The same words by `like` in the database. */
  like: number[];
}

/** Fewer characters find no serial number. */
const shortestSerial = 4;

/**
 * What is typed on the way to a person: by name, pinyin initials, the tail
 * of the ID, and serial number, in turn.
 */
function typedFor({ name, partnerUid, serial, number }: Person): string[] {
  const isChinese = /\p{Script=Han}/u.test(name);
  const goal = [
    isChinese ? name : name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(),
    isChinese ? pinyin(name, { pattern: "first", toneType: "none", type: "array" }).join("") : name,
    partnerUid.slice(-6),
    serial,
  ][Math.floor(number / 2) % 4] as string;
  return Array.from(goal, (_, i) => goal.slice(0, i + 1));
}

const views = [
  { sort: "time-in-range" },
  { sort: "last-reading", down: true },
  { filter: { region: "DE" }, sort: "sensor-end" },
  { filter: { recency: "older" } },
  { filter: { sensor: "ending" }, sort: "time-in-range" },
  { filter: { tag: "pump", stage: "reading" }, sort: "added", down: true },
  { offset: 50_000 },
  {},
];

async function timed<T>(into: number[], act: () => Promise<T>): Promise<T> {
  const startMs = performance.now();
  const result = await act();
  into.push(performance.now() - startMs);
  return result;
}

async function searchLike({ db }: Database, q: string): Promise<void> {
  const pattern = `%${q.toLowerCase()}%`;
  const found = db
    .selectFrom("patient")
    .where((eb) =>
      eb.or(
        (["name", "partner_uid", "open_id"] as const).map((column) =>
          eb(eb.fn("lower", [column]), "like", pattern),
        ),
      ),
    );
  await found.selectAll().orderBy("name").limit(50).execute();
  await found.select((eb) => eb.fn.countAll().as("total")).executeTakeFirstOrThrow();
}

async function search(world: World, cookie: string, query: object): Promise<number> {
  const answer = await world.request("/api/patients/search", { ...json({ limit: 50, ...query }), cookie });
  return rosterPage.parse(await answer.json()).total;
}

/** Adds people to a database and measures the roster's search over all that are in it then. */
export async function measureSearch(
  database: Database,
  people: readonly Person[],
  added: readonly Person[],
): Promise<SearchFigures> {
  const first = await createWorld({ database, authSecret: worldSecret });
  await seed(database, added, first.now(), glucoseSealer);
  const before = usedMb();
  const cookie = await first.signIn("clinician");
  const figures: SearchFigures = { loadMs: 0, heapMb: 0, typed: [], narrowed: [], like: [] };
  const load: number[] = [];
  const total = await timed(load, () => search(first, cookie, {}));
  if (total !== people.length) throw new Error(`${total} patients are found, ${people.length} are there`);
  figures.loadMs = median(load);
  figures.heapMb = usedMb() - before;

  const sought = Array.from(
    { length: 100 },
    (_, i) => people[Math.floor((i * people.length) / 100)] as Person,
  );
  const words = sought.flatMap(typedFor);
  for (const word of words.slice(0, 50)) await search(first, cookie, { q: word });
  for (const [i, q] of words.entries()) {
    const found = await timed(figures.typed, () => search(first, cookie, { q }));
    if (found === 0 && q.length >= shortestSerial) throw new Error(`nobody is found by ${q}`);
    // A scan of all takes long: every fifth word is enough to know it.
    if (i % 5 === 0) await timed(figures.like, () => searchLike(database, q));
    if (i % 5 === 1)
      await timed(figures.narrowed, () => search(first, cookie, views[((i / 5) % views.length) | 0] ?? {}));
  }
  await first.proxy.stop();
  return figures;
}

export function describeSearch(
  name: string,
  { loadMs, heapMb, typed, narrowed, like }: SearchFigures,
): string {
  const both = (values: number[]) =>
    `${median(values).toFixed(1).padStart(7)} /${quantile(values, 0.95).toFixed(1).padStart(7)}`;
  return `${name.padEnd(22)}${both(typed)}  ${both(narrowed)}  ${both(like)}  ${loadMs.toFixed(0).padStart(8)}  ${heapMb.toFixed(0).padStart(6)}`;
}
