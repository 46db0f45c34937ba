import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { Device, DeviceJourney } from "#contract/device.ts";
import { toReadings } from "#contract/reading-columns.ts";
import type { ReadingsResponse } from "#contract/readings.ts";
import type { Reading } from "#glucose/reading.ts";
import { minuteMs } from "#glucose/time.ts";
import { realMs } from "../clock.ts";
import { getJson, getUnlessKnown, sendJson, type Tagged } from "../http.ts";

const pathOf = (serial: string) => `/api/devices/${encodeURIComponent(serial)}`;
const refetchInterval = () => realMs(minuteMs);

const life = (serial: string) =>
  queryOptions({
    queryKey: ["devices", serial],
    queryFn: ({ signal }) => getJson<Device>(pathOf(serial), signal),
  });

interface DeviceReadings extends Omit<ReadingsResponse, "readings">, Tagged {
  readings: Reading[];
}

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
      queryFn: ({ signal }) => getJson<DeviceJourney>(`${pathOf(serial)}/journey`, signal),
      refetchInterval,
    }),
  /** The device's whole history. Only for roles that may see glucose: the server refuses the others. */
  readings: (serial: string) =>
    queryOptions({
      queryKey: ["devices", serial, "readings"],
      queryFn: ({ client, queryKey, signal }) =>
        getUnlessKnown(
          `${pathOf(serial)}/readings`,
          (answer: ReadingsResponse & Tagged): DeviceReadings => ({
            ...answer,
            readings: toReadings(answer.readings),
          }),
          client.getQueryData(queryKey),
          signal,
        ),
      refetchInterval,
    }),
  /** All that is cached of a sensor, to be invalidated. */
  all: (serial: string) => ({ queryKey: life(serial).queryKey }),
};

/** Keeps for everybody what somebody has scanned from a sensor's box, in place of what is known where it `replaces` that. */
export const keepBox = (serial: string, replaces = false) =>
  mutationOptions({
    meta: { changes: [life(serial).queryKey] },
    mutationFn: async (box: Device["box"]) =>
      (await sendJson<Device["box"]>(`${pathOf(serial)}/box`, { ...box, replaces }, { method: "PUT" })).data,
    onSuccess: (box, _sent, _before, { client }) => {
      client.setQueryData(life(serial).queryKey, (device) => device && { ...device, box });
      if (replaces) void client.invalidateQueries({ ...life(serial), exact: true });
    },
  });
