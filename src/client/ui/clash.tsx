import { useMessages } from "../i18n.ts";
import { Button } from "./button.tsx";
import classes from "./clash.module.css";
import layout from "./layout.module.css";
import prose from "./prose.module.css";

interface ClashProps {
  field: string;
  /** Who changed it and when, in words, where that is known. */
  by?: string | undefined;
  theirs: string | number;
  yours: string | number;
  /** The other's value is known now and may be saved over. */
  onKeep: () => void;
  onTake: () => void;
}

/** What somebody else has changed since it was edited here: both values, and the choice between them. */
export function Clash({ field, by, theirs, yours, onKeep, onTake }: ClashProps) {
  const t = useMessages("ui", "clash");
  return (
    <fieldset className={classes.clash} aria-label={t("title", { field })}>
      <p className={prose.strong} role="alert">
        {t("title", { field })}
      </p>
      {by && <p>{by}</p>}
      <p>{t("theirs", { value: theirs })}</p>
      <p>{t("yours", { value: yours })}</p>
      <div className={layout.row}>
        <Button variant="default" onClick={onTake}>
          {t("take")}
        </Button>
        <Button variant="default" onClick={onKeep}>
          {t("keep")}
        </Button>
      </div>
    </fieldset>
  );
}
