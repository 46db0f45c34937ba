import type { ReactNode } from "react";
import type { ListedPatient, WornSensor } from "#contract/roster.ts";
import { areDatesInDoubt } from "#glucose/sensor-dates.ts";
import { formatShares } from "#glucose/shares.ts";
import { targetsFor } from "#glucose/targets.ts";
import { dayMs } from "#glucose/time.ts";
import { formatGlucose } from "#glucose/units.ts";
import { wearDay } from "#glucose/wear.ts";
import { formatAge, formatShortDateTime, formatTime, formatWeekday } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { formatChange } from "./reason-words.ts";
import classes from "./roster.module.css";

/** Within so many days a day of the week is enough. */
const nearMs = 6 * dayMs;

/** "Sat 14:00" by the patient's clock, "8 Dec, 14:00" where that is far off. */
function usePatientTime(timeZone: string) {
  const { language } = usePreferences();
  return (timeMs: number, nowMs: number) =>
    Math.abs(timeMs - nowMs) < nearMs
      ? `${formatWeekday(timeMs, timeZone, language)} ${formatTime(timeMs, timeZone, language)}`
      : formatShortDateTime(timeMs, timeZone, language);
}

const Figure = ({ children, aside }: { children: ReactNode; aside?: ReactNode }) => (
  <span className={classes.figure}>
    {children}
    {aside && <small>{aside}</small>}
  </span>
);

/** Share below the patient's range, and very low. */
export function Below({ row: { worklist, targets } }: { row: ListedPatient }) {
  const t = useMessages("roster");
  if (!worklist?.timeIn) return null;
  const shown = formatShares(worklist.timeIn, targetsFor(targets).goals);
  return (
    <Figure aside={t("veryLowShare", { share: shown["very-low"] })}>
      {t("share", { share: shown.below })}
    </Figure>
  );
}

export function Lowest({ row: { worklist, timeZone }, nowMs }: { row: ListedPatient; nowMs: number }) {
  const { unit } = usePreferences();
  const at = usePatientTime(timeZone);
  const lowest = worklist?.lowest;
  if (!lowest) return null;
  return (
    <Figure aside={at(lowest.timeMs, nowMs)}>
      {formatGlucose(lowest.valueMmolL, unit)} {unit}
    </Figure>
  );
}

interface AsideProps {
  row: ListedPatient;
  /** Under another figure, whose column it has then. */
  isAside?: boolean;
}

export function Nights({ row: { worklist }, isAside = false }: AsideProps) {
  const t = useMessages("roster");
  if (!worklist) return null;
  const nights = worklist.nightsWithLows;
  return isAside ? (
    <small className={classes.aside}>{t("nightsAside", { nights })}</small>
  ) : (
    <Figure>{t("nightsOf", { nights })}</Figure>
  );
}

export function Change({ row: { worklist }, isAside = false }: AsideProps) {
  const t = useMessages("roster");
  const change = worklist?.inRangeChange ?? null;
  if (change === null) return null;
  if (change === "not-judged")
    return (
      <small className={classes.aside} title={t("changeNotJudgedWhy")}>
        {t("changeNotJudged")}
      </small>
    );
  const size = formatChange(change);
  const points = Number(size) > 0 ? `+${size}` : size.replace("-", "−");
  return isAside ? (
    <small className={classes.aside}>{t("changeAside", { points })}</small>
  ) : (
    <Figure>{t("changePoints", { points })}</Figure>
  );
}

/** How far a sensor is, and when it ends. */
interface SensorEndProps {
  sensor: WornSensor | null;
  lastReadingAtMs: number | null;
  timeZone: string;
  nowMs: number;
  /** Without the time of its end. */
  isBrief?: boolean;
}

export function SensorEnd({ sensor, lastReadingAtMs, timeZone, nowMs, isBrief = false }: SensorEndProps) {
  const t = useMessages("roster");
  const at = usePatientTime(timeZone);
  if (!sensor) return null;
  if (areDatesInDoubt(sensor, lastReadingAtMs))
    return <span className={classes.stage}>{t("endInDoubt")}</span>;
  const day = wearDay(sensor, nowMs);
  if (day === null) return <span className={classes.stage}>{t("dayUnknown")}</span>;
  const endMs = sensor.endedAtMs ?? sensor.estimatedEndAtMs;
  const time = endMs === null || isBrief ? null : at(endMs, nowMs);
  if (day === "ended")
    return (
      <span className={classes.stage}>
        <Figure aside={time}>{t("state.ended")}</Figure>
      </span>
    );
  return (
    <Figure aside={time && t("endsAt", { time })}>
      {day.day > day.of ? t("pastEnd", day) : t("day", day)}
    </Figure>
  );
}

export function Reviewed({ row: { marks }, nowMs }: { row: ListedPatient; nowMs: number }) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const atMs = marks?.review?.atMs;
  return <Figure>{atMs === undefined ? t("never") : formatAge(nowMs - atMs, language)}</Figure>;
}
