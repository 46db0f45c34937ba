import { MultiSelect, TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Patient } from "#contract/patient.ts";
import { mostTags } from "#contract/patient-limits.ts";
import { targetNames } from "#glucose/targets.ts";
import { patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { IdentityFields } from "../ui/identity-fields.tsx";
import { ZoneField } from "../ui/place-fields.tsx";
import { SelectField } from "../ui/select-field.tsx";
import { useTargetWords } from "../ui/target-words.ts";
import { TextField } from "../ui/text-field.tsx";
import type { Field } from "./edits.ts";
import type { RecordEdits } from "./use-record-edits.ts";

interface Colleague {
  id: string;
  name: string;
}

interface RecordFieldsProps {
  patient: Patient;
  record: RecordEdits;
  colleagues: readonly Colleague[];
}

/** Name, what else tells the person, zone, targets, tags and care team. */
export function RecordFields({ patient, record, colleagues }: RecordFieldsProps) {
  const t = useMessages("record");
  const errors = useMessages("identity");
  const tags = useQuery(patientQueries.facets).data?.tags ?? [];
  const { values, edit } = record;
  const errorOf = (field: Field) => {
    const reason = record.reasonOf(field);
    return reason ? errors(`error.${reason}`, { most: mostTags }) : null;
  };
  return (
    <>
      <TextField
        label={t("field.name")}
        value={values.name}
        error={errorOf("name")}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => edit({ name: event.currentTarget.value })}
      />
      <IdentityFields
        values={{
          dateOfBirth: values.dateOfBirth ?? "",
          hospitalNumber: values.hospitalNumber ?? "",
          diabetesType: values.diabetesType ?? "",
          therapy: values.therapy ?? "",
          phone: values.phone ?? "",
        }}
        timeZone={patient.timeZone}
        errorOf={errorOf}
        onChange={(field, value) => edit({ [field]: value.trim() === "" ? null : value })}
      />
      <ZoneField
        region={patient.region}
        value={record.isZoneUnknown ? "" : values.timeZone}
        error={errorOf("timeZone")}
        onChange={record.editZone}
      />
      <TargetsField patient={patient} record={record} />
      <TagsInput
        label={t("field.tags")}
        description={t("tagsHint")}
        value={values.tags}
        error={errorOf("tags")}
        data={tags.map(({ tag }) => tag)}
        clearButtonProps={{ "aria-label": t("clear") }}
        onChange={(list) => edit({ tags: list.map((tag) => tag.trim()) })}
      />
      <CareTeamField
        value={values.careTeam}
        colleagues={colleagues}
        onChange={(careTeam) => edit({ careTeam })}
      />
    </>
  );
}

function TargetsField({ patient, record }: { patient: Patient; record: RecordEdits }) {
  const t = useMessages("record");
  const targetWords = useTargetWords();
  const { targets } = record.values;
  const own = typeof patient.targets === "string" ? null : patient.targets;
  return (
    <SelectField
      label={t("field.targets")}
      description={t("targetsHint")}
      value={typeof targets === "string" ? targets : "own"}
      options={[
        ...targetNames.map((value) => ({ value, label: targetWords(value) })),
        ...(own ? [{ value: "own", label: targetWords(own) }] : []),
      ]}
      onChange={(event) => {
        const named = targetNames.find((name) => name === event.currentTarget.value);
        record.edit({ targets: named ?? patient.targets });
      }}
    />
  );
}

interface CareTeamFieldProps {
  value: string[];
  colleagues: readonly Colleague[];
  onChange: (careTeam: string[]) => void;
}

function CareTeamField({ value, colleagues, onChange }: CareTeamFieldProps) {
  const t = useMessages("record");
  // Someone who has left stays in the list until taken out of the team.
  const former = value.filter((id) => !colleagues.some((colleague) => colleague.id === id));
  return (
    <MultiSelect
      label={t("field.careTeam")}
      description={t("careTeamHint")}
      value={value}
      data={[
        ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
        ...former.map((id) => ({ value: id, label: t("formerColleague") })),
      ]}
      searchable
      selectFirstOptionOnChange
      nothingFoundMessage={t("nothingFound")}
      onChange={onChange}
    />
  );
}
