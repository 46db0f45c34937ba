import { Button, Group, Text } from "@mantine/core";
import { bands } from "#glucose/bands.ts";
import { isOneLocalDay, type LocalDay, localDateOf } from "#glucose/local-time.ts";
import { formatShares } from "#glucose/shares.ts";
import { dayMs } from "#glucose/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { announce } from "../ui/announcer.tsx";
import print from "../ui/print.module.css";
import { formatDate, formatDuration, formatPartOfDay, formatWeekday } from "../ui/time.ts";
import classes from "./chosen-day.module.css";
import { dayBeside, type WholeDay } from "./use-day.ts";

const usualMs = dayMs;

interface ChosenDayBarProps {
  chosen: WholeDay;
  /** The period is another's until it has been read. */
  isLoading: boolean;
  timeZone: string;
  nowMs: number;
  onStep: (by: -1 | 1) => void;
  /** Holds the period before this day against the period since; null where it has no time before. */
  onCompareSince: ((date: string) => void) | null;
}

/** The chosen day's name, its own shares, and the way to the days beside it. Days are the patient's, whatever zone times are shown in. */
export function ChosenDayBar(props: ChosenDayBarProps) {
  const { chosen, isLoading, timeZone, nowMs, onStep, onCompareSince } = props;
  const t = useMessages("patient", "day");
  const names = useMessages("patient", "page");
  const { language } = usePreferences();
  const { day, span, statistics, isReading } = chosen;
  const { timeIn, n, expected } = statistics;
  const lengthMs = day.endMs - day.startMs;
  const nameOf = ({ startMs }: Pick<LocalDay, "startMs">) =>
    `${formatWeekday(startMs, timeZone, language, "long")} ${formatDate(startMs, timeZone, language)}`;
  const name = [
    nameOf(day),
    ...(isOneLocalDay(span, timeZone) ? [] : [formatPartOfDay(span, timeZone, language)]),
    ...(lengthMs === usualMs ? [] : [formatDuration(lengthMs, language)]),
  ].join(" · ");
  const [before, after] = [-1 as const, 1 as const].map((by) => dayBeside(day, by, timeZone, nowMs));
  const step = (by: -1 | 1, to: LocalDay) => {
    onStep(by);
    announce(nameOf(to));
  };
  return (
    <section className={classes.chosen} aria-label={t("chosen")}>
      <Group gap="xs" className={classes.days ?? ""}>
        <Button
          variant="default"
          size="compact-sm"
          className={print.screenOnly}
          disabled={!before}
          onClick={() => before && step(-1, before)}
        >
          ‹ {t("previous")}
        </Button>
        <strong>{name}</strong>
        <Button
          variant="default"
          size="compact-sm"
          className={print.screenOnly}
          disabled={!after}
          onClick={() => after && step(1, after)}
        >
          {t("next")} ›
        </Button>
        {onCompareSince && (
          <Button
            variant="default"
            size="compact-sm"
            className={print.screenOnly}
            onClick={() => onCompareSince(localDateOf(day.startMs, timeZone))}
          >
            {t("compareSince")}
          </Button>
        )}
      </Group>
      {isReading || isLoading ? (
        <Text size="sm">{t("loading")}</Text>
      ) : timeIn ? (
        <>
          <dl className={classes.shares} aria-label={t("shares")}>
            {bands.toReversed().map((band) => (
              <div key={band}>
                <dt>
                  <span style={{ background: `var(--band-${band})` }} aria-hidden="true" />
                  {names(`bandName.${band}`)}
                </dt>
                <dd>{names("percent", { value: formatShares(timeIn, {})[band] })}</dd>
              </div>
            ))}
          </dl>
          <Text size="sm">{t("ofExpected", { n, expected })}</Text>
        </>
      ) : (
        <Text size="sm">{t("noReadings")}</Text>
      )}
    </section>
  );
}
