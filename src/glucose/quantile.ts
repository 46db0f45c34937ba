/**
 * The quantile `q` (0 to 1) of ascending values by linear interpolation between the two nearest ranks (h = (n − 1) q, type 7
 * of Hyndman and Fan, 10.1080/00031305.1996.10473566). NaN for no values.
 */
export function quantile(ascending: ArrayLike<number>, q: number): number {
  const at = (ascending.length - 1) * q;
  const below = Math.floor(at);
  const lower = ascending[below] ?? Number.NaN;
  const upper = ascending[below + 1] ?? lower;
  return lower + (upper - lower) * (at - below);
}
