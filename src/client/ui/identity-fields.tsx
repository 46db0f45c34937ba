import { diabetesTypes, type IdentityField, therapies } from "#contract/identity.ts";
import { identityFields } from "#contract/patient-change.ts";
import { useMessages } from "../i18n.ts";
import { useIdentityValues } from "./identity-values.ts";
import { useIdentityWords } from "./identity-words.ts";
import { SelectField } from "./select-field.tsx";
import { TextField } from "./text-field.tsx";
import { viewerZone } from "./viewer-zone.ts";

interface IdentityFieldsProps {
  /** As typed; empty where nothing is known. */
  values: Record<IdentityField, string>;
  timeZone: string;
  errorOf: (field: IdentityField) => string | null;
  onChange: (field: IdentityField, value: string) => void;
  onLeave?: (field: IdentityField) => void;
}

/** Date of birth, hospital number, diabetes type, therapy and phone, each as far as it is known. */
export function IdentityFields({ values, timeZone, errorOf, onChange, onLeave }: IdentityFieldsProps) {
  const t = useMessages("identity");
  const words = useIdentityWords();
  const valueWords = useIdentityValues();
  const read = identityFields.dateOfBirth.safeParse(values.dateOfBirth.trim()).data;
  const field = (name: IdentityField) => ({
    label: t(`field.${name}`),
    value: values[name],
    error: errorOf(name),
    onChange: (event: { currentTarget: { value: string } }) => onChange(name, event.currentTarget.value),
    onBlur: () => onLeave?.(name),
  });
  const text = { autoComplete: "off", spellCheck: false };
  const choice = (name: "diabetesType" | "therapy", values: readonly string[]) => (
    <SelectField
      {...field(name)}
      options={[
        { value: "", label: t("notRecorded") },
        ...values.map((value) => ({ value, label: valueWords(name, value) })),
      ]}
    />
  );
  return (
    <>
      <TextField
        {...field("dateOfBirth")}
        {...text}
        description={read ? words.dateWithAge(read, timeZone || viewerZone) : t("dateHint")}
      />
      <TextField {...field("hospitalNumber")} {...text} description={t("numberHint")} />
      {choice("diabetesType", diabetesTypes)}
      {choice("therapy", therapies)}
      <TextField {...field("phone")} {...text} type="tel" />
    </>
  );
}
