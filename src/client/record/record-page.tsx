import { useQuery } from "@tanstack/react-query";
import { useLocation, useParams } from "react-router";
import type { Patient } from "#contract/patient.ts";
import { formatAside } from "#words/list.ts";
import { formatDateTime } from "#words/time.ts";
import { patientQueries } from "../api/patients.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Facts } from "../ui/facts.tsx";
import { Failure } from "../ui/failure.tsx";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Mantine } from "../ui/mantine.tsx";
import { Page } from "../ui/page.tsx";
import { PatientBar } from "../ui/patient-bar.tsx";
import prose from "../ui/prose.module.css";
import { regionName } from "../ui/region.ts";
import { withZone } from "../ui/viewer-zone.ts";
import { ArchivePanel } from "./archive-panel.tsx";
import { MergePanel } from "./merge-panel.tsx";
import classes from "./record.module.css";
import { RecordForm } from "./record-form.tsx";

/**
 * `/patients/:id/record`: what is kept here about a person. The readings are
 * the platform's and are out of reach.
 */
export function RecordPage() {
  const t = useMessages("record");
  const { id = "" } = useParams();
  // The patient's page as one left it: the period it showed.
  const { search } = useLocation();
  const owner = useQuery(sessionQuery).data?.user.id;
  const { data, error, refetch } = useQuery(patientQueries.detail(id));
  if (!data || !owner)
    return error ? (
      <Page title={t("failed")}>
        <Failure isAnswer error={error} onRetry={() => void refetch()} />
      </Page>
    ) : (
      <div className={classes.page}>
        <Loading height="4rem" rows={6} label={t("loading")} />
      </div>
    );
  return (
    <div className={classes.page}>
      <Link className={`${prose.link} ${prose.small}`} to={{ pathname: `/patients/${data.id}`, search }}>
        ← {t("back", { name: data.name })}
      </Link>
      <Page title={t("title", { name: data.name })} lead={t("lead")}>
        <PatientBar name={data.name} partnerUid={data.partnerUid} />
        <div className={classes.columns}>
          <div>
            <Identity patient={data} />
            <Mantine>
              <RecordForm key={data.id} patient={data} owner={owner} />
            </Mantine>
          </div>
          <div>
            <MergePanel patient={data} />
            {!data.mergedInto && <ArchivePanel patient={data} />}
          </div>
        </div>
      </Page>
    </div>
  );
}

function Identity({ patient }: { patient: Patient }) {
  const t = useMessages("record");
  const { language } = usePreferences();
  const { partnerUid, openId, region, createdAtMs, timeZone } = patient;
  const facts = [
    { key: "uid", name: t("field.partnerUid"), value: partnerUid },
    { key: "openId", name: t("field.openId"), value: openId },
    {
      key: "region",
      name: t("field.region"),
      value: formatAside(regionName(region, language), region, language),
    },
    {
      key: "registered",
      name: t("registered"),
      value: withZone(formatDateTime(createdAtMs, timeZone, language), timeZone, language),
    },
  ];
  return (
    <section className={classes.panel}>
      <Facts facts={facts} className={classes.facts} />
      <small>{t("identityHint")}</small>
    </section>
  );
}
