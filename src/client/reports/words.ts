import type { ReportsAsked } from "#contract/reports.ts";
import { formatCalendarDate } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";

/** "Last 14 days", or from one day to another. */
export function usePeriodWords(): (period: ReportsAsked["period"]) => string {
  const t = useMessages("reports");
  const { language } = usePreferences();
  return (period) => {
    if ("days" in period) return period.days === 1 ? t("lastDay") : t("lastDays", { count: period.days });
    const [from, to] = [period.from, period.to].map((date) => formatCalendarDate(date, language));
    return period.from === period.to ? String(from) : t("fromTo", { from: String(from), to: String(to) });
  };
}
