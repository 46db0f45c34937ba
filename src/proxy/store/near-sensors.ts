import { type Kysely, sql } from "kysely";
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
  const shapes = await db
    .selectFrom("sensor")
    .select((eb) => [
      sql<number>`length(serial)`.as("length"),
      sql<string>`substr(serial, 1, 1)`.as("first"),
      eb.fn.countAll<number>().as("count"),
    ])
    .where("state", "is not", null)
    .groupBy([sql`length(serial)`, sql`substr(serial, 1, 1)`])
    .execute();
  const ofLot = await db.selectFrom("sensor").select("serial").where("lot", "=", serial).limit(1).execute();
  const known = shapes.reduce((sum, { count }) => sum + Number(count), 0);
  const lengths = new Set(shapes.map(({ length }) => Number(length)));
  const [length = null] = lengths;
  return {
    known: near
      .slice(0, mostNear)
      .map((row) => ({ serial: row.serial, state: row.state as Device["state"] })),
    total: near.length,
    length: lengths.size === 1 && known >= leastForLength ? length : null,
    firstLetters: [
      ...new Set(
        shapes
          .toSorted((a, b) => Number(b.count) - Number(a.count))
          .flatMap(({ first }) => (/[A-Z]/.test(first) ? first : [])),
      ),
    ],
    isLot: ofLot.length > 0,
  };
}
