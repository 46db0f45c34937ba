import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Patient } from "#contract/patient.ts";
import type { PatientSensor } from "#contract/patient-sensors.ts";
import { formatDate } from "#words/time.ts";
import { patientSensorQueries } from "../api/patient-sensors.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import folded from "../ui/folded.module.css";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { PlainFailure } from "../ui/plain-failure.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { Section } from "../ui/section.tsx";
import { StackedTable } from "../ui/table.tsx";

/** All sensors that the patient was seen to wear; asked for once it is opened, since it is a look of its own. */
export function WornSensors({ patient }: { patient: Patient }) {
  const t = useMessages("details", "sensors");
  const [isOpen, setOpen] = useState(false);
  return (
    <Section id="worn-sensors" title={t("title")} className={`${layout.aboveSm} ${print.screenOnly}`}>
      <details className={folded.folded} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t("show")}</summary>
        {isOpen && <List patient={patient} />}
      </details>
    </Section>
  );
}

function List({ patient: { id, timeZone } }: { patient: Patient }) {
  const t = useMessages("details", "sensors");
  const { language } = usePreferences();
  const { data, error, refetch } = useQuery(patientSensorQueries.of(id));
  if (error) return <PlainFailure error={error} title={t("failed")} onRetry={() => void refetch()} />;
  if (!data) return <Loading height="6rem" />;
  if (data.sensors.length === 0) return <p>{t("none")}</p>;
  const date = (timeMs: number | null) => (timeMs === null ? "–" : formatDate(timeMs, timeZone, language));
  return (
    <StackedTable
      label={t("title")}
      rows={data.sensors.map((sensor) => ({ ...sensor, key: sensor.serial }))}
      columns={[
        {
          key: "serial",
          title: t("field.serial"),
          cell: ({ serial }) => (
            <Link className={prose.link} to={`/devices/${encodeURIComponent(serial)}`} translate="no">
              {serial}
            </Link>
          ),
        },
        ...[
          {
            key: "state",
            title: t("field.state"),
            cell: ({ state }: PatientSensor) => (state ? t(`state.${state}`) : t("notAsked")),
          },
          {
            key: "started",
            title: t("started"),
            cell: ({ activatedAtMs }: PatientSensor) => date(activatedAtMs),
          },
          {
            key: "ended",
            title: t("ended"),
            cell: ({ endedAtMs, estimatedEndAtMs, isInDoubt }: PatientSensor) => {
              if (isInDoubt) return t("endInDoubt");
              return endedAtMs === null && estimatedEndAtMs !== null
                ? t("expected", { date: date(estimatedEndAtMs) })
                : date(endedAtMs);
            },
          },
          {
            key: "lastData",
            title: t("field.last-data"),
            cell: ({ lastDataAtMs }: PatientSensor) => date(lastDataAtMs),
          },
        ].map((column) => ({ ...column, label: column.title })),
      ]}
    />
  );
}
