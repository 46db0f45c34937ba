import type { AppointedPatient } from "#contract/appointments.ts";
import type { RosterPage } from "#contract/roster.ts";

type Found = Omit<AppointedPatient, "isArchived">;

/**
 * Whom Enter means: whose ID the text is, else whose name it is, else everybody left to choose from. It is for
 * the user to choose where these are several.
 */
export function meantBy(
  text: string,
  { rows, total }: RosterPage,
  isChosen: (patient: Found) => boolean,
): Found[] {
  const isText = (one: string | null) => one?.toLowerCase() === text.toLowerCase();
  const byId = rows.filter(({ partnerUid, hospitalNumber }) => isText(partnerUid) || isText(hospitalNumber));
  const exact = byId.length > 0 ? byId : rows.filter(({ name }) => isText(name));
  if (exact.length > 0 || total > rows.length) return exact;
  const open = rows.filter((patient) => !isChosen(patient));
  return open.length > 0 ? open : rows;
}
