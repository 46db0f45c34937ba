import { Button } from "@mantine/core";
import { defineMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { formatList } from "./list.ts";
import classes from "./restored-draft.module.css";

const useDraftMessages = defineMessages("draft", {
  en: { restored: "Your unsaved changes are here again: {{fields}}.", discard: "Discard" },
  "zh-CN": { restored: "已恢复您之前未保存的修改：{{fields}}。", discard: "放弃" },
});

interface RestoredDraftProps {
  /** The labels of the fields that hold what was typed before this page was opened. */
  fields: readonly string[];
  onDiscard: () => void;
}

/** Stands above a form whose fields are not as they are kept but as somebody left them. */
export function RestoredDraft({ fields, onDiscard }: RestoredDraftProps) {
  const t = useDraftMessages();
  const { language } = usePreferences();
  return (
    <div role="status" className={classes.restored}>
      {fields.length > 0 && (
        <>
          <span>{t("restored", { fields: formatList(fields, language) })}</span>
          <Button variant="default" size="compact-sm" onClick={onDiscard}>
            {t("discard")}
          </Button>
        </>
      )}
    </div>
  );
}
