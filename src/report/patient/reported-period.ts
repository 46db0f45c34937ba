import type { Stale } from "#contract/problem.ts";
import type { LeftOut } from "#contract/readings.ts";
import { gapsOf } from "#glucose/gaps.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { targetsFor } from "#glucose/targets.ts";
import type { Span } from "#glucose/time.ts";
import { mergeReads, type Read, unreadableSince, unreadIn } from "./merge-reads.ts";
import { episodesIn, type Lives } from "./period-data.ts";
import type { Reported, ReportedPatient } from "./reported.ts";

/** What the platform has told of a patient. */
export interface PatientReads {
  readonly patient: ReportedPatient;
  /** The period up to now; `extentEndMs` where it ends after that. */
  readonly period: Span & { readonly extentEndMs: number };
  readonly history: Read & { readonly leftOut: LeftOut };
  /** Of the last day, which may be later than the period; absent where it could not be read. */
  readonly recent: Read | undefined;
  /** What is not of now, because the platform cannot be read. */
  readonly stale: Stale | null;
  readonly lives: Lives;
  readonly dayReads: Reported["dayReads"];
}

/** Reckons what belongs to a period, as its page does. */
export function reportedPeriod(reads: PatientReads): Reported {
  const { patient, history, recent, stale, lives, dayReads } = reads;
  const { startMs, endMs } = reads.period;
  const period = { startMs, endMs };
  const readings = mergeReads(history, recent);
  const asOfMs = Math.max(history.asOfMs, recent?.asOfMs ?? 0);
  const unread = unreadIn(period, { history, recent }, { asOfMs, isCutOff: stale !== null });
  const unreadable = unreadableSince(startMs, history, ...(recent ? [recent] : []));
  const targets = targetsFor(patient.targets);
  return {
    patient,
    data: {
      ...reads.period,
      readings,
      targets,
      lives,
      asOfMs,
      timeZone: patient.timeZone,
      statistics: statisticsOf(readings, period, targets.edges, lives),
      episodes: episodesIn(readings, period, targets),
    },
    gaps: gapsOf(readings, period, lives, unread, unreadable),
    leftOut: history.leftOut,
    unread: history.unread,
    stale,
    dayReads,
  };
}
