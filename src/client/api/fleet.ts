import { queryOptions } from "@tanstack/react-query";
import type { FleetAnswer, FleetQuery, FleetSensors, FleetSensorsQuery } from "#contract/fleet.ts";
import { minuteMs } from "#glucose/time.ts";
import { getJson, sendJson } from "../http.ts";

const path = "/api/fleet";
const key = ["fleet"];

export const fleetQueries = {
  groups: (query: FleetQuery) =>
    queryOptions({
      queryKey: [...key, query],
      queryFn: ({ signal }) => getJson<FleetAnswer>(`${path}?${new URLSearchParams(query)}`, signal),
      staleTime: minuteMs,
    }),
  sensors: (query: FleetSensorsQuery) =>
    queryOptions({
      queryKey: [...key, "sensors", query],
      queryFn: async ({ signal }) =>
        (await sendJson<FleetSensors>(`${path}/sensors`, query, { signal })).data,
      staleTime: minuteMs,
    }),
};
