import { identityFieldNames, type LikelyDuplicate } from "#contract/identity.ts";
import { type ImportField, type ImportRow, importFields, sampleUids } from "#contract/import.ts";
import { usualUid } from "#contract/patient.ts";
import { hasSeveralZones } from "#contract/region.ts";
import { beginningOf } from "#contract/text.ts";
import { uidLookalikeKey } from "#contract/uid-lookalike.ts";
import { type Identity, identityKeys } from "../roster/identities.ts";
import type { CheckedRow } from "../store/import-records.ts";
import {
  type CheckedIdentity,
  type CheckedPerson,
  createCheck,
  type Fault,
  isFaulty,
  tagsOf,
  textsOf,
  valuesOf,
} from "./check-values.ts";
import { createSlices } from "./slices.ts";
import { damageOf, damageOfUid, isRounded, mayBeRounded } from "./spreadsheet-damage.ts";
import type { Table, TableRow } from "./table.ts";

/** Who has these partner user IDs here. */
export type FindHere = (
  partnerUids: readonly string[],
) => Promise<ReadonlyMap<string, { patientId: string; name: string }>>;

/** Who has an ID here that is easily taken for one of these. */
export type FindAlike = (
  partnerUids: readonly string[],
) => Promise<ReadonlyMap<string, { partnerUid: string; name: string }>>;

/** For each of these in their order, who here is likely the same person and has another ID. */
export type FindDuplicates = (
  people: readonly (Identity & { partnerUid: string })[],
) => Promise<LikelyDuplicate[][]>;

/** Of what cannot be registered, enough is kept to find it in the file. */
const longestKept = 200;
const longestSurplus = 40;
const mostAskedAtOnce = 500;

const isSample = (uid: string) => sampleUids.some((sample) => sample === uid.toUpperCase());

/** The cells that a spreadsheet has damaged. */
const damagesIn = (given: Record<ImportField, string>): Fault[] =>
  importFields.flatMap((field) => {
    const isRoundedNumber = (field === "hospitalNumber" || field === "phone") && isRounded(given[field]);
    const damage = field === "partnerUid" ? damageOfUid(given.partnerUid) : damageOf(given[field]);
    const reason = damage ?? (isRoundedNumber ? "spreadsheet" : null);
    return reason ? [{ field, reason }] : [];
  });

const untouched = { firstRow: null, nameHere: null, patientId: null, duplicate: null, otherFaults: [] };

/** A row that cannot be registered, with enough of it to find it in the file. */
function wrongRow(
  row: number,
  given: Record<ImportField, string>,
  [{ field, reason }, ...otherFaults]: readonly [Fault, ...Fault[]],
  firstRow: number | null = null,
): CheckedRow {
  const keep = (text: string) => beginningOf(text, longestKept);
  const { partnerUid, name, region, timeZone, tags } = given;
  const identity = identityFieldNames.map((known) => [known, keep(given[known]) || null]);
  return {
    ...untouched,
    row,
    outcome: "wrong",
    field,
    reason,
    otherFaults,
    firstRow,
    tags: tagsOf(tags),
    partnerUid: keep(partnerUid),
    name: keep(name),
    region: keep(region),
    timeZone: keep(timeZone),
    ...(Object.fromEntries(identity) as CheckedIdentity),
  };
}

/** A fault of the row's shape: what its cells say is then anybody's guess. */
function faultOfShape(
  { cells, fault }: TableRow,
  { columns }: Table,
  given: Record<ImportField, string>,
): Fault | null {
  if (fault) return { field: null, reason: fault };
  const surplus = cells.slice(columns.length).find((cell) => cell.trim() !== "");
  if (surplus !== undefined) return { field: beginningOf(surplus.trim(), longestSurplus), reason: "ragged" };
  return isSample(given.partnerUid) ? { field: "partnerUid", reason: "sample" } : null;
}

/** Tells the first row of the file whose person is likely the same. */
function createFirstSame(): (row: number, person: CheckedPerson) => ImportRow["duplicate"] {
  const firstRows = new Map<string, { row: number; person: CheckedPerson }>();
  return (row, person) => {
    const keys = identityKeys(person);
    const found = keys.flatMap(({ same, sought }) =>
      sought.flatMap((key) => {
        const first = firstRows.get(key);
        return first ? [{ same, ...first }] : [];
      }),
    );
    for (const key of keys.flatMap(({ own }) => own))
      if (!firstRows.has(key)) firstRows.set(key, { row, person });
    const [first] = found;
    if (!first) return null;
    const { name, partnerUid, dateOfBirth } = first.person;
    return { id: null, row: first.row, name, partnerUid, dateOfBirth, same: first.same };
  };
}

