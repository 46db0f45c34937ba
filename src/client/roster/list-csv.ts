import type { ListedPatient } from "#contract/roster.ts";
import { areDatesInDoubt } from "#glucose/sensor-dates.ts";
import { formatActiveShare, formatShares } from "#glucose/shares.ts";
import { targetsFor } from "#glucose/targets.ts";
import { formatGlucose } from "#glucose/units.ts";
import { publishedReasonText } from "./published-words.ts";
import { formatChange, type ReasonContext, wholeReasonText } from "./reason-words.ts";
import type { PublishedSort } from "./views.ts";

const shares = ["very-low", "below", "in-range", "above", "very-high"] as const;
const snake = (name: string) => name.replaceAll("-", "_");

export const listHeader: readonly string[] = [
  "place",
  "name",
  "partner_user_id",
  "hospital_number",
  "date_of_birth",
  "diabetes_type",
  "therapy",
  "region",
  "time_zone",
  "tags",
  "state",
  "group",
  "reasons",
  "read_utc",
  "last_reading_utc",
  ...shares.map((share) => `${snake(share)}_percent_14_days`),
  "readings_of_expected_percent_14_days",
  "time_covered_percent_14_days",
  "lowest_7_days",
  "unit",
  "lowest_utc",
  "nights_with_lows_7_days",
  "in_range_change_points",
  "sensor",
  "sensor_expected_end_utc",
  "sensor_ended_utc",
  "sensor_dates_in_doubt",
];

const utc = (timeMs: number | null | undefined) => (timeMs ? new Date(timeMs).toISOString() : "");

/**
 * A row of the list as cells, with what the list knows without asking the platform; what is not known is empty. Shares
 * are of today and the thirteen days before, on the patient's own targets and rounded as in every table. Of data: of the
 * readings that the sensors worn should have given, and of the time, worn or not.
 */
export function listCells(
  row: ListedPatient,
  index: number,
  published: PublishedSort | undefined,
  context: ReasonContext,
): string[] {
  const { worklist, status, ranges } = row;
  const place = (published && worklist?.published) ?? null;
  const shown = worklist?.timeIn && formatShares(worklist.timeIn, targetsFor(row.targets).goals);
  const change = worklist?.inRangeChange ?? null;
  const sensor = status?.sensor;
  const data = ranges && ranges.n > 0 ? ranges : null;
  const reasons = [
    ...(place && published
      ? place.reasons.map((one) => publishedReasonText(one, published, row, context))
      : []),
    ...(worklist?.reasons.map((reason) => wholeReasonText(reason, row, context)) ?? []),
  ];
  return [
    String(index + 1),
    row.name,
    row.partnerUid,
    row.hospitalNumber ?? "",
    row.dateOfBirth ?? "",
    row.diabetesType ?? "",
    row.therapy ?? "",
    row.region,
    row.timeZone,
    row.tags.join(" "),
    worklist?.state ?? "not-read",
    place?.group ?? "",
    reasons.join("; "),
    utc(worklist?.isRead ? worklist.asOfMs : null),
    utc(status?.lastReadingAtMs),
    ...shares.map((share) => shown?.[share] ?? ""),
    data ? formatActiveShare(data.activeShare) : "",
    data ? formatActiveShare(data.coveredShare) : "",
    worklist?.lowest ? formatGlucose(worklist.lowest.valueMmolL, context.unit) : "",
    worklist?.lowest ? context.unit : "",
    utc(worklist?.lowest?.timeMs),
    worklist?.isRead ? String(worklist.nightsWithLows) : "",
    typeof change === "number" ? formatChange(change) : (change ?? ""),
    sensor?.serial ?? "",
    utc(sensor?.estimatedEndAtMs),
    utc(sensor?.endedAtMs),
    areDatesInDoubt(sensor ?? null, status?.lastReadingAtMs ?? null) ? "yes" : "",
  ];
}
