import { type RawBuilder, sql } from "kysely";
import type { DatabaseKind } from "./schema.ts";

/** As many characters of a serial number's end as are indexed. */
export const endingLength = 6;

/** A serial number's end, written exactly as the index in the database has it. */
export const serialEnding = (kind: DatabaseKind): RawBuilder<string> =>
  sql.raw(kind === "postgres" ? `right(serial, ${endingLength})` : `substr(serial, -${endingLength})`);
