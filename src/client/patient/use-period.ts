import type { Patient } from "#contract/patient.ts";
import { useNow } from "../clock.ts";
import { useCurve } from "./use-curve.ts";
import { useHeldPeriod } from "./use-held-period.ts";
import { usePeriodAddress } from "./use-period-address.ts";
import { usePeriodData } from "./use-period-data.ts";
import { usePeriodReads } from "./use-period-reads.ts";
import { useShownWindow } from "./use-shown-window.ts";

/** The period in the address: what was read of it, what follows from that, and which part of it the curve shows. */
export function usePeriod(patient: Pick<Patient, "id" | "timeZone" | "targets">) {
  const nowMs = useNow();
  const address = usePeriodAddress(patient.timeZone, nowMs);
  const held = useHeldPeriod(patient.id, address.period);
  const reads = usePeriodReads(patient, held.period, nowMs);
  const { data, gaps, areLivesPending } = usePeriodData(patient, reads);
  const { chosen, window } = useShownWindow(patient.id, address, data, gaps, nowMs);
  const curve = useCurve({ chosen, data, nowMs, setWindow: address.setWindow });
  const isLoading = reads.isOfAnother || areLivesPending;
  return { nowMs, address, held, reads, data, gaps, chosen, window, curve, isLoading };
}
