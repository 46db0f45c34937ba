import { identityFieldNames } from "#contract/identity.ts";
import { type ImportField, type ImportRow, importFields } from "#contract/import.ts";
import { identityFields, type NewPatient, newPatient, tagList } from "#contract/patient-change.ts";
import { zoneFor } from "#contract/region.ts";
import { beginningOf } from "#contract/text.ts";
import { readIdentity } from "./identity-words.ts";
import { regionCodeOf } from "./region-names.ts";
import type { Table, TableRow } from "./table.ts";

/** What is wrong with a row, and in which field. */
export interface Fault {
  field: string | null;
  reason: string;
}

/** No cell that can be used is longer. */
const longestCell = 2000;
/** Cut before anything is made of it, and with what makes it too long for every field. */
const bounded = (cell: string) =>
  cell.length > longestCell ? `${beginningOf(cell, longestCell).replaceAll("\n", " ")}…` : cell;

/** The apostrophe that our own files and spreadsheets put before what would be a formula. */
const asTyped = (cell: string) => cell.replace(/(^|[;\t\n])'(?=\s*[=+\-@＝＋－＠])/g, "$1");

const oneLine = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join(" ");

/** What the file says of a person, as texts; a line break within a cell is a space. */
export function textsOf({ cells }: TableRow, { columns }: Table): Record<ImportField, string> {
  const values = Object.fromEntries(importFields.map((field) => [field, ""])) as Record<ImportField, string>;
  for (const [i, { field }] of columns.entries())
    if (field) values[field] = oneLine(asTyped(bounded(cells[i] ?? "")));
  return values;
}

/** The same as it would be kept, where it can be. */
export function valuesOf(texts: Record<ImportField, string>): Record<ImportField, string> {
  const values = { ...texts, region: regionCodeOf(texts.region) };
  for (const field of identityFieldNames) values[field] = readIdentity(field, texts[field]);
  return values;
}

export const tagsOf = (text: string): string[] =>
  text
    .split(/[|;]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");

export type CheckedIdentity = Pick<ImportRow, (typeof identityFieldNames)[number]>;
export type CheckedPerson = Pick<NewPatient, "partnerUid" | "name" | "region" | "timeZone"> &
  CheckedIdentity & { tags: string[] };

const unknownIdentity: CheckedIdentity = {
  dateOfBirth: null,
  hospitalNumber: null,
  diabetesType: null,
  therapy: null,
  phone: null,
};

export const isFaulty = (checked: CheckedPerson | Fault[]): checked is Fault[] => Array.isArray(checked);

export function createCheck() {
  // Telling a zone from other text costs as much as all the rest of a row.
  const zones = new Map<string, string | Fault>();
  const zoneOrFault = (zone: string): string | Fault => {
    const known = zones.get(zone);
    if (known !== undefined) return known;
    const { data, error } = newPatient.shape.timeZone.safeParse(zone);
    const found = data ?? { field: "timeZone", reason: error?.issues[0]?.message ?? "time-zone" };
    zones.set(zone, found);
    return found;
  };
  const { partnerUid, name, region } = newPatient.shape;
  const shapes = { partnerUid, name, region, tags: tagList };

  const identityOf = (given: Record<ImportField, string>) => {
    const identity: CheckedIdentity = { ...unknownIdentity };
    const faults: Fault[] = [];
    for (const field of identityFieldNames) {
      if (given[field] === "") continue;
      const { data, error } = identityFields[field].safeParse(given[field]);
      if (error) faults.push({ field, reason: error.issues[0]?.message ?? field });
      else identity[field] = data;
    }
    return { identity, faults };
  };

  /** As `newPatient` and `tagList` have it, field by field; or all that is wrong. */
  return (given: Record<ImportField, string>): CheckedPerson | Fault[] => {
    const parsed = {
      partnerUid: shapes.partnerUid.safeParse(given.partnerUid),
      name: shapes.name.safeParse(given.name),
      region: shapes.region.safeParse(given.region || undefined),
      tags: shapes.tags.safeParse(tagsOf(given.tags)),
    };
    const faults = (["partnerUid", "name", "region", "tags"] as const).flatMap((field): Fault[] => {
      const issue = parsed[field].error?.issues[0];
      return issue ? [{ field, reason: issue.message }] : [];
    });
    const { identity, faults: identityFaults } = identityOf(given);
    faults.push(...identityFaults);
    const known = parsed.region.data ?? "";
    const timeZone = zoneOrFault(given.timeZone || zoneFor(known) || "");
    // Where the region is wrong nobody knows which zone it would have.
    if (typeof timeZone !== "string" && (given.timeZone || !parsed.region.error)) faults.push(timeZone);
    if (faults.length > 0 || typeof timeZone !== "string") return faults;
    return {
      partnerUid: parsed.partnerUid.data ?? "",
      name: parsed.name.data ?? "",
      region: known,
      timeZone,
      tags: parsed.tags.data ?? [],
      ...identity,
    };
  };
}
