import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Patient } from "#contract/patient.ts";
import { targetKey } from "#glucose/targets.ts";
import { patientMutations } from "../api/patients.ts";
import { useMessages } from "../i18n.ts";

/** Saves a patient's targets, and takes what was just saved here back again. */
export function useSaveTargets(patient: Patient) {
  const t = useMessages("patient", "targets");
  /** What was saved here last, as long as nobody has changed it since. */
  const [saved, setSaved] = useState<string | null>(null);
  const save = useMutation({
    ...patientMutations.change(patient.id),
    onSettled: (changed) => {
      if (changed) setSaved(targetKey(changed.targets));
    },
  });
  const back = useMutation(patientMutations.change(patient.id));
  const before = patient.targetsSet?.before;
  const undo = {
    isPending: back.isPending,
    error: back.error,
    start: () => {
      if (before === undefined) return;
      const why = typeof before === "string" ? {} : { targetsReason: t("targetsUndone") };
      const onSuccess = () => setSaved(null);
      back.mutate({ targets: before, ...why, from: { targets: patient.targets } }, { onSuccess });
    },
  };
  return { save, undo, isJustSaved: before !== undefined && saved === targetKey(patient.targets) };
}
