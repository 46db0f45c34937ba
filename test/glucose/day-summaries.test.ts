import fc from "fast-check";
import { expect, test } from "vitest";
import { edgesMmolL } from "#glucose/bands.ts";
import {
  type DaySummaries,
  dayStartsMs,
  noDays,
  type Renewal,
  renewalOf,
  renewed,
  summaryFrom,
} from "#glucose/day-summaries.ts";
import type { Reading } from "#glucose/reading.ts";
import { inWindow } from "#glucose/series.ts";
import { summariesOf } from "#glucose/summary.ts";
import { joinSummaries, statisticsOfSummary } from "#glucose/summary-statistics.ts";
import { dayMs, hourMs, minuteMs } from "#glucose/time.ts";

/** Clocks go back in Berlin on 25 October and forward in Auckland on 27 September. */
const beginMs = Date.UTC(2026, 9, 20);

interface Measured extends Reading {
  readonly arrivesMs: number;
}

const person = fc.record({
  timeZone: fc.constantFrom("Europe/Berlin", "Asia/Shanghai", "America/St_Johns", "Asia/Kathmandu"),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  /** Hours between the looks. */
  looksHours: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 5, maxLength: 40 }),
  /** Of two sensors worn at once, the second's first day. */
  secondFromDay: fc.constantFrom(null, 3, 6),
  silentFromHour: fc.integer({ min: 20, max: 200 }),
  silentHours: fc.integer({ min: 0, max: 60 }),
});

function readingsOf({
  seed,
  secondFromDay,
  silentFromHour,
  silentHours,
}: typeof person extends fc.Arbitrary<infer One> ? One : never): Measured[] {
  let state = seed;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const readings: Measured[] = [];
  const wear = (sensor: string, fromMs: number, untilMs: number, spacingMin: number) => {
    let value = 6;
    for (let index = 0; ; index += 1) {
      const timeMs = fromMs + index * spacingMin * minuteMs;
      if (timeMs >= untilMs) return;
      value = Math.min(20, Math.max(2, value + (random() - 0.5) * 1.2 + (6 - value) * 0.02));
      const hour = (timeMs - beginMs) / hourMs;
      if (hour >= silentFromHour && hour < silentFromHour + silentHours) continue;
      if (random() < 0.03) continue;
      const delayMin = Math.floor(random() ** 4 * 59);
      readings.push({
        timeMs,
        valueMmolL: Math.round(value * 10) / 10,
        trend: 1,
        warmUp: index < 20,
        sensor,
        packet: index + 1,
        uploadDelayMin: delayMin,
        arrivesMs: timeMs + delayMin * minuteMs,
      });
    }
  };
  wear("A", beginMs + 5 * hourMs, beginMs + 6 * dayMs, 3);
  wear("B", beginMs + 6 * dayMs, beginMs + 16 * dayMs, 5);
  if (secondFromDay !== null)
    wear("C", beginMs + secondFromDay * dayMs + 7 * hourMs, beginMs + 12 * dayMs, 3);
  return readings.sort((a, b) => a.timeMs - b.timeMs);
}

const lives = new Map([["A", { activatedAtMs: beginMs + 4 * hourMs, endedAtMs: beginMs + 6 * dayMs }]]);
const evidence = { lives };

test("looked at again and again, the last hours at a time, days come to what all their readings say", () => {
  fc.assert(
    fc.property(person, (someone) => {
      const { timeZone, looksHours } = someone;
      const readings = readingsOf(someone);
      let kept: DaySummaries = noDays;
      let nowMs = beginMs + 6 * hourMs;
      for (const hours of looksHours) {
        nowMs += (hours * hourMs) / 2 + 7 * minuteMs;
        const arrived = readings.filter(({ arrivesMs }) => arrivesMs <= nowMs);
        let renewal: Renewal;
        do {
          renewal = renewalOf(kept, nowMs, timeZone);
          const read = inWindow(arrived, renewal.readFromMs, renewal.readToMs);
          kept = renewed(kept, read, renewal, { timeZone, edges: edgesMmolL, evidence });
        } while (renewal.readToMs < nowMs);
      }
      const arrived = readings.filter(({ arrivesMs, timeMs }) => arrivesMs <= nowMs && timeMs < nowMs);
      const starts = dayStartsMs(13, nowMs, timeZone);
      const spans = starts.map((startMs, index) => ({ startMs, endMs: starts[index + 1] ?? nowMs }));
      const whole = summariesOf(arrived, spans, edgesMmolL, evidence).reduce(joinSummaries);
      const composed = summaryFrom(kept, starts[0] as number);
      expect(composed).not.toBeNull();
      if (!composed) return;
      const said = statisticsOfSummary(composed, edgesMmolL, edgesMmolL, lives);
      const raw = statisticsOfSummary(whole, edgesMmolL, edgesMmolL, lives);
      expect(said.n).toBe(raw.n);
      expect(said.expected).toBe(raw.expected);
      for (const [band, share] of Object.entries(raw.timeIn ?? {}))
        expect(said.timeIn?.[band as "low"]).toBeCloseTo(share, 9);
      expect(said.sdMmolL ?? 0).toBeCloseTo(raw.sdMmolL ?? 0, 6);
      expect(composed.lows).toEqual(whole.lows);
      expect(composed.lowest).toEqual(whole.lowest);
      expect(composed.highest).toEqual(whole.highest);
      expect(composed.gapMs).toEqual(whole.gapMs);
      expect(composed.silences).toBe(whole.silences);
      expect(composed.delays).toEqual(whole.delays);
    }),
    { numRuns: 100 },
  );
});

test.each([0, 5, 28, 29, 30, 31, 45, 89, 400])(
  "after %i days in which nobody looked, the days that are kept follow each other and are those of a first look",
  (days) => {
    const timeZone = "Europe/Berlin";
    const readings = Array.from(
      { length: 500 * 24 },
      (_, hour): Reading => ({
        timeMs: beginMs + hour * hourMs,
        valueMmolL: 6 + (hour % 7),
        trend: 1,
        warmUp: false,
        sensor: "A",
        packet: hour + 1,
        uploadDelayMin: 0,
      }),
    );
    const look = (before: DaySummaries, nowMs: number) => {
      let kept = before;
      let renewal: Renewal;
      do {
        renewal = renewalOf(kept, nowMs, timeZone);
        const read = inWindow(readings, renewal.readFromMs, Math.min(renewal.readToMs, nowMs));
        kept = renewed(kept, read, renewal, { timeZone, edges: edgesMmolL, evidence: { lives: new Map() } });
      } while (renewal.readToMs < nowMs);
      return kept;
    };
    const firstMs = beginMs + 40 * dayMs + 5 * hourMs;
    const lastMs = firstMs + days * dayMs + hourMs;
    const kept = look(look(noDays, firstMs), lastMs);
    const spans = [...kept.days, ...kept.parts];
    for (const [index, { startMs }] of spans.slice(1).entries()) expect(startMs).toBe(spans[index]?.endMs);
    const [startMs = 0] = dayStartsMs(13, lastMs, timeZone);
    const { sensors, ...said } = summaryFrom(look(noDays, lastMs), startMs) ?? { sensors: [] };
    const { sensors: keptSensors, ...keptSaid } = summaryFrom(kept, startMs) ?? { sensors: [] };
    expect(keptSaid).toEqual(said);
    expect(keptSensors.map(({ sums }) => sums)).toEqual(sensors.map(({ sums }) => sums));
  },
);
