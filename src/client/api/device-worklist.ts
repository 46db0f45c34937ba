import { keepPreviousData, mutationOptions, queryOptions } from "@tanstack/react-query";
import type {
  DeviceActed,
  DeviceHandOver,
  DeviceWords,
  DeviceWorklistPage,
  DeviceWorklistQuery,
} from "#contract/device-worklist.ts";
import { minuteMs } from "#glucose/time.ts";
import { realMs } from "../clock.ts";
import { sendJson } from "../http.ts";

export const devicePageSize = 50;

const path = "/api/worklist/devices";
const key = ["device-worklist"];

export type DeviceListView = Pick<DeviceWorklistQuery, "q" | "reason" | "state" | "handedOver">;

export const deviceWorklistQueries = {
  /** Asked by POST, so that no name stands in an address; renewed while it is on screen. */
  page: (view: DeviceListView, page: number) =>
    queryOptions({
      queryKey: [...key, view, page],
      queryFn: async ({ signal }) => {
        const query = { ...view, limit: devicePageSize, offset: page * devicePageSize };
        return (await sendJson<DeviceWorklistPage>(path, query, { signal })).data;
      },
      placeholderData: keepPreviousData,
      staleTime: 0,
      // Soon after the first start people come in by the second.
      refetchInterval: ({ state }) => realMs(state.data?.unchecked ? minuteMs / 4 : minuteMs),
    }),
};

type Method = "POST" | "PUT" | "DELETE";

/** An act on a row; the list is read anew, whether it was done or a colleague was faster. */
const act = <Sent>(id: string, part: string, request: (sent: Sent) => { method: Method; body?: object }) =>
  mutationOptions({
    meta: { changes: [key] },
    mutationFn: async (sent: Sent) => {
      const { method, body = {} } = request(sent);
      const address = `${path}/${encodeURIComponent(id)}/${part}`;
      return (await sendJson<DeviceActed>(address, body, { method })).data;
    },
    // Not waited for: whoever acted is told at once, while the row is still there.
    onSettled: (_acted, _error, _sent, _before, { client }) => {
      void client.invalidateQueries({ queryKey: key });
    },
  });

export const deviceWorklistMutations = {
  review: (id: string) => act<void>(id, "review", () => ({ method: "POST" })),
  /** `atMs` is when it was made. */
  /** Takes back what was done at `atMs`. */
  takeBack: (id: string, part: "review" | "snooze" | "hand-over") =>
    act<{ atMs: number }>(id, part, (body) => ({ method: "DELETE", body })),
  /** Adds what was done to one's own review. */
  say: (id: string) => act<DeviceWords>(id, "review", (body) => ({ method: "PUT", body })),
  snooze: (id: string) =>
    act<{ untilMs: number | null; untilWorse: boolean }>(id, "snooze", (body) => ({ method: "PUT", body })),
  handOver: (id: string) => act<DeviceHandOver>(id, "hand-over", (body) => ({ method: "PUT", body })),
};
