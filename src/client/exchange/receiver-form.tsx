import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type NewReceiver, newReceiver, usualScopes } from "#contract/receivers.ts";
import { receiverMutations } from "../api/receivers.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import { RecordFields, type RecordFormProps } from "./record-form.tsx";

type Field = keyof NewReceiver;
type Values = Record<Field, string>;
type Fault = "required" | "too-long" | "characters" | "address" | "system";

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

function ReceiverFields(props: RecordFormProps<Values, NewReceiver>) {
  const { error, failure } = props;
  const t = useMessages("exchange", "receivers");
  const faultWords = (_field: Field, fault: Fault) => {
    if (fault === "address") return t("badAddress");
    return fault === "system" ? t("badSystem") : t(`error.${fault}`);
  };
  return (
    <RecordFields
      {...props}
      optional={optional}
      check={(asked) => newReceiver.safeParse(asked)}
      faultWords={faultWords}
      failed={error && <Failure error={error} title={failure} />}
    >
      {(field) => (
        <>
          {field("name", t("recordName"), t("recordNameHint"))}
          {field("baseUrl", t("address"), t("addressHint"))}
          {field("clientId", t("clientId"), t("clientIdHint"))}
          {field("patientSystem", t("patientSystem"), t("patientSystemHint"))}
          {field("scopes", t("scopes"))}
          {field("tokenUrl", t("tokenUrl"), t("tokenUrlHint"))}
        </>
      )}
    </RecordFields>
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
