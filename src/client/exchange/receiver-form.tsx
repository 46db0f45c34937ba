import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type NewReceiver, newReceiver, usualScopes } from "#contract/receivers.ts";
import { receiverMutations } from "../api/receivers.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { TextField } from "../ui/text-field.tsx";

type Field = keyof NewReceiver;
type Values = Record<Field, string>;
type Fault = "required" | "too-long" | "characters" | "address";

const optional: ReadonlySet<Field> = new Set(["tokenUrl", "clientId", "patientSystem"]);
const empty: Values = {
  name: "",
  baseUrl: "",
  tokenUrl: "",
  clientId: "",
  scopes: usualScopes,
  patientSystem: "",
};
const valuesOf = (receiver: NewReceiver): Values => ({
  name: receiver.name,
  baseUrl: receiver.baseUrl,
  tokenUrl: receiver.tokenUrl ?? "",
  clientId: receiver.clientId ?? "",
  scopes: receiver.scopes,
  patientSystem: receiver.patientSystem ?? "",
});

interface ReceiverFieldsProps {
  values: Values;
  onChange: (values: Values) => void;
  error: Error | null;
  failure: string;
  isPending: boolean;
  submitWords: string;
  onSubmit: (receiver: NewReceiver) => void;
  onCancel?: () => void;
}

function ReceiverFields(props: ReceiverFieldsProps) {
  const { values, onChange, error, failure, isPending, submitWords, onSubmit, onCancel } = props;
  const t = useMessages("exchange", "receivers");
  const [submitted, setSubmitted] = useState(false);
  const asked = Object.fromEntries(
    Object.entries(values).map(([field, text]) => [
      field,
      optional.has(field as Field) && text.trim() === "" ? null : text,
    ]),
  );
  const checked = newReceiver.safeParse(asked);
  const faultOf = (field: Field) => {
    const fault = checked.error?.issues.find(({ path }) => path[0] === field)?.message as Fault | undefined;
    if (!submitted || !fault) return null;
    return fault === "address" ? t("badAddress") : t(`error.${fault}`);
  };
  const field = (name: Field, label: string, description?: string) => (
    <TextField
      label={label}
      description={description}
      value={values[name]}
      error={faultOf(name)}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange({ ...values, [name]: event.currentTarget.value })}
    />
  );
  const submit = () => {
    setSubmitted(true);
    if (checked.success && !isPending) onSubmit(checked.data);
  };
  return (
    <CheckedForm onSubmit={submit}>
      <div className={layout.column}>
        {error && <Failure error={error} title={failure} />}
        {field("name", t("recordName"), t("recordNameHint"))}
        {field("baseUrl", t("address"), t("addressHint"))}
        {field("clientId", t("clientId"), t("clientIdHint"))}
        {field("patientSystem", t("patientSystem"), t("patientSystemHint"))}
        {field("scopes", t("scopes"))}
        {field("tokenUrl", t("tokenUrl"), t("tokenUrlHint"))}
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

export function NewReceiverForm() {
  const t = useMessages("exchange", "receivers");
  const [values, setValues] = useState(empty);
  // A form that has done its work begins anew.
  const [named, setNamed] = useState(0);
  const naming = useMutation({
    ...receiverMutations.name,
    onSettled: (list) => {
      if (!list) return;
      setValues(empty);
      setNamed(named + 1);
    },
  });
  return (
    <ReceiverFields
      key={named}
      values={values}
      onChange={setValues}
      error={naming.error}
      failure={t("notNamed")}
      isPending={naming.isPending}
      submitWords={t("submitNew")}
      onSubmit={(receiver) => naming.mutate(receiver)}
    />
  );
}

interface ReceiverChangeProps {
  receiver: NewReceiver & { id: string };
  onDone: () => void;
}

export function ReceiverChange({ receiver, onDone }: ReceiverChangeProps) {
  const t = useMessages("exchange", "receivers");
  const [values, setValues] = useState(() => valuesOf(receiver));
  const changing = useMutation({
    ...receiverMutations.change(receiver.id),
    onSettled: (list) => {
      if (list) onDone();
    },
  });
  return (
    <ReceiverFields
      values={values}
      onChange={setValues}
      error={changing.error}
      failure={t("notChanged")}
      isPending={changing.isPending}
      submitWords={t("action.save")}
      onSubmit={(changed) => changing.mutate(changed)}
      onCancel={onDone}
    />
  );
}
