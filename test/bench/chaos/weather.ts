import { setTimeout as wait } from "node:timers/promises";
import type { Fault } from "#sandbox/sandbox.ts";
import type { BenchPlatform } from "../start-platform.ts";

interface Phase {
  name: string;
  /** Share of the whole run. */
  share: number;
  faults: readonly Omit<Fault, "forMs">[];
  /** Every token issued so far expires, again and again. */
  expireTokens?: boolean;
}

const second = 1000;

/** What the platform goes through, in order. */
export const phases: readonly Phase[] = [
  { name: "calm", share: 0.1, faults: [] },
  {
    name: "slow",
    share: 0.1,
    faults: [
      { kind: "latency", ms: 400, percent: 50 },
      { kind: "latency", ms: 3 * second, percent: 5 },
    ],
  },
  {
    name: "erring",
    share: 0.1,
    faults: [
      { kind: "http", status: 500, percent: 20 },
      { kind: "http", status: 429, percent: 10 },
      { kind: "business", code: 5003, msg: "quota exceeded", percent: 5 },
    ],
  },
  {
    name: "cutting",
    share: 0.1,
    faults: [
      { kind: "cut", percent: 30 },
      { kind: "malformed", percent: 20 },
    ],
  },
  { name: "out", share: 0.1, faults: [{ kind: "outage" }] },
  { name: "expiring", share: 0.1, faults: [], expireTokens: true },
  {
    name: "lying",
    share: 0.1,
    faults: [
      { kind: "bad-records", percent: 60 },
      { kind: "stranger", percent: 20 },
      { kind: "html", percent: 10 },
    ],
  },
  { name: "hanging", share: 0.1, faults: [{ kind: "latency", ms: 120 * second, percent: 60 }] },
  {
    name: "refusing",
    share: 0.05,
    faults: [
      { kind: "refused", percent: 15 },
      { kind: "unauthorized", percent: 15 },
    ],
  },
  {
    name: "all of it",
    share: 0.1,
    expireTokens: true,
    faults: [
      { kind: "latency", ms: 1 * second, percent: 30 },
      { kind: "outage", percent: 20 },
      { kind: "cut", percent: 10 },
      { kind: "http", status: 503, percent: 10 },
      { kind: "bad-records", percent: 20 },
      { kind: "stranger", percent: 5 },
    ],
  },
  { name: "calm again", share: 0.05, faults: [] },
];

/** Lets the platform go through it all in `lengthMs`; resolves when it is well again. */
export async function makeWeather(
  platform: BenchPlatform,
  lengthMs: number,
  onPhase: (name: string) => void,
): Promise<void> {
  for (const { name, share, faults, expireTokens } of phases) {
    const forMs = Math.round(share * lengthMs);
    onPhase(name);
    for (const fault of faults) await platform.fault({ ...fault, forMs });
    const endMs = performance.now() + forMs;
    while (performance.now() < endMs) {
      if (expireTokens) await platform.fault({ kind: "expired-tokens" });
      await wait(Math.min(2 * second, Math.max(0, endMs - performance.now())));
    }
  }
  await platform.heal();
}
