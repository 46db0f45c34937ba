import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { mostFurtherCalls } from "#contract/case-fields.ts";
import { newCall, type SensorCase } from "#contract/cases.ts";
import { caseMutations } from "../api/cases.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { useDraft } from "../ui/draft.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import classes from "./cases.module.css";
import { faultOf } from "./faults.ts";

const none = { caller: "", said: "" };

interface CallFormProps {
  id: string;
  owner: string;
  submit: string;
  takesFocus: boolean;
  /** One that was noted before; absent of another call, which is noted as of now. */
  corrected?: SensorCase["furtherCalls"][number];
  onClose?: () => void;
}

/** A further call about the same. */
export function CallForm({ id, owner, submit, takesFocus, corrected, onClose }: CallFormProps) {
  const t = useMessages("cases");
  const { language } = usePreferences();
  const began = corrected ? { caller: corrected.caller ?? "", said: corrected.said ?? "" } : none;
  const draft = corrected ? `case-call-${id}-${corrected.id}` : `case-call-${id}`;
  const [typed, setTyped, forget] = useDraft(draft, owner, began);
  const [isAttempted, setAttempted] = useState(false);
  const call = { caller: typed.caller.trim() ? typed.caller : null, said: typed.said };
  const issues = newCall.safeParse(call).error?.issues ?? [];
  const close = () => {
    setTyped(began);
    forget();
    setAttempted(false);
    onClose?.();
  };
  const add = useMutation({
    ...(corrected ? caseMutations.changeCall(id, corrected.id) : caseMutations.addCall(id)),
    onSettled: (kept: SensorCase | undefined) => kept && close(),
  });
  const isFull =
    add.error instanceof ApiError && add.error.problem?.fields?.some(({ reason }) => reason === "too-many");
  const field = (name: "caller" | "said", most: "callerName" | "nature") => ({
    value: typed[name],
    readOnly: add.isPending,
    error: isAttempted
      ? faultOf(t, language, issues.find(({ path }) => path[0] === name)?.message, most, typed[name])
      : null,
    onChange: (event: { currentTarget: { value: string } }) => {
      add.reset();
      setTyped({ ...typed, [name]: event.currentTarget.value });
    },
  });
  return (
    <CheckedForm
      className={`${layout.column} ${classes.form}`}
      onSubmit={() => {
        setAttempted(true);
        if (issues.length === 0 && !add.isPending) add.mutate(call);
      }}
    >
      <TextField label={t("callBy")} autoComplete="off" {...field("caller", "callerName")} />
      <TextArea
        label={t("callSaid")}
        description={t("noGlucose")}
        rows={3}
        autoFocus={takesFocus}
        {...field("said", "nature")}
      />
      {isFull && <p role="alert">{t("tooManyCalls", { most: mostFurtherCalls })}</p>}
      {add.error && !isFull && (
        <Failure error={add.error} title={t(corrected ? "callNotChanged" : "callNotKept")} />
      )}
      <div className={layout.row}>
        <Button type="submit" loading={add.isPending}>
          {submit}
        </Button>
        {onClose && (
          <Button variant="default" onClick={close}>
            {t("action.cancel")}
          </Button>
        )}
      </div>
    </CheckedForm>
  );
}
