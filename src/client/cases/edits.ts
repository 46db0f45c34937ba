import { impossibleIn } from "#contract/case-fields.ts";
import type { CaseFields } from "#contract/cases.ts";
import { caseChange } from "#contract/cases.ts";
import { readSerials } from "#sensor/serials.ts";

export type Field = keyof CaseFields;
export const fields = [
  "state",
  "receivedAtMs",
  "callerName",
  "callerPhone",
  "callerAddress",
  "device",
  "nature",
  "action",
  "reply",
  "replacementSerial",
  "vendorNumber",
] as const satisfies readonly Field[];

/** As typed; a date that is none is null. */
export type Typed = { readonly [F in Field]?: string | number | null };

/** What was edited, and what each part was when that began. */
export interface Edits {
  readonly edits: Typed;
  readonly from: Typed;
}

/** As it would be kept: nothing typed is nothing known, and of a scanned code the serial number. */
function keptAs(field: string, value: string | number | null | undefined) {
  if (typeof value !== "string") return value;
  if (value.trim() === "") return null;
  if (field !== "replacementSerial") return value;
  return serialIn(value) ?? value;
}

/** The one serial number that somebody typed or scanned, read as in the field of the look-up. */
function serialIn(text: string): string | null {
  const { found, unsure } = readSerials(text);
  return found.length === 1 && unsure.length === 0 ? (found[0]?.serial ?? null) : null;
}

/** The edits that differ from what is kept. */
export function changesIn(edits: Typed, kept: Typed): Typed {
  return Object.fromEntries(
    Object.entries(edits)
      .map(([field, value]) => [field, keptAs(field, value)] as const)
      .filter(([field, value]) => value !== (kept[field as Field] ?? null)),
  );
}

/** The edits whose part is by now something else than what they began from, and than what they make of it. */
export const clashesIn = ({ edits, from }: Edits, kept: Typed): Field[] =>
  (Object.keys(changesIn(edits, kept)) as Field[]).filter(
    (field) => (from[field] ?? null) !== (kept[field] ?? null),
  );

/** What is wrong with each part of a case about a sensor, by what the server checks with. */
export function reasonsIn(changes: Typed, serial: string, nowMs: number): Partial<Record<Field, string>> {
  const reasons: Partial<Record<Field, string>> = impossibleIn(serial, changes, nowMs);
  for (const { path, message } of caseChange.safeParse(changes).error?.issues ?? [])
    reasons[path[0] as Field] ??= message;
  const { replacementSerial } = changes;
  if (typeof replacementSerial === "string" && serialIn(replacementSerial) === null)
    reasons.replacementSerial = "serial";
  return reasons;
}

export const without = (parts: Typed, field: Field): Typed => {
  const { [field]: _, ...others } = parts;
  return others;
};
