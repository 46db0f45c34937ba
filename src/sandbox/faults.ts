import { mix } from "./random.ts";
import type { GlucoseRecord } from "./wire.ts";

const drawKey = 2026;
export const mostFaults = 100;
const longestText = 1000;

/**
 * What to get wrong. `path`: only requests whose path contains it. `count`: only so many
 * requests; until cleared when absent.
 * `forMs`: only for so much real time. `percent`: only so many of a hundred
 * requests, drawn alike at every start.
 * - latency: waits `ms` of real time, then goes on (with the next fault, or as usual)
 * - http: answers with HTTP `status` (500) and no envelope
 * - html: answers with a web page, HTTP `status` (200)
 * - cut: the connection breaks in the middle of the body; malformed: the body is complete, but no JSON
 * - expired-tokens: every token issued so far is now invalid (at once; takes no path or count)
 * - unauthorized: 1001 for any token; refused: 1002; business: `code` and `msg`
 * - bad-records: malformed records among the good ones
 * - stranger: glucose that says it is somebody else's
 * - outage: no connection
 */
export interface Fault {
  kind: (typeof faultKinds)[number];
  path?: string;
  count?: number;
  forMs?: number;
  percent?: number;
  ms?: number;
  status?: number;
  code?: number;
  msg?: string;
}

const faultKinds = [
  "latency",
  "http",
  "html",
  "cut",
  "malformed",
  "expired-tokens",
  "unauthorized",
  "refused",
  "business",
  "bad-records",
  "stranger",
  "outage",
] as const;

const numberFields = ["count", "forMs", "percent", "ms", "status", "code"] as const;
const textFields = ["path", "msg"] as const;

/** Checks a fault that came as JSON; a text says what is wrong with it. */
export function parseFault(data: unknown): Fault | string {
  if (typeof data !== "object" || data === null) return "a fault is a JSON object";
  const given = data as Record<string, unknown>;
  const kind = faultKinds.find((known) => known === given.kind);
  if (!kind) return `kind must be one of ${faultKinds.join(", ")}`;
  for (const name of numberFields) {
    if (given[name] !== undefined && !Number.isSafeInteger(given[name]))
      return `${name} must be a whole number`;
  }
  for (const name of textFields) {
    const text = given[name];
    if (text !== undefined && !(typeof text === "string" && text.length <= longestText))
      return `${name} must be a text of at most ${longestText} characters`;
  }
  const unknown = Object.keys(given).find((name) => ![...numberFields, ...textFields, "kind"].includes(name));
  return unknown ? `a fault has no "${unknown}"` : (data as Fault);
}

/** What another process needs to go on with them. */
export interface KeptFaults {
  /** `count` and `forMs` are what is left of them. */
  readonly active: readonly Fault[];
  /** How many requests have been drawn for `percent`. */
  readonly draws: number;
}

export interface Faults {
  readonly active: readonly Fault[];
  add(fault: Fault): void;
  clear(): void;
  /** The faults a request meets; each is used up by one. */
  meet(path: string): Fault[];
  kept(): KeptFaults;
}

export function createFaults(from: KeptFaults = { active: [], draws: 0 }, changed = () => {}): Faults {
  let active: Fault[] = [];
  const endsMs = new WeakMap<Fault, number>();
  let { draws } = from;
  const isDrawn = ({ percent = 100 }: Fault) => percent >= 100 || mix(drawKey, draws++) % 100 < percent;
  const leftMs = (fault: Fault) => (endsMs.get(fault) ?? Number.POSITIVE_INFINITY) - performance.now();
  const isOver = (fault: Fault) => leftMs(fault) <= 0;
  function add(given: Fault): void {
    const fault = { ...given };
    if (fault.forMs !== undefined) endsMs.set(fault, performance.now() + fault.forMs);
    active.push(fault);
  }
  from.active.forEach(add);
  return {
    get active() {
      active = active.filter((fault) => !isOver(fault));
      return active;
    },
    add(fault) {
      add(fault);
      changed();
    },
    clear() {
      active = [];
      changed();
    },
    meet(path) {
      const drawsBefore = draws;
      const met = active.filter(
        (fault) => !isOver(fault) && path.includes(fault.path ?? "") && isDrawn(fault),
      );
      const counted = met.filter((fault) => fault.count !== undefined);
      for (const fault of counted) fault.count = (fault.count ?? 0) - 1;
      active = active.filter((fault) => !isOver(fault) && (fault.count === undefined || fault.count > 0));
      if (counted.length > 0 || draws !== drawsBefore) changed();
      return met;
    },
    kept: () => ({
      active: active
        .filter((fault) => !isOver(fault))
        .map((fault) => (endsMs.has(fault) ? { ...fault, forMs: Math.ceil(leftMs(fault)) } : fault)),
      draws,
    }),
  };
}

/** The good records with bad ones after every hundredth and at the end: each kind of damage at least once. */
export function withBadRecords(records: readonly GlucoseRecord[]): unknown[] {
  const sample = records[0];
  const { value: _value, ...noValue } = sample ?? { value: 0 };
  const { measured_at: _time, ...noTime } = sample ?? { measured_at: 0 };
  const damaged: unknown[] = [
    null,
    "reading",
    noValue,
    noTime,
    { ...sample, value: "LOW" },
    { ...sample, value: -1 },
    { ...sample, value: 999.9 },
    { ...sample, measured_at: "yesterday" },
    { ...sample, measured_at: 0 },
    { ...sample, device_sn: 12 },
  ];
  const mixed: unknown[] = [];
  records.forEach((record, i) => {
    mixed.push(record);
    if (i % 100 === 0) mixed.push(damaged[(i / 100) % damaged.length]);
  });
  return [...mixed, ...damaged];
}
