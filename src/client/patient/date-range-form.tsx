import { type FormEvent, useState } from "react";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { TextField } from "../ui/text-field.tsx";
import classes from "./patient.module.css";
import { type DateRange, type RangeFault, rangeOfDays } from "./period.ts";

interface DateRangeFormProps {
  /** What the fields say first. */
  first: () => { readonly from: string; readonly to: string };
  /** The last day that the fields offer. */
  max?: string;
  timeZone: string;
  nowMs: number;
  onRange: (range: DateRange) => void;
}

/** Whole days in the patient's zone, both included; or what is wrong with them. */
export function DateRangeForm({ first, max, timeZone, nowMs, onRange }: DateRangeFormProps) {
  const t = useMessages("patient", "page");
  const [days, setDays] = useState(first);
  const [fault, setFault] = useState<RangeFault | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const range = rangeOfDays(days.from, days.to, timeZone, nowMs);
    const isFault = typeof range === "string";
    setFault(isFault ? range : null);
    if (!isFault) onRange(range);
  };
  const field = (name: "from" | "to") => ({
    label: t(name),
    value: days[name],
    max,
    onChange: (event: FormEvent<HTMLInputElement>) => setDays({ ...days, [name]: event.currentTarget.value }),
  });
  return (
    <form onSubmit={submit} noValidate>
      <div className={layout.row} data-gap="sm" data-align="start">
        <TextField type="date" {...field("from")} error={fault && t(fault)} />
        <TextField type="date" {...field("to")} />
        <Button type="submit" variant="default" className={classes.beside}>
          {t("action.show")}
        </Button>
      </div>
    </form>
  );
}
