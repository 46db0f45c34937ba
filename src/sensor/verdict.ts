import type { DeviceJourney } from "#contract/device.ts";
import type { HeadlineCode } from "#contract/headline.ts";
import { dayMs, hourMs, minuteMs } from "#glucose/time.ts";
import { lateAfterMs } from "#glucose/upload-delays.ts";
import { contradictionsIn, type DeviceDates } from "./life.ts";

/** Where the rules draw their lines; the reference page prints them. */
export const thresholds = {
  /** Share of the expected data below which a sensor does not simply work. */
  goodShare: 0.9,
  poorShare: 0.7,
  /** No reading for so long counts as silent, where the wearer's data is not usually later. */
  silentMs: hourMs,
  /**
   * Without a value for so long after its start a sensor is faulty. The platform does not say how long a warm-up lasts;
   * that of the sandbox is an hour.
   */
  warmUpMs: 2 * hourMs,
  /** Uploads are late when the median or the worst delay exceeds these. */
  lateMedianMin: 30,
  lateWorstMin: 120,
  /** Ends that far from the expected one are early or late. */
  endToleranceMs: 2 * hourMs,
  /** Minutes of drift worth a word. */
  driftMin: 15,
  /** So many times that the sensor itself sent nothing are a fault of the sensor. */
  recurringSilences: 3,
  duplicates: 100,
  /**
   * What went wrong within so much of the last data is told in the present, and what did before as over. A day holds
   * whatever a phone or a sensor does daily, and one bad evening does not count for the rest of the wear.
   */
  recentMs: dayMs,
} as const;

export type ClaimCode =
  | "share"
  | "overdue"
  | "late-uploads"
  | "packets-lost"
  | "sensor-silent"
  | "restarts"
  | "time-jumps"
  | "drift"
  | "new-phone"
  | "malformed"
  | "after-end"
  | "contradiction";

/** Which part of the page, by its ID, shows what a claim rests on. */
type Evidence = "device-life" | "device-data" | "gaps" | "uploads" | "clock" | "contradictions";

export interface Claim {
  readonly code: ClaimCode;
  readonly evidence: Evidence;
  /** That it goes on, as far as the last day of data tells; else it is over. */
  readonly isPresent: boolean;
  /** Numbers for the words; those that end in Ms are durations. */
  readonly values: Readonly<Record<string, number>>;
}

/** `minor`: something to know; `major`: something to do; `severe`: it does not do what it is for. */
export type Tone = "good" | "neutral" | "minor" | "major" | "severe";

export interface Verdict {
  readonly headline: HeadlineCode;
  readonly tone: Tone;
  /**
   * How long the headline's state has lasted, or by how much it is off; null where there is no such length.
   */
  readonly durationMs: number | null;
  /** The platform's dates contradict each other, or the data contradicts them. */
  readonly isInDoubt: boolean;
  readonly claims: readonly Claim[];
}

const tones: Record<HeadlineCode, Tone> = {
  unbound: "neutral",
  bound: "neutral",
  unknown: "major",
  "never-sent": "severe",
  "warming-up": "good",
  "no-values": "severe",
  overdue: "major",
  silent: "major",
  poor: "major",
  patchy: "minor",
  working: "good",
  irregular: "minor",
  "ended-early": "major",
  "ended-late": "neutral",
  "ended-on-time": "good",
  "ended-doubtful": "major",
  ended: "neutral",
};

/** Claims beside which, in the present, a sensor cannot be said to simply work. */
const irregular: ReadonlySet<ClaimCode> = new Set([
  "sensor-silent",
  "restarts",
  "time-jumps",
  "drift",
  "after-end",
  "contradiction",
]);

type Headline = [HeadlineCode, durationMs: number | null];

