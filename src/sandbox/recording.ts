/** The records of one sensor in the order the platform stored them, by column to stay small in memory. */
export interface Recording {
  readonly length: number;
  readonly measuredMs: Float64Array;
  readonly receivedMs: Float64Array;
  /** Glucose in tenths of mmol/L. */
  readonly tenths: Uint16Array;
  readonly trend: Uint8Array;
  /** 1 warming up, 2 normal. */
  readonly type: Uint8Array;
  readonly packageNum: Uint32Array;
}

export interface RecordRow {
  measuredMs: number;
  receivedMs: number;
  tenths: number;
  trend: number;
  type: 1 | 2;
  packageNum: number;
}

export function toRecording(rows: readonly RecordRow[]): Recording {
  return {
    length: rows.length,
    measuredMs: Float64Array.from(rows, (row) => row.measuredMs),
    receivedMs: Float64Array.from(rows, (row) => row.receivedMs),
    tenths: Uint16Array.from(rows, (row) => row.tenths),
    trend: Uint8Array.from(rows, (row) => row.trend),
    type: Uint8Array.from(rows, (row) => row.type),
    packageNum: Uint32Array.from(rows, (row) => row.packageNum),
  };
}

/** The contract's trend code for a rate of change: this sandbox's own thresholds. */
export function trendCode(mmolLPerMin: number): number {
  const speed = Math.abs(mmolLPerMin);
  if (speed < 0.06) return 1;
  if (speed < 0.11) return mmolLPerMin > 0 ? 5 : 10;
  return mmolLPerMin > 0 ? 15 : 20;
}
