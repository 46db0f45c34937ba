import { bands } from "#glucose/bands.ts";
import { type LocalDay, localDateOf } from "#glucose/local-time.ts";
import { formatShares } from "#glucose/shares.ts";
import { dayInFull, shownDayInFull } from "#report/patient/day-view.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { Facts } from "../ui/facts.tsx";
import layout from "../ui/layout.module.css";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import classes from "./chosen-day.module.css";
import { type ComparisonChoice, noComparison } from "./comparison-choice.ts";
import { dayBeside, type WholeDay } from "./use-day.ts";

interface ChosenDayBarProps {
  chosen: WholeDay;
  data: PeriodData;
  /** The period is another's until it has been read. */
  isLoading: boolean;
  nowMs: number;
  onStep: (by: -1 | 1) => void;
  onCompare: (chosen: ComparisonChoice) => void;
}

/**
 * The chosen day's name, its own shares, and the way to the days beside it. Days are the
 * patient's, whatever zone times are shown in.
 */
export function ChosenDayBar({ chosen, data, isLoading, nowMs, onStep, onCompare }: ChosenDayBarProps) {
  const t = useMessages("patient", "day");
  const { language } = usePreferences();
  const { timeZone } = data;
  const { startMs } = chosen.day;
  const hasTimeBefore = startMs > data.startMs && startMs < data.endMs;
  const compareSince = () =>
    onCompare({ ...noComparison, choice: "since", since: localDateOf(startMs, timeZone) });
  return (
    <section className={classes.chosen} aria-label={t("chosen")}>
      <div className={`${layout.row} ${classes.days}`} data-gap="xs">
        <StepButton
          by={-1}
          to={dayBeside(chosen.day, -1, timeZone, nowMs)}
          timeZone={timeZone}
          onStep={onStep}
        />
        <strong>{shownDayInFull(chosen, timeZone, language)}</strong>
        <StepButton
          by={1}
          to={dayBeside(chosen.day, 1, timeZone, nowMs)}
          timeZone={timeZone}
          onStep={onStep}
        />
        {hasTimeBefore && (
          <Button variant="default" size="compact-sm" className={print.screenOnly} onClick={compareSince}>
            {t("compareSince")}
          </Button>
        )}
      </div>
      {chosen.isReading || isLoading ? <p className={prose.small}>{t("loading")}</p> : <Shares {...chosen} />}
    </section>
  );
}

interface StepButtonProps {
  by: -1 | 1;
  /** Null where that day has not begun. */
  to: LocalDay | null;
  timeZone: string;
  onStep: (by: -1 | 1) => void;
}

function StepButton({ by, to, timeZone, onStep }: StepButtonProps) {
  const t = useMessages("patient", "day");
  const { language } = usePreferences();
  const step = () => {
    if (!to) return;
    onStep(by);
    announce(dayInFull(to, timeZone, language));
  };
  return (
    <Button variant="default" size="compact-sm" className={print.screenOnly} disabled={!to} onClick={step}>
      {by < 0 ? `‹ ${t("previous")}` : `${t("next")} ›`}
    </Button>
  );
}

function Shares({ statistics: { timeIn, n, expected } }: WholeDay) {
  const t = useMessages("patient", "day");
  const names = useMessages("patient", "page");
  if (!timeIn) return <p className={prose.small}>{t("noReadings")}</p>;
  const shown = formatShares(timeIn, {});
  const facts = bands.toReversed().map((band) => ({
    key: band,
    name: (
      <>
        <span style={{ background: `var(--band-${band})` }} aria-hidden="true" />
        {names(`bandName.${band}`)}
      </>
    ),
    value: names("percent", { value: shown[band] }),
  }));
  return (
    <>
      <Facts facts={facts} label={t("shares")} className={classes.shares} />
      <p className={prose.small}>{t("ofExpected", { n, expected })}</p>
    </>
  );
}
