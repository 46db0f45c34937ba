import { useEffect, useMemo } from "react";
import type { TargetChoice } from "#glucose/targets.ts";
import { formatEdge } from "#glucose/units.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { goalWords } from "#report/patient/time-in-ranges-view.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { announce } from "../ui/announcer.tsx";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { useTargetWords } from "../ui/target-words.ts";
import classes from "./targets.module.css";
import { type PreviewPart, partShare, previewParts, type TargetsSide, targetsSide } from "./targets-view.ts";

interface TargetsPreviewProps {
  data: PeriodData;
  judged: boolean;
  current: TargetChoice;
  next: TargetChoice;
}

interface Row {
  readonly key: "range" | PreviewPart;
}

const rows: readonly Row[] = [{ key: "range" }, ...previewParts.map((key) => ({ key }))];

/** The shares of the period under the targets as they are and as they would be, and which goals they meet. */
export function TargetsPreview({ data, judged, current, next }: TargetsPreviewProps) {
  const t = useMessages("patient", "targets");
  const names = useMessages("patient", "page");
  const targetWords = useTargetWords();
  const { readings, startMs, endMs } = data;
  const [now, then] = useMemo(() => {
    const period = { readings, startMs, endMs };
    return [targetsSide(period, current), targetsSide(period, next)] as const;
  }, [current, next, readings, startMs, endMs]);
  useSayPreview(now, then);
  const column = (key: string, side: TargetsSide, title: string): Column<Row> => ({
    key,
    title,
    cell: (row) =>
      row.key === "range" ? <Range side={side} /> : <Share side={side} part={row.key} judged={judged} />,
  });
  const columns: Column<Row>[] = [
    {
      key: "part",
      title: t("targetsInPeriod"),
      cell: ({ key }) => (key === "range" ? names("range") : t(`bandName.${key}`)),
    },
    column("now", now, t("targetsNow", { targets: targetWords(current) })),
    column("then", then, t("targetsThen", { targets: targetWords(next) })),
  ];
  return (
    <>
      <Table columns={columns} rows={rows} />
      <p className={`${prose.note} ${classes.note}`}>{t("targetsForAll")}</p>
    </>
  );
}

/** Tells a screen reader what the chosen targets make of the time in range. */
function useSayPreview(current: TargetsSide, next: TargetsSide): void {
  const t = useMessages("patient", "targets");
  const names = useMessages("patient", "page");
  const targetWords = useTargetWords();
  const [now, then] = [current, next].map((side) => {
    const share = partShare(side, "in-range");
    return share && names("percent", { value: share.percent });
  });
  const heard =
    now && then ? t("targetsHeard", { targets: targetWords(next.choice), now, then }) : t("targetsNotSaved");
  // While own targets are typed every digit would be heard.
  const isNamed = typeof next.choice === "string";
  useEffect(() => {
    if (isNamed) announce(heard);
  }, [isNamed, heard]);
}

function Range({ side: { targets } }: { side: TargetsSide }) {
  const { unit } = usePreferences();
  const { low, high } = targets.edges;
  return `${formatEdge(low, unit)}–${formatEdge(high, unit)} ${unit}`;
}

function Share({ side, part, judged }: { side: TargetsSide; part: PreviewPart; judged: boolean }) {
  const names = useMessages("patient", "page");
  const share = partShare(side, part);
  if (!share) return "–";
  const { percent, goal, isMet } = share;
  return (
    <Sentences>
      <strong>{names("percent", { value: percent })}</strong>
      {goal && names("goalOf", { goal: goalWords(goal, names) })}
      {goal && names(!judged ? "goalOpen" : isMet ? "goalMet" : "goalMissed")}
    </Sentences>
  );
}
