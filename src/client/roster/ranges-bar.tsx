import type { PatientRanges } from "#contract/roster.ts";
import { bands } from "#glucose/bands.ts";
import { formatActiveShare, formatShares } from "#glucose/shares.ts";
import { isDense, isDenseEnough } from "#glucose/statistics.ts";
import { targetsFor } from "#glucose/targets.ts";
import { formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "../ui/prose.module.css";
import classes from "./roster.module.css";

/**
 * Time in ranges of the last 14 days as a bar and the share in range; how much
 * data there was where that is too little.
 */
export function RangesBar({ ranges, timeZone }: { ranges: PatientRanges | null; timeZone: string }) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  if (!ranges?.timeIn) return null;
  const { timeIn, activeShare, coveredShare, n, startMs, endMs } = ranges;
  const data = formatActiveShare(activeShare);
  const little = isDense(activeShare)
    ? t("fewCovered", { share: formatActiveShare(coveredShare) })
    : t("fewData", { data });
  const shown = formatShares(timeIn, targetsFor(ranges.targets).goals);
  const inRange = shown["in-range"];
  const at = (timeMs: number) => formatDateTime(timeMs, timeZone, language);
  return (
    <div
      className={classes.rangesBar}
      title={t("rangesBasis", { n, data, from: at(startMs), to: at(endMs), zone: timeZone })}
    >
      <span className={prose.unseen}>
        {t("rangesWords", { inRange, below: shown.below, above: shown.above })}
      </span>
      <span className={classes.bar} aria-hidden="true">
        {bands.map((band) => (
          <span key={band} data-band={band} style={{ flexGrow: timeIn[band] }} />
        ))}
      </span>
      <span className={classes.inRange}>
        <span aria-hidden="true">{t("share", { share: inRange })}</span>
        {!isDenseEnough(ranges) && <small>{little}</small>}
      </span>
    </div>
  );
}
