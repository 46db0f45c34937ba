import { Button, Group, Text, Title } from "@mantine/core";
import { useMessages } from "../i18n.ts";
import { copyText } from "../ui/copy.ts";
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
      <Title order={2}>{t("recovery")}</Title>
      <Text className={print.screenOnly ?? ""}>{t("recoveryMeaning")}</Text>
      <p className={print.printOnly}>{t("recoveryFor", { email })}</p>
      <ul aria-label={t("recovery")}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Group className={print.screenOnly ?? ""}>
        <Button variant="default" onClick={() => void copy()}>
          {t("action.copy")}
        </Button>
        <Button variant="default" onClick={() => window.print()}>
          {t("action.print")}
        </Button>
        <Button onClick={onKept}>{t("kept")}</Button>
        <SaidStatus said={said} words={t} />
      </Group>
    </div>
  );
}
