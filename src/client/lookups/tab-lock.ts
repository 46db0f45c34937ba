/** A lock that one tab of this browser holds while it works; a browser without locks lets every tab work. */
export function createTabLock(name: string) {
  const { locks } = navigator as Partial<Navigator>;
  let isHolding = false;
  let working = Promise.resolve();
  return {
    isHeld: async () => (await locks?.query())?.held?.some((held) => held.name === name) ?? false,
    /** Calls back once no tab holds it, or the one that did is closed. */
    whenFree: async (act: () => void) => {
      await locks?.request(name, act);
    },
    /**
     * Works under the lock, unless another tab has it. What this tab begins while it holds the lock lengthens
     * that hold: then the answer is false, as it is without locks.
     */
    hold: async (work: () => Promise<void>, onRefused: () => void): Promise<boolean> => {
      if (!locks || isHolding) {
        working = work();
        await working;
        return false;
      }
      await locks.request(name, { ifAvailable: true }, async (lock) => {
        if (!lock) return onRefused();
        isHolding = true;
        try {
          working = work();
          let ended: Promise<void>;
          do {
            ended = working;
            await ended;
          } while (ended !== working);
        } finally {
          isHolding = false;
        }
      });
      return true;
    },
  };
}
