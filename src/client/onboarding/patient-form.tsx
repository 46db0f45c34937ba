import { Button, Group, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { zoneFor } from "#contract/region.ts";
import { patientMutations, patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { CheckedForm } from "../ui/checked-form.tsx";
import { RegionField, ZoneField } from "../ui/place-fields.tsx";
import { regionName } from "../ui/region.ts";
import { type Field, mostCharacters, reasonsIn, reasonsOf, type Values } from "./checks.ts";
import classes from "./onboarding.module.css";
import { UidNotice, useKnownPatient } from "./uid-notice.tsx";

interface PatientFormProps {
  values: Values;
  onChange: (values: Values) => void;
  pending: boolean;
  /** The last failed attempt and what was sent with it. */
  refused: { error: Error; values: Values } | null;
  onSubmit: (values: Values) => void;
}

const { mutationKey } = patientMutations.register;

/** Checks while one types, complains about a field only once it was left or the form was sent. */
export function PatientForm(props: PatientFormProps) {
  const { values, onChange, pending, refused, onSubmit } = props;
  const t = useMessages("onboarding");
  const queryClient = useQueryClient();
  const [left, setLeft] = useState<ReadonlySet<Field>>(new Set());
  const [attempted, setAttempted] = useState(false);
  /** The region that was asked about; another one is asked about anew. */
  const [asked, setAsked] = useState<string | null>(null);
  const isAsking = asked !== null && asked === values.region;
  const wrong = reasonsIn(values);
  const known = useKnownPatient(values.partnerUid);
  const refusedReasons = refused ? reasonsOf(refused.error) : {};

  const errorOf = (field: Field): string | null => {
    const isShown = attempted || left.has(field);
    const unchanged = refused?.values[field] === values[field];
    const reason = (isShown ? wrong[field] : undefined) ?? (unchanged ? refusedReasons[field] : undefined);
    // An empty field is not a wrong one.
    const shownReason = reason && values[field].trim() === "" ? "required" : reason;
    return shownReason
      ? t(`error.${shownReason}`, { length: values[field].trim().length, most: mostCharacters[field] ?? 0 })
      : null;
  };
  const leave = (field: Field) => setLeft((fields) => new Set(fields).add(field));
  const submit = async (form: HTMLFormElement) => {
    if (Object.keys(wrong).length > 0) return setAttempted(true);
    // Who is quicker than the check waits for it; one that fails holds nobody up, since the server checks again.
    const here = await queryClient
      .fetchQuery(patientQueries.lookup(values.partnerUid.trim()))
      .catch(() => null);
    if (!isAsking && !here?.patient) return setAsked(values.region);
    const isNews = here?.similar && !known?.similar;
    if (here?.patient || isNews) form.querySelector<HTMLElement>("input")?.focus();
    // Not by `pending`, which comes too late for the second half of a double click.
    else if (queryClient.isMutating({ mutationKey }) === 0) onSubmit(values);
  };
  const text = (field: "partnerUid" | "name") => ({
    label: t(`field.${field}`),
    description: t(`${field}Hint`),
    value: values[field],
    error: errorOf(field),
    required: true,
    // All fields are: a star on each would tell nothing.
    withAsterisk: false,
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
          <TextInput {...text("partnerUid")} autoFocus classNames={{ input: classes.uid ?? "" }} />
          <UidNotice partnerUid={values.partnerUid} known={known} />
        </div>
        <TextInput {...text("name")} />
        <div>
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
      </div>
      {isAsking ? (
        <RegionQuestion region={values.region} pending={pending} onBack={() => setAsked(null)} />
      ) : (
        <Button type="submit" loading={pending} className={classes.submit ?? ""}>
          {t("submit")}
        </Button>
      )}
    </CheckedForm>
  );
}

/** A region stands for good, so it is read once more before; the button in it sends the form. */
function RegionQuestion(props: { region: string; pending: boolean; onBack: () => void }) {
  const { region, pending, onBack } = props;
  const t = useMessages("onboarding");
  const { language } = usePreferences();
  const name = regionName(region, language);
  return (
    <fieldset className={classes.question} aria-label={t("regionQuestion", { region: name })}>
      <Text fw={600}>{t("regionQuestion", { region: name })}</Text>
      <Text>{t("regionStays")}</Text>
      <Group gap="sm">
        <Button type="submit" loading={pending} autoFocus>
          {t("regionYes")}
        </Button>
        <Button variant="default" disabled={pending} onClick={onBack}>
          {t("regionNo")}
        </Button>
      </Group>
    </fieldset>
  );
}
