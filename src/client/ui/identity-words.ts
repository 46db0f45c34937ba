import { ageBetween } from "#contract/identity.ts";
import type { ListedPatient } from "#contract/roster.ts";
import { localDateOf } from "#glucose/local-time.ts";
import type { Language } from "#words/language.ts";
import { formatAside, formatPair } from "#words/list.ts";
import { formatCalendarDate } from "#words/time.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";

/** A name, with the ID where somebody else here has the same. */
export const nameApart = (
  { name, partnerUid, hasNamesake }: Pick<ListedPatient, "name" | "partnerUid" | "hasNamesake">,
  language: Language,
): string => (hasNamesake ? formatAside(name, partnerUid, language) : name);

/** What tells a person, in the language on screen. */
export function useIdentityWords() {
  const t = useMessages("ui");
  const { language } = usePreferences();

  /** "3 Apr 1980 (46 years)"; in months below two years. */
  const dateWithAge = (dateOfBirth: string, timeZone: string): string => {
    const { years, months } = ageBetween(dateOfBirth, localDateOf(now(), timeZone));
    const age = years < 2 ? t("months", { count: months }) : t("years", { count: years });
    return formatAside(formatCalendarDate(dateOfBirth, language), age, language);
  };

  return {
    dateWithAge,
    born: (dateOfBirth: string) => t("born", { date: formatCalendarDate(dateOfBirth, language) }),
    hospitalNumber: (number: string) => formatPair(t("field.hospitalNumber"), number, language),
  };
}
