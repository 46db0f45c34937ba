import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Patient } from "#contract/patient.ts";
import type { Reading } from "#glucose/reading.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { readingsQueries } from "../api/readings.ts";
import { hoursAround, type Side, sidesOf } from "./compare-sides.ts";
import type { ComparisonChoice } from "./comparison-choice.ts";

interface ComparedSide {
  readonly side: Side;
  readonly readings: readonly Reading[];
}

/** Two sides with their readings. */
export interface Compared {
  /** The period, or the later part of it. */
  readonly own: ComparedSide;
  readonly other: ComparedSide;
}

export interface Comparison {
  /** Null where nothing is compared, or where what was chosen has no two sides. */
  readonly sides: readonly [Side, Side] | null;
  /** Null until both sides have been read. */
  readonly compared: Compared | null;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** What the period is held against; its readings are read where the period does not have them. */
export function useComparison(
  patient: Patient,
  data: PeriodData,
  comparison: ComparisonChoice,
  nowMs: number,
): Comparison {
  const { startMs, endMs } = data;
  const sides = sidesOf(comparison, data, nowMs);
  const other = sides?.[1];
  const isWithin = other !== undefined && other.startMs >= startMs && other.endMs <= endMs;
  const read = useQuery({
    ...readingsQueries.ofPeriod(patient.id, { kind: "range", ...hoursAround(other ?? data) }),
    enabled: other !== undefined && !isWithin,
    placeholderData: undefined,
  });
  const readings = isWithin ? data.readings : read.data?.readings;
  // New objects with every minute would have the profile reckoned anew where nothing has changed.
  const key = JSON.stringify(sides);
  const compared = useMemo<Compared | null>(() => {
    const [a, b] = (JSON.parse(key) as [Side, Side] | null) ?? [];
    return a && b && readings
      ? { own: { side: a, readings: data.readings }, other: { side: b, readings } }
      : null;
  }, [key, readings, data.readings]);
  return {
    sides,
    compared,
    error: read.error,
    retry: () => void read.refetch(),
  };
}
