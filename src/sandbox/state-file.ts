import { existsSync, readFileSync } from "node:fs";
import { isSpeed } from "./clock.ts";
import { type KeptFaults, mostFaults, parseFault } from "./faults.ts";
import { putAside, replaceFile } from "./files.ts";

const version = 1;
const earliestMs = Date.UTC(2020, 0, 1);
const latestMs = Date.UTC(2200, 0, 1);

/** All that a sandbox killed at any time needs to go on, besides the users in their own file. */
export interface State {
  /** What the dates of its fixed devices count from. */
  startMs: number;
  /** What its people's glucose follows from. */
  seed: number;
  /** What its clock showed when the machine's showed `machineMs`. */
  clockMs: number;
  machineMs: number;
  speed: number;
  appId: string;
  appSecret: string;
  tokenKey: string;
  faults: KeptFaults;
}

/** Null where there is none, or none that can be used: that one is put aside. */
export function readState(file: string, warn: (words: string) => void): State | null {
  if (!existsSync(file)) return null;
  const state = parse(file);
  if (typeof state !== "string") return state;
  warn(
    `${file} ${state}. The sandbox begins anew, without the clock and the faults that stood there. The file is now ${putAside(file)}.`,
  );
  return null;
}

export const writeState = (file: string, state: State): void =>
  replaceFile(file, JSON.stringify({ version, ...state }));

/** A text says what is wrong. */
function parse(file: string): State | string {
  let data: Partial<State> & { version?: unknown };
  try {
    data = JSON.parse(readFileSync(file, "utf8")) ?? {};
  } catch {
    return "cannot be read";
  }
  if (data.version !== version) return "is not of this version of the sandbox";
  // Kept before there was a choice of it, it was 1.
  const { seed = 1, startMs, clockMs, machineMs, speed, appId, appSecret, tokenKey, faults } = data;
  const isWhole =
    isTime(startMs) &&
    Number.isSafeInteger(seed) &&
    isTime(clockMs) &&
    startMs <= clockMs &&
    isTime(machineMs) &&
    isSpeed(speed) &&
    isText(appId) &&
    isText(appSecret) &&
    isText(tokenKey) &&
    areFaults(faults);
  return isWhole
    ? { seed, startMs, clockMs, machineMs, speed, appId, appSecret, tokenKey, faults }
    : "is damaged";
}

const isTime = (value: unknown): value is number =>
  typeof value === "number" && value >= earliestMs && value < latestMs;
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

function areFaults(value: unknown): value is KeptFaults {
  const { active, draws } = (value ?? {}) as Partial<KeptFaults>;
  return (
    Number.isSafeInteger(draws) &&
    Array.isArray(active) &&
    active.length <= mostFaults &&
    active.every((fault) => typeof parseFault(fault) !== "string")
  );
}
