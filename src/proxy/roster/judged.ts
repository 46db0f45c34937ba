import type { KeptLimits } from "../store/worklist-limits.ts";
import { createWorklist, type Worklist } from "./worklist.ts";

/** What of the members follows from the limits that the clinic has set. */
export interface Judged {
  readonly by: KeptLimits;
  readonly worklist: Worklist;
}

export const createJudged = (by: KeptLimits, now: () => number): Judged => ({
  by,
  worklist: createWorklist(by.limits, now),
});
