import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { deviceStates } from "#contract/device.ts";
import type { Patient } from "#contract/patient.ts";
import type { PatientRanges, PatientSummary } from "#contract/roster.ts";
import type { SensorLife } from "#glucose/gaps.ts";
import { latestIndex } from "#glucose/latest.ts";
import type { Reading } from "#glucose/reading.ts";
import { readingsOf, type SeriesPart, seriesOf, wholeOf } from "#glucose/reading-series.ts";
import { followsGap } from "#glucose/series.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { targetKey, targetsFor } from "#glucose/targets.ts";
import type { BriefCaches } from "../brief-cache.ts";
import { type Clock, createAges } from "../clock.ts";
import { readAccounts } from "../platform/accounts.ts";
import type { Platform, PlatformDevice, PlatformReadings } from "../platform/types.ts";
import type { PatientStore } from "../store/patients.ts";

const countOf = ({ from, to }: SeriesPart): number => to - from;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const rangesDays = 14;
/** Where the last reading of somebody without any in 30 days is looked for, in days ago, nearest first. */
const longAgoDays = [
  [30, 90],
  [90, 400],
] as const;
/** What is found so far back does not change within the day. */
const longAgoFreshMs = dayMs;
const mostLongAgo = 10_000;
/** In half an hour fourteen days' shares change by a thousandth at most. */
const rangesFreshMs = 30 * minuteMs;
/** A status read by anybody is not refreshed in the background for so long. */
export const checkEveryMs = 15 * minuteMs;

/** Reads from the platform where one patient is now, and keeps what the roster filters and sorts by. Rejects with a Failure. */
export interface StatusReader {
  readings(patient: Patient, startMs: number, endMs: number): Promise<PlatformReadings>;
  summary(patient: Patient): Promise<PatientSummary>;
  /** Read anew once what is kept is half an hour old or was reckoned for other targets. */
  ranges(patient: Patient): Promise<PatientRanges>;
}

export interface StatusReaderOptions {
  patients: PatientStore;
  platform: Platform;
  brief: BriefCaches;
  now: Clock["now"];
  steadyMs: Clock["steadyMs"];
  log: Logger;
}

export function createStatusReader({
  patients,
  platform,
  brief,
  now,
  steadyMs,
  log,
}: StatusReaderOptions): StatusReader {
  const known = brief.create<string[]>();
  const openIdsOf = async (patient: Patient): Promise<string[]> => {
    const find = async () => {
      const merged = await patients.mergedInto(patient.id);
      return [patient, ...merged].map(({ openId }) => openId);
    };
    return (await known(patient.id, find)) ?? [];
  };

  const readings: StatusReader["readings"] = async (patient, startMs, endMs) =>
    readAccounts(platform, await openIdsOf(patient), startMs, endMs);

  const ageMs = createAges({ now, steadyMs });

  /** Of those who have not worn a sensor for long: their last readings, or nothing in 400 days. By whose readings they are. */
  const longAgo = new LRUCache<string, { readAtSteadyMs: number; found: PlatformReadings }>({
    max: mostLongAgo,
  });

  async function readLongAgo(patient: Patient, recent: PlatformReadings): Promise<PlatformReadings> {
    const nowMs = now();
    const openIds = await openIdsOf(patient);
    const key = JSON.stringify(openIds);
    const known = longAgo.get(key);
    if (known && steadyMs() - known.readAtSteadyMs < longAgoFreshMs)
      return { ...known.found, asOfMs: recent.asOfMs };
    let found = recent;
    for (const [fromDays, toDays] of longAgoDays) {
      if (countOf(found) > 0 || found.stale) break;
      found = await readAccounts(platform, openIds, nowMs - toDays * dayMs, nowMs - fromDays * dayMs);
    }
    if (found.stale || found.unread.length > 0) return found;
    // Of one sensor's history the end is enough.
    const tail = readingsOf(found.series, Math.max(found.from, found.to - 20), found.to);
    const last = { ...found, ...wholeOf(seriesOf(tail)), unreadable: [] };
    longAgo.set(key, { readAtSteadyMs: steadyMs(), found: last });
    return last;
  }

  /** Null where the sensor's dates cannot be read: what is said of the person then lacks them, and says so. */
  const lifeOf = (serial: string): Promise<PlatformDevice | null> =>
    platform.deviceInfo(serial).catch((error: unknown) => {
      log.warn({ err: error }, "a sensor's dates could not be read");
      return null;
    });

  async function livesOf(readings: readonly Reading[]): Promise<ReadonlyMap<string, SensorLife>> {
    const serials = [...new Set(readings.map(({ sensor }) => sensor))];
    const lives = await Promise.all(serials.map(lifeOf));
    return new Map(
      lives.flatMap((life, index) =>
        life ? [[serials[index] ?? "", { ...life, state: deviceStates[life.statusCode] }] as const] : [],
      ),
    );
  }

  async function read(patient: Patient): Promise<PatientSummary> {
    const nowMs = now();
    let found = await readings(patient, nowMs - dayMs, nowMs);
    if (countOf(found) === 0) found = await readings(patient, nowMs - 30 * dayMs, nowMs);
    if (countOf(found) === 0) found = await readLongAgo(patient, found);
    const all = readingsOf(found.series, found.from, found.to);
    const index = latestIndex(all);
    const latest = all[index];
    const { asOfMs, stale } = found;
    const { targets } = patient;
    if (!latest) return { asOfMs, stale, targets, stage: "waiting", latest: null, sensor: null };
    const { timeMs, valueMmolL, trend, warmUp, sensor } = latest;
    const device = await lifeOf(sensor);
    return {
      asOfMs,
      stale,
      targets,
      stage: all.every((reading) => reading.warmUp) ? "warming-up" : "reading",
      latest: { timeMs, valueMmolL, trend, warmUp, afterGap: followsGap(all, index) },
      sensor: {
        serial: sensor,
        activatedAtMs: device?.activatedAtMs ?? null,
        estimatedEndAtMs: device?.estimatedEndAtMs ?? null,
        endedAtMs: device?.endedAtMs ?? null,
      },
    };
  }

  return {
    readings,
    summary: async (patient) => {
      const summary = await read(patient);
      if (summary.stale) return summary;
      const { asOfMs, stage, latest, sensor } = summary;
      const status = { checkedAtMs: asOfMs, stage, lastReadingAtMs: latest?.timeMs ?? null, sensor };
      await patients.keep(patient.id, { status, checkDueMs: now() + checkEveryMs });
      return summary;
    },
    ranges: async (patient) => {
      const { targets } = patient;
      const kept = await patients.rangesOf(patient.id);
      if (
        kept &&
        targetKey(kept.targets) === targetKey(targets) &&
        ageMs(patient.id, kept.endMs) < rangesFreshMs
      )
        return kept;
      const nowMs = now();
      const startMs = nowMs - rangesDays * dayMs;
      const read = await readings(patient, startMs, nowMs);
      const all = readingsOf(read.series, read.from, read.to);
      const endMs = read.stale ? read.asOfMs : nowMs;
      const { n, activeShare, coveredShare, timeIn } = statisticsOf(
        all,
        { startMs, endMs },
        targetsFor(targets).edges,
        await livesOf(all),
      );
      const ranges = { startMs, endMs, targets, n, activeShare, coveredShare, timeIn };
      if (!read.stale) await patients.keep(patient.id, { ranges });
      return ranges;
    },
  };
}
