import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import pLimit from "p-limit";
import type { LookedUpPatient, MergedPatients, Patient } from "#contract/patient.ts";
import type { NewPatient, PatientChange } from "#contract/patient-change.ts";
import { uidMaxLength } from "#contract/patient-limits.ts";
import type {
  ListedPatient,
  PatientRanges,
  PatientReasons,
  PatientSummary,
  RosterFacets,
  RosterPage,
} from "#contract/roster.ts";
import type { RosterQuery } from "#contract/roster-query.ts";
import type { WorklistEntry } from "#contract/worklist.ts";
import { type TargetChoice, targetKey } from "#glucose/targets.ts";
import { hourMs, minuteMs } from "#glucose/time.ts";
import { now, realMs } from "../clock.ts";
import { getJson, sendJson } from "../http.ts";

export const pageSize = 50;
const mostOffered = 8;
const rangesShownMs = hourMs;

/** Which patients are listed and in which order. */
export type ListView = Pick<RosterQuery, "filter" | "sort" | "down"> & {
  days?: RosterQuery["days"] | undefined;
};

/** A browser opens six connections to a server: the list's rows leave two to the list itself. */
const atOnce = pLimit(4);

export const pathOf = (id: string, part = "") => `/api/patients/${encodeURIComponent(id)}${part}`;

/** Asked by POST, so that no name stands in an address. */
const search = async (query: Partial<RosterQuery>, signal: AbortSignal): Promise<RosterPage> =>
  (await sendJson<RosterPage>("/api/patients/search", query, { signal })).data;

/** What is known of single patients; the list and what is found in it; who is seen today. */
export const patientKeys = {
  one: ["patient"],
  list: ["patients"],
  pages: ["patients", "page"],
  appointments: ["appointments"],
};

export const reasonsKey = (id: string) => [...patientKeys.one, id, "reasons"];

/**
 * The row with what the summary says of it where that was read later: reasons and value are of one reading. Its
 * state, and its place in a published list, stay those of the list.
 */
export function renewedRow(row: ListedPatient, summary: PatientSummary | undefined): ListedPatient {
  const { worklist } = row;
  const listed = summary?.listed;
  if (!listed?.worklist || listed.worklist.asOfMs <= (worklist?.asOfMs ?? 0)) return row;
  return { ...row, ...listed, worklist: { ...listed.worklist, ...(worklist && kept(worklist)) } };
}
const kept = ({ state, published }: WorklistEntry) => ({ state, ...(published && { published }) });

const renewedPage = (
  page: RosterPage,
  summaryOf: (id: string) => PatientSummary | undefined,
): RosterPage => ({
  ...page,
  rows: page.rows.map((row) => renewedRow(row, summaryOf(row.id))),
});

/** Gives the reasons of a summary that has just come to the patient's page and to the lists they are in. */
function keepListed(client: QueryClient, id: string, summary: PatientSummary): void {
  const { listed } = summary;
  if (!listed) return;
  client.setQueryData<PatientReasons>(reasonsKey(id), (known) => known && listed);
  const [known] = client
    .getQueriesData<RosterPage>({ queryKey: patientKeys.pages })
    .flatMap(([, page]) => page?.rows.find((row) => row.id === id) ?? []);
  // Filters go by the stage: who has another one now may be in the wrong list.
  if (known?.status && listed.status && known.status.stage !== listed.status.stage)
    void client.invalidateQueries({ queryKey: patientKeys.list });
  client.setQueriesData<RosterPage>({ queryKey: patientKeys.pages }, (page) =>
    page?.rows.some((row) => row.id === id)
      ? renewedPage(page, (of) => (of === id ? summary : undefined))
      : page,
  );
}

/** How a patient is now: the head of their page, and the live part of their row. */
const summary = (id: string) =>
  queryOptions({
    queryKey: [...patientKeys.one, id, "summary"],
    queryFn: async ({ signal, client }) => {
      const found = await atOnce(() => getJson<PatientSummary>(pathOf(id, "/summary"), signal));
      keepListed(client, id, found);
      return found;
    },
    refetchInterval: () => realMs(minuteMs),
  });

/** The first few who match, archived ones left out, and how many there are. */
const found = (q: string) =>
  queryOptions({
    queryKey: [...patientKeys.list, "matching", q],
    queryFn: ({ signal }) => search({ q, limit: mostOffered }, signal),
    enabled: q !== "",
  });