/** Checks rows in the file's order, each against itself and those before it. */
function createRowCheck(table: Table): (tableRow: TableRow) => CheckedRow {
  const check = createCheck();
  const firstRows = new Map<string, number>();
  const firstAlike = new Map<string, number>();
  const firstSame = createFirstSame();
  // Without such a column it is the file that says nothing of regions, and not a row that forgot to.
  const hasRegions = table.columns.some(({ field }) => field === "region");

  return (tableRow) => {
    const { row } = tableRow;
    const texts = textsOf(tableRow, table);
    const given = valuesOf(texts);
    const misshapen = faultOfShape(tableRow, table, given);
    if (misshapen) return wrongRow(row, texts, [misshapen]);
    const checked = check(given);
    const damages = damagesIn(given);
    const isDamaged = ({ field }: Fault) => damages.some((one) => one.field === field);
    const others = isFaulty(checked) ? checked.filter((fault) => !isDamaged(fault)) : [];
    const [fault, ...more] = [...damages, ...others];
    if (fault) return wrongRow(row, texts, [fault, ...more]);
    if (isFaulty(checked)) throw new TypeError("a row is faulty without a fault");
    const firstRow = firstRows.get(checked.partnerUid);
    if (firstRow !== undefined)
      return wrongRow(row, texts, [{ field: "partnerUid", reason: "duplicate" }], firstRow);
    firstRows.set(checked.partnerUid, row);
    const key = uidLookalikeKey(checked.partnerUid);
    const alike = firstAlike.get(key);
    firstAlike.set(key, alike ?? row);
    const duplicate = firstSame(row, checked);
    const good = { ...untouched, ...checked, row, duplicate, outcome: "new" } as const;
    // First, since these rows are counted and a region cannot be changed later.
    if (hasRegions && given.region === "")
      return { ...good, field: "region", reason: "assumed", firstRow: alike ?? null };
    if (alike !== undefined) return { ...good, field: "partnerUid", reason: "alike", firstRow: alike };
    if (mayBeRounded(checked.partnerUid)) return { ...good, field: "partnerUid", reason: "rounded" };
    if (!usualUid.test(checked.partnerUid)) return { ...good, field: "partnerUid", reason: "unusual" };
    if (given.timeZone === "" && hasSeveralZones(checked.region))
      return { ...good, field: "timeZone", reason: "assumed" };
    return { ...good, field: null, reason: null };
  };
}

/**
 * Marks the rows whose people are here, those whose IDs are easily taken for one that is here, and those who are
 * likely somebody here.
 */
async function markKnown(
  rows: readonly CheckedRow[],
  findHere: FindHere,
  findAlike: FindAlike,
  findDuplicates: FindDuplicates,
): Promise<void> {
  const uids = rows.map(({ partnerUid }) => partnerUid);
  const [here, alike, duplicates] = await Promise.all([
    findHere(uids),
    findAlike(uids),
    findDuplicates(rows),
  ]);
  for (const [i, row] of rows.entries()) {
    const known = here.get(row.partnerUid);
    const similar = alike.get(row.partnerUid);
    const [duplicate] = duplicates[i] ?? [];
    if (duplicate) row.duplicate = { ...duplicate, row: null };
    if (known) {
      row.duplicate = null;
      row.outcome = "here";
      row.patientId = known.patientId;
      row.nameHere = known.name === row.name ? null : known.name;
    } else if (similar) {
      row.nameHere = `${similar.name} (${similar.partnerUid})`;
      if (row.reason !== "assumed" || row.field !== "region")
        Object.assign(row, { field: "partnerUid", reason: "alike-here" });
    }
  }
}

/** What would become of each row, in the file's order. Gives way to other work now and then. */
export async function checkRows(
  table: Table,
  findHere: FindHere,
  findAlike: FindAlike,
  findDuplicates: FindDuplicates,
  signal?: AbortSignal,
): Promise<CheckedRow[]> {
  const slice = createSlices(signal);
  const checkRow = createRowCheck(table);
  const rows: CheckedRow[] = [];
  for (const tableRow of table.rows) {
    rows.push(checkRow(tableRow));
    await slice();
  }
  const good = rows.filter(({ outcome }) => outcome === "new");
  for (let i = 0; i < good.length; i += mostAskedAtOnce) {
    await markKnown(good.slice(i, i + mostAskedAtOnce), findHere, findAlike, findDuplicates);
    await slice();
  }
  return rows;
}
