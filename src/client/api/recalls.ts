import { infiniteQueryOptions, mutationOptions, queryOptions } from "@tanstack/react-query";
import { mostRecallPeople } from "#contract/recall-limits.ts";
import type {
  ContactOutcome,
  DeviceRecall,
  PlacedSensor,
  Recall,
  RecallAnswers,
  RecallInstruction,
  RecallList,
  RecallPeople,
  RecallPerson,
  RecallWithoutWearer,
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

async function readAll<Item>(
  read: (offset: number) => Promise<{ items: Item[]; total: number }>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (;;) {
    const { items, total } = await read(all.length);
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

/** All of a recall, each once; somebody noted meanwhile may be missing where `open`. */
export const readAllPeople = (id: string, open: boolean): Promise<RecallPerson[]> =>
  readAll(async (offset) => {
    const { people, total } = await readPage(id, open, offset);
    return { items: people, total };
  });

const readWithoutWearer = (id: string, offset: number, signal?: AbortSignal) =>
  getJson<RecallWithoutWearer>(`${pathOf(id)}/without-wearer?offset=${offset}`, signal);

export const readAllWithoutWearer = (id: string): Promise<PlacedSensor[]> =>
  readAll(async (offset) => {
    const { sensors, total } = await readWithoutWearer(id, offset);
    return { items: sensors, total };
  });

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
  /** The first of those that nobody here is known to wear or to have worn. */
  withoutWearer: (id: string) =>
    queryOptions({
      queryKey: ["recalls", id, "without-wearer"],
      queryFn: ({ signal }) => readWithoutWearer(id, 0, signal),
      staleTime: 0,
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
  /** Nothing is begun by it; the answers are to what the same file asked before. */
  compare: mutationOptions({
    mutationFn: ({ file, answers }: { file: File; answers?: RecallAnswers }) =>
      sendFile<Recall>(
        `/api/recalls${answers ? `?${new URLSearchParams({ answers: JSON.stringify(answers) })}` : ""}`,
        file,
      ),
  }),
  begin: mutationOptions({
    meta: { changes: [recallQueries.all.queryKey] },
    mutationFn: async ({ id, name }: { id: string; name: string }) =>
      (await sendJson<Recall>(`${pathOf(id)}/begin`, { name })).data,
    onSuccess: (recall, _sent, _before, { client }) => {
      client.setQueryData(recallQueries.one(recall.id).queryKey, recall);
    },
  }),
  contact: (id: string) =>
    mutationOptions({
      meta: { changes: [recallQueries.one(id).queryKey] },
      mutationFn: async ({
        patientId,
        ...change
      }: {
        patientId: string;
        outcome: ContactOutcome | null;
        instructedAtMs?: number | null;
      }) =>
        (
          await sendJson<Recall>(`${pathOf(id)}/people/${encodeURIComponent(patientId)}`, change, {
            method: "PUT",
          })
        ).data,
      onSuccess: (recall, _sent, _before, { client }) => {
        client.setQueryData(recallQueries.one(id).queryKey, recall);
        return client.invalidateQueries({ queryKey: peopleKey(id) });
      },
      // What wearers are told may be another by now.
      onError: (_error, _sent, _before, { client }) => client.invalidateQueries(recallQueries.one(id)),
    }),
  /** What wearers are to be told. */
  instruct: (id: string) =>
    mutationOptions({
      meta: { changes: [recallQueries.one(id).queryKey] },
      mutationFn: async (change: { instruction: RecallInstruction; tellAgain: boolean }) =>
        (await sendJson<Recall>(pathOf(id), change, { method: "PATCH" })).data,
      onSuccess: (recall, _sent, _before, { client }) => {
        client.setQueryData(recallQueries.one(id).queryKey, recall);
        return client.invalidateQueries({ queryKey: peopleKey(id) });
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
