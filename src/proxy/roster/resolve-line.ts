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

/** Who a pasted line means: whose ID or name it is, the whole of it before its cells. */
export async function resolveLine(
  line: string,
  search: (q: string) => Promise<readonly ListedPatient[]>,
): Promise<ResolvedLine> {
  let like: readonly ListedPatient[] = [];
  for (const part of partsOf(line)) {
    const found = await search(part);
    const exact = found.filter((patient) => isCalled(patient, part));
    if (exact.length > 0) return { exact: exact.map(shown), like: [] };
    if (like.length === 0) like = found;
  }
  return { exact: [], like: like.slice(0, mostLike).map(shown) };
}
