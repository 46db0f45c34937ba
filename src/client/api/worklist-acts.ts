import { infiniteQueryOptions, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { ReviewFigures } from "#contract/review-figures.ts";
import type { ListedPatient, PatientReasons, RosterPage } from "#contract/roster.ts";
import type { WorklistEntry } from "#contract/worklist.ts";
import type { MarkedPatient, NewHandOver, PatientNotes, ReviewedPatient } from "#contract/worklist-acts.ts";
import { minuteMs } from "#glucose/time.ts";
import { realMs } from "../clock.ts";
import { getJson, sendJson } from "../http.ts";
import { pathOf, patientKeys, reasonsKey } from "./patients.ts";

const notesKey = (id: string) => [...patientKeys.one, id, "notes"];

const marksKey = (id: string) => [...patientKeys.one, id, "marks"];

export const worklistQueries = {
  /** What stands of one patient's row, as the list has it of each of its own. */
  marks: (id: string) =>
    queryOptions({
      queryKey: marksKey(id),
      queryFn: ({ signal }) => getJson<MarkedPatient>(pathOf(id, "/marks"), signal),
      refetchInterval: () => realMs(minuteMs / 3),
    }),
  /** Why the list would have this patient looked at. */
  reasons: (id: string) =>
    queryOptions({
      queryKey: reasonsKey(id),
      queryFn: ({ signal }) => getJson<PatientReasons>(pathOf(id, "/reasons"), signal),
      refetchInterval: () => realMs(minuteMs),
    }),
  figures: queryOptions({
    queryKey: [...patientKeys.list, "review-figures"],
    queryFn: ({ signal }) => getJson<ReviewFigures>("/api/patients/review-figures", signal),
  }),
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

type State = WorklistEntry["state"];
type Reason = WorklistEntry["reasons"][number];

/**
 * Puts a row's marks, and what its state has turned into, wherever the row is cached. The lists, which may be in
 * another order now, are read anew when they would be anyhow: no row leaves the place where a hand is.
 */
function keepMarks(
  client: QueryClient,
  marked: MarkedPatient,
  turned: Partial<Record<State, State>> = {},
): void {
  const { patientId, marks } = marked;
  const changed = (row: ListedPatient): ListedPatient => {
    const { worklist } = row;
    const state = worklist && (turned[worklist.state] ?? worklist.state);
    // What was just reviewed is new to nobody.
    const known = (reason: Reason) => (state === "reviewed" ? { ...reason, isNew: false } : reason);
    return {
      ...row,
      marks,
      worklist: worklist && state && { ...worklist, state, reasons: worklist.reasons.map(known) },
    };
  };
  client.setQueryData(marksKey(patientId), marked);
  client.setQueriesData<RosterPage>(
    { queryKey: patientKeys.pages },
    (page) => page && { ...page, rows: page.rows.map((row) => (row.id === patientId ? changed(row) : row)) },
  );
  void client.invalidateQueries({ queryKey: patientKeys.list, refetchType: "none" });
}

/** Perhaps a colleague has done something meanwhile: what stands now is shown with the failure. */
const readMarks = (client: QueryClient, id: string) =>
  Promise.all([patientKeys.list, marksKey(id)].map((queryKey) => client.invalidateQueries({ queryKey })));

/** What stands of a row now, which is then shown wherever the row is. */
export async function readRowNow(client: QueryClient, id: string): Promise<MarkedPatient> {
  const marked = await client.fetchQuery({ ...worklistQueries.marks(id), staleTime: 0 });
  keepMarks(client, marked, marked.marks?.review ? {} : { reviewed: "open" });
  return marked;
}

const marksOf = (id: string) => ({ changes: [patientKeys.list, marksKey(id)] });

type Method = "PUT" | "DELETE";

/** `others`: of a review and of one that was taken back. */
export type Acted = MarkedPatient & Partial<Pick<ReviewedPatient, "others">>;

/** An act that changes a row's marks and nothing else. */
const act = <Sent>(
  id: string,
  part: string,
  request: (sent: Sent) => { method: Method; body?: object },
  turned?: Partial<Record<State, State>>,
) =>
  mutationOptions({
    meta: marksOf(id),
    mutationFn: async (sent: Sent) => {
      const { method, body = {} } = request(sent);
      return (await sendJson<Acted>(pathOf(id, part), body, { method })).data;
    },
    onSuccess: (
      marked,
      _sent,
      _before,
      { client }, // A colleague's review that stands beside the one taken back leaves the row where it is.
    ) => keepMarks(client, marked, marked.others?.length ? {} : turned),
    onError: (_error, _sent, _before, { client }) => readMarks(client, id),
  });

const noteChanged = (id: string, client: QueryClient, marked: MarkedPatient) => {
  keepMarks(client, marked);
  return client.invalidateQueries({ queryKey: notesKey(id) });
};

export const worklistMutations = {
  /** `seen` is the number of the review that the row showed. */
  review: (id: string) =>
    mutationOptions({
      meta: marksOf(id),
      mutationFn: async ({ seen }: { seen: number | null }) =>
        (await sendJson<ReviewedPatient>(pathOf(id, "/review"), { seen })).data,
      onSuccess: (reviewed, _sent, _before, { client }) => keepMarks(client, reviewed, { open: "reviewed" }),
      onError: (_error, _sent, _before, { client }) => readMarks(client, id),
    }),
  undoReview: (id: string) =>
    act<{ number: number }>(id, "/review", (body) => ({ method: "DELETE", body }), { reviewed: "open" }),
  /** Null ends it. */
  snooze: (id: string) =>
    act<{ untilMs: number | null; untilWorse: boolean } | null>(id, "/snooze", (body) =>
      body ? { method: "PUT", body } : { method: "DELETE" },
    ),
  /** Null ends it. */
  handOver: (id: string) =>
    act<NewHandOver | null>(id, "/hand-over", (body) =>
      body ? { method: "PUT", body } : { method: "DELETE" },
    ),
  addNote: (id: string) =>
    mutationOptions({
      meta: { changes: [...marksOf(id).changes, notesKey(id)] },
      mutationFn: async (text: string) =>
        (await sendJson<MarkedPatient>(pathOf(id, "/notes"), { text })).data,
      onSuccess: (marked, _text, _before, { client }) => noteChanged(id, client, marked),
    }),
  removeNote: (id: string) =>
    mutationOptions({
      meta: { changes: [...marksOf(id).changes, notesKey(id)] },
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
