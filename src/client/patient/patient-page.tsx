import { Alert, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocation, useParams } from "react-router";
import type { Patient } from "#contract/patient.ts";
import { Failure } from "../ui/failure.tsx";
import { Page } from "../ui/page.tsx";
import { usePatientMessages } from "./messages.ts";
import { NowPanel } from "./now-panel.tsx";
import { Onboarding } from "./onboarding.tsx";
import { PatientPeriod } from "./patient-period.tsx";
import { patientQueries } from "./queries.ts";

/** `/patients/:id`: how this person is now, and how they have been. */
export function PatientPage() {
  const t = usePatientMessages();
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(patientQueries.detail(id));
  if (data) return <KnownPatient key={id} patient={data} />;
  return error ? (
    <Page title={t("failed")}>
      <Failure error={error} onRetry={() => void refetch()} />
    </Page>
  ) : (
    <Skeleton height={480} aria-label={t("loading")} />
  );
}

function KnownPatient({ patient }: { patient: Patient }) {
  const t = usePatientMessages();
  const alreadyRegistered = (useLocation().state as { alreadyRegistered?: boolean } | null)
    ?.alreadyRegistered;
  const { data: summary } = useQuery(patientQueries.summary(patient.id));
  const { partnerUid, region, timeZone, name } = patient;
  const stage = summary?.stage ?? "reading";
  return (
    <Page
      title={name}
      lead={t("identity", { partnerUid, region, zone: timeZone })}
      actions={stage !== "waiting" && <NowPanel patient={patient} />}
    >
      {alreadyRegistered && <Alert mb="md">{t("alreadyHere")}</Alert>}
      {stage !== "reading" && <Onboarding name={name} stage={stage} />}
      {stage !== "waiting" && <PatientPeriod patient={patient} />}
    </Page>
  );
}
