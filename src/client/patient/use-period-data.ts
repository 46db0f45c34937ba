import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Device } from "#contract/device.ts";
import type { Patient } from "#contract/patient.ts";
import { gapsOf } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { targetsFor } from "#glucose/targets.ts";
import { episodesIn, type PeriodData } from "#report/patient/period-data.ts";
import { deviceQueries } from "../api/devices.ts";
import { patientQueries } from "../api/patients.ts";
import type { PeriodReads } from "./use-period-reads.ts";

/** Sensors that could not be read are left out: their gaps say that the reason is not known. */
const bySerial = (results: readonly { data: Device | undefined; isPending: boolean }[]) => ({
  lives: new Map(results.flatMap(({ data }) => (data ? [[data.serial, data] as const] : []))),
  /** Until then, what is expected and why there are gaps could change a moment later. */
  areLivesPending: results.some(({ isPending }) => isPending),
});

/** The lives of the sensors that readings came from. */
function useLives(patientId: string, readings: readonly Reading[]) {
  // Without a reading it is the last sensor of all that tells why.
  const lastSerial = useQuery(patientQueries.summary(patientId)).data?.sensor?.serial;
  const serials = useMemo(() => {
    const own = new Set(readings.map(({ sensor }) => sensor));
    return own.size > 0 ? [...own].sort() : lastSerial ? [lastSerial] : [];
  }, [readings, lastSerial]);
  return useQueries({
    queries: serials.map((serial) => deviceQueries.lifeForGaps(serial)),
    combine: bySerial,
  });
}

/** Reckons, once for the page, what belongs to all of a period. */
export function usePeriodData(patient: Pick<Patient, "id" | "timeZone" | "targets">, reads: PeriodReads) {
  const { readings, unread, unreadable, startMs, endMs, extentEndMs, asOfMs } = reads;
  const { lives, areLivesPending } = useLives(patient.id, readings);
  const gaps = useMemo(
    // The last day is read whatever the period is; what lies between a past period and it was not.
    () => gapsOf(readings, { startMs, endMs }, lives, unread, unreadable),
    [readings, startMs, endMs, lives, unread, unreadable],
  );
  const targets = useMemo(() => targetsFor(patient.targets), [patient.targets]);
  const statistics = useMemo(
    () => statisticsOf(readings, { startMs, endMs }, targets.edges, lives),
    [readings, startMs, endMs, targets, lives],
  );
  const episodes = useMemo(
    () => episodesIn(readings, { startMs, endMs }, targets),
    [readings, startMs, endMs, targets],
  );
  const { timeZone } = patient;
  const data = useMemo<PeriodData>(
    () => ({
      readings,
      targets,
      statistics,
      episodes,
      lives,
      startMs,
      endMs,
      extentEndMs,
      timeZone,
      asOfMs,
    }),
    [readings, targets, statistics, episodes, lives, startMs, endMs, extentEndMs, timeZone, asOfMs],
  );
  return { data, gaps, areLivesPending };
}
