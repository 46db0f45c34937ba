import { type Kysely, sql } from "kysely";
import type { CaseState } from "#contract/case-fields.ts";
import { recallsOf } from "./recalled-sensors.ts";
import type { Tables } from "./schema.ts";

/** What a list says of the case of a sensor. */
export interface RowCase {
  readonly id: string;
  readonly state: CaseState;
  readonly replacementSerial: string | null;
  readonly isReplacementRecalled: boolean;
  readonly calls: number;
}

/** By the serial number, of each sensor its newest case, with all calls about it. */
export async function latestCases(
  db: Kysely<Tables>,
  serials: readonly string[],
): Promise<ReadonlyMap<string, RowCase>> {
  if (serials.length === 0) return new Map();
  const found = await db
    .selectFrom("sensor_case")
    .select(["id", "serial", "state", "replacement_serial as replacementSerial", "received_at_ms"])
    .select((eb) =>
      eb
        .selectFrom("sensor_case as any")
        .leftJoin("sensor_case_call as call", (join) =>
          join.onRef("call.case_id", "=", "any.id").on("call.withdrawn_at_ms", "is", null),
        )
        .whereRef("any.serial", "=", "sensor_case.serial")
        .select(({ fn }) => [
          sql<number>`${fn.count<number>("any.id").distinct()} + ${fn.count<number>("call.id")}`.as("count"),
        ])
        .as("calls"),
    )
    .where("serial", "in", serials)
    .orderBy("received_at_ms")
    .orderBy("id")
    .execute();
  const recalled = await recallsOf(db, [
    ...new Set(found.flatMap(({ replacementSerial }) => replacementSerial ?? [])),
  ]);
  return new Map(
    found.map(({ serial, calls, received_at_ms: _, ...one }) => {
      const isReplacementRecalled = recalled.has(one.replacementSerial ?? "");
      return [serial, { ...one, isReplacementRecalled, calls: Number(calls) }];
    }),
  );
}
