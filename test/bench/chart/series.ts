import type { Reading } from "#glucose/reading.ts";

const stepMs = 180_000;
const endMs = Date.UTC(2026, 10, 20);

/**
 * Readings of 3 minutes over so many days, with gaps, two-week sensors, meals
 * and every trend. The same each time.
 */
export function seriesOf(days: number): Reading[] {
  const n = days * 480;
  const startMs = endMs - n * stepMs;
  let state = 1;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  let level = 7;
  let missing = 0;
  let late = 0;
  // One text per sensor, as readings from the wire have it.
  const serials = Array.from({ length: Math.ceil(n / 6720) }, (_, i) => `P${i}`);
  return Array.from({ length: n }, (_, i): Reading | null => {
    if (missing === 0 && random() < 0.0015) missing = 1 + Math.floor(random() * 40);
    late = late > 0 ? late - 1 : random() < 0.0005 ? 60 : 0;
    const meal = 3 * Math.max(0, Math.sin((i % 480) / 25)) * (0.5 + random() * 0.1);
    level += (6 + meal - level) * 0.06 + (random() - 0.5) * 0.5;
    if (missing > 0) {
      missing -= 1;
      return null;
    }
    return {
      timeMs: startMs + i * stepMs,
      valueMmolL: Math.round(Math.min(22, Math.max(2.2, level + meal)) * 10) / 10,
      trend: [1, 1, 1, 5, 10, 15, 20][Math.floor(random() * 7)] ?? 1,
      warmUp: i % 6720 < 20,
      sensor: serials[Math.floor(i / 6720)] ?? "",
      packet: i % 6720,
      uploadDelayMin: late > 0 ? 90 : 1,
    };
  }).filter((reading) => reading !== null);
}
