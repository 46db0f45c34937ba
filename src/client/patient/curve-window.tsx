import type { LocalDay } from "#glucose/local-time.ts";
import type { Span } from "#glucose/time.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { formatDate, formatDateTime } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { Switch } from "../ui/switch.tsx";
import classes from "./patient.module.css";

interface CurveTitleProps {
  data: PeriodData;
  /** The day that the curve shows alone. */
  day: LocalDay | null;
  shownZone: string;
}

/** The period's days, or the chosen day. */
export function CurveTitle({ data: { startMs, endMs, timeZone }, day, shownZone }: CurveTitleProps) {
  const t = useMessages("patient", "page");
  const { language } = usePreferences();
  if (day) return t("curveDay", { day: formatDate(day.startMs, timeZone, language) });
  const [before, between, after] = t("curve", { from: "|", to: "|" }).split("|");
  return (
    <>
      {before}
      <span className={classes.unbroken}>{formatDate(startMs, shownZone, language)}</span>
      {between}
      <span className={classes.unbroken}>{formatDate(endMs - 1, shownZone, language)}</span>
      {after}
    </>
  );
}

const viewerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

interface ZoneSwitchProps {
  timeZone: string;
  shownZone: string;
  onOtherZone: (timeZone: string | null) => void;
}

/** The patient's time or the viewer's, where they differ. */
export function ZoneSwitch({ timeZone, shownZone, onOtherZone }: ZoneSwitchProps) {
  const t = useMessages("patient", "page");
  if (viewerZone === timeZone) return null;
  return (
    <Switch
      className={print.screenOnly}
      label={t("viewerZone", { zone: viewerZone })}
      checked={shownZone !== timeZone}
      onChange={(event) => onOtherZone(event.currentTarget.checked ? viewerZone : null)}
    />
  );
}

interface ShownPartProps {
  data: PeriodData;
  window: Span;
  isDay: boolean;
  shownZone: string;
  onWhole: () => void;
}

/** Which part of the period the curve shows, and the way back to all of it. */
export function ShownPart({ data, window, isDay, shownZone, onWhole }: ShownPartProps) {
  const t = useMessages("patient", "page");
  const { language } = usePreferences();
  const { startMs, endMs, timeZone } = data;
  const words = isDay
    ? t("shownDay", {
        from: formatDate(startMs, timeZone, language),
        to: formatDate(endMs - 1, timeZone, language),
      })
    : t("shown", {
        from: formatDateTime(window.startMs, shownZone, language),
        to: formatDateTime(window.endMs, shownZone, language),
      });
  return (
    <div className={layout.row} data-gap="xs">
      <p className={prose.small}>{words}</p>
      <Button variant="default" size="compact-sm" className={print.screenOnly} onClick={onWhole}>
        {t("showWhole")}
      </Button>
    </div>
  );
}
