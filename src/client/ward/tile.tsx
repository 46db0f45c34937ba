import { memo, useMemo } from "react";
import type { Reading } from "#glucose/reading.ts";
import { type Targets, targetsFor } from "#glucose/targets.ts";
import { hourMs, minuteMs } from "#glucose/time.ts";
import { formatGlucose } from "#glucose/units.ts";
import { axisTopMmolL } from "#report/chart/axis.ts";
import { createCurve } from "#report/chart/curve-model.ts";
import { curvePath } from "#report/chart/curve-path.ts";
import { type Plot, yOf } from "#report/chart/plot.ts";
import { bandWord, trendWord } from "#report/chart/words.ts";
import { formatAge } from "#words/time.ts";
import type { WardPatient } from "../api/ward.ts";
import { TrendArrow } from "../chart/trend-arrow.tsx";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { type TileLabel, type TileView, tileViewOf } from "./tile-view.ts";
import classes from "./ward.module.css";

const shownMs = 3 * hourMs;
const box = { x: 0, y: 0, width: 240, height: 60 };

interface TileProps {
  patient: WardPatient;
  label: TileLabel;
  nowMs: number;
}

/** One patient, to be read from across a room. */
export const Tile = memo(function Tile({ patient, label, nowMs }: TileProps) {
  const view = tileViewOf(patient, nowMs);
  const targets = targetsFor(patient.targets);
  const shown = "shown" in view ? view.shown : null;
  return (
    <li className={classes.cell}>
      <Link
        to={`/patients/${patient.id}`}
        className={classes.tile}
        data-band={shown?.band ?? undefined}
        data-falling={shown?.isFalling || undefined}
        data-last={shown?.last ?? undefined}
      >
        <span className={classes.who} title={[label.name, label.apart].filter(Boolean).join(" ")}>
          <span className={classes.name}>{label.name}</span>
          {label.apart && <span className={classes.apart}> {label.apart}</span>}
        </span>
        {"shown" in view ? <Value shown={view.shown} nowMs={nowMs} /> : <Missing view={view} nowMs={nowMs} />}
        <AsOf patient={patient} isAlways={!("shown" in view)} nowMs={nowMs} />
        {patient.readings && <LastHours readings={patient.readings} targets={targets} endMs={nowMs} />}
      </Link>
    </li>
  );
});

function Value({ shown, nowMs }: { shown: Extract<TileView, { shown: unknown }>["shown"]; nowMs: number }) {
  const t = useMessages("ward");
  const words = useMessages("domain");
  const { unit, language } = usePreferences();
  const { reading, band, isFalling, last, trend, freshness } = shown;
  const age = formatAge(nowMs - reading.timeMs, language);
  const value = formatGlucose(reading.valueMmolL, unit);
  // Digits as large as those of now would be taken for them.
  const isPast = reading.warmUp || freshness === "none";
  const state = () => {
    if (reading.warmUp) return words("reading.warmUp");
    if (isFalling) return t("fallingNearLow");
    if (band) return bandWord(words, band);
    const past = words(freshness === "stale" ? "reading.stale" : "reading.notCurrent");
    if (!last) return past;
    return t("lastState", {
      past,
      state: last === "falling-near-low" ? t("fallingNearLow") : bandWord(words, last),
    });
  };
  return (
    <>
      <span className={classes.line} data-none={isPast || undefined}>
        <span className={classes.value} aria-hidden={isPast || undefined}>
          {isPast ? "–" : value}
        </span>
        {!isPast && <span className={prose.unseen}> {unit} </span>}
        {trend && (
          <>
            <span className={classes.arrow}>
              <TrendArrow trend={trend} />
            </span>
            <span className={prose.unseen}>{trendWord(words, trend, reading.trend)} </span>
          </>
        )}
      </span>
      <span className={classes.words}>
        <span className={classes.state}>{state()}</span>{" "}
        {reading.warmUp ? t("last", { age }) : isPast ? t("lastValue", { value, unit, age }) : age}
      </span>
    </>
  );
}

function Missing({ view, nowMs }: { view: Extract<TileView, { missing: unknown }>; nowMs: number }) {
  const t = useMessages("ward");
  const { language } = usePreferences();
  const { missing, sinceMs } = view;
  return (
    <>
      <span className={classes.line} data-none>
        <span className={classes.value} aria-hidden="true">
          –
        </span>
      </span>
      <span className={classes.words}>
        <span className={classes.state}>{t(`missing.${missing}`)}</span>{" "}
        {sinceMs === null
          ? missing === "failed" && t("noneKnown")
          : t("last", { age: formatAge(nowMs - sinceMs, language) })}
      </span>
    </>
  );
}

/** A tile is renewed every minute; one that was not is of then. */
const renewedMs = 3 * minuteMs;

/** As of when a tile is, where it is not of now or has no value whose age would say it. */
function AsOf({
  patient: { asOfMs, stale },
  isAlways,
  nowMs,
}: {
  patient: WardPatient;
  isAlways: boolean;
  nowMs: number;
}) {
  const t = useMessages("ward");
  const { language } = usePreferences();
  if (asOfMs === null) return null;
  const isOld = stale !== null || nowMs - asOfMs > renewedMs;
  if (!isOld && !isAlways) return null;
  const age = formatAge(nowMs - asOfMs, language);
  return (
    <span className={classes.words} data-old={isOld || undefined}>
      {t("asOf", { age })}
    </span>
  );
}

/** Three hours in small, through every low and every high, with gaps as gaps. */
function LastHours({
  readings,
  targets,
  endMs,
}: {
  readings: readonly Reading[];
  targets: Targets;
  endMs: number;
}) {
  const curve = useMemo(() => createCurve(readings), [readings]);
  const span = { startMs: endMs - shownMs, endMs };
  const plot: Plot = { ...box, ...span, topMmolL: axisTopMmolL(readings, span) };
  const { low, high } = targets.edges;
  return (
    <svg
      className={classes.curve}
      viewBox={`0 0 ${box.width} ${box.height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect
        y={yOf(plot, high)}
        width={box.width}
        height={yOf(plot, low) - yOf(plot, high)}
        className={classes.range}
      />
      <path d={curvePath(curve, plot).path} className={classes.path} />
    </svg>
  );
}
