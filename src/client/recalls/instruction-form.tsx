import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { longestInstruction, recallChange } from "#contract/recalls.ts";
import { recallMutations } from "../api/recalls.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { TextArea } from "../ui/text-area.tsx";

/** What the desk reads to callers of a recalled sensor; empty takes it away. */
export function InstructionForm({ id, instruction }: { id: string; instruction: string | null }) {
  const t = useMessages("recalls");
  const [text, setText] = useState(instruction ?? "");
  const save = useMutation(recallMutations.instruct(id));
  const asked = text.trim() || null;
  const fault = recallChange.shape.instruction.safeParse(asked).error?.issues[0]?.message;
  return (
    <form
      className={layout.column}
      data-gap="xs"
      onSubmit={(event) => {
        event.preventDefault();
        if (!fault && !save.isPending) save.mutate(asked);
      }}
    >
      {instruction === null && <Notice color="orange">{t("instructionMissing")}</Notice>}
      <TextArea
        label={t("instruction")}
        description={t("instructionNote")}
        rows={2}
        value={text}
        readOnly={save.isPending}
        error={
          fault &&
          (fault === "too-long"
            ? t("instructionLong", { most: longestInstruction })
            : t("instructionUnusable"))
        }
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={`${layout.row} ${print.screenOnly}`} data-gap="xs">
        <Button
          type="submit"
          variant="default"
          loading={save.isPending}
          disabled={asked === instruction || fault !== undefined}
        >
          {t("action.save")}
        </Button>
        {asked === instruction && asked !== null && <p className={prose.note}>{t("instructionSaved")}</p>}
      </div>
      {save.error && <Failure error={save.error} title={t("instructionFailed")} />}
    </form>
  );
}
