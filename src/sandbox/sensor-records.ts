import { createGlucose } from "./glucose-model.ts";
import type { Subject } from "./person.ts";
import { between, mix, normal, smoothNoise, unit } from "./random.ts";
import { type Recording, type RecordRow, toRecording, trendCode } from "./recording.ts";
import { createUploads } from "./uploads.ts";
import type { Quirk, Wear } from "./wear.ts";

const slotMs = 180_000;
const warmUpSlots = 20;
const trendSlots = 4;

const slotsADay = 480;
const pauseMs = 50 * 60_000;
/** How many readings of an hour never arrive. */
const lossOf: Partial<Record<Quirk, number>> = { badly: 13, losses: 5 };
const slotsAnHour = 20;
const jumpSlot = 1000;
const jumpMs = 9 * 60_000;

/**
 * Everything a sensor will ever have sent, as if its wear were over; what is not
 * received yet is for the reader to leave out.
 */
export function recordSensor(subject: Subject, wear: Wear): Recording {
  const glucose = createGlucose(subject);
  const { quirk } = wear;
  // A quirk shows at any hour: the wearer's own habits do not hide it.
  const habits = quirk ? { ...subject.habits, phoneAway: 0, lagMin: 0, loss: 0 } : subject.habits;
  const receivedAt = createUploads({ ...subject, habits });
  const k = {
    slip: mix(wear.key, 10),
    loss: mix(wear.key, 11),
    odd: mix(wear.key, 12),
    swap: mix(wear.key, 13),
  };
  const slipMs = unit(wear.key, 14) < 0.5 ? 1000 : -1000;
  const gain = 1 + 0.025 * normal(wear.key, 15);
  const slots = Math.floor((wear.endedMs - wear.activatedMs) / slotMs);
  const restartAt = unit(wear.key, 16) < 0.3 ? Math.floor(between(500, 6000, wear.key, 17)) : -1;

  const rows: RecordRow[] = [];
  const seen: number[] = [];
  let clockErrorMs = 0;
  let lostUntil = 0;
  for (let n = 1; n <= slots; n++) {
    if (unit(k.slip, n) < 1 / 70) clockErrorMs += slipMs;
    if (n === restartAt) clockErrorMs += Math.round(between(-90, 110, wear.key, 18)) * 1000;
    if (quirk === "pauses" && n % slotsADay === 0) clockErrorMs += pauseMs;
    if (quirk === "clock") clockErrorMs += n === jumpSlot ? jumpMs : 1000;
    const measuredMs = wear.activatedMs + n * slotMs + clockErrorMs;
    // A sensor settles during its first hour: it starts low and unsure.
    const settling =
      n <= warmUpSlots ? -1.4 * (1 - n / warmUpSlots) + smoothNoise(k.odd, n / 3) * (1 - n / 30) : 0;
    const value = Math.min(25, Math.max(2.2, glucose(measuredMs) * gain + settling));
    seen.push(value);
    if (n > lostUntil && unit(k.loss, n) < habits.loss) lostUntil = n + Math.ceil(40 * unit(k.loss, -n) ** 3);
    if (n <= lostUntil || quirk === "never-sends") continue;
    if (quirk === "falls-silent" && n > 2 * slotsADay) continue;
    if (quirk && n % slotsAnHour < (lossOf[quirk] ?? 0)) continue;
    rows.push({
      measuredMs,
      receivedMs: receivedAt(measuredMs),
      tenths: Math.round(value * 10),
      trend: trendAt(seen, k.odd),
      type: n <= warmUpSlots ? 1 : 2,
      packageNum: quirk === "restart" ? ((n - 1) % slotsADay) + 1 : n,
    });
  }

  if (wear.newPhone) {
    const newPhoneMs =
      wear.activatedMs + Math.floor((wear.endedMs - wear.activatedMs) * between(0.25, 0.8, wear.key, 19));
    const again = rows.filter((row) => row.receivedMs < newPhoneMs);
    for (const [i, row] of again.entries()) rows.push({ ...row, receivedMs: newPhoneMs + i * 4 });
  }
  rows.sort((a, b) => a.receivedMs - b.receivedMs);
  for (let i = 1; i < rows.length; i++) {
    const [a, b] = [rows[i - 1], rows[i]];
    if (a && b && unit(k.swap, i) < 0.05) [rows[i - 1], rows[i]] = [b, a];
  }
  return toRecording(rows);
}

/**
 * The trend of the newest of these values, which are one slot apart. Now and
 * then, and at first, an undocumented code.
 */
function trendAt(values: readonly number[], key: number): number {
  const n = values.length;
  const now = values[n - 1];
  const before = values[n - 1 - trendSlots];
  if (now === undefined || before === undefined) return 0;
  return unit(key, n) < 0.002 ? 99 : trendCode((now - before) / (trendSlots * 3));
}
