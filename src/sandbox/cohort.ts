import type { ControlKind } from "./control.ts";
import { type CohortPerson, createSubject, type Habits, type Subject, usualHabits } from "./person.ts";

type Row = [name: string, region: string, timeZone: string, control: ControlKind, habits?: Partial<Habits>];

const newPhones = { newPhones: true };

/** In order clinic-0001, clinic-0002, …; the fixed devices count on these numbers. */
const rows: Row[] = [
  ["王秀英", "CN", "Asia/Shanghai", "typical"],
  ["李志强", "CN", "Asia/Shanghai", "highType2"],
  ["Oliver Bennett", "GB", "Europe/London", "tight"],
  ["Anna Schröder", "DE", "Europe/Berlin", "typical"],
  ["Marcus Johnson", "US", "America/New_York", "variable", newPhones],
  ["Tan Wei Ming", "SG", "Asia/Singapore", "highType2"],
  ["Charlotte Nguyen", "AU", "Australia/Sydney", "tight", newPhones],
  ["陈思雨", "CN", "Asia/Shanghai", "pregnancy"],
  ["Margaret Whitfield", "GB", "Europe/London", "older"],
  ["Lukas Hoffmann", "DE", "Europe/Berlin", "hypoProne"],
  ["Sofia Ramirez", "US", "America/Los_Angeles", "typical", { phoneAway: 0.5 }],
  ["张伟", "CN", "Asia/Shanghai", "hypoProne", newPhones],
  ["Priya Nair", "SG", "Asia/Singapore", "typical"],
  ["Jack O'Sullivan", "AU", "Australia/Melbourne", "variable"],
  ["Émilie Laurent", "FR", "Europe/Paris", "pregnancy", newPhones],
  ["刘洋", "CN", "Asia/Shanghai", "tight"],
  ["David Kim", "US", "America/Chicago", "highType2"],
  ["Fatima Al-Mansoori", "AE", "Asia/Dubai", "highType2", { phoneAway: 0.4 }],
  ["Jürgen Weiß", "DE", "Europe/Berlin", "older"],
  ["黄丽华", "CN", "Asia/Shanghai", "older", { loss: 0.004 }],
  ["Emma Thompson", "GB", "Europe/London", "hypoProne"],
  // Of one name with clinic-0016.
  ["刘洋", "CN", "Asia/Shanghai", "variable"],
  ["Rajesh Kumar", "IN", "Asia/Kolkata", "highType2"],
  ["Isla Robertson", "NZ", "Pacific/Auckland", "typical"],
  ["Hiroshi Tanaka", "JP", "Asia/Tokyo", "older"],
  ["周杰", "CN", "Asia/Shanghai", "typical"],
  ["Lucía Fernández", "ES", "Europe/Madrid", "typical"],
  ["孙婷婷", "CN", "Asia/Shanghai", "pregnancy"],
  ["Thomas Baker", "US", "America/Denver", "highType2", { lagMin: 20 }],
  ["Chloé Martin", "CA", "America/Toronto", "typical", { lagMin: 190 }],
  ["吴建国", "CN", "Asia/Urumqi", "typical", { loss: 0.012, phoneAway: 0.9, newPhones: true }],
  ["Mohammed Hassan", "GB", "Europe/London", "highType2"],
];

const bornFrom: Partial<Record<ControlKind, number>> = { older: 1938, pregnancy: 1990, highType2: 1955 };
const typeOf: Partial<Record<ControlKind, CohortPerson["diabetesType"]>> = {
  highType2: "type-2",
  pregnancy: "gestational",
};

/** Invented, and the same at every start. */
function knownOf(number: number, control: ControlKind) {
  const born = Date.UTC(
    (bornFrom[control] ?? 1968) + (number % 12),
    (number * 5) % 12,
    1 + ((number * 7) % 28),
  );
  return {
    dateOfBirth: new Date(born).toISOString().slice(0, 10),
    hospitalNumber: `A-${104_200 + number * 17}`,
    diabetesType: typeOf[control] ?? ("type-1" as const),
  };
}

export interface CohortMember {
  person: CohortPerson;
  subject: Subject;
}

export function createCohort(seed: number): CohortMember[] {
  return rows.map(([name, region, timeZone, control, habits], i) => {
    const partnerUid = `clinic-${String(i + 1).padStart(4, "0")}`;
    const person = { partnerUid, name, region, timeZone, ...knownOf(i + 1, control) };
    return { person, subject: createSubject(seed, i + 1, person, control, { ...usualHabits, ...habits }) };
  });
}
