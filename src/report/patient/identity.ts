import type { Patient } from "#contract/patient.ts";
import type { Language } from "#words/language.ts";
import { formatPair } from "#words/list.ts";
import type { Messages } from "#words/messages.ts";
import { formatCalendarDate } from "#words/time.ts";

export type IdentifiedPatient = Pick<Patient, "name" | "dateOfBirth" | "hospitalNumber" | "partnerUid">;

/** What every sheet of paper says of whom it is about, so that two people of one name are told apart and a clinic can file it. */
export function identityOnPaper(
  { name, dateOfBirth, hospitalNumber, partnerUid }: IdentifiedPatient,
  t: Messages<"patient", "page">,
  language: Language,
) {
  const born = dateOfBirth && t("born", { date: formatCalendarDate(dateOfBirth, language) });
  const number = hospitalNumber && formatPair(t("field.hospitalNumber"), hospitalNumber, language);
  return {
    who: [name, born].filter(Boolean).join(" · "),
    numbers: [number, partnerUid].filter(Boolean).join(" · "),
  };
}
