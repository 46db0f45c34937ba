import type { Trend } from "#glucose/trend.ts";
import { arrowPath } from "#report/chart/arrow-path.ts";
import classes from "./trend-arrow.module.css";

/** The arrow beside a value; its words stand beside it, so it is silent for screen readers. */
export function TrendArrow({ trend }: { trend: Trend }) {
  return (
    <svg viewBox="-8 -8 16 16" width="1em" height="1em" aria-hidden="true">
      <path d={arrowPath(trend, 0, 0, 1.15)} className={classes.arrow} />
    </svg>
  );
}
