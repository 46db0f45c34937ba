import { setImmediate as nextTurn } from "node:timers/promises";
import type { PatientStore } from "../store/patients.ts";
import type { KeptLimits, LimitsStore } from "../store/worklist-limits.ts";
import { createJudged, type Judged } from "./judged.ts";
import type { Members } from "./members.ts";

/** So many are judged anew at once; a longer list in the background. */
const mostAtOnce = 2000;
/** Of a list that is judged anew while others work with it: some tens of milliseconds at a time. */
const judgedAtOnce = 400;

/**
 * Judges the members by the limits that the clinic has set, which another server may have changed. Answers
 * with null while those that they are judged by hold, or others are not through; rejects once where they
 * could not be read; else the members are judged
 * by the new ones, and what was changed after `throughSeq` is to be put again.
 */
export function createFollowLimits(
  members: Members,
  store: Pick<PatientStore, "changedAfter">,
  limits: Pick<LimitsStore, "read">,
  now: () => number,
): (readSeq: number) => Promise<{ throughSeq: number } | null> {
  /** The limits that the list is judged by, or will be. */
  let wanted = members.judged().by;
  /** The list by those, of whatever was changed up to this number. */
  let judgedAnew: { judged: Judged; throughSeq: number } | null = null;
  let failure: unknown = null;

  /** While a large list is judged by other limits, the one that there is goes on being shown. */
  async function judgeAnew(by: KeptLimits, throughSeq: number): Promise<void> {
    const judged = createJudged(by, now);
    for (let seq = 0; seq < throughSeq && wanted === by; ) {
      const known = await store.changedAfter(seq, judgedAtOnce);
      for (const { row, figures, aroseMs } of known) {
        const member = members.memberOf(row.id);
        if (member !== undefined) judged.put(member, row, figures, aroseMs);
      }
      seq = known.at(-1)?.seq ?? throughSeq;
      await nextTurn();
    }
    if (wanted === by) judgedAnew = { judged, throughSeq };
  }

  return async (readSeq) => {
    if (failure !== null) {
      const error = failure;
      failure = null;
      // Begun again with the search after this one.
      wanted = members.judged().by;
      throw error;
    }
    const by = await limits.read();
    if (by.version !== wanted.version) {
      wanted = by;
      judgedAnew = null;
      if (members.rows.length <= mostAtOnce) judgedAnew = { judged: createJudged(by, now), throughSeq: 0 };
      else
        judgeAnew(by, readSeq).catch((error) => {
          if (wanted === by) failure = error;
        });
    }
    if (!judgedAnew) return null;
    const { judged, throughSeq } = judgedAnew;
    members.judgeBy(judged);
    judgedAnew = null;
    return { throughSeq };
  };
}
