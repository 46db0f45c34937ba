import { useQuery } from "@tanstack/react-query";
import { formatDate, formatDateTime } from "#words/time.ts";
import { recallQueries } from "../api/recalls.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Link } from "../ui/link.tsx";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";

/** Before all else that is said of a sensor: that it was recalled, and where it stands who has been told. */
export function RecallNotice({ serial }: { serial: string }) {
  const t = useMessages("device", "recall");
  const outcomes = useMessages("recalls");
  const { language } = usePreferences();
  const { data } = useQuery(recallQueries.ofDevice(serial));
  if (!data || data.length === 0) return null;
  return (
    <Notice color="red" title={t("title")}>
      <p>{t("say")}</p>
      <ul>
        {data.map(({ id, name, createdAtMs, contact }) => (
          <li key={id}>
            <Link className={prose.link} to={`/recalls/${id}`}>
              {t("of", { name, date: formatDate(createdAtMs, viewerZone, language) })}
            </Link>
            {": "}
            {contact
              ? outcomes("contactBy", {
                  outcome: outcomes(`outcome-${contact.outcome}`),
                  name: contact.byName ?? outcomes("somebody"),
                  when: formatDateTime(contact.atMs, viewerZone, language),
                })
              : t("nobodyTold")}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
