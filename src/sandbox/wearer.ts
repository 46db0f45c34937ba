import type { CohortPerson, Subject } from "./person.ts";
import type { Recording } from "./recording.ts";
import { recordSensor } from "./sensor-records.ts";
import { createWearList, type Plan, type Wear } from "./wear.ts";

/** Someone with sensors: made up or replayed. */
export interface Wearer {
  readonly partnerUid: string;
  readonly openId: string;
  /** Belongs to this app, or to another partner's. */
  readonly ours: boolean;
  /** Sensors bound by then, oldest first. */
  wears(nowMs: number): readonly Wear[];
  recording(wear: Wear): Recording;
}

/** Keeps the sensors read last; one takes about 200 kB. */
export interface RecordingCache {
  get(serial: string, make: () => Recording): Recording;
}

export function createRecordingCache(size: number): RecordingCache {
  const kept = new Map<string, Recording>();
  return {
    get(serial, make) {
      const recording = kept.get(serial) ?? make();
      kept.delete(serial);
      kept.set(serial, recording);
      const oldest = kept.keys().next().value;
      if (kept.size > size && oldest !== undefined) kept.delete(oldest);
      return recording;
    },
  };
}

export function createWearer(
  person: Pick<CohortPerson, "partnerUid"> & { openId: string; ours?: boolean },
  subject: Subject,
  plan: Plan,
  cache: RecordingCache,
): Wearer {
  return {
    partnerUid: person.partnerUid,
    openId: person.openId,
    ours: person.ours ?? true,
    wears: createWearList(subject, plan),
    recording: (wear) => cache.get(wear.serial, () => recordSensor(subject, wear)),
  };
}
