/** One share (0 to 1) as per cent: whole, one decimal below 1 %, and neither 0 nor 100 unless it is. Source: clinical.md. */
export function wholePercent(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1) return Math.max(0.1, percent).toFixed(1);
  return (percent < 100 ? Math.min(99, Math.round(percent)) : 100).toFixed(0);
}
