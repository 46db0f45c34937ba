import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "react-router";
import type { SensorCase } from "#contract/cases.ts";
import { caseCalls } from "#report/case-report.ts";
import { nthCall } from "#report/case-words.ts";
import type { Entry } from "#report/report.ts";
import { caseMutations } from "../api/cases.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { hasDraft } from "../ui/draft.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { CallForm } from "./call-form.tsx";
import { useCaseSpeech } from "./case-words.ts";
import classes from "./cases.module.css";

interface CallsProps {
  one: SensorCase;
  owner: string;
}

/** The further calls, which whoever noted one can correct or withdraw, and the form for another one. */
export function Calls({ one, owner }: CallsProps) {
  const speech = useCaseSpeech();
  const { t } = speech;
  const { hash } = useLocation();
  const entries = caseCalls(one, speech);
  return (
    <>
      {one.furtherCalls.length === 0 && <p className={prose.note}>{t("noFurtherCalls")}</p>}
      <ol className={classes.list}>
        {one.furtherCalls.map((call, index) => (
          <li key={call.id}>
            <EntryText entry={entries[index] as Entry} />
            {call.by.id === owner && call.said !== null && <OwnCall id={one.id} owner={owner} call={call} />}
          </li>
        ))}
      </ol>
      <div className={`${layout.column} ${print.screenOnly}`} data-gap="sm">
        {one.state === "closed" && <p className={prose.note}>{t("callReopens")}</p>}
        <CallForm
          id={one.id}
          owner={owner}
          submit={t("noteCall", { nth: nthCall(t, one.callsAboutSensor + 1) })}
          takesFocus={hash === "#call"}
        />
      </div>
    </>
  );
}

export function EntryText({ entry: { head, texts } }: { entry: Entry }) {
  return (
    <>
      <p className={prose.note}>{head}</p>
      {texts.map((text) => (
        <p key={text} className={classes.said}>
          {text}
        </p>
      ))}
    </>
  );
}

interface OwnCallProps {
  id: string;
  owner: string;
  call: SensorCase["furtherCalls"][number];
}

function OwnCall({ id, owner, call }: OwnCallProps) {
  const { t } = useCaseSpeech();
  const [isWriting, setWriting] = useState(() => hasDraft(`case-call-${id}-${call.id}`, owner, null));
  const withdraw = useMutation(caseMutations.changeCall(id, call.id));
  if (isWriting)
    return (
      <CallForm
        id={id}
        owner={owner}
        corrected={call}
        submit={t("saveCorrection")}
        takesFocus
        onClose={() => setWriting(false)}
      />
    );
  return (
    <div className={print.screenOnly}>
      <div className={layout.row} data-gap="sm">
        <Button variant="default" disabled={withdraw.isPending} onClick={() => setWriting(true)}>
          {t("correctCall")}
        </Button>
        <ConfirmButton
          words={t("withdrawCall")}
          sure={t("withdrawSure")}
          consequence={t("withdrawMeans")}
          keep={t("action.keep")}
          disabled={withdraw.isPending}
          onConfirm={() => withdraw.mutate(null)}
        />
      </div>
      {withdraw.error && <Failure error={withdraw.error} title={t("callNotChanged")} />}
    </div>
  );
}
