import { useState } from "react";
import { type Period, presetDays, spanOf } from "#contract/period.ts";
import { useMessages } from "../i18n.ts";
import { Segmented } from "../ui/segmented.tsx";
import { DateRangeForm } from "./date-range-form.tsx";
import classes from "./patient.module.css";
import { dateInput } from "./period.ts";

interface PeriodPickerProps {
  period: Period;
  /** None is shown: the address asks for one that cannot be. */
  isNone?: boolean;
  timeZone: string;
  nowMs: number;
  onChange: (period: Period) => void;
}

const custom = "custom";

/**
 * The presets, and a range of whole days in the patient's zone. What was typed
 * stays until another period is shown.
 */
export function PeriodPicker({ isNone = false, ...props }: PeriodPickerProps) {
  const t = useMessages("patient", "page");
  const { period, timeZone, onChange } = props;
  const shown = JSON.stringify([period, timeZone]);
  /** Custom was pressed while this period was shown. */
  const [choosingFor, setChoosingFor] = useState<string | null>(null);
  const isRange = period.kind === "range";
  const isChoosing = isRange || choosingFor === shown;
  return (
    <div className={classes.picker}>
      <Segmented
        className={classes.presets}
        aria-label={t("period")}
        value={isChoosing ? custom : isNone || isRange ? "" : String(period.days)}
        onChange={(value) => {
          const days = presetDays.find((preset) => String(preset) === value);
          setChoosingFor(days === undefined ? shown : null);
          if (days) onChange({ kind: "last", days });
        }}
        options={[
          ...presetDays.map((days) => ({
            value: String(days),
            label: days === 1 ? t("hours24") : t(`days${days}`),
          })),
          { value: custom, label: t("custom") },
        ]}
      />
      {isChoosing && <RangeForm key={shown} {...props} />}
    </div>
  );
}

function RangeForm({ period, timeZone, nowMs, onChange }: PeriodPickerProps) {
  const days = () => {
    const { startMs, endMs } = spanOf(period, nowMs, timeZone);
    return { from: dateInput(startMs, timeZone), to: dateInput(endMs - 1, timeZone) };
  };
  return (
    <DateRangeForm
      first={days}
      max={dateInput(nowMs, timeZone)}
      timeZone={timeZone}
      nowMs={nowMs}
      onRange={onChange}
    />
  );
}
