import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { IssuerTest, LaunchIssuer } from "#contract/launch.ts";
import { formatDateTime } from "#words/time.ts";
import { launchIssuerMutations, launchIssuerQueries } from "../api/launches.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Loading } from "../ui/loading.tsx";
import prose from "../ui/prose.module.css";
import { Section } from "../ui/section.tsx";
import { viewerZone } from "../ui/viewer-zone.ts";
import { TestButton, TestResult } from "./connection-test.tsx";
import classes from "./exchange.module.css";
import { IssuerChange, NewIssuerForm } from "./issuer-form.tsx";

type LaunchIssuerProblem = NonNullable<IssuerTest["steps"][number]["problem"]>;

/** From which health records patients' pages may be opened: those that an administrator has named. */
export function IssuersSection() {
  const t = useMessages("exchange", "issuers");
  const { data, error, refetch } = useQuery(launchIssuerQueries.all);
  return (
    <>
      <Section id="issuers" title={t("title")} className={layout.belowLg}>
        <p className={`${prose.dimmed} ${layout.belowMd}`}>{t("lead")}</p>
        {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
        {!data && !error && <Loading height={120} label={t("loading")} />}
        {data?.issuers.length === 0 && <p>{t("none")}</p>}
        {data && (
          <>
            <ul className={classes.receivers}>
              {data.issuers.map((issuer) => (
                <li key={issuer.id}>
                  <ShownIssuer issuer={issuer} jwksUrl={data.jwksUrl} />
                </li>
              ))}
            </ul>
            <p>{t("addresses")}</p>
            <ul>
              <li>
                {t("launchUrl")}: <span className={classes.address}>{data.launchUrl}</span>
              </li>
              <li>
                {t("redirectUrl")}: <span className={classes.address}>{data.redirectUrl}</span>
              </li>
            </ul>
          </>
        )}
      </Section>
      <Section id="name-issuer" title={t("add")} className={layout.belowLg}>
        <NewIssuerForm />
      </Section>
    </>
  );
}

function ShownIssuer({ issuer, jwksUrl }: { issuer: LaunchIssuer; jwksUrl: string }) {
  const t = useMessages("exchange", "issuers");
  const sent = useMessages("health-links", "problems");
  const { language } = usePreferences();
  const [isChanging, setIsChanging] = useState(false);
  const test = useMutation(launchIssuerMutations.test(issuer.id));
  const remove = useMutation(launchIssuerMutations.remove(issuer.id));
  const whyOf = (problem: LaunchIssuerProblem, said: string) => {
    const words = t(`problems.${problem}`);
    return said === "" ? words : sent("withWords", { problem: words, said });
  };
  const { name, baseUrl, frameOrigin, isConfidential, publicKey, madeBy, createdAtMs } = issuer;
  return (
    <div className={layout.column} data-gap="xs">
      <h3>{name}</h3>
      <p className={classes.address}>{baseUrl}</p>
      <p>{frameOrigin === null ? t("noFrame") : t("inFrames", { origin: frameOrigin })}</p>
      <p className={prose.note}>
        {t("namedBy", {
          name: madeBy.name ?? t("somebody"),
          time: formatDateTime(createdAtMs, viewerZone, language),
        })}
      </p>
      {isConfidential && (
        <details>
          <summary>{t("key")}</summary>
          <p className={classes.address}>{jwksUrl}</p>
          <p className={classes.address}>{publicKey}</p>
        </details>
      )}
      {isChanging ? (
        <IssuerChange issuer={issuer} onDone={() => setIsChanging(false)} />
      ) : (
        <div className={layout.row} data-gap="xs">
          <TestButton name={name} test={test} />
          <Button
            variant="default"
            aria-label={t("changeOf", { name })}
            onClick={() => {
              test.reset();
              setIsChanging(true);
            }}
          >
            {t("action.change")}
          </Button>
          <ConfirmButton
            words={t("remove")}
            label={t("removeOf", { name })}
            consequence={t("removeMeaning")}
            sure={t("removeSure")}
            keep={t("action.keep")}
            disabled={remove.isPending}
            onConfirm={() => remove.mutate()}
          />
        </div>
      )}
      <TestResult
        steps={test.data?.steps.map(({ step, problem, said }) => ({
          name: step === "configuration" ? t(step) : t(`steps.${step}`),
          why: problem && whyOf(problem, said),
        }))}
        error={test.error}
        allWorks={t("allWorks")}
      />
      {remove.error && <Failure error={remove.error} title={t("nothingChanged")} />}
    </div>
  );
}
