import { type BoxedSensor, boxedSensors } from "./boxes.ts";
import { type Low, nextLow } from "./next-low.ts";
import { ownerOf } from "./partner-records.ts";
import { createLastingWearers, createLateWearer, lateNumbersFrom, openIdOf } from "./people.ts";
import type { CohortPerson } from "./person.ts";
import { addUser, forgetUsers, type LateUser, readUsers } from "./users-file.ts";
import type { Wear } from "./wear.ts";
import { createRecordingCache, type Wearer } from "./wearer.ts";

const cachedRecordings = 96;

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
  /** Of the cohort: the sensors whose boxes were kept. */
  boxes(nowMs: number): BoxedSensor[];
  /** Of one of this app's people, or of anybody of them. */
  nextLow(partnerUid: string | null, nowMs: number): Low | null;
  forgetLateUsers(): void;
}

export interface DirectoryOptions {
  seed: number;
  /** What the dates of fixed devices and of replayed series count from. */
  startMs: number;
  nowMs: number;
  usersFile: string | undefined;
  replayDir: string | undefined;
  warn: (words: string) => void;
}

export function createDirectory(options: DirectoryOptions): Directory {
  const { seed, startMs, nowMs: createdMs, usersFile, replayDir, warn } = options;
  const cache = createRecordingCache(cachedRecordings);
  const { cohort, wearers: lasting } = createLastingWearers({ seed, startMs, replayDir }, cache);
  const wearers: Wearer[] = [];
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
    // Only its name distinguishes a service user from a patient; it gets no sensor.
    const wearer = /service/i.test(user.partnerUid) ? null : createLateWearer(user, number, seed, cache);
    if (wearer) wearers.push(wearer);
    const admitted = { openId: user.openId, wearer, service: true };
    users.set(user.openId, admitted);
    return admitted;
  }

  start();
  for (const user of usersFile ? readUsers(usersFile, createdMs, warn) : []) {
    if (user) admit(user);
    else lateUsers += 1;
  }

  return {
    cohort,
    user: (openId) => users.get(openId) ?? null,
    register(partnerUid, region, nowMs) {
      const openId = openIdOf(seed, partnerUid);
      const known = users.get(openId);
      if (known) return known;
      const late = { partnerUid, region, openId, registeredAtMs: nowMs };
      if (usersFile) addUser(usersFile, late);
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
    boxes: (nowMs) =>
      lasting
        .filter(({ ours }) => ours)
        .flatMap((wearer) => boxedSensors(wearer.wears(nowMs), ownerOf(wearer, ""), nowMs)),
    nextLow: (partnerUid, nowMs) =>
      nextLow(
        wearers.filter((one) => one.ours && (partnerUid === null || one.partnerUid === partnerUid)),
        nowMs,
      ),
    forgetLateUsers() {
      start();
      if (usersFile) forgetUsers(usersFile);
    },
  };
}
