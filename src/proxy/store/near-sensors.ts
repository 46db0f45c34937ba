import { type Kysely, sql } from "kysely";
import { LRUCache } from "lru-cache";
import type { Device } from "#contract/device.ts";
import { oneSlipFrom } from "#sensor/one-slip.ts";
import type { Tables } from "./schema.ts";

/** What is known here of a serial number that the platform does not know. */
export interface NearSensors {
  /** Sensors whose serial numbers are one slip away; `total` counts those beyond the first few as well. */
  readonly known: readonly { readonly serial: string; readonly state: Device["state"] }[];
  readonly total: number;
  /** How many characters all serial numbers here have; null where they differ, or few are known. */
  readonly length: number | null;
  /** The letters that serial numbers here begin with, the most frequent first. */
  readonly firstLetters: readonly string[];
  /** Whether sensors here are of a lot of this number. */
  readonly isLot: boolean;
}

const mostNear = 6;
const leastForLength = 10;

interface Shape {
  readonly length: number;
  readonly first: string;
  readonly lot: string | null;
  readonly count: number;
}

/** Of a million sensors they take a third of a second, so that those of many are kept for some minutes. */
const kept = new LRUCache<Kysely<Tables>, readonly Shape[]>({ max: 10, ttl: 10 * 60_000 });
const mostReadAnew = 20_000;

async function shapesOf(db: Kysely<Tables>): Promise<readonly Shape[]> {
  const known = kept.get(db);
  if (known) return known;
  const rows = await db
    .selectFrom("sensor")
    .select((eb) => [
      sql<number>`length(serial)`.as("length"),
      sql<string>`substr(serial, 1, 1)`.as("first"),
      "lot",
      // Of one that is known by its box alone the state is null: it tells of its lot only.
      eb.fn.count<number>("state").as("count"),
    ])
    .groupBy([sql`length(serial)`, sql`substr(serial, 1, 1)`, "lot"])
    .execute();
  const shapes = rows.map((row) => ({ ...row, length: Number(row.length), count: Number(row.count) }));
  if (shapes.reduce((sum, { count }) => sum + count, 0) > mostReadAnew) kept.set(db, shapes);
  return shapes;
}

function countsOf(shapes: readonly Shape[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { first, count } of shapes) counts.set(first, (counts.get(first) ?? 0) + count);
  return counts;
}

export async function nearSensors(db: Kysely<Tables>, serial: string): Promise<NearSensors> {
  const plain = serial.replace(/[._-]/g, "");
  const slips = oneSlipFrom(plain);
  const near =
    slips.length === 0
      ? []
      : await db
          .selectFrom("sensor")
          .select(["serial", "state"])
          .where("serial", "in", slips)
          .where("state", "is not", null)
          .orderBy("serial")
          .execute();
  const all = await shapesOf(db);
  const shapes = all.filter(({ count }) => count > 0);
  const known = shapes.reduce((sum, { count }) => sum + count, 0);
  const lengths = new Set(shapes.map(({ length }) => length));
  const [length = null] = lengths;
  return {
    known: near
      .slice(0, mostNear)
      .map((row) => ({ serial: row.serial, state: row.state as Device["state"] })),
    total: near.length,
    length: lengths.size === 1 && known >= leastForLength ? length : null,
    firstLetters: [...countsOf(shapes)]
      .toSorted(([, a], [, b]) => b - a)
      .flatMap(([first]) => (/[A-Z]/.test(first) ? first : [])),
    isLot: all.some(({ lot }) => lot === serial),
  };
}
