import { Button, Group, NativeSelect, Text } from "@mantine/core";
import { useState } from "react";
import type { Patient } from "#contract/patient.ts";
import { type TargetChoice, type TargetName, targetKey, targetNames } from "#glucose/targets.ts";
import { useFailureWords } from "../ui/failure.tsx";
import { useTargetWords } from "../ui/target-words.ts";
import { usePatientMessages } from "./messages.ts";
import { OwnTargetsFields, type OwnText, ownTextOf, parseOwn } from "./own-targets-fields.tsx";
import classes from "./targets.module.css";
import { useTargetsMessages } from "./targets-messages.ts";
import { TargetsPreview } from "./targets-preview.tsx";
import { TargetsSetNote } from "./targets-set-note.tsx";
import type { PeriodData } from "./use-period-data.ts";
import { useSaveTargets } from "./use-save-targets.ts";

interface TargetsChoiceProps {
  patient: Patient;
  data: PeriodData;
  /** Whether there is enough data to say that a goal is met or not. */
  judged: boolean;
}

interface Draft {
  readonly chosen: TargetName | "own";
  readonly own: OwnText;
  /** The targets that stood here when the choice began. */
  readonly from: TargetChoice;
}

/**
 * Whose range and goals this patient is held against, for every colleague: chosen, previewed on the readings of the period, and
 * only then saved.
 */
export function TargetsChoice({ patient, data, judged }: TargetsChoiceProps) {
  const t = useTargetsMessages();
  const names = usePatientMessages();
  const targetWords = useTargetWords();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [isAttempted, setIsAttempted] = useState(false);
  const { save, undo, isJustSaved } = useSaveTargets(patient);
  const current = patient.targets;
  const kept = typeof current === "string" ? current : "own";

  const choose = (chosen: Draft["chosen"]) => {
    save.reset();
    setIsAttempted(false);
    const isBack = chosen === kept && chosen !== "own";
    setDraft(isBack ? null : { chosen, own: draft?.own ?? ownTextOf(current), from: draft?.from ?? current });
  };
  const own = draft?.chosen === "own" ? parseOwn(draft.own) : null;
  const next: TargetChoice | null = !draft
    ? null
    : draft.chosen === "own"
      ? (own?.targets ?? null)
      : draft.chosen;
  const submit = () => {
    setIsAttempted(true);
    if (!draft || !next || (own && own.reason === null)) return;
    const body = {
      targets: next,
      ...(own?.reason && { targetsReason: own.reason }),
      from: { targets: draft.from },
    };
    save.mutate(body, {
      onSuccess: () => setDraft(null),
      // What a colleague chose meanwhile is shown then, and may be saved over knowingly.
      onError: () => setDraft({ ...draft, from: current }),
    });
  };
  return (
    <>
      <NativeSelect
        label={names("targets")}
        value={draft?.chosen ?? kept}
        onChange={(event) => choose(event.currentTarget.value as Draft["chosen"])}
        data={[...targetNames, "own" as const].map((value) => ({ value, label: targetWords(value) }))}
      />
      {draft ? (
        <section className={classes.panel} aria-label={t("targetsPreview")}>
          <Text fw={600}>{t("targetsNotSaved")}</Text>
          {draft.chosen === "own" && (
            <OwnTargetsFields
              value={draft.own}
              isAttempted={isAttempted}
              onChange={(text) => {
                save.reset();
                setDraft({ ...draft, own: text });
              }}
            />
          )}
          {targetKey(draft.from) !== targetKey(current) && (
            <Text role="alert">{t("targetsMeanwhile", { targets: targetWords(current) })}</Text>
          )}
          {next && <TargetsPreview {...{ data, judged, current, next }} />}
          {save.error && <TargetsFailure error={save.error} />}
          <Group gap="xs">
            <Button onClick={submit} loading={save.isPending}>
              {t("targetsSave")}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                save.reset();
                setDraft(null);
              }}
            >
              {t("targetsCancel")}
            </Button>
          </Group>
        </section>
      ) : (
        <TargetsSetNote patient={patient}>
          {isJustSaved && (
            <Button variant="default" size="compact-sm" onClick={undo.start} loading={undo.isPending}>
              {t("targetsUndo")}
            </Button>
          )}
          {undo.error && <TargetsFailure error={undo.error} />}
        </TargetsSetNote>
      )}
    </>
  );
}

function TargetsFailure({ error }: { error: Error }) {
  const t = useTargetsMessages();
  return (
    <Text role="alert" c="var(--mantine-color-error)">
      {t("targetsFailed")} {useFailureWords(error).title}.
    </Text>
  );
}
