const minuteMs = 60_000;
/** Longer than any time between two looks at the clock, or two marks of it, while it runs. */
export const fullSpeedMs = minuteMs;
export const longestGapMs = 24 * 3_600_000;
const turnsKeptMs = 10 * minuteMs;
const mostTurns = 1000;

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
  setSpeed(speed: number): void;
  /** Forwards only. */
  jump(byMs: number): void;
  /** By how much it has gone on while the machine's went on by so much, at most: a request is that old when it arrives. */
  passedWithin(machineMs: number): number;
}

export const slowest = 1;
export const fastest = 1000;
export const isSpeed = (value: unknown): value is number =>
  typeof value === "number" && value >= slowest && value <= fastest;

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
  firstSpeed: number,
  machineNow: () => number,
  warn: (words: string) => void,
): Clock {
  let { clockMs, machineMs } = from;
  let speed = firstSpeed;
  /** What was done to it, with the speed before and the way of a jump, as long as somebody may ask. */
  let turns: { machineMs: number; speed: number; byMs: number }[] = [];
  function turn(byMs: number): void {
    goOn();
    turns = turns.filter((one) => machineMs - one.machineMs <= turnsKeptMs).slice(-mostTurns);
    turns.push({ machineMs, speed, byMs });
  }
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
    get speed() {
      return speed;
    },
    now: () => {
      goOn();
      return Math.round(clockMs);
    },
    mark: () => {
      goOn();
      return { clockMs, machineMs };
    },
    setSpeed(next) {
      turn(0);
      speed = next;
    },
    jump(byMs) {
      turn(byMs);
      clockMs += byMs;
    },
    passedWithin(withinMs) {
      goOn();
      const recent = turns.filter((one) => machineMs - one.machineMs <= withinMs);
      const most = Math.max(speed, ...recent.map((one) => one.speed));
      return withinMs * most + recent.reduce((sum, { byMs }) => sum + byMs, 0);
    },
  };
}
