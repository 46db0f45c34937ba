import { diabetesTypes, type IdentityField, therapies } from "#contract/identity.ts";
import { formatCalendarDate } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";

/** The fields that tell a person, in the language on screen. */
export function useIdentityValues() {
  const t = useMessages("identity");
  const { language } = usePreferences();
  /** A value as it is kept; what is none of those known as it stands, as a file may have it. */
  return (field: IdentityField, value: string | null): string => {
    if (value === null) return t("notRecorded");
    if (field === "dateOfBirth" && /^\d{4}-\d{2}-\d{2}$/.test(value))
      return formatCalendarDate(value, language);
    const known = [...diabetesTypes, ...therapies].find((one) => one === value);
    return known ? t(known) : value;
  };
}
