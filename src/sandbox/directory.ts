import { createHash } from "node:crypto";
import { createCohort } from "./cohort.ts";
import type { ControlKind } from "./control.ts";
import { fixedPlans } from "./fixed-devices.ts";
import { type CohortPerson, createSubject, usualHabits } from "./person.ts";
import { between, keyOf, mix } from "./random.ts";
import { replayWearer } from "./replay.ts";
import { readReplayFolder } from "./replay-file.ts";
import { addUser, forgetUsers, type LateUser, readUsers } from "./state-file.ts";
import type { Wear } from "./wear.ts";
import { createRecordingCache, createWearer, type Wearer } from "./wearer.ts";

const cachedRecordings = 96;
const replayNumbersFrom = 300;
const lateNumbersFrom = 500;

const lateControls: readonly ControlKind[] = [
  "typical",
  "tight",
  "highType2",
  "variable",
  "older",
  "hypoProne",
];
const zoneOfRegion: Record<string, string> = {
  AU: "Australia/Sydney",
  CN: "Asia/Shanghai",
  DE: "Europe/Berlin",
  FR: "Europe/Paris",
  GB: "Europe/London",
  JP: "Asia/Tokyo",
  SG: "Asia/Singapore",
  US: "America/New_York",
};

const regionOf = (timeZone: string) =>
  Object.keys(zoneOfRegion).find((region) => zoneOfRegion[region] === timeZone) ?? "US";

export interface User {
  readonly openId: string;
  /** Null for one who never wears a sensor. */
  readonly wearer: Wearer | null;
  /** May see every device of this app: anyone registered from outside the cohort. */
  readonly service: boolean;
}

export interface Directory {
  readonly cohort: readonly CohortPerson[];
  user(openId: string): User | null;
  /** The same user for the same name, however often. */
  register(partnerUid: string, region: string, nowMs: number): User;
  device(serial: string, nowMs: number): { wearer: Wearer; wear: Wear } | null;
  forgetLateUsers(): void;
}

export interface DirectoryOptions {
  seed: number;
  startMs: number;
  stateFile: string | undefined;
  replayDir: string | undefined;
}

export function createDirectory({ seed, startMs, stateFile, replayDir }: DirectoryOptions): Directory {
  const cache = createRecordingCache(cachedRecordings);
  const plans = fixedPlans(seed, startMs);
  // Whatever the app's ID: it may be another at every start, and who was known must stay known.
  const openIdOf = (partnerUid: string, partner = "this one") =>
    `user_${createHash("sha256").update(`${seed}\n${partner}\n${partnerUid}`).digest("hex").slice(0, 20)}`;

  const members = createCohort(seed);
  const wearers: Wearer[] = members.map(({ person: { partnerUid }, subject }) =>
    createWearer({ partnerUid, openId: openIdOf(partnerUid) }, subject, plans[partnerUid] ?? {}, cache),
  );
  const cohort = members.map(({ person }) => person);
  for (const [i, series] of (replayDir ? readReplayFolder(replayDir) : []).entries()) {
    const partnerUid = `replay-${series.subject}`;
    cohort.push({
      partnerUid,
      name: series.subject,
      region: regionOf(series.timeZone),
      timeZone: series.timeZone,
    });
    const person = { partnerUid, openId: openIdOf(partnerUid), number: replayNumbersFrom + i, seed };
    wearers.push(replayWearer(series, person, startMs));
  }
  const others = Object.keys(plans).filter((partnerUid) => partnerUid.startsWith("other-partner"));
  for (const [i, partnerUid] of others.entries()) {
    const subject = createSubject(
      seed,
      lateNumbersFrom - 1 - i,
      { partnerUid, timeZone: "Asia/Shanghai" },
      "typical",
    );
    const openId = openIdOf(partnerUid, "another one");
    wearers.push(createWearer({ partnerUid, openId, ours: false }, subject, plans[partnerUid] ?? {}, cache));
  }
  const lasting: readonly Wearer[] = [...wearers];

  const users = new Map<string, User>();
  let lateUsers = 0;
  const devices = new Map<string, { wearer: Wearer; wear: Wear }>();

  function start(): void {
    users.clear();
    devices.clear();
    wearers.length = 0;
    lateUsers = 0;
    for (const wearer of lasting) {
      wearers.push(wearer);
      if (wearer.ours) users.set(wearer.openId, { openId: wearer.openId, wearer, service: false });
    }
  }

  function admit(user: LateUser): User {
    const number = lateNumbersFrom + lateUsers;
    lateUsers += 1;
    // By its name alone a service user can be told from a patient; it gets no sensor.
    const wearer = /service/i.test(user.partnerUid) ? null : lateWearer(user, number);
    if (wearer) wearers.push(wearer);
    const admitted = { openId: user.openId, wearer, service: true };
    users.set(user.openId, admitted);
    return admitted;
  }

  function lateWearer(user: LateUser, number: number): Wearer {
    const key = keyOf(user.partnerUid, seed);
    const timeZone = zoneOfRegion[user.region] ?? "UTC";
    const kind = lateControls[mix(key, 1) % lateControls.length] ?? "typical";
    // Somebody is watching this phone: it stays where the sensor is.
    const habits = { ...usualHabits, phoneAway: 0 };
    const subject = createSubject(seed, number, { partnerUid: user.partnerUid, timeZone }, kind, habits);
    const boundMs = user.registeredAtMs + Math.round(between(20, 50, key, 2)) * 1000;
    return createWearer(user, subject, { fromMs: boundMs, firstActivationMs: boundMs + 45_000 }, cache);
  }

  start();
  for (const user of stateFile ? readUsers(stateFile) : []) {
    // A clock that ran fast may have registered them in what is now the future.
    admit({ ...user, registeredAtMs: Math.min(user.registeredAtMs, startMs) });
  }

  return {
    cohort,
    user: (openId) => users.get(openId) ?? null,
    register(partnerUid, region, nowMs) {
      const openId = openIdOf(partnerUid);
      const known = users.get(openId);
      if (known) return known;
      const late = { partnerUid, region, openId, registeredAtMs: nowMs };
      if (stateFile) addUser(stateFile, late);
      return admit(late);
    },
    device(serial, nowMs) {
      const found = devices.get(serial);
      if (found) return found.wear.boundMs <= nowMs ? found : null;
      for (const wearer of wearers) {
        for (const wear of wearer.wears(nowMs)) devices.set(wear.serial, { wearer, wear });
      }
      return devices.get(serial) ?? null;
    },
    forgetLateUsers() {
      start();
      if (stateFile) forgetUsers(stateFile);
    },
  };
}
