import { type ReactNode, useState } from "react";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import layout from "../ui/layout.module.css";
import { TextField } from "../ui/text-field.tsx";

/** What the page of a record's form is given by the one that names or changes it. */
export interface RecordFormProps<Values, Checked> {
  values: Values;
  onChange: (values: Values) => void;
  error: Error | null;
  failure: string;
  isPending: boolean;
  submitWords: string;
  onSubmit: (record: Checked) => void;
  onCancel?: () => void;
}

interface Check<Checked> {
  success: boolean;
  data?: Checked | undefined;
  error?: { issues: readonly { path: PropertyKey[]; message: string }[] } | undefined;
}

interface RecordFieldsProps<Values, Checked, Fault> extends RecordFormProps<Values, Checked> {
  /** Those that may be left empty. */
  optional: ReadonlySet<keyof Values>;
  check: (asked: Record<string, unknown>) => Check<Checked>;
  faultWords: (field: keyof Values, fault: Fault) => string;
  /** `field` draws one by its name. */
  children: (
    field: (name: TextFields<Values>, label: string, description?: string) => ReactNode,
  ) => ReactNode;
  failed: ReactNode;
}
type TextFields<Values> = {
  [Name in keyof Values]: Values[Name] extends string ? Name : never;
}[keyof Values];

/** The fields of a server that Trendline exchanges with, checked as a whole and told field by field once submitted. */
export function RecordFields<Values extends object, Checked, Fault extends string>(
  props: RecordFieldsProps<Values, Checked, Fault>,
) {
  const { values, onChange, optional, check, faultWords, children, failed } = props;
  const { isPending, submitWords, onSubmit, onCancel } = props;
  const t = useMessages("exchange");
  const [submitted, setSubmitted] = useState(false);
  const checked = check(
    Object.fromEntries(
      Object.entries(values).map(([field, value]) => [
        field,
        optional.has(field as keyof Values) && String(value).trim() === "" ? null : value,
      ]),
    ),
  );
  const faultOf = (field: keyof Values) => {
    const fault = checked.error?.issues.find(({ path }) => path[0] === field)?.message as Fault | undefined;
    return submitted && fault ? faultWords(field, fault) : null;
  };
  const submit = () => {
    setSubmitted(true);
    if (checked.data !== undefined && !isPending) onSubmit(checked.data);
  };
  return (
    <CheckedForm onSubmit={submit}>
      <div className={layout.column}>
        {failed}
        {children((name, label, description) => (
          <TextField
            label={label}
            description={description}
            value={String(values[name])}
            error={faultOf(name)}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ ...values, [name]: event.currentTarget.value })}
          />
        ))}
        <div className={layout.row} data-gap="xs">
          <Button type="submit" loading={isPending}>
            {submitWords}
          </Button>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t("action.cancel")}
            </Button>
          )}
        </div>
      </div>
    </CheckedForm>
  );
}
