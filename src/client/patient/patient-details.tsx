import { CompareSection } from "./compare-section.tsx";
import { DailyCurves } from "./daily-curves.tsx";
import type { DetailsProps } from "./details-props.ts";
import { EpisodeList } from "./episode-list.tsx";
import { GapList } from "./gap-list.tsx";
import { GlucoseProfileChart } from "./glucose-profile.tsx";
import { ReadingsTable } from "./readings-table.tsx";
import { StatisticsPanel } from "./statistics-panel.tsx";
import { useComparison } from "./use-comparison.ts";

/** What a period tells beyond its curve. Loaded after the curve, which nothing here may hold up. */
export function PatientDetails(props: DetailsProps) {
  const compared = useComparison(props.patient, props.data, props.comparison, props.nowMs);
  return (
    <>
      <StatisticsPanel data={props.data} />
      <CompareSection {...props} compared={compared} />
      <GlucoseProfileChart data={props.data} compared={compared.compared} />
      <EpisodeList {...props} />
      <GapList {...props} />
      <DailyCurves {...props} />
      <ReadingsTable {...props} />
    </>
  );
}
