import { Alert, Anchor } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { Link, Navigate, useLocation, useParams } from "react-router";
import type { Patient } from "#contract/patient.ts";
import type { PatientSummary } from "#contract/roster.ts";
import { targetKey } from "#glucose/targets.ts";
import { patientQueries } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Dotted } from "../ui/dotted.tsx";
import { Failure } from "../ui/failure.tsx";
import { formatList } from "../ui/list.ts";
import { Page } from "../ui/page.tsx";
import { PatientBar } from "../ui/patient-bar.tsx";
import { Sentences } from "../ui/sentences.tsx";
import { AskedPeriod } from "./asked-period.tsx";
import { NowPanel } from "./now-panel.tsx";
import { Onboarding } from "./onboarding.tsx";
import classes from "./patient.module.css";
import { PeriodSkeleton } from "./period-skeleton.tsx";

interface PatientPageProps {
  /** To the patients beside this one in the list, in the bar that says whose page it is. */
  beside?: ReactNode;
}

/** `/patients/:id`: how this person is now, and how they have been. */
export function PatientPage({ beside }: PatientPageProps) {
  const t = useMessages("patient", "page");
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(patientQueries.detail(id));
  if (data) return <KnownPatient key={id} patient={data} beside={beside} />;
  return error ? (
    <Page title={t("failed")}>
      <Failure isAnswer error={error} onRetry={() => void refetch()} />
    </Page>
  ) : (
    <Page title={t("loading")}>
      <PeriodSkeleton />
    </Page>
  );
}

/** The summary, asked for every minute, tells that a colleague has changed the targets: then the record is read anew. */
function useChangedTargets({ id, targets }: Patient, summary: PatientSummary | undefined) {
  const queryClient = useQueryClient();
  const key = targetKey(targets);
  useEffect(() => {
    if (summary?.targets === undefined || targetKey(summary.targets) === key) return;
    const { queryKey } = patientQueries.detail(id);
    void queryClient.invalidateQueries({ queryKey, exact: true });
  }, [summary, key, id, queryClient]);
}

function KnownPatient({ patient, beside }: PatientPageProps & { patient: Patient }) {
  const t = useMessages("patient", "page");
  const { language } = usePreferences();
  const { state, search } = useLocation();
  const typedName = (state as { alreadyRegistered?: string } | null)?.alreadyRegistered;
  const { data: summary } = useQuery(patientQueries.followedSummary(patient.id));
  useChangedTargets(patient, summary);
  const merged = useQuery(patientQueries.merged(patient.id)).data ?? [];
  const [firstReading, setFirstReading] = useState<"none" | "awaited" | "dismissed">("none");
  if (summary && summary.stage !== "reading" && firstReading === "none") setFirstReading("awaited");
  const { partnerUid, region, timeZone, name, tags, archivedAtMs, mergedInto } = patient;
  if (mergedInto) return <Navigate to={`/patients/${mergedInto}`} replace />;
  const uids =
    merged.length > 0
      ? t("uidWithMerged", {
          partnerUid,
          uids: formatList(
            merged.map((record) => record.partnerUid),
            language,
          ),
        })
      : partnerUid;
  const stage = summary?.stage ?? "reading";
  return (
    <Page
      title={name}
      lead={
        <>
          <Dotted>
            {uids}
            {region}
            {t("timesIn", { zone: timeZone })}
            <Anchor
              underline="always"
              className={classes.link}
              data-print="no"
              component={Link}
              to={{ pathname: `/patients/${patient.id}/record`, search }}
              inherit
            >
              {t("record")}
            </Anchor>
          </Dotted>
          {tags.length > 0 && (
            <ul className={classes.tags} aria-label={t("field.tags")}>
              {tags.map((tag) => (
                <li key={tag}>{tag}</li>
              ))}
            </ul>
          )}
        </>
      }
      actions={stage === "reading" && <NowPanel patient={patient} />}
    >
      <PatientBar name={name} partnerUid={partnerUid} beside={beside} />
      {typedName !== undefined && (
        <Alert mb="md" color={typedName === name ? "lagoon" : "red"}>
          <Sentences>
            {t("alreadyHere")}
            {typedName !== name && t("otherName", { typedName, name })}
          </Sentences>
        </Alert>
      )}
      {archivedAtMs !== null && (
        <Alert role="note" mb="md" color="gray">
          {t("isArchived")}
        </Alert>
      )}
      {stage === "reading" && firstReading === "awaited" && (
        <Alert
          mb="md"
          color="lagoon"
          title={t("firstReading")}
          withCloseButton
          closeButtonLabel={t("dismiss")}
          onClose={() => setFirstReading("dismissed")}
        />
      )}
      {stage !== "reading" && <Onboarding patient={patient} stage={stage} />}
      {stage !== "waiting" && <AskedPeriod patient={patient} />}
    </Page>
  );
}
