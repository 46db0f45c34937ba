import { useId, useState } from "react";
import { mostSnoozeDays } from "#contract/worklist-acts.ts";
import { localDateOf, localDayNamed, localDayOf, localWeekday } from "#glucose/local-time.ts";
import { dayMs } from "#glucose/time.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import { viewerZone } from "../ui/viewer-zone.ts";
import type { ActForm } from "./act-dialog.tsx";
import { isOver, useActWords } from "./act-words.ts";
import classes from "./acts.module.css";
import { FormEnd } from "./form-end.tsx";

/** The beginning of the day that lies so many days after a time's, where people are at the screen. */
function dayAfter(timeMs: number, count: number): number {
  let { startMs } = localDayOf(timeMs, viewerZone);
  for (let i = 0; i < count; i += 1) startMs = localDayOf(startMs, viewerZone).endMs;
  return startMs;
}

/** The days after tomorrow and within a week on which people are at work. */
const nextWeekdays = (nowMs: number): number[] =>
  [2, 3, 4, 5, 6]
    .map((count) => dayAfter(nowMs, count))
    .filter((startMs) => localWeekday(startMs, viewerZone) < 5);

export function PutOffForm({ subject, isPending, failure, onAct, onClose }: ActForm) {
  const t = useMessages("acts");
  const { day } = useActWords();
  const name = useId();
  const [nowMs] = useState(now);
  const tomorrowMs = dayAfter(nowMs, 1);
  const inAWeekMs = dayAfter(nowMs, 7);
  /** The beginning of one of the days that are offered, or another one. */
  const [chosen, setChosen] = useState<number | "date" | "worse">(tomorrowMs);
  const [date, setDate] = useState("");
  const [isUntilWorse, setIsUntilWorse] = useState(true);
  const [isAttempted, setIsAttempted] = useState(false);
  const latestMs = nowMs + mostSnoozeDays * dayMs;
  const dateMs = localDayNamed(date, viewerZone)?.startMs ?? null;
  const untilMs = chosen === "date" ? dateMs : chosen === "worse" ? null : chosen;
  const fault =
    chosen !== "date"
      ? null
      : untilMs === null
        ? t("dateNeeded")
        : untilMs <= nowMs
          ? t("refusal.past")
          : untilMs > latestMs
            ? t("refusal.too-far")
            : null;
  const options = [
    { value: tomorrowMs, label: t("until.tomorrow", { day: day(tomorrowMs) }) },
    ...nextWeekdays(nowMs).map((value) => ({ value, label: day(value) })),
    { value: inAWeekMs, label: t("until.inAWeek", { day: day(inAWeekMs) }) },
    { value: "date" as const, label: t("until.date") },
    { value: "worse" as const, label: t("until.worse") },
  ];
  const { snooze } = subject.marks ?? {};
  return (
    <form
      className={layout.column}
      data-gap="sm"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsAttempted(true);
        if (!fault && !isPending)
          onAct({ kind: "put-off", until: { untilMs, untilWorse: isUntilWorse || chosen === "worse" } });
      }}
    >
      <fieldset className={classes.options}>
        <legend>{t("until.legend")}</legend>
        {options.map(({ value, label }) => (
          <label key={value}>
            <input type="radio" name={name} checked={chosen === value} onChange={() => setChosen(value)} />
            {label}
          </label>
        ))}
      </fieldset>
      {chosen === "date" && (
        <TextField
          type="date"
          label={t("until.day")}
          value={date}
          min={localDateOf(tomorrowMs, viewerZone)}
          max={localDateOf(latestMs, viewerZone)}
          error={isAttempted ? fault : null}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
      )}
      {chosen !== "worse" && (
        <div>
          <label className={classes.option}>
            <input
              type="checkbox"
              checked={isUntilWorse}
              onChange={(event) => setIsUntilWorse(event.currentTarget.checked)}
            />
            {t("until.orWorse")}
          </label>
          <p className={prose.note}>{t("until.veryLow")}</p>
        </div>
      )}
      <FormEnd words={t("putOff")} isPending={isPending} failure={failure} onClose={onClose}>
        {snooze && !isOver(snooze, nowMs) && (
          <Button
            variant="subtle"
            disabled={isPending}
            onClick={() => onAct({ kind: "put-off", until: null })}
          >
            {t("endPutOff")}
          </Button>
        )}
      </FormEnd>
    </form>
  );
}
