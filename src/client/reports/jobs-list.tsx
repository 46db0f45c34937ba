import { useQuery } from "@tanstack/react-query";
import { formatDateTime } from "#words/time.ts";
import { reportQueries } from "../api/report-jobs.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import table from "../ui/table.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";
import { usePeriodWords } from "./words.ts";

/** The jobs of this person, the newest first. */
export function JobsList() {
  const t = useMessages("reports");
  const periodWords = usePeriodWords();
  const { language } = usePreferences();
  const { data, error, refetch } = useQuery(reportQueries.jobs);
  return (
    <section>
      <h2>{t("mine")}</h2>
      <p className={`${prose.note} ${layout.belowSm}`}>{t("mineNote")}</p>
      {error && <Failure error={error} title={t("mineFailed")} onRetry={() => void refetch()} />}
      {data?.jobs.length === 0 && <p className={prose.dimmed}>{t("noneYet")}</p>}
      {data && data.jobs.length > 0 && (
        <ScrollRegion label={t("mine")}>
          <table className={table.rows}>
            <thead>
              <tr>
                <th>{t("what")}</th>
                <th>{t("field.state")}</th>
                <th>{t("until")}</th>
              </tr>
            </thead>
            <tbody>
              {data.jobs.map(({ id, asked, total, state, counts, keptUntilMs }) => (
                <tr key={id}>
                  <td>
                    <Link className={prose.link} to={`/reports/${id}`}>
                      {t("job", { count: total, period: periodWords(asked.period) })}
                    </Link>
                  </td>
                  <td>
                    {state === "running"
                      ? t("progress", { done: total - counts.new, all: total })
                      : t(`state-${state}`)}
                  </td>
                  <td>{formatDateTime(keptUntilMs, viewerZone, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
