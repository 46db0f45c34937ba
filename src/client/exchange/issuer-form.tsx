import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import {
  type LaunchIssuer,
  type NewLaunchIssuer,
  newLaunchIssuer,
  usualLaunchScopes,
} from "#contract/launch.ts";
import { launchIssuerMutations } from "../api/launches.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { SelectField } from "../ui/select-field.tsx";
import { TextField } from "../ui/text-field.tsx";

type Field = Exclude<keyof NewLaunchIssuer, "isConfidential">;
type Values = Record<Field, string> & { isConfidential: boolean };
type Fault = "required" | "too-long" | "characters" | "address" | "origin";

const optional: ReadonlySet<string> = new Set(["patientSystem", "partnerSystem", "frameOrigin"]);
const empty: Values = {
  name: "",
  baseUrl: "",
  clientId: "",
  isConfidential: false,
  scopes: usualLaunchScopes,
  patientSystem: "",
  partnerSystem: "",
  frameOrigin: "",
};
const valuesOf = ({ id, publicKey, madeBy, createdAtMs, ...issuer }: LaunchIssuer): Values => ({
  ...issuer,
  patientSystem: issuer.patientSystem ?? "",
  partnerSystem: issuer.partnerSystem ?? "",
  frameOrigin: issuer.frameOrigin ?? "",
});

interface IssuerFieldsProps {
  values: Values;
  onChange: (values: Values) => void;
  error: Error | null;
  failure: string;
  isPending: boolean;
  submitWords: string;
  onSubmit: (issuer: NewLaunchIssuer) => void;
  onCancel?: () => void;
}

function IssuerFields(props: IssuerFieldsProps) {
  const { values, onChange, error, failure, isPending, submitWords, onSubmit, onCancel } = props;
  const t = useMessages("exchange", "issuers");
  const [submitted, setSubmitted] = useState(false);
  const asked = Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      optional.has(field) && String(value).trim() === "" ? null : value,
    ]),
  );
  const checked = newLaunchIssuer.safeParse(asked);
  const isTaken = error instanceof ApiError && error.problem?.fields?.[0]?.reason === "duplicate";
  const faultOf = (field: Field) => {
    const fault = checked.error?.issues.find(({ path }) => path[0] === field)?.message as Fault | undefined;
    if (!submitted || !fault) return null;
    if (fault === "address") return t("badAddress");
    if (fault === "origin") return t("badOrigin");
    return field === "patientSystem" && fault === "required" ? t("noSystem") : t(`error.${fault}`);
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
        {error && (
          <Failure
            error={error}
            title={failure}
            words={isTaken ? { meaning: t("taken"), next: t("takenNext") } : undefined}
          />
        )}
        {field("name", t("recordName"), t("recordNameHint"))}
        {field("baseUrl", t("address"), t("addressHint"))}
        {field("clientId", t("clientId"), t("clientIdHint"))}
        {field("patientSystem", t("patientSystem"), t("patientSystemHint"))}
        {field("partnerSystem", t("partnerSystem"), t("partnerSystemHint"))}
        <SelectField
          label={t("kind")}
          value={values.isConfidential ? "key" : "public"}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...values, isConfidential: value === "key" })
          }
          options={[
            { value: "public", label: t("kind-public") },
            { value: "key", label: t("kind-key") },
          ]}
        />
        {field("scopes", t("scopes"))}
        {field("frameOrigin", t("frameOrigin"), t("frameOriginHint"))}
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

export function NewIssuerForm() {
  const t = useMessages("exchange", "issuers");
  const [values, setValues] = useState(empty);
  // A form that has done its work begins anew.
  const [named, setNamed] = useState(0);
  const naming = useMutation({
    ...launchIssuerMutations.name,
    onSettled: (list) => {
      if (!list) return;
      setValues(empty);
      setNamed(named + 1);
    },
  });
  return (
    <IssuerFields
      key={named}
      values={values}
      onChange={setValues}
      error={naming.error}
      failure={t("notNamed")}
      isPending={naming.isPending}
      submitWords={t("submitNew")}
      onSubmit={(issuer) => naming.mutate(issuer)}
    />
  );
}

export function IssuerChange({ issuer, onDone }: { issuer: LaunchIssuer; onDone: () => void }) {
  const t = useMessages("exchange", "issuers");
  const [values, setValues] = useState(() => valuesOf(issuer));
  const changing = useMutation({
    ...launchIssuerMutations.change(issuer.id),
    onSettled: (list) => {
      if (list) onDone();
    },
  });
  return (
    <IssuerFields
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
