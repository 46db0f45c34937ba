import { useQuery } from "@tanstack/react-query";
import { formatDateTime } from "#words/time.ts";
import { lookupQueries } from "../api/lookups.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import prose from "../ui/prose.module.css";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import table from "../ui/table.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";
import classes from "./lookups.module.css";

/** The lists that are kept, whoever began them. */
export function LatestLists() {
  const t = useMessages("lookups");
  const { language } = usePreferences();
  const { data, error, refetch } = useQuery(lookupQueries.latest);
  return (
    <section>
      <h2>{t("lists")}</h2>
      <p className={`${prose.note} ${layout.belowSm}`}>{t("listsNote")}</p>
      {error && <Failure error={error} title={t("listsFailed")} onRetry={() => void refetch()} />}
      {data?.lists.length === 0 && <p className={prose.dimmed}>{t("noneYet")}</p>}
      {data && data.lists.length > 0 && (
        <ScrollRegion label={t("lists")}>
          <table className={`${table.rows} ${classes.lists}`}>
            <thead>
              <tr>
                <th>{t("field.list")}</th>
                <th>{t("field.progress")}</th>
                <th>{t("field.sensors")}</th>
                <th>{t("field.begun")}</th>
              </tr>
            </thead>
            <tbody>
              {data.lists.map(({ id, name, state, total, createdAtMs }) => (
                <tr key={id}>
                  <td className={classes.name}>
                    <Link className={prose.link} to={`/look-ups/${id}`}>
                      {name || id}
                    </Link>
                  </td>
                  <td>{t(`state-${state}`)}</td>
                  <td>{new Intl.NumberFormat(language).format(total)}</td>
                  <td>{formatDateTime(createdAtMs, viewerZone, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
