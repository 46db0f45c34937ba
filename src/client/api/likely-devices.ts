import { queryOptions } from "@tanstack/react-query";
import { type DevicesAlike, mostTried } from "#contract/device.ts";
import { likelySerials } from "#sensor/likely-serials.ts";
import { sendJson } from "../http.ts";
import { deviceQueries } from "./devices.ts";

/** What a serial number that nobody knows may be meant for, at the platform and among the sensors known here. */
export const devicesAlike = (serial: string) =>
  queryOptions({
    queryKey: [...deviceQueries.all(serial).queryKey, "likely"],
    queryFn: async () => {
      const likely = likelySerials(serial, mostTried);
      const { data } = await sendJson<DevicesAlike>("/api/devices/alike", { serial, likely });
      const known = data.rows.flatMap((row) => (row.ok ? row : []));
      const isAsked = (one: string) => known.some((row) => row.serial === one);
      return {
        ...data,
        tried: data.rows.map((row) => row.serial),
        sensors: [...known, ...data.known.filter((one) => !isAsked(one.serial))],
      };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
