import { useState } from "react";
import { useMessages } from "#client/i18n.ts";
import { ConfirmButton } from "#client/ui/confirm-button.tsx";
import classes from "./banner-end.module.css";
import { reset, useDemoStatus } from "./state.ts";

/** What the banner says of the demonstration in this browser, and the way back to its beginning. */
export function BannerEnd() {
  const t = useMessages("demo");
  const { isKept, hasBegunAnew } = useDemoStatus();
  const [state, setState] = useState<"idle" | "resetting" | "failed">("idle");
  const begin = () => {
    setState("resetting");
    reset().catch(() => setState("failed"));
  };
  return (
    <span className={classes.end}>
      {!isKept && <span role="status">{t("notKept")}</span>}
      {hasBegunAnew && <span>{t("begunAnew")}</span>}
      {state === "failed" && <span role="alert">{t("notReset")}</span>}
      <ConfirmButton
        words={t("reset")}
        sure={t("resetSure")}
        keep={t("action.keep")}
        disabled={state === "resetting"}
        onConfirm={begin}
      />
    </span>
  );
}
