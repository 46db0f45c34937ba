import { infiniteQueryOptions, mutationOptions, queryOptions } from "@tanstack/react-query";
import {
  type ContactOutcome,
  type DeviceRecall,
  mostRecallPeople,
  type Recall,
  type RecallInstruction,
  type RecallList,
  type RecallPeople,
  type RecallPerson,
} from "#contract/recalls.ts";
import { minuteMs } from "#glucose/time.ts";
import { realMs } from "../clock.ts";
import { getJson, sendFile, sendJson } from "../http.ts";

const pathOf = (id: string) => `/api/recalls/${encodeURIComponent(id)}`;
const peopleKey = (id: string) => ["recalls", id, "people"];

const readPage = (id: string, open: boolean, offset: number, signal?: AbortSignal) =>
  getJson<RecallPeople>(
    `${pathOf(id)}/people?${new URLSearchParams({ open: String(open), offset: String(offset) })}`,
    signal,
  );

/** All of a recall, each once; somebody noted meanwhile may be missing where `open`. */
export async function readAllPeople(id: string, open: boolean): Promise<RecallPerson[]> {
  const people: RecallPerson[] = [];
  for (;;) {
    const page = await readPage(id, open, people.length);
    people.push(...page.people);
    if (page.people.length === 0 || people.length >= page.total) return people;
  }
}

export const recallQueries = {
  all: queryOptions({
    queryKey: ["recalls"],
    queryFn: ({ signal }) => getJson<RecallList>("/api/recalls", signal),
    staleTime: 0,
  }),
  one: (id: string) =>
    queryOptions({
      queryKey: ["recalls", id],
      queryFn: ({ signal }) => getJson<Recall>(pathOf(id), signal),
      staleTime: 0,
    }),
  /** The recalls that a sensor is in, the latest first, renewed while it is on screen, as its life is. */
  ofDevice: (serial: string) =>
    queryOptions({
      queryKey: ["recalls", "device", serial],
      queryFn: async ({ signal }) =>
        (
          await getJson<{ recalls: DeviceRecall[] }>(
            `/api/devices/${encodeURIComponent(serial)}/recalls`,
            signal,
          )
        ).recalls,
      refetchInterval: () => realMs(minuteMs),
    }),
  /** Those with a recalled sensor, some at a time; only those that nobody has dealt with where `open`. */
  people: (id: string, open: boolean) =>
    infiniteQueryOptions({
      queryKey: [...peopleKey(id), open],
      queryFn: ({ pageParam: offset, signal }) => readPage(id, open, offset, signal),
      initialPageParam: 0,
      getNextPageParam: ({ total }, pages) =>
        pages.length * mostRecallPeople < total ? pages.length * mostRecallPeople : undefined,
      staleTime: 0,
    }),
};

export const recallMutations = {
  begin: mutationOptions({
    meta: { changes: [recallQueries.all.queryKey] },
    mutationFn: ({ file, name }: { file: File; name: string }) =>
      sendFile<Recall>("/api/recalls", new File([file], name)),
    onSuccess: (recall, _sent, _before, { client }) => {
      client.setQueryData(recallQueries.one(recall.id).queryKey, recall);
    },
  }),
  contact: (id: string) =>
    mutationOptions({
      meta: { changes: [recallQueries.one(id).queryKey] },
      mutationFn: async ({ patientId, outcome }: { patientId: string; outcome: ContactOutcome | null }) =>
        (
          await sendJson<Recall>(
            `${pathOf(id)}/people/${encodeURIComponent(patientId)}`,
            { outcome },
            { method: "PUT" },
          )
        ).data,
      onSuccess: (recall, _sent, _before, { client }) => {
        client.setQueryData(recallQueries.one(id).queryKey, recall);
        return client.invalidateQueries({ queryKey: peopleKey(id) });
      },
    }),
  /** What wearers are to be told. */
  instruct: (id: string) =>
    mutationOptions({
      meta: { changes: [recallQueries.one(id).queryKey] },
      mutationFn: async (instruction: RecallInstruction) =>
        (await sendJson<Recall>(pathOf(id), { instruction }, { method: "PATCH" })).data,
      onSuccess: (recall, _sent, _before, { client }) => {
        client.setQueryData(recallQueries.one(id).queryKey, recall);
      },
    }),
  remove: (id: string) =>
    mutationOptions({
      meta: { changes: [recallQueries.all.queryKey] },
      mutationFn: async () => (await sendJson<RecallList>(pathOf(id), {}, { method: "DELETE" })).data,
      onSuccess: (left, _sent, _before, { client }) => {
        client.setQueryData(recallQueries.all.queryKey, left);
      },
    }),
};
