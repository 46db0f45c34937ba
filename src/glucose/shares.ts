/**
 * Shares as per cent the way they are shown: whole numbers, one decimal below 1 %, at least 0.1 for anything that is not
 * nothing, and as displayed they add up to 100. Where tenths are needed for that, the largest part carries them. All
 * zero stays zero. Source: clinical.md, Statistics.
 */
export function displayPercents(shares: readonly number[]): string[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total === 0) return shares.map(() => "0");
  const exact = shares.map((share) => (share / total) * 1000);
  const largest = exact.indexOf(Math.max(...exact));
  const tenths = exact.map((value) => {
    if (value === 0) return 0;
    if (value < 10) return Math.max(1, Math.round(value));
    return Math.floor(value / 10) * 10;
  });
  // Whole per cents left over go to the parts that rounding down took most from.
  const byLoss = exact
    .map((value, index) => ({ index, loss: value - (tenths[index] ?? 0) }))
    .filter(({ index }) => index !== largest && (exact[index] ?? 0) >= 10)
    .sort((a, b) => b.loss - a.loss);
  const sum = () => tenths.reduce((a, b) => a + b, 0);
  for (const { index, loss } of byLoss) {
    if (loss < 5 || 1000 - sum() < 10) break;
    tenths[index] = (tenths[index] ?? 0) + 10;
  }
  tenths[largest] = (tenths[largest] ?? 0) + 1000 - sum();
  return tenths.map((value) => (value % 10 === 0 ? (value / 10).toFixed(0) : (value / 10).toFixed(1)));
}

/** One share (0 to 1) shown alone, as per cent: whole, one decimal below 1 %, and neither 0 nor 100 unless it is. Source: clinical.md. */
export function wholePercent(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1) return Math.max(0.1, percent).toFixed(1);
  return (percent < 100 ? Math.min(99, Math.round(percent)) : 100).toFixed(0);
}
