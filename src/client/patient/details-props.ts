import type { Patient } from "#contract/patient.ts";
import type { Period } from "#contract/period.ts";
import type { Gap } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import type { Span } from "#glucose/time.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import type { Place } from "../chart/walk.ts";
import type { ComparisonChoice } from "./comparison-choice.ts";

/** What each section below the curve is given. */
export interface DetailsProps {
  patient: Patient;
  data: PeriodData;
  gaps: readonly Gap[];
  /** In which times are shown; days and the profile stay the patient's. */
  shownZone: string;
  nowMs: number;
  /** What the curve shows now: the whole period or a part of it. */
  shown: Span;
  /** The readings of it; of a chosen day also those before the period began. */
  shownReadings: readonly Reading[];
  /** Shows a stretch of time in the curve, with the cursor on what was chosen. */
  onShow: (window: Span, place: Place) => void;
  comparison: ComparisonChoice;
  onComparison: (chosen: ComparisonChoice) => void;
  /** Chooses another period. */
  onPeriod: (period: Period) => void;
}
