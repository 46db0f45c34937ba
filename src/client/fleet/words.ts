import type { FleetGroup, FleetGrouping } from "#contract/fleet.ts";
import type { Tally } from "#sensor/survival.ts";
import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";
import { formatCalendarDate, localeOf } from "#words/time.ts";
import { regionName } from "../ui/region.ts";

export const talliesOf = ({ tally }: FleetGroup): Tally[] =>
  tally.map(([time, ended, censored]) => ({ time, ended, censored }));

/** The same of early ends alone: a sensor that reached its time, or is still worn, was followed until then. */
export const earlyTalliesOf = ({ tally }: Pick<FleetGroup, "tally">): Tally[] =>
  tally.map(([time, ended, censored, early]) => ({ time, ended: early, censored: ended + censored - early }));

export function groupName(
  t: Messages<"fleet">,
  by: FleetGrouping,
  key: string | null,
  language: Language,
): string {
  if (by === "all") return t("all");
  if (key === null) return t(`unknown.${by}`);
  if (by === "week") return t("weekFrom", { date: formatCalendarDate(key, language) });
  return by === "region" ? regionName(key, language) : key;
}

/** "31.0%"; a dash of nothing. */
export const formatShareOf = (part: number, whole: number, language: Language): string =>
  whole === 0
    ? "–"
    : new Intl.NumberFormat(localeOf(language), {
        style: "percent",
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
      }).format(part / whole);

export const formatCount = (count: number, language: Language): string =>
  new Intl.NumberFormat(localeOf(language)).format(count);

/** Hours as days with one decimal. */
export const formatDays = (hours: number | null, language: Language): string =>
  hours === null
    ? "–"
    : new Intl.NumberFormat(localeOf(language), {
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
      }).format(hours / 24);

/** "= 0.018", below a thousandth "< 0.001". */
export const formatP = (p: number, language: Language): string =>
  p < 0.001
    ? `< ${new Intl.NumberFormat(localeOf(language)).format(0.001)}`
    : `= ${new Intl.NumberFormat(localeOf(language), { maximumSignificantDigits: 2 }).format(p)}`;
