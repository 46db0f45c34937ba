const minuteMs = 60_000;
/** Longer than any time between two looks at the clock, or two marks of it, while it runs. */
export const fullSpeedMs = minuteMs;
export const longestGapMs = 24 * 3_600_000;

/** What the sandbox's clock showed when the machine's showed that. */
export interface Mark {
  readonly clockMs: number;
  readonly machineMs: number;
}

export interface Clock {
  readonly speed: number;
  /** Never earlier than before. */
  now(): number;
  mark(): Mark;
}

/**
 * How far the sandbox's clock goes while the machine's goes this far: for a minute at its own speed,
 * then no faster than the machine's. Whoever runs asks far more often than once a minute; so only time
 * in which nobody watched, off or asleep, is not sped up.
 */
const passedMs = (machineMs: number, speed: number): number =>
  Math.min(machineMs, fullSpeedMs) * speed + Math.max(0, machineMs - fullSpeedMs);

/** About how long. */
export function lengthOf(ms: number): string {
  const minutes = Math.round(ms / minuteMs);
  const hours = Math.round(minutes / 60);
  if (minutes < 120) return `${minutes} minutes`;
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

/** The clock goes on from a mark of this run or of one before. */
export function createClock(
  from: Mark,
  speed: number,
  machineNow: () => number,
  warn: (words: string) => void,
): Clock {
  let { clockMs, machineMs } = from;
  function goOn(): void {
    const atMs = machineNow();
    const gapMs = atMs - machineMs;
    // Set right by seconds: the clock stands until the machine's has caught up.
    if (gapMs < 0 && gapMs >= -fullSpeedMs) return;
    if (gapMs < 0)
      warn(`The machine's clock went back by ${lengthOf(-gapMs)}; the sandbox's goes on where it was.`);
    else if (gapMs > longestGapMs)
      warn(
        `The machine's clock jumped ahead by ${lengthOf(gapMs)}; the sandbox's goes on as if it had been ${lengthOf(longestGapMs)}. To begin with the machine's time: npm run sandbox:reset`,
      );
    clockMs += passedMs(Math.min(Math.max(gapMs, 0), longestGapMs), speed);
    machineMs = atMs;
  }
  return {
    speed,
    now: () => {
      goOn();
      return Math.round(clockMs);
    },
    mark: () => {
      goOn();
      return { clockMs, machineMs };
    },
  };
}
