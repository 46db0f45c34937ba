/** From when on something holds, by member: what the clock alone changes, worked out ahead. */
export interface Moments {
  /** How many there are of each member. */
  readonly each: number;
  /** Sets a member's, ascending; those beyond `each` are left out. Answers with those that are kept. */
  put(member: number, fromMs: readonly number[]): readonly number[];
  /** The place, in a column with `each` places a member, of what holds at `nowMs`. */
  at(member: number, nowMs: number): number;
}

export function createMoments(each: number): Moments {
  const fromMs: number[] = [];
  return {
    each,
    put: (member, moments) => {
      for (let index = 0; index < each; index += 1)
        // The first moment holds since ever: a clock that is set back changes nothing.
        fromMs[member * each + index] =
          index === 0 ? Number.NEGATIVE_INFINITY : (moments[index] ?? Number.POSITIVE_INFINITY);
      return moments.slice(0, each);
    },
    at: (member, nowMs) => {
      const first = member * each;
      let at = first;
      while (at + 1 < first + each && (fromMs[at + 1] ?? Number.POSITIVE_INFINITY) <= nowMs) at += 1;
      return at;
    },
  };
}
