import { randomBytes } from "node:crypto";
import { type Clock, createClock, fullSpeedMs, lengthOf, longestGapMs, type Mark } from "./clock.ts";
import type { Fault } from "./faults.ts";
import { createSandbox, type Kept, type Sandbox, type SandboxOptions } from "./sandbox.ts";
import type { Scene } from "./scene.ts";
import type { State } from "./state-file.ts";
import { newKey } from "./tokens.ts";

/** A night: whoever starts it every morning finds the serial numbers as they are described. */
const longestOffMs = 12 * 3_600_000;
const minuteMs = 60_000;
const usualSeed = 1;

export interface Credentials {
  appId: string;
  appSecret: string;
}

export const newCredentials = (): Credentials => ({
  appId: `sandbox-${randomBytes(4).toString("hex")}`,
  appSecret: randomBytes(32).toString("hex"),
});

type Given = Pick<SandboxOptions, "usersFile" | "replayDir" | "changed" | "begin">;

export interface ResumeOptions extends Given {
  /** Of the sandbox before it; null for a new one. */
  before: State | null;
  /** Null: as before, at first that of the machine. */
  speed: number | null;
  credentials: Credentials;
  machineNow: () => number;
  /** Told what a person should know. */
  warn: (words: string) => void;
}

interface Resumed {
  sandbox: Sandbox;
  clock: Clock;
  /** What another process needs to go on from here. */
  state(): State;
  /** How it stands to the sandbox before it, in a sentence or two; empty for one that is as new. */
  words: string;
}

interface Beginning extends Mark {
  startMs: number;
  seed: number;
  kept: Kept;
  words: string;
}

/** The sandbox of a kept state, at the same moment, or a new one. */
export function resumeSandbox(options: ResumeOptions): Resumed {
  const { before, credentials, machineNow, warn, speed: wanted, ...given } = options;
  const beginning = before ? goOn(before, machineNow, warn) : beginAt(machineNow());
  const { startMs, seed, kept, words, ...from } = beginning;
  const clock = createClock(from, wanted ?? before?.speed ?? 1, machineNow, warn);
  const sandbox = createSandbox({
    ...given,
    ...credentials,
    now: clock.now,
    clock,
    seed,
    startMs,
    kept,
    warn,
  });
  return {
    sandbox,
    clock,
    state: () => ({
      startMs,
      seed,
      speed: clock.speed,
      ...credentials,
      ...clock.mark(),
      ...sandbox.kept(),
    }),
    words: [words, aheadWords(clock, machineNow)].filter(Boolean).join(" "),
  };
}

/** A sandbox in whose place a scene is set. */
export const stateOfScene = (
  { seed, startMs, clockMs, speed }: Scene,
  { appId, appSecret }: Credentials,
  machineMs: number,
): State => ({
  startMs,
  seed,
  clockMs,
  machineMs,
  speed,
  appId,
  appSecret,
  tokenKey: newKey(),
  faults: { active: [], draws: 0 },
});

const beginAt = (nowMs: number): Beginning => ({
  startMs: nowMs,
  clockMs: nowMs,
  machineMs: nowMs,
  seed: usualSeed,
  kept: { faults: { active: [], draws: 0 }, tokenKey: newKey() },
  words: "",
});

/**
 * Off for long, or on a machine whose clock was wrong by more than a day, dates and all begin anew; never earlier than
 * where it was, unless that was wrong.
 */
function goOn(before: State, machineNow: () => number, warn: (words: string) => void): Beginning {
  const { seed } = before;
  const machineMs = machineNow();
  const offMs = machineMs - before.machineMs;
  const anew = "The dates of its serial numbers count from now, and no fault is left.";
  if (offMs < -longestGapMs)
    return {
      ...beginAt(machineMs),
      seed,
      words: `The machine's clock is earlier than when the sandbox last ran, by more than a day: it begins anew. ${anew} What Trendline knows of later times is set right by: npm run sandbox:reset`,
    };
  if (offMs > longestOffMs)
    return {
      ...beginAt(Math.max(machineMs, before.clockMs + fullSpeedMs * before.speed)),
      seed,
      machineMs,
      words: `The sandbox was off for more than ${lengthOf(longestOffMs)} and begins anew. ${anew}`,
    };
  // With the speed that it had: it is not to be earlier than what was shown.
  const mark = createClock(before, before.speed, machineNow, warn).mark();
  const left = (fault: Fault): Fault =>
    fault.forMs === undefined ? fault : { ...fault, forMs: fault.forMs - Math.max(0, Math.ceil(offMs)) };
  const active = before.faults.active.map(left).filter(({ forMs = 1 }) => forMs > 0);
  return {
    startMs: before.startMs,
    seed,
    ...mark,
    kept: { faults: { active, draws: before.faults.draws }, tokenKey: before.tokenKey },
    words: active.length > 0 ? `${active.length} of its faults are still active.` : "",
  };
}

/** Only what is not as the machine's clock shows. */
function aheadWords(clock: Clock, machineNow: () => number): string {
  const aheadMs = clock.now() - machineNow();
  const apart =
    Math.abs(aheadMs) >= minuteMs
      ? `is ${lengthOf(Math.abs(aheadMs))} ${aheadMs > 0 ? "ahead of" : "behind"} this machine's`
      : "";
  const fast = clock.speed > 1 ? `runs ${clock.speed} times as fast` : "";
  const both = [apart, fast].filter(Boolean).join(" and ");
  return both && `The sandbox's clock ${both}.`;
}
