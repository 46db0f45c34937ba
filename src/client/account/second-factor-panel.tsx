import { useState } from "react";
import { accountMutations } from "../api/account.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
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
      <h2>{t("field.secondFactor")}</h2>
      <p>{t(isOn ? "factorOn" : "factorOff")}</p>
      {codesLeft !== null && <p>{t("codesLeft", { count: codesLeft })}</p>}
      {doing === "enrol" && <Enrolment onEnrolled={show} onCancel={mustEnrol ? undefined : stop} />}
      {doing === "off" && (
        <>
          {isRequired && <p>{t("turnOffRequired")}</p>}
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
          <p>{t("newCodesMeaning")}</p>
          <ProofForm
            submit={t("newCodes")}
            mutation={accountMutations.renewCodes}
            onDone={show}
            onCancel={stop}
          />
        </>
      )}
      {doing === null && (
        <div className={layout.row}>
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
        </div>
      )}
    </section>
  );
}
