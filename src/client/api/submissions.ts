import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { NewStandingOrder, NewSubmission, PatientSubmissions } from "#contract/submissions.ts";
import { minuteMs } from "#glucose/time.ts";
import { realMs } from "../clock.ts";
import { getJson, sendJson } from "../http.ts";

const pathOf = (patientId: string) => `/api/patients/${encodeURIComponent(patientId)}`;
const underWayMs = 2000;

export const submissionQueries = {
  /** Renewed while on screen, soon while something is under way. */
  of: (patientId: string) =>
    queryOptions({
      queryKey: ["submissions", patientId],
      queryFn: ({ signal }) => getJson<PatientSubmissions>(`${pathOf(patientId)}/submissions`, signal),
      staleTime: 0,
      refetchInterval: ({ state: { data } }) =>
        data?.isOn && data.submissions.some(({ state }) => state === "waiting")
          ? underWayMs
          : realMs(minuteMs),
    }),
};

const changing = (patientId: string) => ({
  // An answer from before the change would show what is no longer so.
  onMutate: (_sent: unknown, { client }: { client: QueryClient }) =>
    client.cancelQueries(submissionQueries.of(patientId)),
  onSuccess: (
    answer: PatientSubmissions,
    _sent: unknown,
    _before: unknown,
    { client }: { client: QueryClient },
  ) => {
    client.setQueryData(submissionQueries.of(patientId).queryKey, answer);
  },
});

const send = async (path: string, body: object, method: "POST" | "DELETE" = "POST") =>
  (await sendJson<PatientSubmissions>(path, body, { method })).data;

export const submissionMutations = {
  send: (patientId: string) =>
    mutationOptions({
      ...changing(patientId),
      mutationFn: (asked: NewSubmission | NewStandingOrder) =>
        send(`${pathOf(patientId)}/${"every" in asked ? "standing-orders" : "submissions"}`, asked),
    }),
  again: (patientId: string, id: string) =>
    mutationOptions({
      ...changing(patientId),
      mutationFn: () => send(`${pathOf(patientId)}/submissions/${id}/again`, {}),
    }),
  cancel: (patientId: string, id: string) =>
    mutationOptions({
      ...changing(patientId),
      mutationFn: () => send(`${pathOf(patientId)}/submissions/${id}/cancel`, {}),
    }),
  stop: (patientId: string, orderId: string) =>
    mutationOptions({
      ...changing(patientId),
      mutationFn: () => send(`${pathOf(patientId)}/standing-orders/${orderId}`, {}, "DELETE"),
    }),
};
