import { useMessages } from "../i18n.ts";
import { KeysDialog } from "../ui/keys-dialog.tsx";
import { keysInUse } from "../ui/use-keys.ts";

const ofAll = ["r", "u", "s", "h", "n"] as const;

/** Which keys do what here. */
export function KeysHelp({ isOfList, onClose }: { isOfList: boolean; onClose: () => void }) {
  const t = useMessages("acts");
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
    ...ofAll.map((key): [string, string] => [
      key,
      t(key === "u" && isOfList ? "keys.uOfList" : `keys.${key}`),
    ]),
  ];
  return (
    <KeysDialog where={t(isOfList ? "keys.whereList" : "keys.wherePage")} keys={keys} onClose={onClose} />
  );
}
