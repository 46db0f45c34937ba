import type { RosterRow } from "#contract/roster.ts";
import type { GlucoseFigures } from "#glucose/figures.ts";
import type { PatientFigures } from "../store/patient-figures.ts";
import type { KeptLimits } from "../store/worklist-limits.ts";
import { createDeviceList, type DeviceList } from "./device-list.ts";
import { createWorklist, type Worklist } from "./worklist.ts";

/** What of the members follows from the limits that the clinic has set. */
export interface Judged {
  readonly by: KeptLimits;
  readonly worklist: Worklist;
  readonly devices: DeviceList;
  put(
    member: number,
    row: RosterRow,
    figures: GlucoseFigures | null,
    aroseMs: PatientFigures["aroseMs"],
  ): void;
}

export function createJudged(by: KeptLimits, now: () => number): Judged {
  const worklist = createWorklist(by.limits, now);
  const devices = createDeviceList(by.limits, now);
  return {
    by,
    worklist,
    devices,
    put: (member, row, figures, aroseMs) => {
      worklist.put(member, row, figures);
      devices.put(member, row, figures, aroseMs);
    },
  };
}
