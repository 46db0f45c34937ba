import type { DetailsProps } from "#client/patient/details-props.ts";
import { episodesOf } from "#glucose/episodes.ts";
import { gapsOf } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { targetsFor } from "#glucose/targets.ts";
import { buildPatient } from "../app/render-app.tsx";

/** What the sections of a patient's period are given, from readings and a period. */
export function buildDetails(
  readings: readonly Reading[],
  period: { startMs: number; endMs: number },
  change: Partial<DetailsProps> = {},
): DetailsProps {
  const patient = change.patient ?? buildPatient();
  const targets = targetsFor(patient.targets);
  return {
    patient,
    data: {
      ...period,
      readings,
      targets,
      statistics: statisticsOf(readings, period, targets.edges),
      episodes: {
        low: episodesOf(readings, period, "low", targets.edges),
        high: episodesOf(readings, period, "high", targets.edges),
      },
      lives: new Map(),
      extentEndMs: period.endMs,
      timeZone: "UTC",
      asOfMs: period.endMs,
    },
    gaps: gapsOf(readings, period, new Map()),
    shownZone: "UTC",
    nowMs: period.endMs,
    shown: period,
    shownReadings: readings,
    onShow: () => {},
    comparison: { choice: null, days: null, since: null },
    onComparison: () => {},
    onPeriod: () => {},
    ...change,
  };
}
