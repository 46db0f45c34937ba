import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { copyText } from "../ui/copy.ts";
import layout from "../ui/layout.module.css";
import print from "../ui/print.module.css";
import { SaidStatus, useSaid } from "../ui/said.tsx";
import classes from "./account.module.css";

/** Shown once, right after they were made. */
export function RecoveryCodes({
  codes,
  email,
  onKept,
}: {
  codes: readonly string[];
  email: string;
  onKept: () => void;
}) {
  const t = useMessages("account");
  const [said, say] = useSaid<"copied" | "copyFailed">();
  const copy = async () => say((await copyText(codes.join("\n"))) ? "copied" : "copyFailed");
  return (
    <div className={classes.codes}>
      <h2>{t("recovery")}</h2>
      <p className={print.screenOnly}>{t("recoveryMeaning")}</p>
      <p className={print.printOnly}>{t("recoveryFor", { email })}</p>
      <ul aria-label={t("recovery")}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={`${layout.row} ${print.screenOnly}`}>
        <Button variant="default" onClick={() => void copy()}>
          {t("action.copy")}
        </Button>
        <Button variant="default" onClick={() => window.print()}>
          {t("action.print")}
        </Button>
        <Button onClick={onKept}>{t("kept")}</Button>
        <SaidStatus said={said} words={t} />
      </div>
    </div>
  );
}
