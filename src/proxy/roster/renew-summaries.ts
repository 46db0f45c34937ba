import { deviceStates } from "#contract/device.ts";
import type { Patient } from "#contract/patient.ts";
import { noDays, type Renewal, renewalOf, renewed } from "#glucose/day-summaries.ts";
import { figuresOf, type GlucoseFigures } from "#glucose/figures.ts";
import { nowStateOf } from "#glucose/now-state.ts";
import type { Reading } from "#glucose/reading.ts";
import { readingsOf } from "#glucose/reading-series.ts";
import { sensorClockOf } from "#glucose/sensor-clock.ts";
import { targetKey, targetsFor } from "#glucose/targets.ts";
import { dayMs, hourMs } from "#glucose/time.ts";
import type { PlatformDevice, PlatformReadings } from "../platform/types.ts";
import type { DaySummaryStore, KeptGlucose, KeptLife } from "../store/day-summaries.ts";
import type { SensorStore } from "../store/sensors.ts";
import { dataIn, factsOf } from "./sensor-facts.ts";

/** Null where the sensor's dates cannot be read. */
export type LifeOf = (serial: string) => Promise<PlatformDevice | null>;

export interface Renewed {
  readonly found: PlatformReadings;
  readonly readings: readonly Reading[];
  readonly lives: KeptGlucose["lives"];
  /** Null where the platform could not be read, or not all of it: nothing was kept then. */
  readonly figures: GlucoseFigures | null;
}

export interface RenewSummariesOptions {
  summaries: DaySummaryStore;
  read: (openIds: readonly string[], startMs: number, endMs: number) => Promise<PlatformReadings>;
  lifeOf: LifeOf;
  noteSensors: SensorStore["note"];
  now: () => number;
}

const keyOf = ({ timeZone, targets }: Patient, openIds: readonly string[]) =>
  JSON.stringify([timeZone, targetKey(targets), openIds]);

/**
 * Whether a sensor's dates are to be asked for again: they are new; it should have ended; it is silent; or
 * they are a day old.
 */
function isLifeDue(life: KeptLife | undefined, lastReadingMs: number | undefined, nowMs: number): boolean {
  if (!life) return true;
  if (life.state === "ended" || (life.endedAtMs !== null && life.endedAtMs <= nowMs)) return false;
  const ageMs = nowMs - life.askedAtMs;
  const isInDoubt =
    lastReadingMs !== undefined &&
    (nowMs - lastReadingMs > hourMs || nowMs >= (life.estimatedEndAtMs ?? nowMs));
  return ageMs < 0 || ageMs > (isInDoubt ? hourMs : dayMs);
}

/** When the sensor's times were off last, by these readings. */
const clockOffAt = (readings: readonly Reading[], serial: string): number | undefined =>
  sensorClockOf(readings.filter(({ sensor }) => sensor === serial))?.jumps.at(-1)?.atMs;

/**
 * Brings what is kept of a patient's days up to date by the readings since; reads a month, in two parts, where nothing is
 * kept, or nothing at all and returns null with `isKeptOnly`. Rejects with a Failure.
 */
export type RenewSummaries = (
  patient: Patient,
  openIds: readonly string[],
  isKeptOnly: boolean,
) => Promise<Renewed | null>;

export function createRenewSummaries({
  summaries,
  read,
  lifeOf,
  noteSensors,
  now,
}: RenewSummariesOptions): RenewSummaries {
  /** Adds what the platform was asked for anew to `told`. */
  async function livesOf(
    kept: KeptGlucose["lives"],
    readings: readonly Reading[],
    nowMs: number,
    told: Map<string, PlatformDevice>,
  ): Promise<KeptGlucose["lives"]> {
    const lastMs = new Map(readings.map(({ sensor, timeMs }) => [sensor, timeMs]));
    const lives = new Map(kept);
    const serials = [...new Set([...kept.keys(), ...lastMs.keys()])].filter((serial) =>
      isLifeDue(kept.get(serial), lastMs.get(serial), nowMs),
    );
    for (const [serial, life] of lives) {
      const clockOffAtMs = clockOffAt(readings, serial);
      if (clockOffAtMs !== undefined) lives.set(serial, { ...life, clockOffAtMs });
    }
    const asked = await Promise.all(serials.map(lifeOf));
    for (const [index, serial] of serials.entries()) {
      const life = asked[index];
      if (!life) continue;
      if (!life.stale) told.set(serial, life);
      const { boundAtMs, activatedAtMs, estimatedEndAtMs, endedAtMs, statusCode } = life;
      const state = deviceStates[statusCode];
      const dates = { boundAtMs, activatedAtMs, estimatedEndAtMs, endedAtMs, askedAtMs: nowMs };
      const clockOffAtMs = lives.get(serial)?.clockOffAtMs ?? clockOffAt(readings, serial);
      lives.set(serial, { ...dates, clockOffAtMs, ...(state && { state }) });
    }
    return lives;
  }

  return async (patient, openIds, isKeptOnly) => {
    const key = keyOf(patient, openIds);
    const stored = await summaries.get(patient.id, key);
    if (isKeptOnly && !stored?.kept) return null;
    const kept = stored?.kept ?? { key, summaries: noDays, lives: new Map() };
    const { timeZone } = patient;
    const nowMs = now();
    const targets = targetsFor(patient.targets);
    const { edges } = targets;
    let { summaries: days, lives } = kept;
    let renewal: Renewal;
    let found: PlatformReadings;
    let readings: readonly Reading[];
    const told = new Map<string, PlatformDevice>();
    do {
      renewal = renewalOf(days, nowMs, timeZone);
      found = await read(openIds, renewal.readFromMs, renewal.readToMs);
      readings = readingsOf(found.series, found.from, found.to);
      if (found.stale || found.unread.length > 0) return { found, readings, lives, figures: null };
      lives = await livesOf(lives, readings, nowMs, told);
      const evidence = { lives, unreadable: found.unreadable };
      days = renewed(days, readings, renewal, { timeZone, edges, evidence });
    } while (renewal.readToMs < nowMs);
    const known = new Set(
      [...days.days, ...days.parts].flatMap(({ sensors }) => sensors.map(({ sensor }) => sensor)),
    );
    const worn = new Map([...lives].filter(([serial]) => known.has(serial)));
    await summaries.put(patient.id, { key, summaries: days, lives: worn }, stored?.version ?? null);
    await noteSensors([...told.values()].map((device) => factsOf(device, dataIn(days, device))));
    const figures = figuresOf(days, {
      nowMs,
      timeZone,
      targets,
      lives: worn,
      now: nowStateOf(readings, edges),
    });
    return { found, readings, lives: worn, figures };
  };
}
