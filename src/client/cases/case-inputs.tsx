import { caseStates } from "#contract/case-fields.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { SelectField } from "../ui/select-field.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useCaseWords } from "./case-words.ts";
import classes from "./cases.module.css";
import type { Field, Typed } from "./edits.ts";
import { faultOf } from "./faults.ts";
import { useReplacement } from "./use-replacement.ts";

const minuteDigits = 16;
/** As the browser's field for date and time wants it, in the time of whoever types. */
function localTime(timeMs: Typed[Field]): string {
  if (typeof timeMs !== "number") return "";
  const local = new Date(timeMs - new Date(timeMs).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, minuteDigits);
}

interface CaseInputsProps {
  values: Typed;
  /** The partner's ID of whose sensor it is about; undefined where nobody knows. */
  wearerUid: string | undefined;
  reasons: Partial<Record<Field, string>>;
  isPending: boolean;
  onEdit: (edited: Typed) => void;
}

/** The fields of a case; what is wrong with one stands beside it. */
export function CaseInputs({ values, wearerUid, reasons, isPending, onEdit }: CaseInputsProps) {
  const t = useMessages("cases");
  const { language } = usePreferences();
  const { zone } = useCaseWords();
  const of = (field: Field) => ({
    label: t(`part.${field}`),
    value: String(values[field] ?? ""),
    error: faultOf(t, language, reasons[field], field, values[field]),
    readOnly: isPending,
    autoComplete: "off",
  });
  const replacement = useReplacement(values, wearerUid);
  const text = (field: Field) => ({
    ...of(field),
    onChange: (event: { currentTarget: { value: string } }) => onEdit({ [field]: event.currentTarget.value }),
  });
  return (
    <>
      <fieldset className={classes.fields}>
        <legend>{t("caller")}</legend>
        <TextField {...text("callerName")} />
        <TextField {...text("callerPhone")} inputMode="tel" />
        <TextArea {...text("callerAddress")} rows={2} className={classes.whole} />
      </fieldset>
      <fieldset className={classes.fields}>
        <legend>{t("complaint")}</legend>
        <TextField
          {...of("receivedAtMs")}
          type="datetime-local"
          description={zone}
          isHintBelow
          value={localTime(values.receivedAtMs)}
          onChange={({ currentTarget: { value } }) => {
            const timeMs = new Date(value).getTime();
            onEdit({ receivedAtMs: Number.isNaN(timeMs) ? null : timeMs });
          }}
        />
        <TextField {...text("device")} description={t("deviceHint")} isHintBelow />
        <TextArea {...text("nature")} description={t("noGlucose")} rows={4} className={classes.whole} />
      </fieldset>
      <fieldset className={classes.fields}>
        <legend>{t("outcome")}</legend>
        <TextArea {...text("action")} rows={3} className={classes.whole} />
        <TextArea {...text("reply")} rows={3} className={classes.whole} />
        <TextField
          {...text("replacementSerial")}
          description={
            replacement.isElsewhere ? t("boundElsewhere", { serial: replacement.serial }) : undefined
          }
          isHintBelow
          spellCheck={false}
          onBlur={replacement.ask}
        />
        <TextField {...text("vendorNumber")} spellCheck={false} />
        <SelectField
          {...of("state")}
          disabled={isPending}
          onChange={(event) => onEdit({ state: event.currentTarget.value })}
          options={caseStates.map((value) => ({ value, label: t(`caseState.${value}`) }))}
        />
      </fieldset>
    </>
  );
}
