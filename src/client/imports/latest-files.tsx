import { useQuery } from "@tanstack/react-query";
import { useLocation } from "react-router";
import { formatDateTime } from "#words/time.ts";
import { importQueries } from "../api/imports.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import table from "../ui/table.module.css";
import classes from "./imports.module.css";

/** The files before, each with its state and the way to it. */
export function LatestFiles() {
  const t = useMessages("imports", "file");
  const { language } = usePreferences();
  const { search } = useLocation();
  const { data, error, refetch } = useQuery(importQueries.latest);
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const number = new Intl.NumberFormat(language);
  return (
    <section>
      <h2 className={layout.belowSm}>{t("latest")}</h2>
      {error && <Failure error={error} title={t("latestFailed")} onRetry={() => void refetch()} />}
      {data?.imports.length === 0 && <p className={prose.dimmed}>{t("noneYet")}</p>}
      {data && data.imports.length > 0 && (
        <ScrollRegion label={t("latest")}>
          <table className={`${table.rows} ${classes.files}`}>
            <thead>
              <tr>
                <th>{t("file")}</th>
                <th>{t("field.state")}</th>
                <th>{t("rows")}</th>
                <th>{t("when")}</th>
              </tr>
            </thead>
            <tbody>
              {data.imports.map(({ id, fileName, state, total, createdAtMs }) => (
                <tr key={id}>
                  <td className={classes.name}>
                    <Link className={prose.link} to={{ pathname: `/patients/import/${id}`, search }}>
                      {fileName || id}
                    </Link>
                  </td>
                  <td>{t(`state-${state}`)}</td>
                  <td>{number.format(total)}</td>
                  <td>{formatDateTime(createdAtMs, timeZone, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
