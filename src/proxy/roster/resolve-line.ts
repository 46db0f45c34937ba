import type { ResolvedLine } from "#contract/appointments.ts";
import type { ListedPatient } from "#contract/roster.ts";

const plain = (text: string): string => text.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();

const mostLike = 5;

/** The line, and the cells of it where it was copied out of a table. */
function partsOf(line: string): string[] {
  const cells = line.split(/[\t;,，；|]/).map((cell) => cell.trim());
  return [...new Set([line.trim(), ...cells])].filter((part) => part !== "");
}

const isCalled = ({ partnerUid, hospitalNumber, name, merged }: ListedPatient, text: string): boolean =>
  [partnerUid, hospitalNumber, name, ...merged.flatMap((one) => [one.partnerUid, one.name])].some(
    (one) => one !== null && plain(one) === plain(text),
  );

const shown = ({ id, name, partnerUid, dateOfBirth, hospitalNumber }: ListedPatient) => ({
  id,
  name,
  partnerUid,
  dateOfBirth,
  hospitalNumber,
});

/**
 * Who a pasted line means: whose ID or name it is, the whole of it before its cells. Cells that are each
 * one person's own mean all of those; of a cell that several have, whoever another cell names is meant.
 */
export async function resolveLine(
  line: string,
  search: (q: string) => Promise<readonly ListedPatient[]>,
): Promise<ResolvedLine> {
  let like: readonly ListedPatient[] = [];
  const own = new Map<string, ListedPatient>();
  const shared = new Map<string, ListedPatient>();
  const whole = line.trim();
  for (const part of partsOf(line)) {
    const found = await search(part);
    const exact = found.filter((patient) => isCalled(patient, part));
    const [only] = exact;
    if (only && exact.length === 1) own.set(only.id, only);
    else for (const one of exact) shared.set(one.id, one);
    if (exact.length > 0 && part === whole) break;
    if (like.length === 0) like = found;
  }
  if (own.size > 0) return { exact: [...own.values()].map(shown), like: [], areAllMeant: true };
  if (shared.size > 0) return { exact: [...shared.values()].map(shown), like: [], areAllMeant: false };
  return { exact: [], like: like.slice(0, mostLike).map(shown), areAllMeant: false };
}
