import { createHash } from "node:crypto";
import { createCohort } from "./cohort.ts";
import type { ControlKind } from "./control.ts";
import { fixedPlans } from "./fixed-devices.ts";
import { createSubject, usualHabits } from "./person.ts";
import { between, keyOf, mix } from "./random.ts";
import { replayWearer } from "./replay.ts";
import { readReplayFolder } from "./replay-file.ts";
import type { LateUser } from "./users-file.ts";
import { createWearer, type RecordingCache, type Wearer } from "./wearer.ts";

const replayNumbersFrom = 300;
export const lateNumbersFrom = 500;

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

// Not from the app's ID: it may change at every start, and known users must stay known.
export const openIdOf = (seed: number, partnerUid: string, partner = "this one"): string =>
  `user_${createHash("sha256").update(`${seed}\n${partner}\n${partnerUid}`).digest("hex").slice(0, 20)}`;

interface LastingOptions {
  seed: number;
  startMs: number;
  replayDir: string | undefined;
}

/**
 * Everybody who is there from the start: the cohort, people replayed from
 * files, and another partner's wearers.
 */
export function createLastingWearers({ seed, startMs, replayDir }: LastingOptions, cache: RecordingCache) {
  const plans = fixedPlans(seed, startMs);
  const members = createCohort(seed);
  const wearers: Wearer[] = members.map(({ person: { partnerUid }, subject }) =>
    createWearer({ partnerUid, openId: openIdOf(seed, partnerUid) }, subject, plans[partnerUid] ?? {}, cache),
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
    const person = { partnerUid, openId: openIdOf(seed, partnerUid), number: replayNumbersFrom + i, seed };
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
    const openId = openIdOf(seed, partnerUid, "another one");
    wearers.push(createWearer({ partnerUid, openId, ours: false }, subject, plans[partnerUid] ?? {}, cache));
  }
  return { cohort, wearers };
}

/** Somebody who was registered from outside the cohort, and puts a sensor on soon after. */
export function createLateWearer(
  user: LateUser,
  number: number,
  seed: number,
  cache: RecordingCache,
): Wearer {
  const key = keyOf(user.partnerUid, seed);
  const timeZone = zoneOfRegion[user.region] ?? "UTC";
  const kind = lateControls[mix(key, 1) % lateControls.length] ?? "typical";
  // Somebody is watching this phone: it stays where the sensor is.
  const habits = { ...usualHabits, phoneAway: 0 };
  const subject = createSubject(seed, number, { partnerUid: user.partnerUid, timeZone }, kind, habits);
  const boundMs = user.registeredAtMs + Math.round(between(20, 50, key, 2)) * 1000;
  return createWearer(user, subject, { fromMs: boundMs, firstActivationMs: boundMs + 45_000 }, cache);
}
