import { useMutation } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { glucoseIn } from "#contract/glucose-in-text.ts";
import { longestInstruction, type RecallInstruction, recallChange } from "#contract/recalls.ts";
import { recallMutations } from "../api/recalls.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { TextArea } from "../ui/text-area.tsx";
import classes from "./recalls.module.css";

const languages = ["en", "zh-CN"] as const;

function faultOf(text: string | null): "Glucose" | "Long" | "Unusable" | null {
  const issues = recallChange.shape.instruction.shape.en.safeParse(text).error?.issues;
  if (!issues) return null;
  if (issues.some(({ message }) => message === "too-long")) return "Long";
  return issues.some(({ message }) => message === "glucose") ? "Glucose" : "Unusable";
}

interface InstructionFormProps {
  id: string;
  instruction: RecallInstruction;
  /** How many were told what stands there now, or before anything stood there. */
  told: number;
}

/** What the desk reads to callers who wear a recalled sensor; empty takes it away. */
export function InstructionForm({ id, instruction, told }: InstructionFormProps) {
  const t = useMessages("recalls");
  const [text, setText] = useState({ en: instruction.en ?? "", "zh-CN": instruction["zh-CN"] ?? "" });
  const [tellAgain, setTellAgain] = useState<boolean | null>(null);
  const save = useMutation(recallMutations.instruct(id));
  const asked = { en: text.en.trim() || null, "zh-CN": text["zh-CN"].trim() || null };
  const isNoted = languages.some((language) => instruction[language] !== null);
  const isSaved = languages.every((language) => asked[language] === instruction[language]);
  const isFaulty = languages.some((language) => faultOf(asked[language]));
  return (
    <form
      className={layout.column}
      data-gap="xs"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isFaulty && !save.isPending) save.mutate({ instruction: asked, tellAgain: tellAgain ?? true });
      }}
    >
      {!isNoted && <Notice color="orange">{t("instructionMissing")}</Notice>}
      <p className={`${prose.note} ${print.screenOnly}`}>{t("instructionNote")}</p>
      {languages.map((language) => {
        const fault = faultOf(asked[language]);
        const label = t(`instruction-${language}`);
        return (
          <Fragment key={language}>
            <TextArea
              className={print.screenOnly}
              label={label}
              lang={language}
              rows={2}
              value={text[language]}
              readOnly={save.isPending}
              error={
                fault &&
                t(`instruction${fault}`, {
                  most: longestInstruction,
                  part: glucoseIn(text[language]) ?? "",
                })
              }
              onChange={(event) => setText({ ...text, [language]: event.currentTarget.value })}
            />
            {instruction[language] && (
              <p className={print.printOnly}>
                {label}
                <br />
                <span lang={language}>{instruction[language]}</span>
              </p>
            )}
          </Fragment>
        );
      })}
      {!isSaved && told > 0 && (
        <fieldset className={`${classes.option} ${print.screenOnly}`}>
          <legend>{t("tellAgain", { count: told })}</legend>
          {([true, false] as const).map((again) => (
            <label key={String(again)} className={classes.answer}>
              <input
                type="radio"
                name={`${id}-again`}
                checked={tellAgain === again}
                required
                onChange={() => setTellAgain(again)}
              />
              {t(again ? "tellAgainYes" : "tellAgainNo")}
            </label>
          ))}
          {tellAgain && <p className={prose.note}>{t("tellAgainYesNote")}</p>}
        </fieldset>
      )}
      <div className={`${layout.row} ${print.screenOnly}`} data-gap="xs">
        <Button type="submit" variant="default" loading={save.isPending} disabled={isSaved || isFaulty}>
          {t("action.save")}
        </Button>
        {isSaved && isNoted && <p className={prose.note}>{t("instructionSaved")}</p>}
      </div>
      {save.error && <Failure error={save.error} title={t("instructionFailed")} />}
    </form>
  );
}
