/**
 * How many of a list have to be moved, put in or taken out for it to become the other: one who moves up from
 * the end is one, though all the others then stand a place lower.
 */
export function countMoved(before: readonly string[], after: readonly string[]): number {
  const places = new Map(before.map((id, place) => [id, place]));
  /** The last place of the best series of each length that keeps its order. */
  const ends: number[] = [];
  for (const id of after) {
    const place = places.get(id);
    if (place === undefined) continue;
    const at = ends.findIndex((end) => end >= place);
    ends[at < 0 ? ends.length : at] = place;
  }
  return Math.max(before.length, after.length) - ends.length;
}
