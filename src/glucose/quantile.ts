/**
 * Values in ascending order, each with its weight. Sorting plain numbers is much the
 * faster, and they mostly weigh the same.
 */
export function sortedWithWeights(
  values: Float64Array,
  weights: Float64Array,
): { values: Float64Array; weights: Float64Array } {
  const [first] = weights;
  if (weights.every((weight) => weight === first)) return { values: values.toSorted(), weights };
  const ascending = [...values.keys()].sort((a, b) => (values[a] as number) - (values[b] as number));
  return {
    values: Float64Array.from(ascending, (index) => values[index] as number),
    weights: Float64Array.from(ascending, (index) => weights[index] as number),
  };
}

/**
 * The quantile `q` (0 to 1) of ascending values by linear interpolation between the two nearest ranks, each
 * value weighing what `weights` says. With equal weights it is type 7 of Hyndman and Fan
 * (10.1080/00031305.1996.10473566). NaN for no values.
 */
export function quantile(ascending: ArrayLike<number>, weights: ArrayLike<number>, q: number): number {
  const { length } = ascending;
  let total = 0;
  for (let index = 0; index < length; index += 1) total += weights[index] as number;
  // A value's rank is the share of the weight before it, of all but its own.
  const rankOf = (before: number, weight: number) => (total > weight ? before / (total - weight) : 0);
  let before = 0;
  for (let index = 0; index < length; index += 1) {
    const weight = weights[index] as number;
    const rank = rankOf(before, weight);
    if (rank >= q || index === length - 1) {
      const value = ascending[index] as number;
      const lower = ascending[index - 1];
      if (lower === undefined || rank <= q) return value;
      const weightBelow = weights[index - 1] as number;
      const rankBelow = rankOf(before - weightBelow, weightBelow);
      return lower + ((value - lower) * (q - rankBelow)) / (rank - rankBelow);
    }
    before += weight;
  }
  return Number.NaN;
}
