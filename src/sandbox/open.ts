import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { type Clock, createClock, fullSpeedMs, lengthOf, longestGapMs, type Mark } from "./clock.ts";
import type { Fault } from "./faults.ts";
import { createSandbox, type Kept, type Sandbox } from "./sandbox.ts";
import { readState, type State, writeState } from "./state-file.ts";
import { newKey } from "./tokens.ts";

const markEveryMs = 30_000;
const minuteMs = 60_000;
/** A night: whoever starts it every morning finds the serial numbers as they are described. */
const longestOffMs = 12 * 3_600_000;

/** In the data folder, what is the sandbox's own. */
export const stateFileIn = (folder: string): string => join(folder, "sandbox-state.json");
export const usersFileIn = (folder: string): string => join(folder, "sandbox-users.jsonl");

interface Credentials {
  appId: string;
  appSecret: string;
}

export interface OpenOptions {
  folder: string;
  /** Null: as before, at first that of the machine. */
  speed: number | null;
  /** Null: as before, at first made up. */
  credentials?: Credentials | null;
  replayDir: string | null;
  machineNow?: () => number;
  /** Told what a person should know. */
  warn?: (words: string) => void;
}

export interface OpenSandbox {
  sandbox: Sandbox;
  clock: Clock;
  credentials: Credentials;
  /** How it stands to the sandbox before it, in a sentence or two; empty for one that is as new. */
  words: string;
  close(): void;
}

interface Beginning extends Mark {
  startMs: number;
  kept: Kept;
  words: string;
}

/** The sandbox of a folder: the one that was there, at the same moment, or a new one. */
export function openSandbox(options: OpenOptions): OpenSandbox {
  const { folder, replayDir, machineNow = Date.now, warn = console.warn } = options;
  const file = stateFileIn(folder);
  const before = readState(file, warn);
  const { startMs, kept, words, ...from } = before ? goOn(before, machineNow, warn) : beginAt(machineNow());
  const speed = options.speed ?? before?.speed ?? 1;
  const clock = createClock(from, speed, machineNow, warn);
  const credentials = options.credentials ??
    before ?? {
      appId: `sandbox-${randomBytes(4).toString("hex")}`,
      appSecret: randomBytes(32).toString("hex"),
    };
  const { appId, appSecret } = credentials;
  let isKept = true;
  function keep(): void {
    try {
      writeState(file, { startMs, speed, appId, appSecret, ...clock.mark(), ...sandbox.kept() });
      isKept = true;
    } catch (error) {
      if (isKept) warn(`What is done to the sandbox is not kept: ${(error as Error).message}`);
      isKept = false;
    }
  }
  const sandbox = createSandbox({
    appId,
    appSecret,
    now: clock.now,
    startMs,
    usersFile: usersFileIn(folder),
    replayDir: replayDir ? resolve(replayDir) : undefined,
    kept,
    changed: keep,
    warn,
  });
  keep();
  const marking = setInterval(keep, markEveryMs).unref();
  return {
    sandbox,
    clock,
    credentials: { appId, appSecret },
    words: [words, aheadWords(clock, machineNow)].filter(Boolean).join(" "),
    close() {
      clearInterval(marking);
      keep();
    },
  };
}

const beginAt = (nowMs: number): Beginning => ({
  startMs: nowMs,
  clockMs: nowMs,
  machineMs: nowMs,
  kept: { faults: { active: [], draws: 0 }, tokenKey: newKey() },
  words: "",
});

/**
 * Off for long, or on a machine whose clock was wrong by more than a day, dates and all begin anew; never earlier than
 * where it was, unless that was wrong.
 */
function goOn(before: State, machineNow: () => number, warn: (words: string) => void): Beginning {
  const machineMs = machineNow();
  const offMs = machineMs - before.machineMs;
  const anew = "The dates of its serial numbers count from now, and no fault is left.";
  if (offMs < -longestGapMs)
    return {
      ...beginAt(machineMs),
      words: `The machine's clock is earlier than when the sandbox last ran, by more than a day: it begins anew. ${anew} What Trendline knows of later times is set right by: npm run sandbox:reset`,
    };
  if (offMs > longestOffMs)
    return {
      ...beginAt(Math.max(machineMs, before.clockMs + fullSpeedMs * before.speed)),
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
    ...mark,
    kept: { faults: { active, draws: before.faults.draws }, tokenKey: before.tokenKey },
    words: active.length > 0 ? `${active.length} of its faults are still active.` : "",
  };
}

/** Only what is not as the machine's clock shows. */
function aheadWords(clock: Clock, machineNow: () => number): string {
  const aheadMs = clock.now() - machineNow();
  const ahead = aheadMs >= minuteMs ? `is ${lengthOf(aheadMs)} ahead of this machine's` : "";
  const fast = clock.speed > 1 ? `runs ${clock.speed} times as fast` : "";
  const both = [ahead, fast].filter(Boolean).join(" and ");
  return both && `The sandbox's clock ${both}.`;
}
