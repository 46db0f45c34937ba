import { setOutage } from "../api/stage.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import classes from "./stage.module.css";
import type { StageState } from "./use-stage.ts";

export function OutagePart({ stage }: { stage: StageState }) {
  const t = useMessages("stage", "outage");
  return (
    <section aria-label={t("title")} className={classes.part}>
      <h3>{t("title")}</h3>
      <div className={classes.row}>
        <Button
          size="xs"
          variant="default"
          disabled={stage.isBusy}
          onClick={() => stage.act(() => setOutage(!stage.isOut))}
        >
          {t(stage.isOut ? "end" : "begin")}
        </Button>
      </div>
    </section>
  );
}
