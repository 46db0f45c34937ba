import { useQuery } from "@tanstack/react-query";
import type { Device } from "#contract/device.ts";
import { formatPair } from "#words/list.ts";
import { formatDate, formatDateTime } from "#words/time.ts";
import { recallQueries } from "../api/recalls.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Link } from "../ui/link.tsx";
import { Notice } from "../ui/notice.tsx";
import prose from "../ui/prose.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";

/** Before all else that is said of a sensor: that it was recalled, and where it stands who has been told. */
export function RecallNotice({
  serial,
  device,
  isUnknown,
}: {
  serial: string;
  device: Device | undefined;
  /** The platform does not tell of it. */
  isUnknown: boolean;
}) {
  const t = useMessages("device", "recall");
  const outcomes = useMessages("recalls");
  const { language } = usePreferences();
  const { data } = useQuery(recallQueries.ofDevice(serial));
  if (!data || data.length === 0) return null;
  return (
    <Notice color="red" title={t(isUnknown ? "unknownTitle" : "title")}>
      {device && <p>{t("say")}</p>}
      <ul>
        {data.map(({ id, name, createdAtMs, contact, isToldBefore }) => (
          <li key={id}>
            <Link className={prose.link} to={`/recalls/${id}`}>
              {t("of", { name, date: formatDate(createdAtMs, viewerZone, language) })}
            </Link>
            {formatPair("", "", language)}
            {contact
              ? outcomes("contactBy", {
                  outcome: outcomes(`outcome-${contact.outcome}`),
                  name: contact.byName ?? outcomes("somebody"),
                  when: formatDateTime(contact.atMs, viewerZone, language),
                })
              : t(device?.owner.kind === "patient" ? "nobodyTold" : "noWearer")}
            {isToldBefore && ` (${t("toldBefore")})`}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
