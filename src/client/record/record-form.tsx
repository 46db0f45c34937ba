import { Button, Group, MultiSelect, NativeSelect, TagsInput, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mostTags, type Patient, type PatientChange } from "#contract/patient.ts";
import { targetNames } from "#glucose/targets.ts";
import { patientMutations, patientQueries } from "../api/patients.ts";
import { staffQueries } from "../api/staff.ts";
import { useMessages } from "../i18n.ts";
import { CheckedForm } from "../ui/checked-form.tsx";
import { useDraft } from "../ui/draft.ts";
import { Failure } from "../ui/failure.tsx";
import { ZoneField } from "../ui/place-fields.tsx";
import { RestoredDraft } from "../ui/restored-draft.tsx";
import { useTargetWords } from "../ui/target-words.ts";
import { Conflicts } from "./conflicts.tsx";
import { changesIn, clashesIn, type Edits, type Field, reasonsIn, type Values, without } from "./edits.ts";
import classes from "./record.module.css";

const none: Edits = { edits: {}, from: {} };

/**
 * Name, zone, targets, tags and care team. Only what was edited is sent, so that a colleague's edit of the rest stays; and
 * with it what it was, so that a colleague's edit of the same is not saved over unseen.
 */
export function RecordForm({ patient, owner }: { patient: Patient; owner: string }) {
  const t = useMessages("record");
  const targetWords = useTargetWords();
  const [draft, setDraft, forget, wasKept] = useDraft<Edits>(`record-edits-${patient.id}`, owner, none);
  const { edits, from } = draft;
  const [attempted, setAttempted] = useState(false);
  // Not part of the edits, so that no draft brings the record's own zone back empty.
  const [isZoneUnknown, setZoneUnknown] = useState(false);
  const colleagues = useQuery(staffQueries.colleagues).data ?? [];
  const tags = useQuery(patientQueries.facets).data?.tags ?? [];
  const own = typeof patient.targets === "string" ? null : patient.targets;
  const values: Values = { ...patient, ...edits };
  const changes = changesIn(edits, patient);
  const wrong = { ...reasonsIn(changes), ...(isZoneUnknown && { timeZone: "required" as const }) };
  const isChanged = Object.keys(changes).length > 0;
  const save = useMutation({
    ...patientMutations.change(patient.id),
    // Here, so that the draft is forgotten even when the page was left meanwhile.
    onSettled: (saved) => {
      if (!saved) return;
      setDraft(none);
      forget();
      setAttempted(false);
    },
  });
  const edit = (change: Partial<Values>) => {
    save.reset();
    const began = Object.keys(change).map((field) => [field, patient[field as Field]]);
    setDraft({ edits: { ...edits, ...change }, from: { ...Object.fromEntries(began), ...from } });
  };
  const discard = () => {
    setDraft(none);
    forget();
    setZoneUnknown(false);
  };
  const keep = (field: Field) => {
    save.reset();
    setDraft({ edits, from: { ...from, [field]: patient[field] } });
  };
  const take = (field: Field) => {
    save.reset();
    setDraft({ edits: without(edits, field), from: without(from, field) });
  };
  const fromOf = (sent: PatientChange) =>
    Object.fromEntries(Object.keys(sent).map((field) => [field, from[field as Field]]));
  const submit = () => {
    setAttempted(true);
    if (isChanged && Object.keys(wrong).length === 0 && !save.isPending)
      save.mutate({ ...changes, from: fromOf(changes) });
  };
  const errorOf = (field: Field) => {
    const reason = attempted || field === "tags" ? wrong[field] : undefined;
    return reason ? t(`error.${reason}`, { most: mostTags }) : null;
  };
  // Someone who has left stays in the list until taken out of the team.
  const members = values.careTeam.filter((id) => !colleagues.some((colleague) => colleague.id === id));
  return (
    <CheckedForm className={classes.panel} onSubmit={submit}>
      <RestoredDraft
        fields={wasKept ? Object.keys(changes).map((field) => t(`field.${field as Field}`)) : []}
        onDiscard={discard}
      />
      <TextInput
        label={t("field.name")}
        value={values.name}
        error={errorOf("name")}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => edit({ name: event.currentTarget.value })}
      />
      <ZoneField
        region={patient.region}
        value={isZoneUnknown ? "" : values.timeZone}
        error={errorOf("timeZone")}
        onChange={(timeZone) => {
          setZoneUnknown(timeZone === "");
          if (timeZone !== "") edit({ timeZone });
        }}
      />
      <NativeSelect
        label={t("field.targets")}
        description={t("targetsHint")}
        value={typeof values.targets === "string" ? values.targets : "own"}
        data={[
          ...targetNames.map((value) => ({ value, label: targetWords(value) })),
          ...(own ? [{ value: "own", label: targetWords(own) }] : []),
        ]}
        onChange={(event) =>
          edit({ targets: targetNames.find((name) => name === event.currentTarget.value) ?? patient.targets })
        }
      />
      <TagsInput
        label={t("field.tags")}
        description={t("tagsHint")}
        value={values.tags}
        error={errorOf("tags")}
        data={tags.map(({ tag }) => tag)}
        clearButtonProps={{ "aria-label": t("clear") }}
        onChange={(list) => edit({ tags: list.map((tag) => tag.trim()) })}
      />
      <MultiSelect
        label={t("field.careTeam")}
        description={t("careTeamHint")}
        value={values.careTeam}
        data={[
          ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
          ...members.map((id) => ({ value: id, label: t("formerColleague") })),
        ]}
        searchable
        selectFirstOptionOnChange
        nothingFoundMessage={t("nothingFound")}
        onChange={(careTeam) => edit({ careTeam })}
      />
      <Conflicts
        fields={clashesIn(draft, patient)}
        patient={patient}
        values={values}
        colleagues={colleagues}
        onKeep={keep}
        onTake={take}
      />
      {save.error && <Failure error={save.error} title={t("nothingChanged")} />}
      <Group>
        <Button type="submit" loading={save.isPending} disabled={!isChanged}>
          {t("action.save")}
        </Button>
        {(isChanged || isZoneUnknown) && (
          <Button variant="default" onClick={discard}>
            {t("discard")}
          </Button>
        )}
        <Text role="status" size="sm">
          {save.isSuccess && !isChanged && t("saved")}
        </Text>
      </Group>
    </CheckedForm>
  );
}