/** Of a device that is not in use, whose data says nothing more; null for one that is. */
export function headlineOutOfUse(
  device: DeviceDates,
  hasDataAfterEnd: boolean,
  nowMs: number,
): Headline | null {
  const { state, estimatedEndAtMs, endedAtMs } = device;
  if (state === "activated") return null;
  if (state !== "ended") return [state, null];
  if (contradictionsIn(device, nowMs).length > 0 || hasDataAfterEnd) return ["ended-doubtful", null];
  if (endedAtMs === null || estimatedEndAtMs === null) return ["ended", null];
  const offMs = endedAtMs - estimatedEndAtMs;
  if (Math.abs(offMs) <= thresholds.endToleranceMs) return ["ended-on-time", null];
  return [offMs < 0 ? "ended-early" : "ended-late", Math.abs(offMs)];
}

type Read = Pick<DeviceJourney, "lastReadingMs" | "usualDelayMs" | "stale" | "asOfMs">;

/** Of a platform that cannot be read nobody knows whether the sensor has gone on. */
const readToMs = ({ stale, asOfMs }: Read, nowMs: number): number =>
  stale ? Math.min(asOfMs, nowMs) : nowMs;

/** For how long nothing has come since the last reading, or the start, though it should; null where nothing is missing. */
export function silentForMs(read: Read, activatedAtMs: number | null, nowMs: number): number | null {
  const sinceMs = read.lastReadingMs ?? activatedAtMs;
  const silentMs = sinceMs === null ? Number.POSITIVE_INFINITY : readToMs(read, nowMs) - sinceMs;
  return silentMs > lateAfterMs(read.usualDelayMs) ? silentMs : null;
}

/** Data that usually comes so late says nothing of now. */
export const isUsuallyLate = ({ usualDelayMs }: Pick<Read, "usualDelayMs">): boolean =>
  (usualDelayMs ?? 0) > thresholds.lateMedianMin * minuteMs;

/** By when the first value should have come at the latest. */
export const firstValueByMs = (activatedAtMs: number, read: Pick<Read, "usualDelayMs">): number =>
  activatedAtMs + thresholds.warmUpMs + (isUsuallyLate(read) ? (read.usualDelayMs ?? 0) : 0);

/** Whether records of after the warm-up have come, or should have by now. */
const isWarmUpOver = (read: Read, activatedAtMs: number, nowMs: number): boolean =>
  readToMs(read, nowMs) > firstValueByMs(activatedAtMs, read) ||
  (read.lastReadingMs ?? 0) > activatedAtMs + thresholds.warmUpMs;

const shareOf = ({ received, expected }: Pick<DeviceJourney, "received" | "expected">): number =>
  expected > 0 ? received / expected : 1;

const isLate = (upload: DeviceJourney["upload"]): boolean =>
  upload !== null &&
  (upload.medianMin > thresholds.lateMedianMin || upload.worstMin > thresholds.lateWorstMin);

function headlineOf(device: DeviceDates, journey: DeviceJourney, nowMs: number): Headline {
  const outOfUse = headlineOutOfUse(device, journey.afterEnd > 0, nowMs);
  if (outOfUse) return outOfUse;
  const { activatedAtMs, estimatedEndAtMs } = device;
  const { lastReadingMs, received, recent, warmUp } = journey;
  const wornMs = activatedAtMs === null ? null : readToMs(journey, nowMs) - activatedAtMs;
  const silentMs = silentForMs(journey, activatedAtMs, nowMs);
  // For how long it warms up nobody can say of data that comes hours late.
  const warmingUp: Headline = ["warming-up", isUsuallyLate(journey) ? null : wornMs];
  if (lastReadingMs === null) return silentMs === null ? warmingUp : ["never-sent", wornMs];
  if (estimatedEndAtMs !== null && nowMs > estimatedEndAtMs && contradictionsIn(device, nowMs).length === 0)
    return ["overdue", nowMs - estimatedEndAtMs];
  if (silentMs !== null) return ["silent", silentMs];
  if (warmUp && warmUp.count === received) {
    const isOver = activatedAtMs !== null && isWarmUpOver(journey, activatedAtMs, nowMs);
    return isOver ? ["no-values", wornMs] : warmingUp;
  }
  // Losses that are over weigh no more.
  const share = Math.max(shareOf(journey), recent ? shareOf(recent) : 0);
  if (share < thresholds.poorShare) return ["poor", null];
  return [share < thresholds.goodShare ? "patchy" : "working", null];
}

