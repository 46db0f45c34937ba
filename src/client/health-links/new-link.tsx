import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import {
  type HealthLinkRequest,
  healthLinkLives,
  healthLinkRequest,
  longestPasscode,
  mostWrongPasscodes,
  shortestPasscode,
} from "#contract/health-links.ts";
import { healthLinkMutations } from "../api/health-links.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { copyText } from "../ui/copy.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import { usualPaper } from "../ui/paper.ts";
import prose from "../ui/prose.module.css";
import { SaidStatus, useSaid } from "../ui/said.tsx";
import { SelectField } from "../ui/select-field.tsx";
import { TextField } from "../ui/text-field.tsx";
import { DaysField } from "./days-field.tsx";
import classes from "./health-links.module.css";

const QrCode = lazy(() => import("../ui/qr-code.tsx"));

/** What is to be in a link and how long it works; then the link itself, once. */
export function NewLink({ patientId }: { patientId: string }) {
  const t = useMessages("health-links");
  const { language, unit } = usePreferences();
  const make = useMutation(healthLinkMutations.make(patientId));
  const [days, setDays] = useState<HealthLinkRequest["days"]>("14");
  const [lifeDays, setLifeDays] = useState<HealthLinkRequest["lifeDays"]>("7");
  const [passcode, setPasscode] = useState("");
  const [said, say] = useSaid<"copied" | "copyFailed">();
  const asked = passcode.trim() === "" ? null : passcode.trim();
  const fault = healthLinkRequest.shape.passcode.safeParse(asked).error?.issues[0]?.message;
  const isFaulty = fault !== undefined;
  if (make.data) {
    const { address } = make.data;
    const copy = async () => say((await copyText(address)) ? "copied" : "copyFailed");
    return (
      <section className={layout.column} data-gap="sm" aria-label={t("newLink")}>
        <Notice color="teal" role="status" title={t("ready")}>
          {t("readyMeaning")}
        </Notice>
        <Suspense fallback={<p>{t("loading")}</p>}>
          <QrCode text={address} label={t("qr")} />
        </Suspense>
        <p className={classes.address}>{address}</p>
        <div className={layout.row} data-gap="xs">
          <Button onClick={() => void copy()}>{t("copyLink")}</Button>
          <Button variant="default" onClick={() => make.reset()}>
            {t("another")}
          </Button>
          <SaidStatus said={said} words={t} />
        </div>
      </section>
    );
  }
  const isTooMany =
    make.error instanceof ApiError &&
    make.error.problem?.fields?.some(({ reason }) => reason === "too-many") === true;
  return (
    <form
      className={`${layout.column} ${classes.form}`}
      data-gap="sm"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isFaulty && !make.isPending)
          make.mutate({ days, language, unit, paper: usualPaper(), lifeDays, passcode: asked });
      }}
    >
      <h2>{t("newLink")}</h2>
      <DaysField
        label={t("days")}
        nameOf={(count) => t("lastDays", { count })}
        days={days}
        onDays={setDays}
      />
      <SelectField
        label={t("life")}
        value={lifeDays}
        onChange={({ currentTarget: { value } }) =>
          setLifeDays(healthLinkLives.find((known) => known === value) ?? lifeDays)
        }
        options={healthLinkLives.map((value) => ({ value, label: t("lifeDays", { count: Number(value) }) }))}
      />
      <TextField
        label={t("passcode")}
        description={t("passcodeNote", { count: mostWrongPasscodes })}
        autoComplete="off"
        maxLength={longestPasscode}
        value={passcode}
        error={
          isFaulty &&
          (fault === "too-common" ? t("passcodeCommon") : t("passcodeShort", { least: shortestPasscode }))
        }
        onChange={(event) => setPasscode(event.currentTarget.value)}
      />
      <p className={prose.note}>{t("holds")}</p>
      <div>
        <Button type="submit" loading={make.isPending}>
          {t("make")}
        </Button>
      </div>
      {isTooMany && (
        <Notice color="orange" role="alert">
          {t("tooMany")}
        </Notice>
      )}
      {make.error && !isTooMany && <Failure error={make.error} title={t("makeFailed")} />}
    </form>
  );
}
