import { useQuery } from "@tanstack/react-query";
import { devicesAlike } from "../api/likely-devices.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import { serverReasons } from "./case-failure.tsx";
import { useCaseSpeech } from "./case-words.ts";

const unconfirmed = ["not-known", "not-asked"];
const unfit = ["recalled", "ended", "elsewhere"] as const;

/** Why the server has kept nothing: it does not know the replacement, or that can hardly be one; null where it has not. */
export function replacementDoubt(error: unknown): "unconfirmed" | (typeof unfit)[number] | null {
  const reason = serverReasons(error).replacementSerial ?? "";
  return unconfirmed.includes(reason) ? "unconfirmed" : (unfit.find((one) => one === reason) ?? null);
}

interface ReplacementQuestionProps {
  serial: string;
  doubt: NonNullable<ReturnType<typeof replacementDoubt>>;
  isPending: boolean;
  onTake: (serial: string) => void;
  onKeep: () => void;
  onChange: () => void;
}

/** Stands in the place of the button that saves: what may be meant, or to keep what nobody knows. */
export function ReplacementQuestion({
  serial,
  doubt,
  isPending,
  onTake,
  onKeep,
  onChange,
}: ReplacementQuestionProps) {
  const { t } = useCaseSpeech();
  const isUnconfirmed = doubt === "unconfirmed";
  const likely = useQuery({ ...devicesAlike(serial), enabled: isUnconfirmed }).data?.sensors ?? [];
  return (
    <Notice color="orange" role="alert" title={t(`doubted.${doubt}`, { serial })}>
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
          {t(isUnconfirmed ? "keepReplacement" : "keepUnfit")}
        </Button>
      </div>
    </Notice>
  );
}
