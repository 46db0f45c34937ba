import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Patient } from "#contract/patient.ts";
import { caseQueries } from "../api/cases.ts";
import { CaseList } from "../cases/case-list.tsx";
import { useMessages } from "../i18n.ts";
import folded from "../ui/folded.module.css";
import layout from "../ui/layout.module.css";
import { Loading } from "../ui/loading.tsx";
import { PlainFailure } from "../ui/plain-failure.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { Section } from "../ui/section.tsx";

/** The complaints about the patient's sensors; asked for once it is opened, since it is a look of its own. */
export function PatientCases({ patient }: { patient: Patient }) {
  const t = useMessages("cases");
  const [isOpen, setOpen] = useState(false);
  return (
    <Section id="patient-cases" title={t("title")} className={`${layout.aboveSm} ${print.screenOnly}`}>
      <details className={folded.folded} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t("showAbout")}</summary>
        {isOpen && <List id={patient.id} />}
      </details>
    </Section>
  );
}

function List({ id }: { id: string }) {
  const t = useMessages("cases");
  const { data, error, refetch } = useQuery(caseQueries.ofPatient(id));
  if (error) return <PlainFailure error={error} title={t("failed")} onRetry={() => void refetch()} />;
  if (!data) return <Loading height="4rem" />;
  if (data.total === 0) return <p>{t("nonePatient")}</p>;
  return (
    <>
      <CaseList label={t("title")} cases={data.cases} without="patient" />
      {data.total > data.cases.length && <p className={prose.note}>{t("newestOf", { total: data.total })}</p>}
    </>
  );
}
