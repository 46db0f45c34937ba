import { Button, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Patient, patient as patientSchema } from "#contract/patient.ts";
import { sendJson } from "../http.ts";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { useRecordMessages } from "./messages.ts";
import { recordPath, recordQueries } from "./queries.ts";
import classes from "./record.module.css";
import { useRefusal } from "./refusal.ts";

/** Hides a patient from the roster, or brings them back. */
export function ArchivePanel({ patient }: { patient: Patient }) {
  const t = useRecordMessages();
  const queryClient = useQueryClient();
  const parts = useQuery(recordQueries.merged(patient.id));
  const { name } = patient;
  const isArchived = patient.archivedAtMs !== null;
  const change = useMutation({
    meta: { changes: [["patient", patient.id], ["roster"]] },
    mutationFn: (archived: boolean) =>
      sendJson(
        recordPath(patient.id),
        { archived, ...(archived && { from: { merged: (parts.data ?? []).map(({ id }) => id) } }) },
        patientSchema,
        { method: "PATCH" },
      ),
    onSuccess: ({ data }) => {
      queryClient.setQueryData(recordQueries.detail(patient.id).queryKey, data);
      void queryClient.invalidateQueries({ queryKey: ["roster"] });
    },
  });
  const refusal = useRefusal(change.error);
  return (
    <section className={classes.panel} aria-labelledby="archive">
      <Title order={2} id="archive">
        {t("archive")}
      </Title>
      <Text>{t(isArchived ? "archivedText" : "archiveText")}</Text>
      {change.error && <Failure error={change.error} title={t("notSaved")} words={refusal} />}
      {isArchived ? (
        <Button variant="default" loading={change.isPending} onClick={() => change.mutate(false)}>
          {t("restore", { name })}
        </Button>
      ) : (
        <ConfirmButton
          words={t("archiveAction", { name })}
          consequence={t("archiveQuestion", { name })}
          sure={t("archiveSure")}
          keep={t("cancel")}
          disabled={change.isPending}
          onConfirm={() => change.mutate(true)}
        />
      )}
    </section>
  );
}
