import { bandOf, type Edges } from "#glucose/bands.ts";
import { freshnessOf } from "#glucose/freshness.ts";
import { trendOf } from "#glucose/trend.ts";
import { formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { bandWord, trendWord } from "#report/chart/words.ts";
import { useMessages } from "../i18n.ts";
import prose from "../ui/prose.module.css";
import classes from "./glucose-value.module.css";
import { TrendArrow } from "./trend-arrow.tsx";

interface GlucoseValueProps {
  valueMmolL: number;
  /** Of the targets of the patient whose value it is. */
  edges: Edges;
  unit: GlucoseUnit;
  /** Null when the platform sent none. */
  trendCode: number | null;
  timeMs: number;
  nowMs: number;
  warmUp?: boolean;
  /** The first reading after a gap has no arrow. */
  afterGap?: boolean;
  size?: "sm" | "lg";
}

/**
 * The latest value: its band by colour, shape and word, its trend by arrow and word. A stale one is grey and
 * has no arrow; after half an hour it is marked as no current data. A warm-up value is faint, named so and
 * never large. Its age stands beside it, where it is used.
 */
export function GlucoseValue(props: GlucoseValueProps) {
  const { valueMmolL, edges, unit, trendCode, timeMs, nowMs } = props;
  const { warmUp = false, afterGap = false, size = "sm" } = props;
  const t = useMessages("domain");
  const band = bandOf(valueMmolL, edges);
  const trend = trendOf(trendCode);
  const freshness = freshnessOf(timeMs, nowMs);
  const isCurrent = freshness === "current" && !warmUp;
  const words = [warmUp ? t("reading.warmUp") : bandWord(t, band)];
  if (isCurrent && !afterGap) words.push(trendWord(t, trend, trendCode));
  const said = words.join(t("comma"));
  const remark =
    freshness === "stale" ? t("reading.stale") : freshness === "none" ? t("reading.notCurrent") : null;
  return (
    <span
      className={classes.root}
      data-size={warmUp ? "sm" : size}
      data-band={isCurrent ? band : undefined}
      title={said}
    >
      <span className={classes.value}>{formatGlucose(valueMmolL, unit)}</span>
      <span className={classes.unit}> {unit}</span>
      {isCurrent && !afterGap && trend !== "unknown" && (
        <span className={classes.arrow}>
          <TrendArrow trend={trend} />
        </span>
      )}
      {size === "lg" && (warmUp || !remark) ? (
        <span className={classes.words}>{said}</span>
      ) : (
        <span className={prose.unseen}>{said}</span>
      )}
      {remark && <span className={classes.remark}>{remark}</span>}
    </span>
  );
}
