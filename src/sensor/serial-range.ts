import { isPlainSerial, shapeOf } from "#contract/serial.ts";

const apart =
  /\s*(?:[-=]{1,2}>|-{1,2}|[‐‑‒–—―−~→⇒➔➜⟶]|\.{2,3}|\s(?:to|up to|through|thru|until|bis|à|au?|hasta|al?|до|по)\s|至|到|から)\s*/giu;
const around =
  /^\s*(?:(?:from|between|von|zwischen|de|du|entre|desde|从|自|由)\s*)?|\s*(?:incl(?:usive|\.)?|止)?\s*$/giu;
const longest = 100;

const endsOf = (serial: string) => {
  const joined = serial.replace(/[._-]/g, "");
  const [, before, number] = /^(.*?)(\d{1,15})$/.exec(joined) ?? [];
  return number === undefined || !isPlainSerial(joined) ? null : { joined, before, number: Number(number) };
};

/** A first and a last serial number of one kind, and how many lie between; null where a text is nothing of the sort. */
export function rangeEnds(text: string): { first: string; last: string; between: number } | null {
  if (text.length > longest) return null;
  const plain = text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(around, "")
    .toUpperCase();
  for (const { 0: mark, index } of plain.matchAll(apart)) {
    const first = plain.slice(0, index).replace(/\s/g, "");
    const last = plain.slice(index + mark.length).replace(/\s/g, "");
    const [from, to] = [endsOf(first), endsOf(last)];
    if (!from || !to || from.before !== to.before || shapeOf(from.joined) !== shapeOf(to.joined)) continue;
    const between = to.number - from.number - 1;
    if (between > 0) return { first, last, between };
  }
  return null;
}
