import { useState } from "react";
import { type ComplaintPart, complaintParts } from "#contract/case-fields.ts";
import { missingParts } from "#report/case-report.ts";
import { missingIn } from "#sensor/complaint.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import { useCaseSpeech } from "./case-words.ts";
import type { Typed } from "./edits.ts";

const textsOf = (values: Typed) =>
  Object.fromEntries(
    complaintParts.map((part) => [part, values[part] == null ? null : String(values[part])]),
  ) as Record<ComplaintPart, string | null>;

/** Whether a case is closed although something is missing in its record; `isOpen` as it is kept. */
export function useClosing(values: Typed, isOpen: boolean) {
  const [isAsking, setAsking] = useState(false);
  const [isBack, setBack] = useState(false);
  const missing = isOpen && values.state === "closed" ? missingIn(textsOf(values)) : [];
  return {
    /** What is asked about. */
    missing: isAsking ? missing : [],
    /** Asks where there is something to ask, and says whether there is. */
    asks: (): boolean => {
      setAsking(missing.length > 0);
      setBack(false);
      return missing.length > 0;
    },
    drop: () => {
      setAsking(false);
      setBack(true);
    },
    /** Whether the button that saves stands there again after a question, and takes the focus back. */
    isBack,
  };
}

interface ClosingQuestionProps {
  missing: ComplaintPart[];
  isPending: boolean;
  onClose: () => void;
  onKeep: () => void;
}

/** Stands in the place of the button that saves; what was typed stays as it is. */
export function ClosingQuestion({ missing, isPending, onClose, onKeep }: ClosingQuestionProps) {
  const speech = useCaseSpeech();
  const { t } = speech;
  return (
    <Notice color="orange" role="alert" title={t("closeLacking")}>
      <p className={layout.belowSm}>{missingParts({ missing }, speech)}</p>
      <div className={layout.row}>
        {/* In the place of the button that saves, so that a double click closes nothing. */}
        <Button variant="default" autoFocus disabled={isPending} onClick={onKeep}>
          {t("addMissing")}
        </Button>
        <Button loading={isPending} onClick={onClose}>
          {t("closeAnyway")}
        </Button>
      </div>
    </Notice>
  );
}
