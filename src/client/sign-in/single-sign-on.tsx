import { beginSingleSignOn } from "../api/sign-in.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import type { SendProps } from "./demo-roles.tsx";
import classes from "./sign-in.module.css";

/** The way in by the clinic's own sign-in service. `name` is what the operator calls it. */
export function SingleSignOn({ name, pending, onSend }: SendProps & { name: string }) {
  const t = useMessages("sign-in", "page");
  return (
    <Button className={classes.away} fullWidth loading={pending} onClick={() => onSend(beginSingleSignOn)}>
      {t("singleSignOn", { name })}
    </Button>
  );
}
