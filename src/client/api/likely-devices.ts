import { queryOptions } from "@tanstack/react-query";
import { likelySerials } from "#sensor/likely-serials.ts";
import { deviceQueries, readDeviceStates } from "./devices.ts";

/** Each is a call to the platform. */
const mostAsked = 12;

/** What is tried for a number that nobody knows. */
export const triedFor = (serial: string): string[] => likelySerials(serial, mostAsked);

/** Sensors that the platform knows and whose serial numbers are easily mistaken for this one. */
export const likelyDevices = (serial: string) =>
  queryOptions({
    queryKey: [...deviceQueries.all(serial).queryKey, "likely"],
    queryFn: async () => {
      const likely = triedFor(serial);
      const { rows } = likely.length === 0 ? { rows: [] } : await readDeviceStates(likely);
      return rows.flatMap((row) => (row.ok ? row : []));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
