import { Dialog } from "./dialog.tsx";
import classes from "./keys-dialog.module.css";
import { letters, setLetterKeys, useLetterKeys } from "./letter-keys.ts";
import prose from "./prose.module.css";
import { Switch } from "./switch.tsx";

interface KeysDialogProps {
  title: string;
  /** Where they work. */
  where: string;
  keys: readonly (readonly [key: string, does: string])[];
  /** Of the switch for single letters. */
  switchLabel: string;
  closeLabel: string;
  onClose: () => void;
}

/** Which keys do what, and how to turn the single letters off. */
export function KeysDialog({ title, where, keys, switchLabel, closeLabel, onClose }: KeysDialogProps) {
  const areOn = useLetterKeys();
  return (
    <Dialog title={title} closeLabel={closeLabel} onClose={onClose}>
      <p className={prose.note}>{where}</p>
      <dl className={classes.keys}>
        {keys.map(([key, does]) => (
          <div key={key} data-off={(!areOn && letters.some((letter) => letter === key)) || undefined}>
            <dt>
              <kbd className={classes.key}>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label={switchLabel}
        checked={areOn}
        onChange={(event) => setLetterKeys(event.currentTarget.checked)}
      />
    </Dialog>
  );
}
