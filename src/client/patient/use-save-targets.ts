import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Patient, type PatientChange, patient as patientSchema } from "#contract/patient.ts";
import { targetKey } from "#glucose/targets.ts";
import { sendJson } from "../http.ts";
import { patientQueries } from "./queries.ts";
import { useTargetsMessages } from "./targets-messages.ts";

/** Saves a patient's targets, and takes what was just saved here back again. */
export function useSaveTargets(patient: Patient) {
  const t = useTargetsMessages();
  const queryClient = useQueryClient();
  const { queryKey } = patientQueries.detail(patient.id);
  /** What was saved here last, as long as nobody has changed it since. */
  const [saved, setSaved] = useState<string | null>(null);
  const send = (body: PatientChange) =>
    sendJson(`/api/patients/${encodeURIComponent(patient.id)}`, body, patientSchema, { method: "PATCH" });
  const options = {
    meta: { changes: [["patient", patient.id], ["roster"]] },
    mutationFn: send,
    // Perhaps a colleague chose meanwhile: what is kept now is shown with the failure.
    onError: () => queryClient.invalidateQueries({ queryKey, exact: true }),
  };
  const keep = (data: Patient) => {
    queryClient.setQueryData(
      patientQueries.summary(patient.id).queryKey,
      (summary) => summary && { ...summary, targets: data.targets },
    );
    queryClient.setQueryData(queryKey, data);
    // The list's shares and its rows' targets are of before.
    void queryClient.invalidateQueries({ queryKey: ["roster"] });
  };
  const save = useMutation({
    ...options,
    onSuccess: ({ data }) => {
      keep(data);
      setSaved(targetKey(data.targets));
    },
  });
  const back = useMutation({
    ...options,
    onSuccess: ({ data }) => {
      keep(data);
      setSaved(null);
    },
  });
  const before = patient.targetsSet?.before;
  const undo = {
    isPending: back.isPending,
    error: back.error,
    start: () => {
      if (before === undefined) return;
      const why = typeof before === "string" ? {} : { targetsReason: t("targetsUndone") };
      back.mutate({ targets: before, ...why, from: { targets: patient.targets } });
    },
  };
  return { save, undo, isJustSaved: before !== undefined && saved === targetKey(patient.targets) };
}
