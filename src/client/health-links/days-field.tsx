import { type HealthLinkRequest, healthLinkDays } from "#contract/health-links.ts";
import { SelectField } from "../ui/select-field.tsx";

type Days = HealthLinkRequest["days"];

interface DaysFieldProps {
  label: string;
  /** What so many days are called. */
  nameOf(count: number): string;
  days: Days;
  onDays(days: Days): void;
}

/** How many of a patient's last days leave the dashboard. */
export function DaysField({ label, nameOf, days, onDays }: DaysFieldProps) {
  return (
    <SelectField
      label={label}
      value={days}
      onChange={({ currentTarget: { value } }) =>
        onDays(healthLinkDays.find((known) => known === value) ?? days)
      }
      options={healthLinkDays.map((value) => ({ value, label: nameOf(Number(value)) }))}
    />
  );
}
