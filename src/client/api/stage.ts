import { queryOptions } from "@tanstack/react-query";
import type { ImportJob, ImportList } from "#contract/import.ts";
import type { Patient } from "#contract/patient.ts";
import type { Recall, RecallInstruction, RecallList } from "#contract/recalls.ts";
import type { ListedPatient } from "#contract/roster.ts";
import { call, getJson, sendFile, sendJson } from "../http.ts";

/** The sandbox's clock and faults. Only a server that is the sandbox's has these addresses. */
export interface StageClock {
  readonly nowMs: number;
  readonly speed: number;
  readonly seed: number;
  readonly startMs: number;
}

type ClockTurn =
  | { readonly speed: number }
  | { readonly forwardMs: number }
  | { readonly toMs: number }
  | { readonly toNextLow: string | null };

const clockPath = "/api/stage/clock";
const faultsPath = "/api/stage/faults";
const lookEveryMs = 5000;

export const readClock = () => getJson<StageClock>(clockPath);

/** `low`: whose the next one is. */
export const setClock = async (turn: ClockTurn) =>
  (await sendJson<StageClock & { low?: { partnerUid: string } }>(clockPath, turn)).data;

/** Whether the platform answers, or is told not to. */
export async function setOutage(isToBe: boolean): Promise<void> {
  await call(faultsPath, { method: "DELETE" });
  if (isToBe) await sendJson(faultsPath, { kind: "outage" });
}

export const beginScene = (scene: { seed: number; startMs: number; clockMs: number; speed: number }) =>
  sendJson("/api/stage/scene", scene);

/** How the sandbox stands: two presenters see the same. */
export const stageQuery = queryOptions({
  queryKey: ["stage"],
  queryFn: async () => {
    const [clock, { active }] = await Promise.all([
      readClock(),
      getJson<{ active: { kind: string }[] }>(faultsPath),
    ]);
    return { clock, isOut: active.some(({ kind }) => kind === "outage") };
  },
  refetchInterval: lookEveryMs,
  staleTime: 0,
  retry: false,
});

/** What the product itself is asked, to have there what a scene is about. */
export const making = {
  lookUp: async (partnerUid: string) =>
    (await sendJson<{ patient: Patient | null }>("/api/patients/lookup", { partnerUid })).data.patient,
  patient: (id: string) => getJson<Patient>(`/api/patients/${id}`),
  register: (patient: Partial<Patient>) => sendJson("/api/patients", patient),
  imports: async () => (await getJson<ImportList>("/api/imports")).imports,
  importJob: (id: string) => getJson<ImportJob>(`/api/imports/${id}`),
  addImport: (file: File) => sendFile<ImportJob>("/api/imports", file),
  startImport: (id: string) => sendJson(`/api/imports/${id}/start`, {}),
  listed: async () => (await sendJson<{ rows: ListedPatient[] }>("/api/patients/search", {})).data.rows,
  recalls: async () => (await getJson<RecallList>("/api/recalls")).recalls,
  addRecall: (file: File) => sendFile<Recall>("/api/recalls", file),
  instruct: (id: string, instruction: RecallInstruction) =>
    sendJson(`/api/recalls/${id}`, { instruction }, { method: "PATCH" }),
  beginRecall: (id: string, name: string) => sendJson(`/api/recalls/${id}/begin`, { name }),
  /** The server keeps it for when the platform does not answer. */
  read: (id: string, startMs: number, endMs: number) =>
    getJson(`/api/patients/${id}/readings?start=${startMs}&end=${endMs}`),
  summary: (id: string) => getJson(`/api/patients/${id}/summary`),
};
