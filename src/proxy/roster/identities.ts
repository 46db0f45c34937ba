import type { LikelyDuplicate } from "#contract/identity.ts";
import type { Patient } from "#contract/patient.ts";
import { halvesOf } from "./half-dates.ts";
import { untitled } from "./line-lead.ts";
import { areNearDates } from "./near-dates.ts";
import { createPrefixIndex } from "./prefix-index.ts";
import { sameName } from "./same-name.ts";
import { idKey, nameKeys } from "./terms.ts";

/** What tells a person; null or empty where it is not known. */
export type Identity = Pick<Patient, "name" | "dateOfBirth" | "hospitalNumber" | "phone">;

/** With or without the country's code, a phone number ends the same. */
const phoneTail = 8;
const digitsOf = (text: string): string => text.replace(/\D/g, "");
const backwards = (digits: string): string => [...digits].reverse().join("");

interface IdentityKeys {
  same: LikelyDuplicate["same"];
  own: readonly string[];
  sought: readonly string[];
}

/** What only one person should have: two are likely the same where one's `sought` are among the other's `own`. */
export function identityKeys({ name, dateOfBirth, hospitalNumber, phone }: Identity): IdentityKeys[] {
  const keys: IdentityKeys[] = [];
  const add = (same: LikelyDuplicate["same"], own: readonly string[], sought = own) =>
    keys.push({ same, own, sought });
  if (hospitalNumber) add("hospital-number", [`number ${idKey(hospitalNumber)}`]);
  if (dateOfBirth && name) {
    const bornThen = (key: string) => `${dateOfBirth} ${key}`;
    const { own, sought } = nameKeys(untitled(name));
    add("name-and-birth", own.map(bornThen), sought.map(bornThen));
  }
  if (dateOfBirth && phone)
    add("phone-and-birth", [`${dateOfBirth} tel ${digitsOf(phone).slice(-phoneTail)}`]);
  return keys;
}

const named = (key: string): string => `named ${key}`;

/** Finds members by date of birth, by the end of their phone number, and by who they are likely the same as. */
export interface Identities {
  put(member: number, person: Identity, before: Identity | undefined): void;
  /** By a whole date, or the key of half a date. */
  born(date: string): readonly number[];
  /** Whose phone number ends so. */
  withPhone(digits: string): readonly number[];
  alike(person: Identity): Alike[];
}

interface Alike {
  member: number;
  same: LikelyDuplicate["same"];
}

const isSame = (a: Identity, b: Identity | undefined) =>
  b !== undefined &&
  a.name === b.name &&
  a.dateOfBirth === b.dateOfBirth &&
  a.hospitalNumber === b.hospitalNumber &&
  a.phone === b.phone;

export function createIdentities(): Identities {
  const byKey = new Map<string, number[]>();
  const phones = createPrefixIndex();
  const names: string[] = [];
  const births: (string | null)[] = [];

  const keysOf = (person: Identity): string[] => [
    ...identityKeys(person).flatMap(({ own }) => own),
    ...(person.dateOfBirth ? [person.dateOfBirth, ...halvesOf(person.dateOfBirth)] : []),
    ...(person.name ? nameKeys(untitled(person.name)).own.map(named) : []),
  ];

  /**
   * Of one name in any of its spellings, with a date of birth that may be a mistyped one, or where one is not known; one in
   * pinyin is many people's, and asked about only where the date is near.
   */
  const namesakes = ({ name, dateOfBirth }: Identity): Alike[] => {
    if (!name) return [];
    const { own, sought } = nameKeys(untitled(name));
    return sought.flatMap((key) =>
      (byKey.get(named(key)) ?? []).flatMap((member): Alike[] => {
        const born = births[member] ?? null;
        if (!born || !dateOfBirth) return own.includes(key) ? [{ member, same: "name-without-birth" }] : [];
        return areNearDates(born, dateOfBirth) ? [{ member, same: "name-and-near-birth" }] : [];
      }),
    );
  };

  return {
    put: (member, person, before) => {
      if (isSame(person, before)) return;
      names[member] = person.name;
      births[member] = person.dateOfBirth;
      for (const key of before ? keysOf(before) : []) {
        const others = (byKey.get(key) ?? []).filter((one) => one !== member);
        if (others.length > 0) byKey.set(key, others);
        else byKey.delete(key);
      }
      for (const key of keysOf(person)) {
        const list = byKey.get(key);
        if (list) list.push(member);
        else byKey.set(key, [member]);
      }
      if (person.phone || before?.phone) phones.put(member, [backwards(digitsOf(person.phone ?? ""))]);
    },
    born: (date) => byKey.get(date) ?? [],
    withPhone: (digits) => phones.find(backwards(digits)),
    alike: (person) => [
      ...identityKeys(person).flatMap(({ same, sought }) =>
        sought.flatMap((key) => byKey.get(key) ?? []).map((member) => ({ member, same })),
      ),
      ...(person.name && person.dateOfBirth ? (byKey.get(person.dateOfBirth) ?? []) : [])
        .filter((member) => sameName(person.name, names[member] ?? "") === "perhaps")
        .map((member) => ({ member, same: "similar-name-and-birth" as const })),
      ...namesakes(person),
    ],
  };
}
