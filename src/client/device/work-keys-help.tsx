import { useMessages } from "../i18n.ts";
import { KeysDialog } from "../ui/keys-dialog.tsx";

const rowLetters = ["r", "u", "s", "h"] as const;

/** Which keys do what here. */
export function WorkKeysHelp({ onClose }: { onClose: () => void }) {
  const t = useMessages("device", "work");
  return (
    <KeysDialog
      where={t("keysWhere")}
      keys={[
        ["/", t("key-search")],
        ["Esc", t("key-clear")],
        ["↑ ↓", t("key-arrows")],
        ["Enter", t("key-enter")],
        ...rowLetters.map((letter) => [letter, t(`key-${letter}`)] as const),
      ]}
      onClose={onClose}
    />
  );
}
