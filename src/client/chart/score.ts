import { bandOf, type Edges } from "#glucose/bands.ts";
import type { Gap } from "#glucose/gaps.ts";
import { localDayOf, localDays, localMinuteOfDay } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { minuteMs, type Span } from "#glucose/time.ts";
import { usableIn } from "#glucose/usable.ts";

type Timbre = "below" | "in" | "above";

export interface Note {
  readonly atS: number;
  readonly durationS: number;
  readonly frequencyHz: number;
  readonly timbre: Timbre;
}

/** A window of the curve as sound: what is played when, in seconds from its beginning. */
export interface Score {
  readonly lengthS: number;
  readonly notes: readonly Note[];
  readonly ticksS: readonly number[];
}

/** As short as a note can be and still be told from its neighbours. */
const shortestS = 0.05;
const leastTickS = 0.12;
const quarterDayMinutes = 360;
/** Of 3.9 mmol/L; twice the glucose is an octave more. */
const [baseHz, baseMmolL] = [220, 3.9];

const timbreOf = (valueMmolL: number, edges: Edges): Timbre => {
  const band = bandOf(valueMmolL, edges);
  return band === "in-range" ? "in" : band.endsWith("low") ? "below" : "above";
};

/** Of the readings that share a note the one farthest out, so that no low and no high is passed over. */
function farthestOut(readings: readonly Reading[], { low, high }: Edges, cellMs: number): Reading[] {
  const outBy = ({ valueMmolL }: Reading) => Math.abs(Math.log(valueMmolL / Math.sqrt(low * high)));
  const kept = new Map<number, Reading>();
  for (const reading of readings) {
    const cell = Math.floor(reading.timeMs / cellMs);
    const other = kept.get(cell);
    if (!other || outBy(reading) > outBy(other)) kept.set(cell, reading);
  }
  return [...kept.values()];
}

/** Every six hours of the local clock; midnights only where those would run together. */
function ticksMs({ startMs, endMs }: Span, timeZone: string, msPerS: number): number[] {
  const isDense = (quarterDayMinutes * minuteMs) / msPerS < leastTickS;
  const minutes = isDense ? [0] : [0, 1, 2, 3].map((quarter) => quarter * quarterDayMinutes);
  return localDays(startMs, endMs, timeZone)
    .flatMap((day) => {
      const beginsMs = localDayOf(day.startMs, timeZone).startMs;
      return minutes.map((minute) => {
        const atMs = beginsMs + minute * minuteMs;
        // Where the clocks changed meanwhile.
        return atMs - (localMinuteOfDay(atMs, timeZone) - minute) * minuteMs;
      });
    })
    .filter((atMs) => atMs >= startMs && atMs < endMs);
}

/**
 * A window as notes: pitch is glucose, silence a gap, with a timbre of its own below and above the range.
 * Warm-up and values that no sensor can mean are silent. Readings and gaps in time order.
 */
export function scoreOf(
  readings: readonly Reading[],
  gaps: readonly Gap[],
  span: Span,
  { edges, timeZone, lengthS }: { edges: Edges; timeZone: string; lengthS: number },
): Score {
  const msPerS = (span.endMs - span.startMs) / lengthS;
  const sounding = farthestOut(usableIn(readings, span), edges, msPerS * shortestS);
  const atS = (timeMs: number) => (timeMs - span.startMs) / msPerS;
  const notes = sounding.map(({ timeMs, valueMmolL }, i): Note => {
    const gap = gaps.find(({ toMs }) => toMs > timeMs);
    const untilMs = Math.min(
      sounding[i + 1]?.timeMs ?? span.endMs,
      gap ? Math.max(gap.fromMs, timeMs) : Number.POSITIVE_INFINITY,
    );
    return {
      atS: atS(timeMs),
      durationS: Math.max(shortestS, atS(untilMs) - atS(timeMs)),
      frequencyHz: (baseHz * valueMmolL) / baseMmolL,
      timbre: timbreOf(valueMmolL, edges),
    };
  });
  return { lengthS, notes, ticksS: ticksMs(span, timeZone, msPerS).map(atS) };
}
