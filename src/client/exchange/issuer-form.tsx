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
import { Failure } from "../ui/failure.tsx";
import { SelectField } from "../ui/select-field.tsx";
import { RecordFields, type RecordFormProps } from "./record-form.tsx";

type Field = Exclude<keyof NewLaunchIssuer, "isConfidential">;
type Values = Record<Field, string> & { isConfidential: boolean };
type Fault = "required" | "too-long" | "characters" | "address" | "origin" | "system" | "same";

const optional: ReadonlySet<keyof Values> = new Set<keyof Values>([
  "patientSystem",
  "partnerSystem",
  "frameOrigin",
]);
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

function IssuerFields(props: RecordFormProps<Values, NewLaunchIssuer>) {
  const { values, onChange, error, failure } = props;
  const t = useMessages("exchange", "issuers");
  const isTaken = error instanceof ApiError && error.problem?.fields?.[0]?.reason === "duplicate";
  const faultWords = (field: keyof Values, fault: Fault) => {
    if (fault === "address") return t("badAddress");
    if (fault === "origin") return t("badOrigin");
    if (fault === "system") return t("badSystem");
    if (fault === "same") return t("sameSystem");
    return field === "patientSystem" && fault === "required" ? t("noSystem") : t(`error.${fault}`);
  };
  return (
    <RecordFields
      {...props}
      optional={optional}
      check={(asked) => newLaunchIssuer.safeParse(asked)}
      faultWords={faultWords}
      failed={
        error && (
          <Failure
            error={error}
            title={failure}
            words={isTaken ? { meaning: t("taken"), next: t("takenNext") } : undefined}
          />
        )
      }
    >
      {(field) => (
        <>
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
        </>
      )}
    </RecordFields>
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
