import type { RosterQuery } from "#contract/roster-query.ts";
import type { Asking } from "./filter.ts";
import type { Judged } from "./judged.ts";
import type { Members } from "./members.ts";
import { byKey, byName } from "./sort.ts";

/** Of those marked with 1, the ones from `from` to before `to`. */
export function inOrder(
  members: Pick<Members, "order" | "memberOf" | "keys">,
  { sort, days }: RosterQuery,
  { appointments = [] }: Asking,
  marks: Uint8Array,
  section: { down: boolean; from: number; to: number },
  { worklist }: Judged,
  nowMs: number,
): number[] {
  const order = members.order();
  if (sort === "name") return byName(order, marks, section);
  const upward = { ...section, down: false };
  if (sort === "who-first")
    return byKey(order, marks, worklist.urgency(nowMs), upward, members.keys.of("unreviewed"));
  if (sort === "appointments") {
    const places: number[] = [];
    for (const [place, id] of appointments.entries()) {
      const member = members.memberOf(id);
      if (member !== undefined) places[member] = place;
    }
    return byKey(order, marks, places, upward);
  }
  if (sort === "tide" || sort === "surf-tide" || sort === "tidepool")
    return byKey(order, marks, worklist.published(sort, days), upward);
  return byKey(order, marks, members.keys.of(sort), section);
}
