import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { NewCase, SensorCase } from "#contract/cases.ts";
import { caseMutations } from "../api/cases.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { useDraft } from "../ui/draft.ts";
import layout from "../ui/layout.module.css";
import { RestoredDraft } from "../ui/restored-draft.tsx";
import { CaseFailure, serverReasons } from "./case-failure.tsx";
import { CaseInputs } from "./case-inputs.tsx";
import classes from "./cases.module.css";
import { ClosingQuestion, useClosing } from "./closing-question.tsx";
import { changesIn, type Field, reasonsIn, type Typed } from "./edits.ts";
import { ReplacementQuestion, replacementDoubt } from "./replacement-question.tsx";

interface NewCaseFormProps {
  serial: string;
  owner: string;
  /** Where it is one of our patients: mostly it is they who call. */
  wearer: { name: string; partnerUid: string } | null;
  onOpened: (opened: SensorCase) => void;
  onClose: () => void;
}

/** What is typed stays until it has been kept, through a failure, a look elsewhere and a session's end. */
export function NewCaseForm({ serial, owner, wearer, onOpened, onClose }: NewCaseFormProps) {
  const t = useMessages("cases");
  const [began] = useState<Typed>(() => ({ state: "open", receivedAtMs: now(), device: t("usualDevice") }));
  const [typed, setTyped, forget, wasKept] = useDraft<Typed>(`new-case-${serial}`, owner, {});
  const [isAttempted, setAttempted] = useState(false);
  const values = { ...began, ...typed };
  const given = changesIn(values, {});
  const wrong = {
    ...reasonsIn(given, serial, now()),
    ...(given.nature === undefined && { nature: "required" }),
  };
  const open = useMutation({
    ...caseMutations.open,
    // Here, so that the draft is forgotten even when the page was left meanwhile.
    onSettled: (opened) => {
      if (!opened) return;
      setTyped({});
      forget();
      onOpened(opened);
    },
  });
  const closing = useClosing(values, true);
  const submit = (isSure: boolean, isReplacementSure = false) => {
    setAttempted(true);
    if (Object.keys(wrong).length > 0 || open.isPending || (!isSure && closing.asks())) return;
    open.mutate({ ...given, serial, ...(isReplacementSure && { isReplacementSure }) } as NewCase);
  };
  const edit = (edited: Typed) => {
    open.reset();
    setTyped({ ...typed, ...edited });
  };
  const discard = () => {
    setTyped({});
    forget();
  };
  const doubt = replacementDoubt(open.error);
  const reasons = { ...(isAttempted && wrong), ...serverReasons(open.error) };
  return (
    <CheckedForm className={`${layout.column} ${classes.form}`} onSubmit={() => submit(false)}>
      <RestoredDraft
        fields={
          wasKept ? (Object.keys(changesIn(typed, {})) as Field[]).map((field) => t(`part.${field}`)) : []
        }
        onDiscard={discard}
      />
      {wearer && !values.callerName && (
        <div>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => setTyped({ ...typed, callerName: wearer.name })}
          >
            {t("wearerCalls", { name: wearer.name })}
          </Button>
        </div>
      )}
      <CaseInputs
        values={values}
        wearerUid={wearer?.partnerUid}
        reasons={reasons}
        isPending={open.isPending}
        onEdit={edit}
      />
      <CaseFailure error={open.error} title={t("notOpened")} />
      {doubt ? (
        <ReplacementQuestion
          doubt={doubt}
          serial={String(given.replacementSerial)}
          isPending={open.isPending}
          onTake={(replacementSerial) => edit({ replacementSerial })}
          onKeep={() => submit(true, true)}
          onChange={open.reset}
        />
      ) : closing.missing.length > 0 ? (
        <ClosingQuestion
          missing={closing.missing}
          isPending={open.isPending}
          onClose={() => submit(true)}
          onKeep={closing.drop}
        />
      ) : (
        <div className={layout.row}>
          <Button type="submit" autoFocus={closing.isBack} loading={open.isPending}>
            {t("open")}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              discard();
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
