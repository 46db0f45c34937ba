import { Button, Paper, Text } from "@mantine/core";
import { useRef, useState } from "react";
import type { Gap } from "#glucose/gaps.ts";
import { hourMs } from "#glucose/time.ts";
import { gapPlace } from "../chart/walk.ts";
import { gapWord } from "../chart/words.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import print from "../ui/print.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { formatDateTime, formatDuration, formatTime, shownLengthMs } from "../ui/time.ts";
import type { DetailsProps } from "./details-props.ts";
import { PanelTitle } from "./panel-title.tsx";
import { dateInput } from "./period.ts";
import classes from "./span-list.module.css";
import { toggleAll } from "./toggle-all.ts";

const firstFew = 6;
/** As many as leave a report of 14 days on two sheets. */
const printedMost = 6;

/** When there were no readings and why, newest first, each with the way to its place in the curve. On paper the longest. */
export function GapList({ data, gaps, shownZone, onShow }: DetailsProps) {
  const t = useMessages("patient", "details");
  const { language } = usePreferences();
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const newestFirst = gaps.toSorted((a, b) => b.fromMs - a.fromMs);
  const printed = new Set(
    gaps.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs)).slice(0, printedMost),
  );
  const totalMs = gaps.reduce((sum, { fromMs, toMs }) => sum + shownLengthMs(fromMs, toMs), 0);
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="gaps">
      <PanelTitle id="gaps" name={t("gaps")} definition={t("defGaps")} basis={data} />
      {gaps.length === 0 ? (
        <Text>{t("noGaps")}</Text>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            <Sentences>
              {t("gapsTotal", { count: gaps.length, duration: formatDuration(totalMs, language) })}
              <span className={print.screenOnly}>{t("gapsChoose")}</span>
            </Sentences>
          </Text>
          <ul ref={list} className={classes.list} aria-label={t("gaps")}>
            {newestFirst.map((gap, index) => (
              <li
                key={`${gap.fromMs} ${gap.cause}`}
                data-more={(!all && index >= firstFew) || undefined}
                data-printed={printed.has(gap)}
              >
                <button
                  type="button"
                  onClick={() =>
                    onShow({ startMs: gap.fromMs - 2 * hourMs, endMs: gap.toMs + 2 * hourMs }, gapPlace(gap))
                  }
                >
                  <GapWords {...gap} shownZone={shownZone} />
                </button>
              </li>
            ))}
          </ul>
          {gaps.length > printedMost && (
            <p className={`${print.printOnly} ${classes.printedHead}`}>
              {t("gapsMore", { count: gaps.length - printedMost })}
            </p>
          )}
          {gaps.length > firstFew && (
            <Button
              className={print.screenOnly}
              variant="subtle"
              size="compact-sm"
              onClick={() => toggleAll(list, firstFew, setAll)}
            >
              {all ? t("action.showFewer") : t("showAllGaps", { count: gaps.length })}
            </Button>
          )}
        </>
      )}
    </Paper>
  );
}

function GapWords({ shownZone, ...gap }: Gap & Pick<DetailsProps, "shownZone">) {
  const { fromMs, toMs, cause, packetsLost, recordsUnreadable } = gap;
  const words = useMessages("chart", "curve");
  const { language } = usePreferences();
  const isOneDay = dateInput(fromMs, shownZone) === dateInput(toMs, shownZone);
  const end = (isOneDay ? formatTime : formatDateTime)(toMs, shownZone, language);
  return (
    <>
      <strong>
        {formatDateTime(fromMs, shownZone, language)} – {end}
      </strong>
      <span>
        {[
          formatDuration(shownLengthMs(fromMs, toMs), language),
          gapWord(words, cause),
          ...(packetsLost === null ? [] : [words("packetsLost", { count: packetsLost })]),
          ...(recordsUnreadable === 0 ? [] : [words("packetsUnreadable", { count: recordsUnreadable })]),
        ].join(words("comma"))}
      </span>
    </>
  );
}
