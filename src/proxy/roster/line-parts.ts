import { bareName, leadOf } from "./line-lead.ts";
import type { LineLookup } from "./line-lookup.ts";
import { whoIsWithin } from "./within-line.ts";

/** What may stand between two patients. */
const between =
  /(\s*[\t;,；，、|&+]\s*(?:(?:and|then|und|dann|followed by)\s+)*|\s+(?:and|then|followed by|und|dann|danach|sowie)\s+|和|以及|然后)/giu;

/** The parts of a line that names several patients, each with what follows its patient; else the line alone. */
export function partsOf(line: string, lookup: LineLookup): string[] {
  const pieces = line.split(between);
  if (pieces.length < 3) return [line];
  const parts: string[] = [];
  const people = new Set<string>();
  let start = "";
  for (let place = 0; place < pieces.length; place += 2) {
    const [separator, text] = [place > 0 ? (pieces[place - 1] ?? "") : "", pieces[place] ?? ""];
    const { exact } = whoIsWithin(bareName(text.slice(leadOf(text).length)), lookup, 0);
    const named = exact.filter(({ partnerUid, hospitalNumber }) =>
      [partnerUid, hospitalNumber].every((id) => !id || !text.toLowerCase().includes(id.toLowerCase())),
    );
    if (named.length > 0 && named.every(({ id }) => !people.has(id))) {
      for (const { id } of named) people.add(id);
      parts.push(start + (start === "" ? "" : separator) + text);
      start = "";
    } else if (parts.length > 0) parts[parts.length - 1] += separator + text;
    else start += separator + text;
  }
  return parts.length > 1 ? parts : [line];
}
