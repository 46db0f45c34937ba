import { Button, Group, SegmentedControl, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type Period, presetDays, spanOf } from "../api/readings.ts";
import { useMessages } from "../i18n.ts";
import classes from "./patient.module.css";
import { dateInput, type RangeFault, rangeOfDays } from "./period.ts";

interface PeriodPickerProps {
  period: Period;
  /** None is shown: the address asks for one that cannot be. */
  isNone?: boolean;
  timeZone: string;
  nowMs: number;
  onChange: (period: Period) => void;
}

const custom = "custom";

/** The presets, and a range of whole days in the patient's zone. What was typed stays until another period is shown. */
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
      <SegmentedControl
        className={classes.presets}
        aria-label={t("period")}
        value={isChoosing ? custom : isNone || isRange ? "" : String(period.days)}
        onChange={(value) => {
          const days = presetDays.find((preset) => String(preset) === value);
          setChoosingFor(days === undefined ? shown : null);
          if (days) onChange({ kind: "last", days });
        }}
        data={[
          ...presetDays.map((days) => ({ value: String(days), label: t(`days${days}`) })),
          { value: custom, label: t("custom") },
        ]}
      />
      {isChoosing && <RangeForm key={shown} {...props} />}
    </div>
  );
}

function RangeForm({ period, timeZone, nowMs, onChange }: PeriodPickerProps) {
  const t = useMessages("patient", "page");
  const [shown] = useState(() => spanOf(period, nowMs));
  const [from, setFrom] = useState(dateInput(shown.startMs, timeZone));
  const [to, setTo] = useState(dateInput(shown.endMs - 1, timeZone));
  const [fault, setFault] = useState<RangeFault | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = rangeOfDays(from, to, timeZone, nowMs);
    setFault(typeof chosen === "string" ? chosen : null);
    if (typeof chosen !== "string") onChange(chosen);
  };
  const today = dateInput(nowMs, timeZone);
  return (
    <form onSubmit={submit} noValidate>
      <Group align="flex-start" gap="sm">
        <TextInput
          type="date"
          label={t("from")}
          max={today}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          error={fault && t(fault)}
        />
        <TextInput
          type="date"
          label={t("to")}
          max={today}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" mt={25}>
          {t("apply")}
        </Button>
      </Group>
    </form>
  );
}
