import { keyOf, mix } from "./random.ts";
import { type Recording, type RecordRow, toRecording, trendCode } from "./recording.ts";
import type { Series } from "./replay-file.ts";
import { type Wear, wearMs } from "./wear.ts";
import type { Wearer } from "./wearer.ts";

const minuteMs = 60_000;

/** How far to move a series so that it ends now: whole minutes, so that its own jitter of seconds stays. */
const shiftMs = (lastMs: number, nowMs: number): number => Math.floor((nowMs - lastMs) / minuteMs) * minuteMs;

/** A real person's series as a wearer of sensors, one after another, each worn for up to 14 days. */
export function replayWearer(
  series: Series,
  person: { partnerUid: string; openId: string; number: number; seed: number },
  nowMs: number,
): Wearer {
  const last = series.points.at(-1);
  const shift = last ? shiftMs(last.timeMs, nowMs) : 0;
  const key = keyOf(person.partnerUid, person.seed);
  const pieces: { timeMs: number; tenths: number }[][] = [];
  for (const point of series.points) {
    const piece = pieces.at(-1);
    const moved = { timeMs: point.timeMs + shift, tenths: point.tenths };
    if (piece?.[0] && moved.timeMs - piece[0].timeMs < wearMs - series.spacingMs) piece.push(moved);
    else pieces.push([moved]);
  }
  const worn = pieces.map((piece, i) => {
    const firstMs = (piece[0]?.timeMs ?? nowMs) - series.spacingMs;
    const lastMs = piece.at(-1)?.timeMs ?? firstMs;
    const wear: Wear = {
      serial: `R${String(person.number).padStart(3, "0")}${String(i + 1).padStart(5, "0")}`,
      key: mix(key, i),
      boundMs: firstMs - 5 * minuteMs,
      activatedMs: firstMs,
      estimatedEndMs: firstMs + wearMs,
      endedMs: i === pieces.length - 1 ? firstMs + wearMs : lastMs,
      access: "usual",
      newPhone: false,
    };
    return { wear, recording: toRows(piece, firstMs, series.spacingMs) };
  });
  const bySerial = new Map<string, Recording>(worn.map(({ wear, recording }) => [wear.serial, recording]));
  const all = worn.map(({ wear }) => wear);
  return {
    partnerUid: person.partnerUid,
    openId: person.openId,
    ours: true,
    wears: (atMs) => all.filter((wear) => wear.boundMs <= atMs),
    recording: (wear) => bySerial.get(wear.serial) ?? toRecording([]),
  };
}

function toRows(
  piece: readonly { timeMs: number; tenths: number }[],
  firstMs: number,
  spacingMs: number,
): Recording {
  const rows = piece.map(({ timeMs, tenths }, i): RecordRow => {
    const before = piece[i - 1];
    const minutes = before ? (timeMs - before.timeMs) / minuteMs : 0;
    const followsOn = minutes > 0 && minutes <= 16;
    return {
      measuredMs: timeMs,
      receivedMs: timeMs,
      tenths,
      trend: before && followsOn ? trendCode((tenths - before.tenths) / 10 / minutes) : 0,
      type: 2,
      packageNum: Math.round((timeMs - firstMs) / spacingMs),
    };
  });
  return toRecording(rows);
}
