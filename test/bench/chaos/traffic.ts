import { lookupList } from "#contract/lookups.ts";
import { patient as patientSchema } from "#contract/patient.ts";
import { rosterPage } from "#contract/roster.ts";
import {
  type Checked,
  checkDevice,
  checkJourney,
  checkRanges,
  checkReadings,
  checkSummary,
  type Newcomer,
} from "./checks.ts";
import type { TrueReadings, Truth } from "./truth.ts";

const dayMs = 86_400_000;

/** One request of the hour. */
export interface Errand {
  kind: string;
  path: string;
  body?: object;
  check(body: unknown, status: number): Checked;
}

export interface Known {
  patients: readonly { id: string; name: string; partnerUid: string; truth: TrueReadings }[];
  devices: readonly ({ serial: string } & Awaited<ReturnType<Truth["device"]>>)[];
}

/** An hour of some twenty people's work: how often of each. */
const hour = {
  searches: 700,
  rows: 1_100,
  twoWeeks: 240,
  threeMonths: 40,
  sensors: 200,
  unknownSensors: 20,
  lists: 30,
  registrations: 40,
} as const;

/** Patients whose 90 days are looked at. */
export const longRead = 6;

const right: Checked = { wrong: null, isStale: false };
const wrong = (words: string): Checked => ({ wrong: words, isStale: false });

/** The same numbers at every run. */
function createRandom() {
  let state = 4711;
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

/**
 * An hour's requests in the order they are made; a page is several. `newcomers` gathers what came meanwhile.
 */
export function planHour({ patients, devices }: Known, newcomers: Newcomer[]): Errand[] {
  const random = createRandom();
  const one = <T>(of: readonly T[]): T => of[random(of.length)] as T;
  const groups: Errand[][] = [];
  const times = (count: number, make: (index: number) => Errand[]) => {
    for (let i = 0; i < count; i += 1) groups.push(make(i));
  };
  const readings = (
    kind: string,
    days: number,
    { id, truth, partnerUid }: (typeof patients)[number],
  ): Errand => {
    let [startMs, endMs] = [0, 0];
    return {
      kind,
      get path() {
        endMs = Date.now();
        startMs = endMs - days * dayMs;
        return `/api/patients/${id}/readings?start=${startMs}&end=${endMs}`;
      },
      check: (body) => checkReadings(body, { startMs, endMs }, partnerUid, truth, newcomers),
    };
  };
  const summary = ({ id, truth }: (typeof patients)[number]): Errand => ({
    kind: "row: now",
    path: `/api/patients/${id}/summary`,
    check: (body) => checkSummary(body, truth),
  });

  times(hour.searches, () => {
    const sought = one(patients);
    const check = (body: unknown) =>
      rosterPage.parse(body).rows.some(({ id }) => id === sought.id) ? right : wrong("not found");
    return [{ kind: "search", path: "/api/patients/search", body: { q: sought.partnerUid }, check }];
  });
  times(hour.rows, () => {
    const { id, truth } = one(patients);
    const ranges = { kind: "row: ranges", path: `/api/patients/${id}/ranges` };
    return [
      summary(one(patients)),
      ...(random(4) === 0 ? [{ ...ranges, check: (body: unknown) => checkRanges(body, truth) }] : []),
    ];
  });
  times(hour.twoWeeks, () => {
    const who = one(patients);
    return [summary(who), readings("page: 14 days", 14, who), readings("page: last day", 1, who)];
  });
  times(hour.threeMonths, () => [readings("page: 90 days", 90, one(patients.slice(0, longRead)))]);
  times(hour.sensors, () => {
    const known = one(devices);
    return [
      { kind: "sensor", path: `/api/devices/${known.serial}`, check: (body) => checkDevice(body, known) },
      {
        kind: "sensor: data",
        path: `/api/devices/${known.serial}/journey`,
        check: (body) => checkJourney(body, known.readings),
      },
    ];
  });
  times(hour.unknownSensors, (i) => [
    {
      kind: "unknown sensor",
      path: `/api/devices/NONE-${i}`,
      check: () => wrong("an unknown sensor is known"),
    },
  ]);
  times(hour.lists, () => {
    const asked = Array.from({ length: 20 }, () => one(devices));
    const serials = [...new Set(asked.map(({ serial }) => serial))];
    const check = (body: unknown) =>
      lookupList.parse(body).total === serials.length ? right : wrong("a sensor of the list is missing");
    return [{ kind: "list of 20", path: "/api/look-ups", body: { serials }, check }];
  });
  times(hour.registrations, (i) => {
    const body = { partnerUid: `chaos-${i}`, name: `Person ${i}`, region: "CN", timeZone: "Asia/Shanghai" };
    const check = (answer: unknown) =>
      patientSchema.parse(answer).partnerUid === body.partnerUid
        ? right
        : wrong("somebody else is registered");
    return [{ kind: "registration", path: "/api/patients", body, check }];
  });

  const order = groups.map((group) => ({ group, at: random(1_000_000) })).sort((a, b) => a.at - b.at);
  return order.flatMap(({ group }) => group);
}
