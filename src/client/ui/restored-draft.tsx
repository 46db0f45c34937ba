import { formatList } from "#words/list.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "./button.tsx";
import classes from "./restored-draft.module.css";

interface RestoredDraftProps {
  /** The labels of the fields that hold what was typed before this page was opened. */
  fields: readonly string[];
  onDiscard: () => void;
}

/** Stands above a form whose fields are not as they are kept but as somebody left them. */
export function RestoredDraft({ fields, onDiscard }: RestoredDraftProps) {
  const t = useMessages("ui", "draft");
  const { language } = usePreferences();
  return (
    <div role="status" className={classes.restored}>
      {fields.length > 0 && (
        <>
          <span>{t("restored", { fields: formatList(fields, language) })}</span>
          <Button variant="default" size="compact-sm" onClick={onDiscard}>
            {t("action.discard")}
          </Button>
        </>
      )}
    </div>
  );
}
