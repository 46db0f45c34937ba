import { useState } from "react";
import { type TargetChoice, type TargetName, targetKey } from "#glucose/targets.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { useTargetWords } from "../ui/target-words.ts";
import { OwnTargetsFields, parseOwn } from "./own-targets-fields.tsx";
import type { OwnText } from "./own-text.ts";
import classes from "./targets.module.css";
import { TargetsFailure } from "./targets-failure.tsx";
import { TargetsPreview } from "./targets-preview.tsx";
import type { useSaveTargets } from "./use-save-targets.ts";

/** A choice that is not saved yet. */
export interface Draft {
  readonly chosen: TargetName | "own";
  readonly own: OwnText;
  /** The targets that stood here when the choice began. */
  readonly from: TargetChoice;
}

interface TargetsDraftProps {
  draft: Draft;
  current: TargetChoice;
  data: PeriodData;
  judged: boolean;
  save: ReturnType<typeof useSaveTargets>["save"];
  onDraft: (draft: Draft | null) => void;
}

/** What the chosen targets would make of the period, to be saved or left. */
export function TargetsDraft({ draft, current, data, judged, save, onDraft }: TargetsDraftProps) {
  const t = useMessages("patient", "targets");
  const targetWords = useTargetWords();
  const [isAttempted, setIsAttempted] = useState(false);
  const own = draft.chosen === "own" ? parseOwn(draft.own) : null;
  const next = draft.chosen === "own" ? own?.targets : draft.chosen;
  const submit = () => {
    setIsAttempted(true);
    if (!next || own?.reason === null) return;
    // From what stands on screen now: where that is a colleague's choice of
    // meanwhile, it is said above the button.
    save.mutate(
      { targets: next, ...(own?.reason && { targetsReason: own.reason }), from: { targets: current } },
      {
        onSuccess: () => {
          onDraft(null);
          announce(t("targetsSaved", { targets: targetWords(next) }));
        },
      },
    );
  };
  const leave = () => {
    save.reset();
    onDraft(null);
  };
  return (
    <section className={classes.panel} aria-label={t("targetsPreview")}>
      <p className={prose.strong}>{t("targetsNotSaved")}</p>
      {draft.chosen === "own" && (
        <OwnTargetsFields
          value={draft.own}
          isAttempted={isAttempted}
          onChange={(text) => {
            save.reset();
            onDraft({ ...draft, own: text });
          }}
        />
      )}
      {targetKey(draft.from) !== targetKey(current) && (
        <p role="alert">{t("targetsMeanwhile", { targets: targetWords(current) })}</p>
      )}
      {next && <TargetsPreview data={data} judged={judged} current={current} next={next} />}
      {save.error && <TargetsFailure error={save.error} />}
      <div className={layout.row} data-gap="xs">
        <Button onClick={submit} loading={save.isPending}>
          {t("targetsSave")}
        </Button>
        <Button variant="default" onClick={leave}>
          {t("action.cancel")}
        </Button>
      </div>
    </section>
  );
}
