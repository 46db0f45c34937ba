import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ReportRow, ReportsJob } from "#contract/reports.ts";
import { reportQueries } from "../api/report-jobs.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import prose from "../ui/prose.module.css";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import table from "../ui/table.module.css";
import { useTroubleWords } from "../ui/trouble-words.ts";
import classes from "./reports.module.css";

/** Each patient of a job in its order, and what became of their report. */
export function JobRows({ job: { id, state } }: { job: ReportsJob }) {
  const t = useMessages("reports");
  const queryClient = useQueryClient();
  const query = reportQueries.rows(id, state === "running");
  const { data, error, refetch } = useQuery(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with a new state the rows are others, too.
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: query.queryKey });
  }, [queryClient, id, state]);
  return (
    <section>
      <h2>{t("patients")}</h2>
      {error && <Failure error={error} title={t("rowsFailed")} onRetry={() => void refetch()} />}
      {!data && !error && <Loading height="1.75rem" rows={8} label={t("loading")} />}
      {data && (
        <ScrollRegion label={t("patients")}>
          <table className={`${table.rows} ${classes.outcomes}`}>
            <thead>
              <tr>
                <th>{t("number")}</th>
                <th>{t("field.name")}</th>
                <th>{t("report")}</th>
              </tr>
            </thead>
            <tbody>
              {data.map((row) => (
                <tr key={row.row}>
                  <td>{row.row}</td>
                  <td>
                    <Who {...row} />
                  </td>
                  <td data-failed={row.outcome === "failed" || undefined}>
                    <Outcome {...row} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}

function Who({ patientId, patient }: Pick<ReportRow, "patientId" | "patient">) {
  const t = useMessages("reports");
  if (!patient) return t("notHere");
  return (
    <>
      <Link className={prose.link} to={`/patients/${encodeURIComponent(patientId)}`}>
        {patient.name}
      </Link>{" "}
      <span className={prose.note}>{patient.hospitalNumber ?? patient.partnerUid}</span>
    </>
  );
}

function Outcome({ outcome, trouble }: Pick<ReportRow, "outcome" | "trouble">) {
  const t = useMessages("reports");
  const troubleWords = useTroubleWords();
  if (outcome !== "failed") return t(`outcome-${outcome}`);
  if (trouble?.code === "patient-unknown") return t("notHere");
  if (trouble?.code === "range-invalid") return t("notBegunYet");
  return trouble ? troubleWords(trouble) : t("outcome-failed");
}
