import type { LaunchFailure } from "#contract/launch.ts";
import type { Patient } from "#contract/patient.ts";
import { beginningOf, isStorable, usableText } from "#contract/text.ts";
import type { StoredIssuer } from "../store/launch-issuers.ts";
import type { LaunchStore } from "../store/launches.ts";
import {
  type IdentifierThere,
  isCurrent,
  isOfSystem,
  type PatientThere,
} from "../submissions/their-person.ts";

type Systems = Pick<StoredIssuer, "patientSystem" | "partnerSystem">;
type Store = Pick<LaunchStore, "patientsWith">;

/** Of one system; nobody has as many numbers. */
const mostIdentifiers = 50;
const mostOthers = 10;
const mostSaid = 200;

const plainly = (text: string) => beginningOf(usableText(text).trim(), mostSaid);
const numberOf = ({ value = "" }: IdentifierThere) => (isStorable(value) ? value.trim() : "");

interface RecordNumber {
  identifier: IdentifierThere;
  isCurrent: boolean;
  /** Who has it here. */
  people: Patient[];
}

/** The numbers of a record's patient that may find somebody, each with whom it finds. */
export async function numbersIn(
  store: Store,
  { identifier }: PatientThere,
  { patientSystem, partnerSystem }: Systems,
  nowMs: number,
): Promise<RecordNumber[]> {
  const numbers: RecordNumber[] = [];
  for (const system of [patientSystem, partnerSystem]) {
    const ofSystem = identifier.filter((one) => isOfSystem(one, system) && numberOf(one) !== "");
    for (const one of ofSystem.slice(0, mostIdentifiers)) {
      const value = [numberOf(one)];
      const people = await (system === patientSystem
        ? store.patientsWith(value, [])
        : store.patientsWith([], value));
      // Whether a day has begun or ended is a matter of where the person lives.
      const zone = people[0]?.timeZone ?? "UTC";
      numbers.push({ identifier: one, isCurrent: isCurrent(one, nowMs, zone), people });
    }
  }
  return numbers;
}

/** By which numbers nobody was found, and whether one that stands there is somebody's here in another way. */
export async function soughtOf(
  store: Store,
  { identifier }: PatientThere,
  { patientSystem, partnerSystem }: Systems,
  numbers: readonly RecordNumber[],
  nowMs: number,
): Promise<NonNullable<LaunchFailure["sought"]>> {
  const looked = new Map(numbers.map((number) => [number.identifier, number.isCurrent]));
  const known = identifier.filter((one) => numberOf(one) !== "").slice(0, 4 * mostIdentifiers);
  const groups = Map.groupBy(known, (one) => {
    const isNow = looked.get(one) ?? isCurrent(one, nowMs, "UTC");
    return JSON.stringify([one.system ?? null, isNow, looked.get(one) === true]);
  });
  const others = await Promise.all(
    [...groups].slice(0, mostOthers).map(async ([key, ofOne]) => {
      const [system, isNow, isSought] = JSON.parse(key) as [string | null, boolean, boolean];
      const values = ofOne.map(numberOf);
      const isHere = (await store.patientsWith(values, values)).length > 0;
      return isSought && !isHere ? [] : [{ system: system && plainly(system), isCurrent: isNow, isHere }];
    }),
  );
  const sought = numbers
    .filter((number) => number.isCurrent)
    .map((number) => plainly(numberOf(number.identifier)));
  return {
    systems: [patientSystem, partnerSystem].filter((system) => system !== null),
    numbers: [...new Set(sought)].slice(0, mostOthers),
    others: others.flat().toSorted((one, other) => Number(other.isHere) - Number(one.isHere)),
  };
}