/**
 * What can be said of a device to a caller, in order of weight, each claim
 * with where its evidence stands. Pure.
 */
export function verdictOf(device: DeviceDates, journey: DeviceJourney, nowMs: number): Verdict {
  const { state, estimatedEndAtMs } = device;
  const { received, expected, packetsLost, upload, recent, clock, gaps, leftOut, afterEnd } = journey;
  const [plain, durationMs] = headlineOf(device, journey, nowMs);
  const silences = gaps.filter(({ cause }) => cause === "not-measured");
  const restarts = clock?.jumps.filter(({ kind }) => kind === "restart").length ?? 0;
  const timeJumps = clock?.jumps.filter(({ kind }) => kind === "time").length ?? 0;
  const contradictions = contradictionsIn(device, nowMs).length;
  const overdueMs =
    state === "activated" && estimatedEndAtMs !== null && contradictions === 0 ? nowMs - estimatedEndAtMs : 0;
  const isLateNow = state !== "ended" && isLate(recent?.upload ?? null);
  const late = isLateNow ? recent?.upload : upload;
  const isRecent = (atMs: number) => recent !== null && atMs >= recent.fromMs;
  const hasJumped = (which: "restart" | "time") =>
    clock?.jumps.some(({ kind, atMs }) => kind === which && isRecent(atMs)) ?? false;
  const isSilentAgain =
    silences.length >= thresholds.recurringSilences && silences.some(({ toMs }) => isRecent(toMs));
  const rules: [boolean, Omit<Claim, "isPresent">, isPresent?: boolean][] = [
    [
      contradictions > 0,
      { code: "contradiction", evidence: "contradictions", values: { count: contradictions } },
    ],
    [afterEnd > 0, { code: "after-end", evidence: "device-data", values: { count: afterEnd } }],
    [
      expected > 0 && plain !== "warming-up",
      { code: "share", evidence: "device-data", values: { received, expected } },
    ],
    [
      overdueMs > 0 && plain !== "overdue",
      { code: "overdue", evidence: "device-life", values: { byMs: overdueMs } },
    ],
    [
      isLateNow || isLate(upload),
      {
        code: "late-uploads",
        evidence: "uploads",
        values: {
          medianMs: (late?.medianMin ?? 0) * minuteMs,
          worstMs: (late?.worstMin ?? 0) * minuteMs,
        },
      },
      isLateNow,
    ],
    [packetsLost > 0, { code: "packets-lost", evidence: "gaps", values: { count: packetsLost } }],
    [
      silences.length > 0,
      { code: "sensor-silent", evidence: "gaps", values: { count: silences.length } },
      isSilentAgain,
    ],
    [
      restarts > 0,
      { code: "restarts", evidence: "clock", values: { count: restarts } },
      hasJumped("restart"),
    ],
    [
      timeJumps > 0,
      { code: "time-jumps", evidence: "clock", values: { count: timeJumps } },
      hasJumped("time"),
    ],
    [
      Math.abs(clock?.driftMin ?? 0) >= thresholds.driftMin,
      { code: "drift", evidence: "clock", values: { byMs: Math.abs(clock?.driftMin ?? 0) * minuteMs } },
    ],
    [
      leftOut.duplicates >= thresholds.duplicates,
      { code: "new-phone", evidence: "device-data", values: { count: leftOut.duplicates } },
    ],
    [
      leftOut.malformed > 0,
      { code: "malformed", evidence: "device-data", values: { count: leftOut.malformed } },
    ],
  ];
  const claims = rules.flatMap(([holds, claim, isPresent = true]) => (holds ? { ...claim, isPresent } : []));
  const isIrregular = claims.some(({ code, isPresent }) => isPresent && irregular.has(code));
  const headline = plain === "working" && isIrregular ? "irregular" : plain;
  const isInDoubt = contradictions > 0 || afterEnd > 0;
  const tone = tones[headline];
  return { headline, tone: isInDoubt && tone !== "severe" ? "major" : tone, durationMs, isInDoubt, claims };
}
