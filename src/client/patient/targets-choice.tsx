import { useRef, useState } from "react";
import type { Patient } from "#contract/patient.ts";
import { targetNames } from "#glucose/targets.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { SelectField } from "../ui/select-field.tsx";
import { useTargetWords } from "../ui/target-words.ts";
import { loadTargetsDraft, TargetsDraft } from "./load-targets-draft.tsx";
import { ownTextOf } from "./own-text.ts";
import type { Draft } from "./targets-draft.tsx";
import { TargetsFailure } from "./targets-failure.tsx";
import { TargetsSetNote } from "./targets-set-note.tsx";
import { useSaveTargets } from "./use-save-targets.ts";

interface TargetsChoiceProps {
  patient: Patient;
  data: PeriodData;
  /** Whether there is enough data to say that a goal is met or not. */
  judged: boolean;
}

/**
 * Whose range and goals this patient is held against, for every colleague: chosen, previewed on the
 * readings of the period, and only then saved.
 */
export function TargetsChoice({ patient, data, judged }: TargetsChoiceProps) {
  const t = useMessages("patient", "targets");
  const names = useMessages("patient", "page");
  const targetWords = useTargetWords();
  const [draft, setDraft] = useState<Draft | null>(null);
  const { save, undo, isJustSaved } = useSaveTargets(patient);
  const select = useRef<HTMLSelectElement>(null);
  const current = patient.targets;
  const kept = typeof current === "string" ? current : "own";

  const choose = (chosen: Draft["chosen"]) => {
    save.reset();
    const isBack = chosen === kept && chosen !== "own";
    setDraft(isBack ? null : { chosen, own: draft?.own ?? ownTextOf(current), from: draft?.from ?? current });
  };
  /** The buttons below go with the draft. */
  const renew = (next: Draft | null) => {
    setDraft(next);
    if (!next) select.current?.focus();
  };
  return (
    <>
      <SelectField
        ref={select}
        id="targets"
        label={names("field.targets")}
        onFocus={() => void loadTargetsDraft().catch(() => {})}
        value={draft?.chosen ?? kept}
        onChange={(event) => choose(event.currentTarget.value as Draft["chosen"])}
        options={[...targetNames, "own" as const].map((value) => ({ value, label: targetWords(value) }))}
      />
      {draft ? (
        <TargetsDraft
          key={draft.chosen}
          draft={draft}
          current={current}
          data={data}
          judged={judged}
          save={save}
          onDraft={renew}
        />
      ) : (
        <TargetsSetNote patient={patient}>
          {kept === "own" && (
            <Button variant="default" size="compact-sm" onClick={() => choose("own")}>
              {t("action.change")}
            </Button>
          )}
          {isJustSaved && (
            <Button variant="default" size="compact-sm" onClick={undo.start} loading={undo.isPending}>
              {t("action.undo")}
            </Button>
          )}
          {undo.error && <TargetsFailure error={undo.error} />}
        </TargetsSetNote>
      )}
    </>
  );
}