export const patientQueries = {
  detail: (id: string) =>
    queryOptions({
      queryKey: [...patientKeys.one, id],
      queryFn: ({ signal }) => getJson<Patient>(pathOf(id), signal),
    }),
  /** The records that have become a part of this one. */
  merged: (id: string) =>
    queryOptions({
      queryKey: [...patientKeys.one, id, "merged"],
      queryFn: async ({ signal }) => (await getJson<MergedPatients>(pathOf(id, "/merged"), signal)).patients,
    }),
  summary,
  /** The same on the patient's own page: while the first reading is awaited it follows more closely. */
  followedSummary: (id: string) =>
    queryOptions({
      ...summary(id),
      refetchInterval: ({ state }) => realMs(state.data?.stage === "reading" ? minuteMs : minuteMs / 4),
    }),
  /**
   * Fourteen days change little in an hour; until then what the list brought
   * serves. Other targets make other shares.
   */
  ranges: (id: string, targets: TargetChoice) =>
    queryOptions({
      queryKey: [...patientKeys.one, id, "ranges", targetKey(targets)],
      queryFn: ({ signal }) => atOnce(() => getJson<PatientRanges>(pathOf(id, "/ranges"), signal)),
      staleTime: rangesShownMs,
    }),
  /** One page of those who match. */
  page: (view: ListView, q: string, page: number) =>
    queryOptions({
      queryKey: [...patientKeys.pages, view, q, page],
      queryFn: async ({ signal, client }) => {
        const found = await search({ ...view, q, limit: pageSize, offset: page * pageSize }, signal);
        // A summary may have come while the page was on its way.
        return renewedPage(found, (id) => client.getQueryData(summary(id).queryKey));
      },
      // A patient who was just registered is in the list as soon as it is opened again.
      staleTime: 0,
      structuralSharing: false,
    }),
  /** Two pages of them from any place on. */
  stretch: (view: ListView, q: string, offset: number) =>
    queryOptions({
      queryKey: [...patientKeys.list, "stretch", view, q, offset],
      queryFn: ({ signal }) => search({ ...view, q, limit: 2 * pageSize, offset }, signal),
      structuralSharing: false,
    }),
  /** The first `most` of a view, for a screen that stands open. */
  first: (view: ListView, most: number) =>
    queryOptions({
      queryKey: [...patientKeys.list, "first", view, most],
      queryFn: ({ signal }) => search({ ...view, limit: most }, signal),
      refetchInterval: () => realMs(5 * minuteMs),
      structuralSharing: false,
    }),
  /** The first `most` of those who match, for paper. */
  printed: (view: ListView, q: string, most: number) =>
    queryOptions({
      queryKey: [...patientKeys.list, "printed", view, q],
      queryFn: async ({ signal }) => {
        const { readWholeList } = await import("./whole-list.ts");
        return (await readWholeList(view, q, most, signal)).rows;
      },
      staleTime: minuteMs,
      structuralSharing: false,
    }),
  found,
  matching: (q: string) => queryOptions({ ...found(q), select: ({ rows }) => rows }),
  /** What there is to filter by, tags among it. */
  facets: queryOptions({
    queryKey: [...patientKeys.list, "facets"],
    queryFn: ({ signal }) => getJson<RosterFacets>("/api/patients/facets", signal),
    staleTime: minuteMs,
  }),
  /** The same while the list is on screen. */
  liveFacets: () =>
    queryOptions({
      ...patientQueries.facets,
      refetchInterval: ({ state }) => realMs(state.data?.unchecked === 0 ? minuteMs : minuteMs / 4),
    }),
  /** Who has a partner user ID here already. Asked by POST, so that no ID stands in an address. */
  lookup: (partnerUid: string) =>
    queryOptions({
      // Not of the list: what was just registered must not be called taken on the form that registered it.
      queryKey: ["lookup", partnerUid],
      queryFn: async ({ signal }) =>
        (await sendJson<LookedUpPatient>("/api/patients/lookup", { partnerUid }, { signal })).data,
      enabled: partnerUid !== "" && partnerUid.length <= uidMaxLength,
    }),
};

/** Whether the shares that came with the list are too old to stand. */
export const isOutdated = (endMs: number | undefined): boolean =>
  endMs === undefined || now() - endMs > rangesShownMs;

/**
 * Puts a changed record wherever it is cached; the lists, which may be in another order now, are read anew.
 */
function keepChanged(client: QueryClient, changed: Patient): void {
  const { id, targets } = changed;
  client.setQueryData(patientQueries.detail(id).queryKey, changed);
  client.setQueryData(patientQueries.summary(id).queryKey, (known) => known && { ...known, targets });
  // Shares of time are shown for the targets of the row only: with the old ones those of before
  // would stand until the list has come.
  client.setQueriesData<RosterPage>(
    { queryKey: patientKeys.pages },
    (page) =>
      page && { ...page, rows: page.rows.map((row) => (row.id === id ? { ...row, ...changed } : row)) },
  );
  void client.invalidateQueries({ queryKey: patientKeys.list });
  void client.invalidateQueries({ queryKey: patientKeys.appointments });
}

export const patientMutations = {
  /** `isNew` is false where this partner user ID was here before: then nothing has changed. */
  register: mutationOptions({
    mutationKey: [...patientKeys.list, "register"],
    meta: { changes: [patientKeys.list] },
    mutationFn: async (body: NewPatient) => {
      const { status, data } = await sendJson<Patient>("/api/patients", body);
      return { patient: data, isNew: status !== 200 };
    },
    onSuccess: (_registered, _body, _before, { client }) => {
      void client.invalidateQueries({ queryKey: patientKeys.list });
    },
  }),
  change: (id: string) =>
    mutationOptions({
      meta: { changes: [[...patientKeys.one, id], patientKeys.list, patientKeys.appointments] },
      mutationFn: async (body: PatientChange) =>
        (await sendJson<Patient>(pathOf(id), body, { method: "PATCH" })).data,
      onSuccess: (changed, _body, _before, { client }) => keepChanged(client, changed),
      // Perhaps a colleague has changed it meanwhile: what is kept now is shown with the failure.
      onError: (_error, _body, _before, { client }) =>
        Promise.all([
          client.invalidateQueries({ ...patientQueries.detail(id), exact: true }),
          client.invalidateQueries(patientQueries.merged(id)),
        ]),
    }),
  /** Makes a record a part of another one, or with null a record of its own again. */
  merge: mutationOptions({
    meta: { changes: [patientKeys.one, patientKeys.list] },
    mutationFn: ({ id, into }: { id: string; into: string | null }) =>
      sendJson(pathOf(id, "/merged-into"), { into }, { method: "PUT" }),
    onSuccess: (_merged, _sent, _before, { client }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: patientKeys.one }),
        client.invalidateQueries({ queryKey: patientKeys.list }),
      ]),
  }),
};
