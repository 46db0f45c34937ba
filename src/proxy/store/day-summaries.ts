import { deflateRawSync, inflateRawSync } from "node:zlib";
import DataLoader from "dataloader";
import type { Kysely } from "kysely";
import type { DaySummaries } from "#glucose/day-summaries.ts";
import type { SensorLife } from "#glucose/gaps.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";

export interface KeptLife extends SensorLife {
  /** Absent from what was kept before it was. */
  readonly boundAtMs?: number | null | undefined;
  /** When the platform was asked last. */
  readonly askedAtMs: number;
  /** When its times and packet numbers last parted ways; see `sensorClockOf`. */
  readonly clockOffAtMs?: number | undefined;
}

/** What is kept of a patient between two looks at the platform; no reading is among it. */
export interface KeptGlucose {
  /** Of which zone, targets and accounts: for others it says nothing. */
  readonly key: string;
  readonly summaries: DaySummaries;
  /** Of the sensors that are in the summaries, by serial. */
  readonly lives: ReadonlyMap<string, KeptLife>;
}

export interface DaySummaryStore {
  /** Null where nothing is kept at all; `kept` is where nothing is under this key. */
  get(patientId: string, key: string): Promise<{ kept: KeptGlucose | null; version: number } | null>;
  /** Not kept where another server has written since `version` was read; null: since there was nothing. */
  put(patientId: string, kept: KeptGlucose, version: number | null): Promise<void>;
}

/** Raised when what is written takes another form; what is of another is read from the platform anew. */
const form = 1;

/** A map is written as a list of pairs under a name that no field has. */
const pairs = "pairs";
const toJson = (value: unknown) =>
  JSON.stringify(value, (_, own) => (own instanceof Map ? { [pairs]: [...own] } : own));
const fromJson = (json: string) => withMaps(JSON.parse(json));

/** In place: a reviver that is called for every value takes five times as long. */
function withMaps(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) value[i] = withMaps(value[i]);
    return value;
  }
  const own = value as Record<string, unknown>;
  for (const key in own) own[key] = withMaps(own[key]);
  return pairs in own ? new Map(own[pairs] as [unknown, unknown][]) : own;
}

export function createDaySummaryStore(db: Kysely<Tables>, sealer: Sealer): DaySummaryStore {
  const pack = (kept: KeptGlucose) => sealer.seal(deflateRawSync(toJson({ form, ...kept }), { level: 3 }));
  function unpack(sealed: string): (KeptGlucose & { form: number }) | null {
    const bytes = sealer.openBytes(sealed);
    return bytes && (fromJson(inflateRawSync(bytes).toString("utf8")) as KeptGlucose & { form: number });
  }
  const rows = new DataLoader(
    async (ids: readonly string[]) => {
      const found = await db.selectFrom("glucose_days").selectAll().where("patient_id", "in", ids).execute();
      const byId = new Map(found.map((row) => [row.patient_id, row]));
      return ids.map((id) => byId.get(id));
    },
    { cache: false },
  );
  return {
    get: async (patientId, key) => {
      const row = await rows.load(patientId);
      if (!row) return null;
      const kept = unpack(row.sealed);
      return { kept: kept?.form === form && kept.key === key ? kept : null, version: row.version };
    },
    put: async (patientId, kept, version) => {
      const sealed = pack(kept);
      if (version === null)
        await db
          .insertInto("glucose_days")
          .values({ patient_id: patientId, version: 1, sealed })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      else
        await db
          .updateTable("glucose_days")
          .set({ version: version + 1, sealed })
          .where("patient_id", "=", patientId)
          .where("version", "=", version)
          .execute();
    },
  };
}
