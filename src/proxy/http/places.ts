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

/** A stream that takes a place when somebody first reads it, and gives it back when there is no more or nobody reads on. */
export function inPlaceOf(places: Places, stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  const leaving = new AbortController();
  let isIn = false;
  const leave = () => {
    if (isIn) places.leave();
    isIn = false;
  };
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          if (!isIn && !places.tryEnter()) await places.enter(leaving.signal);
          isIn = true;
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          leave();
          controller.close();
        } catch (error) {
          leave();
          controller.error(error);
        }
      },
      cancel: (reason) => {
        leaving.abort(reason);
        leave();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
