import type { Subject } from "./person.ts";
import { between, mix, unit } from "./random.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
export const wearMs = 14 * dayMs;

/**
 * Everybody's first sensor: far enough back for any history, near enough
 * that listing all sensors costs nothing.
 */
const firstSensorMs = Date.UTC(2020, 0, 1);

/** Who may read a device: its wearer and service users, the wearer alone, service users alone, or nobody. */
export type Access = "usual" | "wearer-only" | "other-partner" | "nobody";

/** Ways a sensor can misbehave: each shows on a support desk as something else. */
export type Quirk = "never-sends" | "falls-silent" | "badly" | "losses" | "pauses" | "restart" | "clock";

/** One sensor on one person, its whole life planned. Infinity: it will not happen. */
export interface Wear {
  readonly serial: string;
  readonly key: number;
  readonly boundMs: number;
  readonly activatedMs: number;
  readonly estimatedEndMs: number;
  readonly endedMs: number;
  readonly access: Access;
  readonly newPhone: boolean;
  /** Where the device's own record contradicts its life. */
  readonly claims?: { activatedMs?: null; endedMs?: number; status?: number };
  readonly quirk?: Quirk;
}

/** Departures from the usual one-sensor-after-another. */
export interface Plan {
  /** Where the usual chain of sensors starts; long ago by default. */
  fromMs?: number;
  /** When the first of that chain is activated, if that is fixed. */
  firstActivationMs?: number;
  /** No usual sensor is worn at or after this time … */
  untilMs?: number;
  /** … these come instead … */
  then?: readonly Wear[];
  /** … and after them no other. */
  stop?: boolean;
}

function serialOf(subject: Subject, index: number, boundMs: number): string {
  const year = new Date(boundMs - 120 * dayMs).getUTCFullYear() % 100;
  const digits = ((subject.number * 100 + (index % 100)) * 7919 + 271) % 1_000_000;
  return `P2${String(year).padStart(2, "0")}${String(digits).padStart(6, "0")}`;
}

function usualWear(subject: Subject, index: number, fromMs: number, activationMs?: number): Wear {
  const key = mix(subject.key, 5_000 + index);
  const boundMs = Math.ceil(fromMs / 1000) * 1000;
  const activatedMs = activationMs ?? boundMs + Math.round(between(90, 600, key, 1)) * 1000;
  const estimatedEndMs = activatedMs + wearMs;
  const fate = unit(key, 2);
  let endedMs = estimatedEndMs;
  if (fate < 0.15) endedMs = activatedMs + Math.round(between(2.5, 13, key, 3) * 1440) * minuteMs;
  else if (fate < 0.27) endedMs += Math.round(between(1, 12, key, 3) * 60) * minuteMs;
  const newPhone = subject.habits.newPhones && unit(key, 4) < 0.4;
  const serial = serialOf(subject, index, boundMs);
  return { serial, key, boundMs, activatedMs, estimatedEndMs, endedMs, access: "usual", newPhone };
}

/** Time between two sensors: mostly an hour or so, sometimes a night, sometimes days. */
function pauseMs(key: number): number {
  const kind = unit(key, 5);
  if (kind < 0.78) return between(15, 90, key, 6) * minuteMs;
  return kind < 0.93 ? between(3, 12, key, 6) * hourMs : between(1, 2.6, key, 6) * dayMs;
}

function* wears(subject: Subject, plan: Plan): Generator<Wear> {
  let atMs = plan.fromMs ?? firstSensorMs + between(0, 14, subject.key, 7) * dayMs;
  const untilMs = plan.untilMs ?? Number.POSITIVE_INFINITY;
  let index = 0;
  for (; atMs < untilMs; index++) {
    const wear = usualWear(subject, index, atMs, index === 0 ? plan.firstActivationMs : undefined);
    if (wear.activatedMs >= untilMs) break;
    yield { ...wear, endedMs: Math.min(wear.endedMs, untilMs) };
    atMs = wear.endedMs + pauseMs(wear.key);
  }
  for (const wear of plan.then ?? []) {
    yield wear;
    atMs = wear.endedMs + hourMs;
  }
  if (plan.stop) return;
  for (; ; index++) {
    const wear = usualWear(subject, index, atMs);
    yield wear;
    atMs = wear.endedMs + pauseMs(wear.key);
  }
}

/** The sensors a person has had by a moment, oldest first. Asking again only continues the list. */
export function createWearList(subject: Subject, plan: Plan): (nowMs: number) => readonly Wear[] {
  const source = wears(subject, plan);
  const known: Wear[] = [];
  let next = source.next();
  return (nowMs) => {
    while (!next.done && next.value.boundMs <= nowMs) {
      known.push(next.value);
      next = source.next();
    }
    // The clock of a test may also stand earlier than at the last question.
    return (known.at(-1)?.boundMs ?? 0) <= nowMs ? known : known.filter((wear) => wear.boundMs <= nowMs);
  };
}
