import { NativeSelect } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Patient, patient as patientSchema } from "#contract/patient.ts";
import { type TargetName, targetNames } from "#glucose/targets.ts";
import { sendJson } from "../http.ts";
import { useFailureWords } from "../ui/failure.tsx";
import { usePatientMessages } from "./messages.ts";
import { patientQueries } from "./queries.ts";

/** Whose range and goals this patient is held against. Kept with the patient, for every colleague. */
export function TargetsChoice({ patient }: { patient: Patient }) {
  const t = usePatientMessages();
  const queryClient = useQueryClient();
  const { queryKey } = patientQueries.detail(patient.id);
  const { mutate, error, isPending, variables } = useMutation({
    mutationFn: (targets: TargetName) =>
      sendJson(
        `/api/patients/${encodeURIComponent(patient.id)}`,
        { targets, from: { targets: patient.targets } },
        patientSchema,
        {
          method: "PATCH",
        },
      ),
    onSuccess: ({ data }) => queryClient.setQueryData(queryKey, data),
    // Perhaps a colleague chose meanwhile: what is kept now is shown with the failure.
    onError: () => queryClient.invalidateQueries({ queryKey, exact: true }),
  });
  return (
    <NativeSelect
      label={t("targets")}
      value={isPending ? variables : patient.targets}
      onChange={(event) => mutate(event.currentTarget.value as TargetName)}
      data={targetNames.map((value) => ({ value, label: t(`targets-${value}`) }))}
      error={error && <TargetsFailure error={error} />}
    />
  );
}

function TargetsFailure({ error }: { error: Error }) {
  const t = usePatientMessages();
  return `${t("targetsFailed")} ${useFailureWords(error).title}.`;
}
