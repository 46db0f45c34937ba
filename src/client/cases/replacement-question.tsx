import { useQuery } from "@tanstack/react-query";
import { likelyDevices } from "../api/likely-devices.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import { serverReasons } from "./case-failure.tsx";
import { useCaseSpeech } from "./case-words.ts";

/** Whether the server has kept nothing because it does not know the replacement. */
export const isReplacementDoubted = (error: unknown): boolean =>
  ["not-known", "not-asked"].includes(serverReasons(error).replacementSerial ?? "");

interface ReplacementQuestionProps {
  serial: string;
  isPending: boolean;
  onTake: (serial: string) => void;
  onKeep: () => void;
  onChange: () => void;
}

/** Stands in the place of the button that saves: what may be meant, or to keep what nobody knows. */
export function ReplacementQuestion({
  serial,
  isPending,
  onTake,
  onKeep,
  onChange,
}: ReplacementQuestionProps) {
  const { t } = useCaseSpeech();
  const { data: likely = [] } = useQuery(likelyDevices(serial));
  return (
    <Notice color="orange" role="alert" title={t("replacementDoubted", { serial })}>
      <div className={layout.row}>
        {/* In the place of the button that saves, so that a double click keeps nothing. */}
        <Button variant="default" autoFocus disabled={isPending} onClick={onChange}>
          {t("changeReplacement")}
        </Button>
        {likely.map((one) => (
          <Button key={one.serial} variant="default" disabled={isPending} onClick={() => onTake(one.serial)}>
            {t("takeReplacement", { serial: one.serial })}
          </Button>
        ))}
        <Button loading={isPending} onClick={onKeep}>
          {t("keepReplacement")}
        </Button>
      </div>
    </Notice>
  );
}
