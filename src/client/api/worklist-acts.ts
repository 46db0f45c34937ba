import { infiniteQueryOptions, mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { Receiver } from "#contract/patient-marks.ts";
import type { RosterPage } from "#contract/roster.ts";
import type { MarkedPatient, PatientNotes, ReviewedPatient } from "#contract/worklist-acts.ts";
import { getJson, sendJson } from "../http.ts";
import { pathOf, patientKeys } from "./patients.ts";

const notesKey = (id: string) => [...patientKeys.one, id, "notes"];

export const worklistQueries = {
  /** Page by page, the newest first. */
  notes: (id: string) =>
    infiniteQueryOptions({
      queryKey: notesKey(id),
      queryFn: ({ pageParam, signal }) =>
        getJson<PatientNotes>(
          pathOf(id, `/notes${pageParam ? `?before=${encodeURIComponent(pageParam)}` : ""}`),
          signal,
        ),
      initialPageParam: null as string | null,
      getNextPageParam: ({ next }) => next,
    }),
};

/** Puts a row's marks wherever the row is cached; the lists, which may be in another order now, are read anew. */
function keepMarks(client: QueryClient, { patientId, marks }: MarkedPatient): void {
  client.setQueriesData<RosterPage>(
    { queryKey: patientKeys.pages },
    (page) =>
      page && { ...page, rows: page.rows.map((row) => (row.id === patientId ? { ...row, marks } : row)) },
  );
  void client.invalidateQueries({ queryKey: patientKeys.list });
}

const refreshList = (client: QueryClient) => client.invalidateQueries({ queryKey: patientKeys.list });

type Method = "PUT" | "DELETE";

/** An act that changes a row's marks and nothing else. */
const act = <Sent>(id: string, part: string, request: (sent: Sent) => { method: Method; body?: object }) =>
  mutationOptions({
    meta: { changes: [patientKeys.list] },
    mutationFn: async (sent: Sent) => {
      const { method, body = {} } = request(sent);
      return (await sendJson<MarkedPatient>(pathOf(id, part), body, { method })).data;
    },
    onSuccess: (marked, _sent, _before, { client }) => keepMarks(client, marked),
    // Perhaps a colleague has done something meanwhile: what stands now is shown with the failure.
    onError: (_error, _sent, _before, { client }) => refreshList(client),
  });

const noteChanged = (id: string, client: QueryClient, marked: MarkedPatient) => {
  keepMarks(client, marked);
  return client.invalidateQueries({ queryKey: notesKey(id) });
};

export const worklistMutations = {
  /** `seen` is the number of the review that the row showed. */
  review: (id: string) =>
    mutationOptions({
      meta: { changes: [patientKeys.list] },
      mutationFn: async ({ seen }: { seen: number | null }) =>
        (await sendJson<ReviewedPatient>(pathOf(id, "/review"), { seen })).data,
      onSuccess: (reviewed, _sent, _before, { client }) => keepMarks(client, reviewed),
      onError: (_error, _sent, _before, { client }) => refreshList(client),
    }),
  undoReview: (id: string) => act<{ number: number }>(id, "/review", (body) => ({ method: "DELETE", body })),
  /** Null ends it. */
  snooze: (id: string) =>
    act<{ untilMs: number | null; untilWorse: boolean } | null>(id, "/snooze", (body) =>
      body ? { method: "PUT", body } : { method: "DELETE" },
    ),
  /** Null ends it. */
  handOver: (id: string) =>
    act<Receiver | null>(id, "/hand-over", (to) =>
      to ? { method: "PUT", body: { to } } : { method: "DELETE" },
    ),
  addNote: (id: string) =>
    mutationOptions({
      meta: { changes: [patientKeys.list, notesKey(id)] },
      mutationFn: async (text: string) =>
        (await sendJson<MarkedPatient>(pathOf(id, "/notes"), { text })).data,
      onSuccess: (marked, _text, _before, { client }) => noteChanged(id, client, marked),
    }),
  removeNote: (id: string) =>
    mutationOptions({
      meta: { changes: [patientKeys.list, notesKey(id)] },
      mutationFn: async (noteId: string) =>
        (
          await sendJson<MarkedPatient>(
            pathOf(id, `/notes/${encodeURIComponent(noteId)}`),
            {},
            {
              method: "DELETE",
            },
          )
        ).data,
      onSuccess: (marked, _noteId, _before, { client }) => noteChanged(id, client, marked),
      // It was removed meanwhile in another window.
      onError: (_error, _noteId, _before, { client }) => client.invalidateQueries({ queryKey: notesKey(id) }),
    }),
};
