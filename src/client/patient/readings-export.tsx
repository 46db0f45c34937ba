import { useMutation } from "@tanstack/react-query";
import { inWindow } from "#glucose/series.ts";
import { reportAuditEvent } from "../audit-events.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { copyText } from "../ui/copy.ts";
import { Failure } from "../ui/failure.tsx";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { SaidStatus, useSaid } from "../ui/said.tsx";
import type { DetailsProps } from "./details-props.ts";
import { dateInput } from "./period.ts";

/** The readings that the curve shows, to the clipboard or as a file; and for a health record the summary of their days. */
export function ExportButtons({ patient, shown, shownReadings, shownZone }: DetailsProps) {
  const t = useMessages("details");
  const { unit } = usePreferences();
  const [said, say] = useSaid<"copied" | "copyFailed">();
  const readAll = async () => {
    const [csv, { readingRows }] = await Promise.all([
      import("../ui/csv.ts"),
      import("#report/patient/readings-csv.ts"),
    ]);
    return {
      csv,
      rows: readingRows(inWindow(shownReadings, shown.startMs, shown.endMs), shownZone, unit),
    };
  };
  const download = async () => {
    const { csv, rows } = await readAll();
    const [from, to] = [shown.startMs, shown.endMs - 1].map((timeMs) => dateInput(timeMs, shownZone));
    const name = patient.partnerUid.replace(/[^\w.-]+/g, "_");
    csv.saveFile(`glucose-${name}-${from}-${to}.csv`, csv.toCsv(rows));
    reportAuditEvent("patient-readings.export", patient.id);
  };
  const copy = async () => {
    const { csv, rows } = await readAll();
    const copied = await copyText(csv.toPasteable(rows));
    if (copied) reportAuditEvent("patient-readings.copy", patient.id);
    say(copied ? "copied" : "copyFailed");
  };
  // The server writes the trail.
  const saveFhir = useMutation({
    mutationFn: async () => {
      const [start, end] = [shown.startMs, shown.endMs - 1].map((timeMs) =>
        dateInput(timeMs, patient.timeZone),
      );
      const days = { start: start ?? "", end: end ?? "" };
      const [{ saveBlob }, { readFhirBundle }] = await Promise.all([
        import("../ui/csv.ts"),
        import("../api/fhir.ts"),
      ]);
      saveBlob(`cgm-summary-${start}-${end}.json`, await readFhirBundle(patient.id, days));
    },
  });
  return (
    <>
      {saveFhir.error && <Failure error={saveFhir.error} title={t("fhirFailed")} />}
      <SaidStatus said={said} words={t} />
      <Button variant="default" onClick={() => void copy()}>
        {t("action.copy")}
      </Button>
      <Button variant="default" onClick={() => void download()}>
        {t("action.csv")}
      </Button>
      <Button variant="default" loading={saveFhir.isPending} onClick={() => saveFhir.mutate()}>
        {t("saveFhir")}
      </Button>
      <Link className={prose.link} to={`/patients/${patient.id}/share`}>
        {t("share")}
      </Link>
    </>
  );
}
