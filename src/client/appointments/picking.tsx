import { mostAppointments } from "#contract/appointment-limits.ts";
import type { AppointedPatient } from "#contract/appointments.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { PickPatient } from "../ui/pick-patient.tsx";

interface PickingProps {
  chosen: readonly AppointedPatient[];
  isPending: boolean;
  onAdd: (patient: AppointedPatient, onAdded: () => void) => void;
}

/** One by one. */
export function Picking({ chosen, isPending, onAdd }: PickingProps) {
  const t = useMessages("appointments");
  return (
    <section>
      <PickPatient
        label={t("pick")}
        isChosen={({ id }) => chosen.some((one) => one.id === id)}
        already={t("allChosen")}
        full={chosen.length >= mostAppointments ? t("dayFull", { most: mostAppointments }) : null}
        isPending={isPending}
        onPick={(patient) => {
          const { name, partnerUid } = patient;
          onAdd({ ...patient, isArchived: false }, () => announce(t("addedNamed", { name, partnerUid })));
        }}
      />
    </section>
  );
}
