import { useQuery } from "@tanstack/react-query";
import type { Patient } from "#contract/patient.ts";
import { colleaguesQuery } from "../api/colleagues.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { LikelyDuplicates } from "../ui/likely-duplicates.tsx";
import prose from "../ui/prose.module.css";
import { RestoredDraft } from "../ui/restored-draft.tsx";
import { Conflicts } from "./conflicts.tsx";
import classes from "./record.module.css";
import { RecordFields } from "./record-fields.tsx";
import { useRecordEdits } from "./use-record-edits.ts";

/** What of a record can be changed, what a colleague has changed of it meanwhile, and the way to save it. */
export function RecordForm({ patient, owner }: { patient: Patient; owner: string }) {
  const t = useMessages("record");
  const record = useRecordEdits(patient, owner);
  const colleagues = useQuery(colleaguesQuery).data ?? [];
  const { isChanged, clashes, failure } = record;
  return (
    <CheckedForm className={classes.panel} onSubmit={record.submit}>
      <RestoredDraft
        fields={record.restored.map((field) => t(`field.${field}`))}
        onDiscard={record.discard}
      />
      <RecordFields patient={patient} record={record} colleagues={colleagues} />
      <Conflicts
        fields={clashes}
        patient={patient}
        values={record.values}
        colleagues={colleagues}
        onKeep={record.keep}
        onTake={record.take}
      />
      <LikelyDuplicates found={record.likely} next={t("duplicateNext")} />
      {failure && <Failure error={failure} title={t("nothingChanged")} />}
      <div className={layout.row}>
        <Button type="submit" loading={record.isPending} disabled={!isChanged || clashes.length > 0}>
          {t("action.save")}
        </Button>
        {(isChanged || record.isZoneUnknown) && (
          <Button variant="default" onClick={record.discard}>
            {t("discard")}
          </Button>
        )}
        <p className={prose.small} role="status">
          {record.isSaved && t("saved")}
        </p>
      </div>
    </CheckedForm>
  );
}
