/** So many places, taken in the order of asking. */
export interface Places {
  /** False where all are taken. */
  tryEnter(): boolean;
  /** Waits for a place; rejects with the signal's reason when it aborts before. */
  enter(signal: AbortSignal): Promise<void>;
  leave(): void;
  /** How many wait. */
  readonly waiting: number;
}

export function createPlaces(most: number): Places {
  let taken = 0;
  const waiting = new Set<() => void>();
  return {
    tryEnter: () => {
      if (taken >= most) return false;
      taken += 1;
      return true;
    },
    enter: (signal) =>
      new Promise((entered, refused) => {
        const goAway = () => {
          waiting.delete(come);
          refused(signal.reason);
        };
        const come = () => {
          signal.removeEventListener("abort", goAway);
          entered();
        };
        if (signal.aborted) return refused(signal.reason);
        waiting.add(come);
        signal.addEventListener("abort", goAway, { once: true });
      }),
    leave: () => {
      const [next] = waiting;
      // The place goes on to who has waited longest.
      if (!next) taken -= 1;
      else if (waiting.delete(next)) next();
    },
    get waiting() {
      return waiting.size;
    },
  };
}
