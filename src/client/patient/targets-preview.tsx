import { Text } from "@mantine/core";
import { useEffect, useMemo } from "react";
import { formatShares } from "#glucose/shares.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { type Goal, meetsGoal, type TargetChoice, type Targets, targetsFor } from "#glucose/targets.ts";
import { formatEdge } from "#glucose/units.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { announce } from "../ui/announcer.tsx";
import { Sentences } from "../ui/sentences.tsx";
import { useTargetWords } from "../ui/target-words.ts";
import details from "./details.module.css";
import { goalWords } from "./statistic.tsx";
import classes from "./targets.module.css";
import type { PeriodData } from "./use-period-data.ts";

interface TargetsPreviewProps {
  data: PeriodData;
  judged: boolean;
  current: TargetChoice;
  next: TargetChoice;
}

const parts = ["in-range", "below", "very-low", "above", "very-high"] as const;

/** The shares of the period under the targets as they are and as they would be, and which goals they meet. */
export function TargetsPreview({ data, judged, current, next }: TargetsPreviewProps) {
  const t = useMessages("patient", "targets");
  const names = useMessages("patient", "page");
  const targetWords = useTargetWords();
  const { unit } = usePreferences();
  const { readings, startMs, endMs } = data;
  const sides = useMemo(
    () =>
      [current, next].map((choice) => {
        const targets = targetsFor(choice);
        return { choice, targets, timeIn: statisticsOf(readings, { startMs, endMs }, targets.edges).timeIn };
      }),
    [current, next, readings, startMs, endMs],
  );
  const shareOf = ({ timeIn, targets }: (typeof sides)[number]) =>
    timeIn && names("percent", { value: formatShares(timeIn, judged ? targets.goals : {})["in-range"] });
  const [now, then] = sides.map(shareOf);
  const heard =
    now && then ? t("targetsHeard", { targets: targetWords(next), now, then }) : t("targetsNotSaved");
  // While own targets are typed every digit would be heard.
  const isNamed = typeof next === "string";
  useEffect(() => {
    if (isNamed) announce(heard);
  }, [isNamed, heard]);
  return (
    <>
      <table className={details.table}>
        <thead>
          <tr>
            <th scope="col">{t("targetsInPeriod")}</th>
            {sides.map(({ choice }, index) => (
              <th key={index === 0 ? "now" : "then"} scope="col">
                {t(index === 0 ? "targetsNow" : "targetsThen", { targets: targetWords(choice) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{names("range")}</th>
            {sides.map(({ targets: { edges } }, index) => (
              <td key={index === 0 ? "now" : "then"}>
                {formatEdge(edges.low, unit)}–{formatEdge(edges.high, unit)} {unit}
              </td>
            ))}
          </tr>
          {parts.map((part) => (
            <tr key={part}>
              <th scope="row">{t(`bandName.${part}`)}</th>
              {sides.map(({ targets, timeIn }, index) => (
                <td key={index === 0 ? "now" : "then"}>
                  {timeIn ? <Share part={part} targets={targets} timeIn={timeIn} judged={judged} /> : "–"}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Text size="sm" c="dimmed" className={classes.note}>
        {t("targetsForAll")}
      </Text>
    </>
  );
}

interface ShareProps {
  part: (typeof parts)[number];
  targets: Targets;
  timeIn: NonNullable<PeriodData["statistics"]["timeIn"]>;
  judged: boolean;
}

function Share({ part, targets: { goals }, timeIn, judged }: ShareProps) {
  const names = useMessages("patient", "page");
  const shown = formatShares(timeIn, judged ? goals : {});
  const goal: Goal | undefined = {
    "in-range": goals.inRange,
    below: goals.belowRange,
    "very-low": goals.veryLow,
    above: goals.aboveRange,
    "very-high": goals.veryHigh,
  }[part];
  const share = {
    "in-range": timeIn["in-range"],
    below: timeIn.low + timeIn["very-low"],
    "very-low": timeIn["very-low"],
    above: timeIn.high + timeIn["very-high"],
    "very-high": timeIn["very-high"],
  }[part];
  return (
    <Sentences>
      <strong>{names("percent", { value: shown[part] })}</strong>
      {goal && names("goalOf", { goal: goalWords(goal, names) })}
      {goal && names(!judged ? "goalOpen" : meetsGoal(share, goal) ? "goalMet" : "goalMissed")}
    </Sentences>
  );
}
