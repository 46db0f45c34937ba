import { formatAge, formatDateTime } from "#words/time.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "./prose.module.css";
import { withZone } from "./viewer-zone.ts";

/** When what a view shows was read from the platform. */
export function AsOf({ atMs, timeZone }: { atMs: number | undefined; timeZone: string }) {
  const t = useMessages("embed");
  const { language } = usePreferences();
  const nowMs = useNow();
  if (atMs === undefined) return null;
  const time = withZone(formatDateTime(atMs, timeZone, language), timeZone, language);
  return <p className={prose.note}>{t("asOf", { time, age: formatAge(nowMs - atMs, language) })}</p>;
}
