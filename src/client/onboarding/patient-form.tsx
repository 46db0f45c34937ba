import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useRef, useState } from "react";
import { zoneFor } from "#contract/region.ts";
import { patientMutations, patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { RegionField, ZoneField } from "../ui/place-fields.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { Field, Values } from "./checks.ts";
import classes from "./onboarding.module.css";
import { RegionQuestion } from "./region-question.tsx";
import { UidNotice, useKnownPatient } from "./uid-notice.tsx";
import { type Refused, useFieldErrors } from "./use-field-errors.ts";

interface PatientFormProps {
  values: Values;
  onChange: (values: Values) => void;
  pending: boolean;
  /** The last attempt, if it failed. */
  refused: Refused | null;
  onSubmit: (values: Values) => void;
}

const { mutationKey } = patientMutations.register;

/** Checks while one types, complains about a field only once it was left or the form was sent. */
export function PatientForm({ values, onChange, pending, refused, onSubmit }: PatientFormProps) {
  const t = useMessages("onboarding");
  const queryClient = useQueryClient();
  const { isWrong, errorOf, leave, showAll } = useFieldErrors(values, refused);
  const regionField = useRef<HTMLDivElement>(null);
  /** The region that was asked about; another one is asked about anew. */
  const [asked, setAsked] = useState<string | null>(null);
  const isAsking = asked !== null && asked === values.region;
  const known = useKnownPatient(values.partnerUid);

  const submit = async (form: HTMLFormElement) => {
    if (isWrong) return showAll();
    // Who is quicker than the check waits for it; one that fails holds
    // nobody up, since the server checks again.
    const here = await queryClient
      .fetchQuery(patientQueries.lookup(values.partnerUid.trim()))
      .catch(() => null);
    if (!isAsking && !here?.patient) return setAsked(values.region);
    const isNews = here?.similar && !known?.similar;
    if (here?.patient || isNews) form.querySelector<HTMLElement>("input")?.focus();
    // Not by `pending`, which comes too late for the second half of a double click.
    else if (queryClient.isMutating({ mutationKey }) === 0) onSubmit(values);
  };
  const changeRegion = () => {
    // Before the question goes, and the focus in it to wherever.
    regionField.current?.querySelector("input")?.focus();
    setAsked(null);
  };
  const text = (field: "partnerUid" | "name") => ({
    label: t(`field.${field}`),
    description: t(`${field}Hint`),
    value: values[field],
    error: errorOf(field),
    required: true,
    // All fields are: a star on each would tell nothing.
    autoComplete: "off",
    spellCheck: false,
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      onChange({ ...values, [field]: event.currentTarget.value }),
    // A field passed over on the way elsewhere is not wrong yet.
    onBlur: () => values[field] && leave(field),
  });
  return (
    <CheckedForm className={classes.form} onSubmit={(form) => void submit(form)}>
      <div className={classes.fields}>
        <div>
          <TextField {...text("partnerUid")} autoFocus className={classes.uid} />
          <UidNotice partnerUid={values.partnerUid} known={known} />
        </div>
        <TextField {...text("name")} />
        <PlaceFields ref={regionField} values={values} errorOf={errorOf} onChange={onChange} />
      </div>
      {isAsking ? (
        <RegionQuestion region={values.region} pending={pending} onBack={changeRegion} />
      ) : (
        <Button type="submit" loading={pending} className={classes.submit}>
          {t("submit")}
        </Button>
      )}
    </CheckedForm>
  );
}

interface PlaceFieldsProps {
  /** Around the region's field. */
  ref: RefObject<HTMLDivElement | null>;
  values: Values;
  errorOf: (field: Field) => string | null;
  onChange: (values: Values) => void;
}

function PlaceFields({ ref, values, errorOf, onChange }: PlaceFieldsProps) {
  return (
    <>
      <div ref={ref}>
        <RegionField
          value={values.region}
          error={errorOf("region")}
          onChange={(region) => {
            // Follow the region until the zone has been chosen by hand.
            const follows = values.timeZone === "" || values.timeZone === zoneFor(values.region);
            onChange({ ...values, region, timeZone: follows ? (zoneFor(region) ?? "") : values.timeZone });
          }}
        />
      </div>
      <div>
        <ZoneField
          region={values.region}
          value={values.timeZone}
          error={errorOf("timeZone")}
          onChange={(timeZone) => onChange({ ...values, timeZone })}
        />
      </div>
    </>
  );
}
