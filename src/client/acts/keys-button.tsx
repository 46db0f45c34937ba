import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import classes from "./acts.module.css";
import { useActs } from "./use-acts.ts";

/** Opens the list of keys, as `?` does. */
export function KeysButton() {
  const t = useMessages("ui", "keys");
  const acts = useActs();
  if (!acts) return null;
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      className={classes.openKeys}
      aria-haspopup="dialog"
      onClick={acts.showKeys}
    >
      {t("title")}
    </Button>
  );
}
