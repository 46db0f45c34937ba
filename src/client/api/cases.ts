import { infiniteQueryOptions, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { CaseState } from "#contract/case-fields.ts";
import type {
  CaseChange,
  CaseList,
  CasePdfQuery,
  CasesAbout,
  CasesAboutSensor,
  ExportedCases,
  NewCall,
  NewCase,
  SensorCase,
} from "#contract/cases.ts";
import { minuteMs } from "#glucose/time.ts";
import { getJson, sendJson } from "../http.ts";
import { pathOf as pathOfPatient, patientKeys } from "./patients.ts";
import { readPdf } from "./pdf.ts";

const pathOf = (id: string, part = "") => `/api/cases/${encodeURIComponent(id)}${part}`;
const listsKey = ["cases", "list"];
const aboutKey = ["cases", "about"];
const oneKey = (id: string) => ["cases", "one", id];
const ofPatientKey = [...patientKeys.one, "cases"];

export interface CaseFilter {
  state?: CaseState;
  q: string;
}

export const caseQueries = {
  one: (id: string) =>
    queryOptions({
      queryKey: oneKey(id),
      queryFn: ({ signal }) => getJson<SensorCase>(pathOf(id), signal),
      staleTime: 0,
    }),
  ofSensor: (serial: string) =>
    queryOptions({
      queryKey: [...aboutKey, serial],
      queryFn: ({ signal }) =>
        getJson<CasesAboutSensor>(`/api/devices/${encodeURIComponent(serial)}/cases`, signal),
      staleTime: minuteMs,
    }),
  ofPatient: (id: string) =>
    queryOptions({
      queryKey: [...ofPatientKey, id],
      queryFn: ({ signal }) => getJson<CasesAbout>(pathOfPatient(id, "/cases"), signal),
      staleTime: minuteMs,
    }),
  /** Asked by POST: what somebody types may be a name, and stands in no address. */
  list: (filter: CaseFilter) =>
    infiniteQueryOptions({
      queryKey: [...listsKey, filter],
      queryFn: async ({ pageParam: before, signal }) =>
        (await sendJson<CaseList>("/api/cases/search", { ...filter, ...(before && { before }) }, { signal }))
          .data,
      initialPageParam: null as string | null,
      getNextPageParam: ({ next }) => next,
      staleTime: 0,
    }),
};

/** All that are found, whole, for a file. */
export async function readWholeCases(filter: CaseFilter): Promise<SensorCase[]> {
  const cases: SensorCase[] = [];
  for (let before: string | null | undefined; before !== null; ) {
    const sent = { ...filter, ...(before && { before }) };
    const { data }: { data: ExportedCases } = await sendJson<ExportedCases>("/api/cases/export", sent);
    cases.push(...data.cases);
    before = data.next;
  }
  return cases;
}

/** As a PDF file, which the server makes. */
export const readCasePdf = (id: string, asked: CasePdfQuery): Promise<Blob> =>
  readPdf(pathOf(id, `/pdf?${new URLSearchParams(asked)}`));

const changed = [listsKey, aboutKey, ofPatientKey];

/** What else shows a case is asked for anew. */
function keep(client: QueryClient, kept: SensorCase): Promise<unknown> {
  client.setQueryData(oneKey(kept.id), kept);
  return Promise.all(changed.map((queryKey) => client.invalidateQueries({ queryKey })));
}

export const caseMutations = {
  open: mutationOptions({
    meta: { changes: changed },
    mutationFn: async (given: NewCase) => (await sendJson<SensorCase>("/api/cases", given)).data,
    onSuccess: (kept, _given, _before, { client }) => keep(client, kept),
  }),
  change: (id: string) =>
    mutationOptions({
      meta: { changes: [...changed, oneKey(id)] },
      mutationFn: async (change: CaseChange) =>
        (await sendJson<SensorCase>(pathOf(id), change, { method: "PATCH" })).data,
      onSuccess: (kept, _change, _before, { client }) => keep(client, kept),
      // Perhaps a colleague has changed it meanwhile: what is kept now is shown with the failure.
      onError: (_error, _change, _before, { client }) => client.invalidateQueries({ queryKey: oneKey(id) }),
    }),
  addCall: (id: string) =>
    mutationOptions({
      meta: { changes: [...changed, oneKey(id)] },
      mutationFn: async (call: NewCall) => (await sendJson<SensorCase>(pathOf(id, "/calls"), call)).data,
      onSuccess: (kept, _call, _before, { client }) => keep(client, kept),
    }),
};
