import type { SensorCase } from "#contract/cases.ts";
import { caseValue } from "#report/case-changes.ts";
import { writtenIn } from "#report/case-history.ts";
import { caseWords } from "#report/case-words.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { Clash } from "../ui/clash.tsx";
import layout from "../ui/layout.module.css";
import { RestoredDraft } from "../ui/restored-draft.tsx";
import { CaseFailure } from "./case-failure.tsx";
import { CaseInputs } from "./case-inputs.tsx";
import { useCaseSpeech } from "./case-words.ts";
import classes from "./cases.module.css";
import { ClosingQuestion } from "./closing-question.tsx";
import { ReplacementQuestion } from "./replacement-question.tsx";
import { useCaseEdits } from "./use-case-edits.ts";

interface CaseEditFormProps {
  kept: SensorCase;
  owner: string;
  onSaved: () => void;
  onClose: () => void;
}

/** What of a case can be changed, what a colleague has changed of it meanwhile, and the way to save it. */
export function CaseEditForm({ kept, owner, onSaved, onClose }: CaseEditFormProps) {
  const speech = useCaseSpeech();
  const { t } = speech;
  const record = useCaseEdits(kept, owner, onSaved);
  return (
    <CheckedForm className={`${layout.column} ${classes.form}`} onSubmit={() => record.submit(false)}>
      <RestoredDraft fields={record.restored.map((field) => t(`part.${field}`))} onDiscard={record.discard} />
      <CaseInputs
        values={record.values}
        wearerUid={kept.patient?.partnerUid}
        reasons={record.reasons}
        isPending={record.isPending}
        onEdit={record.edit}
      />
      {record.clashes.map((field) => {
        const theirs = writtenIn(kept, field);
        return (
          <Clash
            key={field}
            field={t(`part.${field}`)}
            by={theirs && t("changedBy", { by: caseWords(speech).edited(theirs) })}
            theirs={caseValue(field, kept[field], speech)}
            yours={caseValue(field, record.values[field], speech)}
            onKeep={() => record.keep(field)}
            onTake={() => record.take(field)}
          />
        );
      })}
      <CaseFailure error={record.failure} title={t("nothingChanged")} />
      {record.doubt ? (
        <ReplacementQuestion
          doubt={record.doubt}
          serial={String(record.changes.replacementSerial)}
          isPending={record.isPending}
          onTake={(replacementSerial) => record.edit({ replacementSerial })}
          onKeep={() => record.submit(true, true)}
          onChange={record.drop}
        />
      ) : record.closing.missing.length > 0 ? (
        <ClosingQuestion
          missing={record.closing.missing}
          isPending={record.isPending}
          onClose={() => record.submit(true)}
          onKeep={record.closing.drop}
        />
      ) : (
        <div className={layout.row}>
          <Button
            type="submit"
            autoFocus={record.closing.isBack}
            loading={record.isPending}
            disabled={!record.isChanged || record.clashes.length > 0}
          >
            {t("action.save")}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              record.discard();
              onClose();
            }}
          >
            {t("action.cancel")}
          </Button>
        </div>
      )}
    </CheckedForm>
  );
}
