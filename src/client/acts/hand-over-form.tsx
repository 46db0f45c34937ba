import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { glucoseIn } from "#contract/glucose-in-text.ts";
import type { Receiver } from "#contract/patient-marks.ts";
import { roles } from "#contract/staff.ts";
import { handOverWordsMaxLength, newHandOver } from "#contract/worklist-acts.ts";
import { colleaguesQuery } from "../api/colleagues.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CheckedForm } from "../ui/checked-form.tsx";
import { useDraft } from "../ui/draft.ts";
import layout from "../ui/layout.module.css";
import { useFailureLine } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { RestoredDraft } from "../ui/restored-draft.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { ActForm } from "./act-dialog.tsx";
import { roleWords } from "./act-words.ts";
import classes from "./acts.module.css";
import { FormEnd } from "./form-end.tsx";

const plain = (text: string): string => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
const keyOf = (to: Receiver) => ("role" in to ? `role ${to.role}` : `staff ${to.staffId}`);

/** What is typed to a colleague stays until it has been sent. */
export function HandOverForm({ owner, subject, isPending, failure, onAct, onClose }: ActForm) {
  const t = useMessages("acts");
  const said = useMessages("acts", "message");
  const name = useId();
  const { data: colleagues = [], error } = useQuery(colleaguesQuery);
  const line = useFailureLine(error);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<Receiver | null>(null);
  const [typed, setTyped, forget, wasKept] = useDraft(`hand-over-${subject.id}`, owner, "");
  const [isAttempted, setIsAttempted] = useState(false);
  const options: { to: Receiver; label: string }[] = [
    ...roles.map((role) => ({ to: { role }, label: roleWords(t, role) })),
    ...colleagues.map(({ id, name: label }) => ({
      to: { staffId: id },
      label: id === owner ? t("yourself", { name: label }) : label,
    })),
  ];
  const found = options.filter(({ label }) => plain(label).includes(plain(text.trim())));
  const [only] = found;
  // What is typed until one is left means that one.
  const to = chosen ?? (found.length === 1 && only ? only.to : null);
  const given = { to, words: typed.trim() ? typed : undefined };
  const checked = newHandOver.safeParse(given);
  const reason = checked.error?.issues.find(({ path }) => path[0] === "words")?.message;
  const fault =
    reason === "too-long"
      ? said("tooLong", { most: handOverWordsMaxLength })
      : reason &&
        (reason === "glucose" ? said("glucose", { part: glucoseIn(typed) ?? "" }) : t("refusal.characters"));
  const clear = () => {
    setTyped("");
    forget();
  };
  return (
    <CheckedForm
      onSubmit={() => {
        setIsAttempted(true);
        if (checked.success && !isPending) onAct({ kind: "hand-over", given: checked.data }, clear);
      }}
    >
      <div className={layout.column} data-gap="sm">
        <RestoredDraft fields={wasKept && typed ? [said("words")] : []} onDiscard={clear} />
        <TextField
          label={t("to")}
          description={t("toHint")}
          autoComplete="off"
          spellCheck={false}
          value={text}
          error={isAttempted && !to ? t("toNeeded") : null}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setChosen(null);
          }}
        />
        <fieldset className={`${classes.options} ${classes.people}`}>
          <legend className={prose.unseen}>{t("to")}</legend>
          {found.map((option) => (
            <label key={keyOf(option.to)}>
              <input
                type="radio"
                name={name}
                checked={to !== null && keyOf(to) === keyOf(option.to)}
                onChange={() => setChosen(option.to)}
              />
              {option.label}
            </label>
          ))}
          {found.length === 0 && <p className={prose.note}>{t("toNobody")}</p>}
        </fieldset>
        <TextField
          label={said("words")}
          description={t("wordsHint")}
          autoComplete="off"
          value={typed}
          readOnly={isPending}
          error={isAttempted ? fault : null}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {error && <p className={`${prose.fault} ${prose.small}`}>{line}</p>}
        <FormEnd words={t("handOver")} isPending={isPending} failure={failure} onClose={onClose}>
          {subject.marks?.handOver && (
            <Button
              variant="subtle"
              disabled={isPending}
              onClick={() => onAct({ kind: "hand-over", given: null })}
            >
              {t("endHandOver")}
            </Button>
          )}
        </FormEnd>
      </div>
    </CheckedForm>
  );
}
