import { useMessages } from "../i18n.ts";
import { Dialog } from "../ui/dialog.tsx";
import prose from "../ui/prose.module.css";
import { Switch } from "../ui/switch.tsx";
import { keysInUse } from "../ui/use-keys.ts";
import classes from "./acts.module.css";
import { setLetterKeys, useLetterKeys } from "./letter-keys.ts";

const ofAll = ["r", "u", "s", "h", "n", "?"] as const;

/** Which keys do what here, and how to turn the single letters off. */
export function KeysHelp({ isOfList, onClose }: { isOfList: boolean; onClose: () => void }) {
  const t = useMessages("acts");
  const areOn = useLetterKeys();
  const keys: [key: string, does: string][] = [
    ...(isOfList
      ? ([
          ["/", t("keys.search")],
          ["↑ ↓", t("keys.arrows")],
          ["Enter", t("keys.enter")],
        ] as [string, string][])
      : keysInUse().flatMap((key): [string, string][] => {
          if (key === "[") return [[key, t("keys.previous")]];
          return key === "]" ? [[key, t("keys.next")]] : [];
        })),
    ...ofAll.map((key): [string, string] => [key, t(`keys.${key === "?" ? "help" : key}`)]),
  ];
  return (
    <Dialog title={t("keys.title")} closeLabel={t("close")} onClose={onClose}>
      <p className={prose.note}>{t(isOfList ? "keys.whereList" : "keys.wherePage")}</p>
      <dl className={classes.keys}>
        {keys.map(([key, does]) => (
          <div key={key} data-off={(!areOn && ofAll.some((letter) => letter === key)) || undefined}>
            <dt>
              <kbd className={classes.key}>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label={t("keys.on")}
        checked={areOn}
        onChange={(event) => setLetterKeys(event.currentTarget.checked)}
      />
    </Dialog>
  );
}
