import { queryOptions } from "@tanstack/react-query";
import { device, deviceJourney, deviceStatesAnswer } from "#contract/device.ts";
import { readingsResponse, toReadings } from "#contract/readings.ts";
import { minuteMs } from "#glucose/time.ts";
import { realMs } from "../clock.ts";
import { getJson, sendJson } from "../http.ts";

const pathOf = (serial: string) => `/api/devices/${encodeURIComponent(serial)}`;
const refetchInterval = () => realMs(minuteMs);

const life = (serial: string) =>
  queryOptions({
    queryKey: ["devices", serial],
    queryFn: ({ signal }) => getJson(pathOf(serial), device, signal),
  });

export const deviceQueries = {
  /** A sensor's life, renewed while it is on screen. */
  life: (serial: string) => queryOptions({ ...life(serial), refetchInterval }),
  /** The same, where it only explains gaps in a curve: one that has ended does not change any more. */
  lifeForGaps: (serial: string) =>
    queryOptions({
      ...life(serial),
      staleTime: ({ state }) => (state.data?.endedAtMs ? Number.POSITIVE_INFINITY : 10 * minuteMs),
      retry: false,
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
  /** All that is cached of a sensor, to be invalidated. */
  all: (serial: string) => ({ queryKey: life(serial).queryKey }),
};

/** The state of each of a list's sensors. */
export const readDeviceStates = async (serials: readonly string[]) =>
  (await sendJson("/api/devices/states", { serials }, deviceStatesAnswer)).data;
