import { keyOf } from "./random.ts";
import { type Access, type Plan, type Wear, wearMs } from "./wear.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export interface FixedDevice {
  serial: string;
  /** Whose it is: a member of the cohort, nobody, or someone of another partner. */
  wearer: string | null;
  state: string;
}

/** One serial for every state a device can be in. The table of the README. */
export const fixedDevices: readonly FixedDevice[] = [
  { serial: "P225043050", wearer: null, state: "unbound: never on anybody" },
  { serial: "P225043051", wearer: "clinic-0027", state: "bound yesterday, not activated" },
  { serial: "P225043056", wearer: "clinic-0001", state: "activated, about day 8 of 14" },
  { serial: "P225043042", wearer: "clinic-0001", state: "ended on time" },
  { serial: "P225043043", wearer: "clinic-0002", state: "ended early, on day 9" },
  { serial: "P225043044", wearer: "clinic-0003", state: "ended late, 11 hours after its estimated end" },
  {
    serial: "P225043057",
    wearer: "clinic-0028",
    state: "warming up for 40 minutes after the sandbox starts",
  },
  { serial: "P225043060", wearer: "another partner", state: "refused (1002) to everyone" },
  {
    serial: "P225043061",
    wearer: "clinic-0004",
    state: "activated; 1002 to the service user, open to the wearer's token",
  },
  {
    serial: "P225043062",
    wearer: "another partner",
    state: "activated, readable, belongs to another partner's user",
  },
  { serial: "P225043070", wearer: "clinic-0032", state: "contradictory: activated, but without a date" },
  { serial: "P225043071", wearer: "clinic-0032", state: "contradictory: ended before it was activated" },
  { serial: "P225043072", wearer: "clinic-0032", state: "contradictory: has data from after its end" },
  {
    serial: "P225043073",
    wearer: "clinic-0031",
    state: "activated; lost packets, late uploads, a new phone",
  },
];

/** What the start of the sandbox fixes in people's lives, so that each state above is there whenever it starts. */
export function fixedPlans(seed: number, startMs: number): Record<string, Plan> {
  const todayMs = Math.floor(startMs / dayMs) * dayMs;
  const wear = (serial: string, activatedMs: number, more: Partial<Wear> = {}): Wear => ({
    serial,
    key: keyOf(serial, seed),
    boundMs: activatedMs - 5 * minuteMs,
    activatedMs,
    estimatedEndMs: activatedMs + wearMs,
    endedMs: activatedMs + wearMs,
    access: "usual",
    newPhone: false,
    ...more,
  });
  const ago = (days: number, hours: number) => todayMs - days * dayMs + hours * hourMs;
  const instead = (...then: Wear[]): Plan => ({
    untilMs: Math.min(...then.map((w) => w.boundMs)) - 2 * hourMs,
    then,
  });
  const foreign = (serial: string, access: Access): Plan => ({
    ...instead(wear(serial, ago(5, 9), { access })),
    fromMs: todayMs,
  });

  return {
    "clinic-0001": instead(wear("P225043042", ago(21, 8)), wear("P225043056", ago(7, 9))),
    "clinic-0002": instead(
      wear("P225043043", ago(18, 2), { endedMs: ago(10, 14) }),
      wear("P225240118", ago(10, 23)),
    ),
    "clinic-0003": instead(
      wear("P225043044", ago(20, 7), { endedMs: ago(6, 18) }),
      wear("P225240205", ago(6, 20)),
    ),
    "clinic-0004": instead(wear("P225043061", ago(4, 7), { access: "wearer-only" })),
    "clinic-0026": { untilMs: ago(9, 5), stop: true },
    "clinic-0027": {
      ...instead(wear("P225043051", Number.POSITIVE_INFINITY, { boundMs: ago(1, 10) })),
      untilMs: ago(6, 11),
      stop: true,
    },
    "clinic-0028": instead(wear("P225043057", Math.floor(startMs / 1000) * 1000 - 20 * minuteMs)),
    "clinic-0031": instead(wear("P225043073", ago(9, 1), { newPhone: true })),
    "clinic-0032": instead(
      wear("P225043072", ago(40, 9), { claims: { endedMs: ago(29, 9) } }),
      wear("P225043071", ago(25, 10), { claims: { endedMs: ago(26, 10) } }),
      wear("P225043070", ago(10, 11), { claims: { activatedMs: null } }),
    ),
    "other-partner-1": foreign("P225043062", "other-partner"),
    "other-partner-2": foreign("P225043060", "nobody"),
  };
}
