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

/** One serial for every state a device can be in. The table of README.md beside this. */
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
  { serial: "P225043080", wearer: "another partner", state: "activated; has never sent anything" },
  { serial: "P225043081", wearer: "another partner", state: "activated; more than half of its data is lost" },
  { serial: "P225043082", wearer: "another partner", state: "activated; a quarter of its data is lost" },
  { serial: "P225043083", wearer: "another partner", state: "activated; stands still for 50 minutes a day" },
  {
    serial: "P225043084",
    wearer: "another partner",
    state: "activated; its packet numbers begin again every day",
  },
  { serial: "P225043085", wearer: "another partner", state: "activated; its clock jumped once and drifts" },
  { serial: "P225043086", wearer: "another partner", state: "activated, a day past its expected end" },
  { serial: "P225043088", wearer: "another partner", state: "activated; silent after two days" },
  { serial: "P225043087", wearer: "another partner", state: "in a state (7) that nobody documented" },
  {
    serial: "P225043073",
    wearer: "clinic-0031",
    state: "activated; lost packets, late uploads, a new phone",
  },
];

/**
 * What the start of the sandbox fixes in people's lives, so that each
 * state above is there whenever it starts.
 */
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
  const foreign = (serial: string, access: Access, more: Partial<Wear> = {}, days = 5): Plan => ({
    ...instead(wear(serial, ago(days, 9), { access, ...more })),
    fromMs: todayMs,
  });
  const odd = (serial: string, more: Partial<Wear>, days = 5) => foreign(serial, "other-partner", more, days);

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
    "other-partner-3": odd("P225043080", { quirk: "never-sends" }),
    "other-partner-4": odd("P225043081", { quirk: "badly" }),
    "other-partner-5": odd("P225043082", { quirk: "losses" }),
    "other-partner-6": odd("P225043083", { quirk: "pauses" }),
    "other-partner-7": odd("P225043084", { quirk: "restart" }),
    "other-partner-8": odd("P225043085", { quirk: "clock" }),
    "other-partner-9": odd("P225043086", { endedMs: todayMs + 30 * dayMs }, 15),
    "other-partner-11": odd("P225043088", { quirk: "falls-silent" }),
    "other-partner-10": odd("P225043087", { claims: { status: 7 } }),
  };
}
