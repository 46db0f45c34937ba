import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useRef, useState } from "react";
import { zoneFor } from "#contract/region.ts";
import { canBeTold, duplicatesQuery } from "../api/duplicates.ts";
import { patientMutations, patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { IdentityFields } from "../ui/identity-fields.tsx";
import { LikelyDuplicates, useLikelyDuplicates } from "../ui/likely-duplicates.tsx";
import { RegionField, ZoneField } from "../ui/place-fields.tsx";
import prose from "../ui/prose.module.css";
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
  const identity = useMessages("identity");
  const queryClient = useQueryClient();
  const { isWrong, errorOf, leave, showAll } = useFieldErrors(values, refused);
  const regionField = useRef<HTMLDivElement>(null);
  /** The region that was asked about; another one is asked about anew. */
  const [asked, setAsked] = useState<string | null>(null);
  const isAsking = asked !== null && asked === values.region;
  const known = useKnownPatient(values.partnerUid);
  const person = {
    id: null,
    name: values.name.trim(),
    dateOfBirth: values.dateOfBirth.trim(),
    hospitalNumber: values.hospitalNumber.trim(),
    phone: values.phone.trim(),
  };
  // Who has the very ID is named beside it.
  const likely = useLikelyDuplicates(person).filter(({ id }) => id !== known?.patient?.id);

  const submit = async (form: HTMLFormElement) => {
    if (isWrong) return showAll();
    // Who is quicker than the check waits for it; one that fails holds
    // nobody up, since the server checks again.
    const here = await queryClient
      .fetchQuery(patientQueries.lookup(values.partnerUid.trim()))
      .catch(() => null);
    if (!isAsking && !here?.patient) return setAsked(values.region);
    const duplicates = canBeTold(person)
      ? await queryClient.fetchQuery(duplicatesQuery(person)).catch(() => [])
      : [];
    const isNews = (here?.similar && !known?.similar) || (duplicates.length > 0 && likely.length === 0);
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
    // All fields above the optional ones are: a star on each would tell nothing.
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
        <div className={classes.optional}>
          <p className={prose.strong}>{identity("optional")}</p>
          <p className={prose.note}>{identity("optionalHint")}</p>
        </div>
        <IdentityFields
          values={values}
          timeZone={values.timeZone}
          errorOf={errorOf}
          onChange={(field, value) => onChange({ ...values, [field]: value })}
          onLeave={(field) => values[field] && leave(field)}
        />
      </div>
      <LikelyDuplicates found={likely} next={t("duplicateNext")} />
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
