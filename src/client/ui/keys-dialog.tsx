import { useMessages } from "../i18n.ts";
import { Dialog } from "./dialog.tsx";
import classes from "./keys-dialog.module.css";
import { letters, setLetterKeys, useLetterKeys } from "./letter-keys.ts";
import prose from "./prose.module.css";
import { Switch } from "./switch.tsx";

interface KeysDialogProps {
  /** Where they work. */
  where: string;
  keys: readonly (readonly [key: string, does: string])[];
  onClose: () => void;
}

/** Which keys do what, and how to turn the single letters off. */
export function KeysDialog({ where, keys, onClose }: KeysDialogProps) {
  const t = useMessages("ui", "keys");
  const areOn = useLetterKeys();
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <p className={prose.note}>{where}</p>
      <dl className={classes.keys}>
        {[...keys, ["?", t("help")] as const].map(([key, does]) => (
          <div key={key} data-off={(!areOn && letters.some((letter) => letter === key)) || undefined}>
            <dt>
              <kbd className={classes.key}>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label={t("on")}
        checked={areOn}
        onChange={(event) => setLetterKeys(event.currentTarget.checked)}
      />
    </Dialog>
  );
}
