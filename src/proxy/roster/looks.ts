import type { Logger } from "pino";
import type { Patient } from "#contract/patient.ts";
import type { PatientRanges, PatientSummary } from "#contract/roster.ts";
import { followsGap } from "#glucose/series.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { targetKey, targetsFor } from "#glucose/targets.ts";
import type { PatientStore } from "../store/patients.ts";
import { readAccounts } from "../vendor/accounts.ts";
import type { Platform, PlatformReadings } from "../vendor/platform.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const rangesDays = 14;
/** In half an hour fourteen days' shares change by a thousandth at most. */
const rangesFreshMs = 30 * minuteMs;
/** One who is on screen, or was, is not looked at again behind the scenes for so long. */
export const checkEveryMs = 15 * minuteMs;

/** Looks at the platform for one patient and keeps what the roster filters and sorts by. Rejects with a Failure. */
export interface Looks {
  readings(patient: Patient, startMs: number, endMs: number): Promise<PlatformReadings>;
  summary(patient: Patient): Promise<PatientSummary>;
  /** Read anew once what is kept is half an hour old or was reckoned for other targets. */
  ranges(patient: Patient): Promise<PatientRanges>;
}

export interface LooksOptions {
  patients: PatientStore;
  platform: Platform;
  now: () => number;
  log: Logger;
}

export function createLooks({ patients, platform, now, log }: LooksOptions): Looks {
  async function readings(patient: Patient, startMs: number, endMs: number): Promise<PlatformReadings> {
    const merged = await patients.mergedInto(patient.id);
    const openIds = [patient, ...merged].map(({ openId }) => openId);
    return readAccounts(platform, openIds, startMs, endMs);
  }

  async function read(patient: Patient): Promise<PatientSummary> {
    const nowMs = now();
    let found = await readings(patient, nowMs - dayMs, nowMs);
    if (found.readings.length === 0) found = await readings(patient, nowMs - 30 * dayMs, nowMs);
    const latest = found.readings.at(-1);
    const { asOfMs, stale } = found;
    const { targets } = patient;
    if (!latest) return { asOfMs, stale, targets, stage: "waiting", latest: null, sensor: null };
    const { timeMs, valueMmolL, trend, warmUp, sensor } = latest;
    const device = await platform.deviceInfo(sensor).catch((error: unknown) => {
      // The row is about the person; without the sensor's dates it only lacks the sensor day, and the screen says so.
      log.warn({ err: error }, "a sensor's dates could not be read");
      return null;
    });
    return {
      asOfMs,
      stale,
      targets,
      stage: found.readings.every((reading) => reading.warmUp) ? "warming-up" : "reading",
      latest: { timeMs, valueMmolL, trend, warmUp, afterGap: followsGap(found.readings) },
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
      await patients.keep(patient.id, { status, checkDueMs: now() + checkEveryMs }, now());
      return summary;
    },
    ranges: async (patient) => {
      const { targets } = patient;
      const kept = await patients.rangesOf(patient.id);
      if (kept && targetKey(kept.targets) === targetKey(targets) && now() - kept.endMs < rangesFreshMs)
        return kept;
      const nowMs = now();
      const startMs = nowMs - rangesDays * dayMs;
      const read = await readings(patient, startMs, nowMs);
      const endMs = read.stale ? read.asOfMs : nowMs;
      const { n, activeShare, timeIn } = statisticsOf(
        read.readings,
        { startMs, endMs },
        targetsFor(targets).edges,
      );
      const ranges = { startMs, endMs, targets, n, activeShare, timeIn };
      if (!read.stale) await patients.keep(patient.id, { ranges }, now());
      return ranges;
    },
  };
}
