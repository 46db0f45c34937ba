/** A line of text and a little air, px. */
export const usualRoomPx = 14;

/**
 * How far to move labels down (negative: up), px, so that neighbours at these heights do
 * not lie on each other. Heights ascend.
 */
export function labelShifts(heightsPx: readonly number[], roomPx = usualRoomPx): number[] {
  const shifts = heightsPx.map(() => 0);
  for (let upper = 1; upper < heightsPx.length; upper += 1) {
    const gap = (heightsPx[upper] ?? 0) - (heightsPx[upper - 1] ?? 0);
    const missing = Math.max(0, roomPx - gap);
    shifts[upper - 1] = (shifts[upper - 1] ?? 0) + missing / 2;
    shifts[upper] = (shifts[upper] ?? 0) - missing / 2;
  }
  return shifts;
}
