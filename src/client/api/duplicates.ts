import { queryOptions } from "@tanstack/react-query";
import { readCalendarDate } from "#contract/calendar-date.ts";
import type { DuplicateQuery, LikelyDuplicates } from "#contract/patient-change.ts";
import { sendJson } from "../http.ts";

const isDay = (text: string) => /^\d/.test(readCalendarDate(text) ?? "");

/** Whether enough is known of somebody to be told from others, or be taken for one of them. */
export const canBeTold = ({ name, dateOfBirth, hospitalNumber, phone }: DuplicateQuery): boolean =>
  hospitalNumber !== "" || (isDay(dateOfBirth) && (name !== "" || phone !== ""));

/** Who is likely the same person, by what only one person should have. By POST, so that none of it stands in an address. */
export const duplicatesQuery = (person: DuplicateQuery) =>
  queryOptions({
    queryKey: ["duplicates", person],
    queryFn: async ({ signal }) =>
      (await sendJson<LikelyDuplicates>("/api/patients/duplicates", person, { signal })).data.patients,
    enabled: canBeTold(person),
  });
