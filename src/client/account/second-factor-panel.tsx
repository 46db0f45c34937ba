import { Button, Group, Text, Title } from "@mantine/core";
import { useState } from "react";
import { accountMutations } from "../api/account.ts";
import { useMessages } from "../i18n.ts";
import classes from "./account.module.css";
import { Enrolment } from "./enrolment.tsx";
import { ProofForm } from "./proof-form.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

interface SecondFactorPanelProps {
  isOn: boolean;
  isRequired: boolean;
  codesLeft: number | null;
  email: string;
  /** Nothing else may be done before: the way back is left out. */
  mustEnrol: boolean;
}

export function SecondFactorPanel({ isOn, isRequired, codesLeft, email, mustEnrol }: SecondFactorPanelProps) {
  const t = useMessages("account");
  const [doing, setDoing] = useState<"enrol" | "off" | "renew" | null>(mustEnrol ? "enrol" : null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const stop = () => setDoing(null);
  const show = (made: readonly string[]) => {
    setCodes(made);
    setDoing(null);
  };
  if (codes)
    return (
      <section className={classes.panel}>
        <RecoveryCodes codes={codes} email={email} onKept={() => setCodes(null)} />
      </section>
    );
  return (
    <section className={classes.panel}>
      <Title order={2}>{t("field.secondFactor")}</Title>
      <Text>{t(isOn ? "factorOn" : "factorOff")}</Text>
      {codesLeft !== null && <Text>{t("codesLeft", { count: codesLeft })}</Text>}
      {doing === "enrol" && <Enrolment onEnrolled={show} onCancel={mustEnrol ? undefined : stop} />}
      {doing === "off" && (
        <>
          {isRequired && <Text>{t("turnOffRequired")}</Text>}
          <ProofForm
            submit={t("turnOff")}
            isDanger
            mutation={accountMutations.turnOff}
            onDone={stop}
            onCancel={stop}
          />
        </>
      )}
      {doing === "renew" && (
        <>
          <Text>{t("newCodesMeaning")}</Text>
          <ProofForm
            submit={t("newCodes")}
            mutation={accountMutations.renewCodes}
            onDone={show}
            onCancel={stop}
          />
        </>
      )}
      {doing === null && (
        <Group>
          {isOn ? (
            <>
              <Button variant="default" onClick={() => setDoing("renew")}>
                {t("newCodes")}
              </Button>
              <Button variant="default" onClick={() => setDoing("off")}>
                {t("turnOff")}
              </Button>
            </>
          ) : (
            <Button onClick={() => setDoing("enrol")}>{t("setUp")}</Button>
          )}
        </Group>
      )}
    </section>
  );
}
