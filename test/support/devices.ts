import type { Device, DeviceJourney } from "#contract/device.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A patient's sensor, five days and four hours into fourteen days of wear. */
export function buildDevice(change: Partial<Device> = {}): Device {
  const activatedAtMs = Date.now() - 5 * dayMs - 4 * hourMs - 60_000;
  return {
    serial: "LT2610A3F7",
    state: "activated",
    statusCode: 2,
    boundAtMs: activatedAtMs - hourMs,
    activatedAtMs,
    estimatedEndAtMs: activatedAtMs + 14 * dayMs,
    endedAtMs: null,
    partnerId: "PT-0042",
    appId: "app-7",
    owner: { kind: "patient", patientId: null, partnerUid: "clinic-0007", name: "Anna Bergström" },
    other: null,
    box: { gtin: null, lot: null, expiry: null, producedOn: null },
    timeZone: "Europe/Berlin",
    stale: null,
    targets: null,
    asOfMs: Date.now(),
    ...change,
  };
}

/** Its last day is as all of its data is, unless the change says more. */
export function buildJourney(change: Partial<DeviceJourney> = {}): DeviceJourney {
  const startMs = Date.UTC(2026, 9, 5, 22);
  const journey: DeviceJourney = {
    stale: null,
    asOfMs: Date.now(),
    timeZone: "Europe/Berlin",
    nominalSpacingMin: 3,
    received: 700,
    expected: 720,
    firstReadingMs: startMs + 12 * hourMs,
    lastReadingMs: Date.now() - 20 * 60_000,
    leftOut: { malformed: 1, duplicates: 14, contradicting: 0 },
    usualWarmUpMs: null,
    warmUp: null,
    gaps: [],
    packetsLost: 0,
    upload: { medianMin: 1, worstMin: 4 },
    usualDelayMs: 5 * 60_000,
    recent: null,
    clock: { driftMin: 0, jumps: [] },
    afterEnd: 0,
    days: [
      { startMs: startMs + dayMs / 2, endMs: startMs + dayMs, received: 240, expected: 240, upload: null },
      { startMs: startMs + dayMs, endMs: startMs + 2 * dayMs, received: 460, expected: 480, upload: null },
    ],
    ...change,
  };
  const { received, expected, upload, lastReadingMs } = journey;
  if (change.recent !== undefined || lastReadingMs === null) return journey;
  return { ...journey, recent: { fromMs: lastReadingMs - dayMs, received, expected, upload } };
}
