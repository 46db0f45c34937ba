import { useMutation, useQuery } from "@tanstack/react-query";
import type { Patient } from "#contract/patient.ts";
import { patientMutations, patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import classes from "./record.module.css";
import { useRefusal } from "./refusal.ts";

/** Hides a patient from the roster, or brings them back. */
export function ArchivePanel({ patient }: { patient: Patient }) {
  const t = useMessages("record");
  const parts = useQuery(patientQueries.merged(patient.id));
  const { name } = patient;
  const isArchived = patient.archivedAtMs !== null;
  const change = useMutation(patientMutations.change(patient.id));
  const toggle = () => {
    const merged = (parts.data ?? []).map(({ id }) => id);
    change.mutate(isArchived ? { archived: false } : { archived: true, from: { merged } }, {
      onSuccess: ({ name }) => announce(t(isArchived ? "restoredNow" : "archivedNow", { name })),
    });
  };
  const refusal = useRefusal(change.error);
  return (
    <section className={classes.panel} aria-labelledby="archive">
      <h2 id="archive">{t("archive")}</h2>
      <p>{t(isArchived ? "archivedText" : "archiveText")}</p>
      {change.error && <Failure error={change.error} title={t("nothingChanged")} words={refusal} />}
      {isArchived ? (
        <Button variant="default" loading={change.isPending} onClick={toggle}>
          {t("restore", { name })}
        </Button>
      ) : (
        <ConfirmButton
          words={t("archiveAction", { name })}
          consequence={t("archiveQuestion", { name })}
          sure={t("archiveSure")}
          keep={t("action.cancel")}
          disabled={change.isPending}
          onConfirm={toggle}
        />
      )}
    </section>
  );
}
