import { Button, Group, MultiSelect, NativeSelect, TagsInput, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { mostTags, type Patient, type PatientChange, patient as patientSchema } from "#contract/patient.ts";
import { type TargetName, targetNames } from "#glucose/targets.ts";
import { sendJson } from "../http.ts";
import { useDraft } from "../ui/draft.ts";
import { Failure } from "../ui/failure.tsx";
import { ZoneField } from "../ui/place-fields.tsx";
import { changesIn, type Field, reasonsIn, type Values } from "./edits.ts";
import { useRecordMessages } from "./messages.ts";
import { recordPath, recordQueries } from "./queries.ts";
import classes from "./record.module.css";

/** Name, zone, targets, tags and care team. Only what was edited is sent, so that a colleague's edit of the rest stays. */
export function RecordForm({ patient, owner }: { patient: Patient; owner: string }) {
  const t = useRecordMessages();
  const queryClient = useQueryClient();
  const [edits, setEdits, forget] = useDraft<Partial<Values>>(`record-${patient.id}`, owner, {});
  const [attempted, setAttempted] = useState(false);
  const colleagues = useQuery(recordQueries.colleagues).data ?? [];
  const tags = useQuery(recordQueries.tags).data ?? [];
  const values: Values = { ...patient, ...edits };
  const changes = changesIn(edits, patient);
  const wrong = reasonsIn(changes);
  const isChanged = Object.keys(changes).length > 0;
  const save = useMutation({
    mutationFn: (body: PatientChange) =>
      sendJson(recordPath(patient.id), body, patientSchema, { method: "PATCH" }),
    onSuccess: ({ data }) => {
      queryClient.setQueryData(recordQueries.detail(patient.id).queryKey, data);
      void queryClient.invalidateQueries({ queryKey: ["roster"] });
      setEdits({});
      forget();
      setAttempted(false);
    },
  });
  const edit = (change: Partial<Values>) => {
    save.reset();
    setEdits({ ...edits, ...change });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempted(true);
    if (isChanged && Object.keys(wrong).length === 0 && !save.isPending) save.mutate(changes);
  };
  const errorOf = (field: Field) => {
    const reason = attempted || field === "tags" ? wrong[field] : undefined;
    return reason ? t(`error.${reason}`, { most: mostTags }) : null;
  };
  // Someone who has left stays in the list until taken out of the team.
  const members = values.careTeam.filter((id) => !colleagues.some((colleague) => colleague.id === id));
  return (
    <form className={classes.panel} onSubmit={submit} noValidate>
      <TextInput
        label={t("name")}
        value={values.name}
        error={errorOf("name")}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => edit({ name: event.currentTarget.value })}
      />
      <ZoneField
        region={patient.region}
        value={values.timeZone}
        error={errorOf("timeZone")}
        onChange={(timeZone) => edit({ timeZone })}
      />
      <NativeSelect
        label={t("targets")}
        value={values.targets}
        data={targetNames.map((value) => ({ value, label: t(`targets-${value}`) }))}
        onChange={(event) => edit({ targets: event.currentTarget.value as TargetName })}
      />
      <TagsInput
        label={t("tags")}
        description={t("tagsHint")}
        value={values.tags}
        error={errorOf("tags")}
        data={tags.map(({ tag }) => tag)}
        clearButtonProps={{ "aria-label": t("clear") }}
        onChange={(list) => edit({ tags: list.map((tag) => tag.trim()) })}
      />
      <MultiSelect
        label={t("careTeam")}
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
      {save.error && <Failure error={save.error} title={t("notSaved")} />}
      <Group>
        <Button type="submit" loading={save.isPending} disabled={!isChanged}>
          {t("save")}
        </Button>
        {isChanged && (
          <Button variant="default" onClick={() => setEdits({})}>
            {t("discard")}
          </Button>
        )}
        <Text role="status" size="sm">
          {save.isSuccess && !isChanged && t("saved")}
        </Text>
      </Group>
    </form>
  );
}
