import { queryOptions } from "@tanstack/react-query";
import { device, deviceJourney } from "#contract/device.ts";
import { readingsResponse, toReadings } from "#contract/readings.ts";
import { realMs } from "../clock.ts";
import { getJson } from "../http.ts";

const pathOf = (serial: string) => `/api/devices/${encodeURIComponent(serial)}`;
const refetchInterval = () => realMs(60_000);

export const deviceQueries = {
  life: (serial: string) =>
    queryOptions({
      queryKey: ["devices", serial],
      queryFn: ({ signal }) => getJson(pathOf(serial), device, signal),
      refetchInterval,
    }),
  journey: (serial: string) =>
    queryOptions({
      queryKey: ["devices", serial, "journey"],
      queryFn: ({ signal }) => getJson(`${pathOf(serial)}/journey`, deviceJourney, signal),
      refetchInterval,
    }),
  /** The device's whole history. Only for roles that may see glucose: the server refuses the others. */
  readings: (serial: string) =>
    queryOptions({
      queryKey: ["devices", serial, "readings"],
      queryFn: async ({ signal }) => {
        const response = await getJson(`${pathOf(serial)}/readings`, readingsResponse, signal);
        return { ...response, readings: toReadings(response.readings) };
      },
      refetchInterval,
    }),
};
