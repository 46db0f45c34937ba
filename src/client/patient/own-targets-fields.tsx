import { reasonMaxLength } from "#contract/patient-limits.ts";
import { ownTargets } from "#contract/targets.ts";
import { type OwnTargets, ownEdgeLimits } from "#glucose/targets.ts";
import { formatEdge } from "#glucose/units.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import { type NumberField, numbers, type OwnText } from "./own-text.ts";
import classes from "./targets.module.css";

const reasons = ["edge-range", "edge-order", "tenths", "goal-range"] as const;
type Fault = (typeof reasons)[number] | "number";

/** What was typed, by the schema the server checks with; null where it cannot be used. */
export function parseOwn(text: OwnText): {
  targets: OwnTargets | null;
  faults: Partial<Record<NumberField, Fault>>;
  reason: string | null;
} {
  const typed = numbers.flatMap((field) => {
    const plain = text[field].normalize("NFKC").trim().replace(",", ".");
    return plain === "" ? [] : [[field, Number(plain)] as const];
  });
  const { data, error } = ownTargets.safeParse(Object.fromEntries(typed));
  const faults: Partial<Record<NumberField, Fault>> = {};
  for (const { path, message } of error?.issues ?? [])
    faults[path[0] as NumberField] ??= reasons.find((reason) => reason === message) ?? "number";
  const reason = text.reason.trim();
  return { targets: data ?? null, faults, reason: reason === "" ? null : reason };
}

interface OwnTargetsFieldsProps {
  value: OwnText;
  /** Saving was tried: what is missing is said. */
  isAttempted: boolean;
  onChange: (value: OwnText) => void;
}

export function OwnTargetsFields({ value, isAttempted, onChange }: OwnTargetsFieldsProps) {
  const t = useMessages("patient", "targets");
  const { unit } = usePreferences();
  const { targets, faults, reason } = parseOwn(value);
  const limits = { min: ownEdgeLimits.min.toFixed(1), max: ownEdgeLimits.max.toFixed(1) };
  const field = (name: NumberField) => (
    <TextField
      key={name}
      label={t(`own-${name}`)}
      value={value[name]}
      inputMode="decimal"
      maxLength={6}
      error={faults[name] && t(`fault-${faults[name]}`, limits)}
      onChange={(event) => onChange({ ...value, [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <div className={classes.own}>{numbers.map(field)}</div>
      {targets && unit === "mg/dL" && (
        <p className={prose.small}>
          {t("ownInMgDl", { low: formatEdge(targets.low, unit), high: formatEdge(targets.high, unit) })}
        </p>
      )}
      <p className={prose.note}>{t("ownNote")}</p>
      <TextField
        label={t("field.reason")}
        value={value.reason}
        maxLength={reasonMaxLength}
        autoComplete="off"
        error={isAttempted && reason === null && t("ownReasonMissing")}
        onChange={(event) => onChange({ ...value, reason: event.currentTarget.value })}
      />
    </>
  );
}
