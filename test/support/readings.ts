import type { Reading } from "#glucose/reading.ts";

const minuteMs = 60_000;

/** Readings at even spacing; null leaves one out. */
export function readingsOf(
  values: readonly (number | null)[],
  options: { startMs?: number; spacingMin?: number } & Partial<Omit<Reading, "timeMs" | "valueMmolL">> = {},
): Reading[] {
  const { startMs = Date.UTC(2026, 10, 6), spacingMin = 3, ...rest } = options;
  return values.flatMap((valueMmolL, index) =>
    valueMmolL === null
      ? []
      : [
          {
            timeMs: startMs + index * spacingMin * minuteMs,
            valueMmolL,
            trend: 1,
            warmUp: false,
            sensor: "P1",
            packet: index + 1,
            uploadDelayMin: 0,
            ...rest,
          },
        ],
  );
}
