import type { Patient } from "#contract/patient.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import type { Place } from "../chart/walk.ts";
import { Compare } from "./compare.tsx";
import type { ComparisonChoice } from "./compare-sides.ts";
import { DailyCurves } from "./daily-curves.tsx";
import { EpisodeList } from "./episode-list.tsx";
import { GapList } from "./gap-list.tsx";
import { GlucoseProfileChart } from "./glucose-profile.tsx";
import type { Period, Window } from "./period.ts";
import { ReadingsTable } from "./readings-table.tsx";
import { useComparison } from "./use-comparison.ts";
import type { PeriodData } from "./use-period-data.ts";

export interface DetailsProps {
  patient: Patient;
  data: PeriodData;
  gaps: readonly Gap[];
  /** In which times are told; days and the profile stay the patient's. */
  shownZone: string;
  nowMs: number;
  /** What the curve shows now: the whole period or a part of it. */
  shown: Window;
  /** The readings of it; of a chosen day also those before the period began. */
  shownReadings: readonly Reading[];
  /** Shows a stretch of time in the curve, with the cursor on what was chosen. */
  onShow: (window: Window, place: Place) => void;
  comparison: ComparisonChoice;
  onComparison: (chosen: ComparisonChoice) => void;
  /** Chooses another period. */
  onPeriod: (period: Period) => void;
}

/** What a period tells beyond its curve. Loaded after the curve, which nothing here may hold up. */
export function PatientDetails(props: DetailsProps) {
  const compared = useComparison(props.patient, props.data, props.comparison, props.nowMs);
  return (
    <>
      <Compare {...props} compared={compared} />
      <GlucoseProfileChart data={props.data} compared={compared.compared} />
      <EpisodeList {...props} />
      <GapList {...props} />
      <DailyCurves {...props} />
      <ReadingsTable {...props} />
    </>
  );
}
