import { useQuery } from "@tanstack/react-query";
import { readCalendarDate } from "#contract/calendar-date.ts";
import type { ListedPatient } from "#contract/roster.ts";
import { parseSerial } from "#contract/serial.ts";
import { isWearerSearch } from "#contract/wearer-limits.ts";
import { patientQueries } from "../api/patients.ts";
import { useSettled } from "../ui/use-settled.ts";

const pauseMs = 150;
/** Shorter ones are the beginning of a name or of anything. */
const shortestSerial = 5;

export type SearchOption =
  | { readonly key: string; readonly path: string; readonly patient: ListedPatient }
  | { readonly key: string; readonly path: string; readonly serial: string }
  | { readonly key: string; readonly path: string; readonly person: string };

/** A date of birth is no serial number; eight digits alone may be either. */
const isDate = (text: string): boolean => !/^\d+$/.test(text) && readCalendarDate(text) !== null;

function serialIn(text: string): string | null {
  const serial = isDate(text) ? null : parseSerial(text);
  return serial && serial.length >= shortestSerial && /\d/.test(serial) ? serial : null;
}

/** Who and what a text may mean: patients by name, ID or sensor, and a sensor by its serial number. */
export function useOptions(text: string, seesPatients: boolean) {
  const q = text.trim();
  const asked = useSettled(q, pauseMs);
  const { data, error } = useQuery({
    ...patientQueries.found(asked),
    enabled: seesPatients && asked !== "",
    // Nothing that was searched for is kept.
    gcTime: 0,
  });
  const isAnswered = q === "" || !seesPatients || (asked === q && (data !== undefined || error !== null));
  const found = seesPatients && q !== "" && asked === q ? data : undefined;
  const serial = serialIn(q);
  const options: SearchOption[] = [
    ...(found?.rows ?? []).map((patient) => ({
      key: patient.id,
      path: `/patients/${patient.id}`,
      patient,
    })),
    ...(serial ? [{ key: serial, path: `/devices/${encodeURIComponent(serial)}`, serial }] : []),
    ...(seesPatients || !isWearerSearch(q) ? [] : [{ key: "person", path: "/devices", person: q }]),
  ];
  return {
    q,
    options,
    isAnswered,
    error,
    patients: found?.total ?? 0,
    near: found?.near ?? [],
    archived: found?.outsideFilter.archived ?? 0,
  };
}
