const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);

/** The value that a share `q` of the values lie below; NaN of none. */
export const quantile = (values: readonly number[], q: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;

export const median = (values: readonly number[]): number => quantile(values, 0.5);
