import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { Navigate, useLocation, useParams, useSearchParams } from "react-router";
import type { IdentityField } from "#contract/identity.ts";
import type { Patient } from "#contract/patient.ts";
import type { PatientSummary } from "#contract/roster.ts";
import { targetKey } from "#glucose/targets.ts";
import { formatList } from "#words/list.ts";
import { patientQueries } from "../api/patients.ts";
import { loadCatalogs, useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { PatientBar } from "../ui/patient-bar.tsx";
import print from "../ui/print.module.css";
import { regionName } from "../ui/region.ts";
import { Sentences } from "../ui/sentences.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useMedia } from "../ui/use-media.ts";
import { ActsLater } from "./acts-later.tsx";
import { AskedPeriod } from "./asked-period.tsx";
import { EarlyLetter } from "./early-letter.tsx";
import { NowPanel, NowSkeleton } from "./now-panel.tsx";
import { PatientLead } from "./patient-lead.tsx";
import { PeriodSkeleton } from "./period-skeleton.tsx";
import { prefetchPatient } from "./prefetch-patient.ts";

const FirstReadingSteps = lazy(async () => {
  const steps = import("./first-reading-steps.tsx");
  await loadCatalogs(["onboarding"]);
  return { default: (await steps).FirstReadingSteps };
});

const SensorSections = lazy(async () => {
  const sections = import("./sensor-sections.tsx");
  await loadCatalogs(["details", "cases"]);
  return { default: (await sections).SensorSections };
});

interface PatientPageProps {
  /** To the patients beside this one in the list, in the bar that says whose page it is. */
  beside?: ReactNode;
  /** Why the list names a patient, once the curve is there. */
  why?: (patient: Patient) => ReactNode;
}

/** `/patients/:id`: how this person is now, and how they have been. */
export function PatientPage({ beside, why }: PatientPageProps) {
  const t = useMessages("patient", "page");
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(patientQueries.detail(id));
  const shown = data ? (
    <KnownPatient key={id} patient={data} beside={beside} why={why} />
  ) : error ? (
    <Page title={t("failed")}>
      <Failure isAnswer error={error} onRetry={() => void refetch()} />
    </Page>
  ) : (
    <LoadingPatient key={id} id={id} />
  );
  return (
    <>
      {shown}
      <EarlyLetter />
    </>
  );
}

function LoadingPatient({ id }: { id: string }) {
  const t = useMessages("patient", "page");
  const queryClient = useQueryClient();
  const [search] = useSearchParams();
  useEffect(() => prefetchPatient(queryClient, id, search), [queryClient, id, search]);
  return (
    <Page title={t("loading")} lead={<Skeleton height="1.8rem" width="60%" />} actions={<NowSkeleton />}>
      <Skeleton height="3.8rem" className={`${layout.belowMd} ${print.screenOnly}`} />
      <PeriodSkeleton />
    </Page>
  );
}

/**
 * The summary, asked for every minute, tells that a colleague has changed the
 * targets: then the record is read anew.
 */
function useChangedTargets({ id, targets }: Patient, summary: PatientSummary | undefined) {
  const queryClient = useQueryClient();
  const key = targetKey(targets);
  useEffect(() => {
    if (summary?.targets === undefined || targetKey(summary.targets) === key) return;
    const { queryKey } = patientQueries.detail(id);
    void queryClient.invalidateQueries({ queryKey, exact: true });
  }, [summary, key, id, queryClient]);
}

/** The page before the first reading, until that has come and the notice of it is closed. */
function useFirstReading(stage: PatientSummary["stage"]) {
  const [state, setState] = useState<"none" | "awaited" | "dismissed">("none");
  if (stage !== "reading" && state === "none") setState("awaited");
  return { hasCome: stage === "reading" && state === "awaited", dismiss: () => setState("dismissed") };
}

function KnownPatient({ patient, beside, why }: PatientPageProps & { patient: Patient }) {
  const { data: summary } = useQuery(patientQueries.followedSummary(patient.id));
  useChangedTargets(patient, summary);
  const stage = summary?.stage ?? "reading";
  // Beside how they are now, there is room below the name.
  const isWide = useMedia("(min-width: 62em)");
  const firstReading = useFirstReading(stage);
  const { name, partnerUid, mergedInto } = patient;
  if (mergedInto) return <Navigate to={`/patients/${mergedInto}`} replace />;
  const acts = <ActsLater patient={patient} stage={stage} why={why?.(patient)} />;
  return (
    <Page
      title={name}
      lead={
        <>
          <PatientLead patient={patient} />
          {isWide && acts}
        </>
      }
      actions={stage === "reading" && <NowPanel patient={patient} />}
    >
      {!isWide && acts}
      <PatientBar name={name} partnerUid={partnerUid} beside={beside} />
      <PatientNotices patient={patient} />
      {firstReading.hasCome && <FirstReadingNotice onClose={firstReading.dismiss} />}
      {stage !== "reading" && (
        <Suspense fallback={null}>
          <FirstReadingSteps patient={patient} stage={stage} />
        </Suspense>
      )}
      {stage !== "waiting" && <AskedPeriod patient={patient} />}
      {summary && (
        <Suspense fallback={null}>
          <SensorSections patient={patient} />
        </Suspense>
      )}
    </Page>
  );
}

function FirstReadingNotice({ onClose }: { onClose: () => void }) {
  const t = useMessages("patient", "page");
  return (
    <Notice
      className={layout.belowMd}
      color="lagoon"
      title={t("firstReading")}
      close={{ label: t("dismiss"), onClick: onClose }}
    />
  );
}

/** What was typed for somebody who is here already; of the rest, which of it the record does not have so. */
type Typed = Pick<Patient, "name" | "region" | "timeZone"> & { notKept: IdentityField[] };

/** That somebody who was to be registered is here already, and that a record is archived. */
function PatientNotices({ patient }: { patient: Patient }) {
  const t = useMessages("patient", "page");
  const { state } = useLocation();
  const typed = (state as { typedForExisting?: Typed } | null)?.typedForExisting;
  return (
    <>
      {typed && <AlreadyRegistered patient={patient} typed={typed} />}
      {patient.archivedAtMs !== null && (
        <Notice className={layout.belowMd} role="note" color="gray">
          {t("isArchived")}
        </Notice>
      )}
    </>
  );
}

/** What was typed to register this patient is not kept: whatever differs from the record is said. */
function AlreadyRegistered({ patient, typed }: { patient: Patient; typed: Typed }) {
  const t = useMessages("patient", "page");
  const { language } = usePreferences();
  const { name, region, timeZone } = patient;
  const isPlaceSame = typed.region === region && typed.timeZone === timeZone;
  const isSame = typed.name === name && isPlaceSame && typed.notKept.length === 0;
  return (
    <Notice className={layout.belowMd} color={isSame ? "lagoon" : "red"}>
      <Sentences>
        {t("alreadyHere")}
        {typed.name !== name && t("otherName", { typedName: typed.name, name })}
        {typed.region !== region &&
          t("otherRegion", {
            chosen: regionName(typed.region, language),
            region: regionName(region, language),
          })}
        {typed.timeZone !== timeZone && t("otherTimeZone", { chosen: typed.timeZone, zone: timeZone })}
        {typed.notKept.length > 0 &&
          t("otherFields", {
            fields: formatList(
              typed.notKept.map((field) => t(`field.${field}`)),
              language,
            ),
          })}
      </Sentences>
    </Notice>
  );
}
