import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { RosterSort } from "#contract/roster-view.ts";
import { appointmentsQuery } from "../api/appointments.ts";
import { sessionQuery } from "../api/session.ts";

/** At what time somebody comes today, by their ID; empty in a list of another order. */
export function useAppointmentTimes(sort: RosterSort): ReadonlyMap<string, string> {
  const owner = useQuery(sessionQuery).data?.user.id ?? "";
  const { data } = useQuery({
    ...appointmentsQuery(owner),
    enabled: sort === "appointments" && owner !== "",
  });
  return useMemo(() => {
    const today = sort === "appointments" ? (data ?? []) : [];
    return new Map(today.flatMap(({ id, time }) => (time === null ? [] : [[id, time]])));
  }, [data, sort]);
}
