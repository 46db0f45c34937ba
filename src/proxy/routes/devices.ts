import { Hono } from "hono";
import pLimit from "p-limit";
import type * as z from "zod/mini";
import {
  type Device,
  type DeviceJourney,
  type DeviceStateRow,
  device,
  deviceJourney,
  deviceStates,
  deviceStatesAnswer,
  parseSerial,
  serialList,
} from "#contract/device.ts";
import { longestRangeMs, optionalReadingsRange, readingsResponse, toColumns } from "#contract/readings.ts";
import { glucoseRoles, type Role, roles } from "#contract/staff.ts";
import { beginningOf } from "#contract/text.ts";
import { completenessOf } from "#glucose/completeness.ts";
import { gapsOf, packetsLostAmong } from "#glucose/gaps.ts";
import { sensorClockOf } from "#glucose/sensor-clock.ts";
import { firstAtOrAfter, inWindow } from "#glucose/series.ts";
import { uploadDelayOf } from "#glucose/uploads.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook, spanOf } from "../audit/view.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import { compressedJson } from "../http/compressed-json.ts";
import type { LimitReads } from "../http/limit-reads.ts";
import { withPriority } from "../platform/call-context.ts";
import type { Platform, PlatformDevice, PlatformReadings } from "../platform/types.ts";
import type { PatientStore } from "../store/patients.ts";
import { describe, valid } from "./openapi.ts";

const minuteMs = 60_000;
/** A reading that belongs to the end itself, and two clocks that differ a little, are no data from after it. */
const endToleranceMs = 5 * minuteMs;
/** Of one list; the rate is one for all lists together. */
const mostListedAtOnce = 4;
/** A part of a list is answered with what it has come to by then: at a low rate its rest takes longer than any request may. */
const listAnswerMs = 10_000;
const endedStatus = deviceStates.indexOf("ended");

export interface DeviceRoutesOptions {
  patients: PatientStore;
  platform: Platform;
  requireRole: RequireRole;
  limitReads: LimitReads;
  now: () => number;
  /** For the look-ups of all lists together. */
  limitRate: () => Promise<void>;
}

function serialOf(text: string): string {
  const serial = parseSerial(text);
  if (serial) return serial;
  throw new Failure("invalid-request", {
    detail: "A serial number has letters, digits, dot, hyphen and underscore, 64 at most.",
    fields: [{ field: "serial", reason: "characters" }],
  });
}

const stateOf = ({ statusCode }: Pick<PlatformDevice, "statusCode">): Device["state"] =>
  deviceStates.slice(0, 4)[statusCode] ?? "unknown";

/** A record from before a sensor was on anybody is not its own; two clocks that differ are. */
const beforeLifeMs = 24 * 60 * minuteMs;

/**
 * Without the records of a time before the sensor began, which would make days of nothing; they are counted. Where most are from before,
 * the date is what is wrong, and the verdict says so.
 */
function withinLife(
  { readings, leftOut }: Pick<PlatformReadings, "readings" | "leftOut">,
  activatedAtMs: number | null,
): Pick<PlatformReadings, "readings" | "leftOut"> {
  const before = activatedAtMs === null ? 0 : firstAtOrAfter(readings, activatedAtMs - beforeLifeMs);
  if (before * 2 >= readings.length) return { readings, leftOut };
  return {
    readings: readings.slice(before),
    leftOut: { ...leftOut, malformed: leftOut.malformed + before },
  };
}

export function createDeviceRoutes(options: DeviceRoutesOptions): Hono<AppEnv> {
  const { patients, platform, requireRole, limitReads, now, limitRate } = options;
  const routes = new Hono<AppEnv>();

  async function ownerOf(
    found: PlatformDevice,
    role: Role,
  ): Promise<Pick<Device, "owner" | "timeZone" | "targets">> {
    const patient = found.openId ? await patients.byOpenId(found.openId) : null;
    if (!patient) {
      const kind = found.openId ? "another-partner" : "nobody";
      return { owner: { kind }, timeZone: "UTC", targets: null };
    }
    const { id, partnerUid, name, timeZone } = patient;
    const seesGlucose = glucoseRoles.includes(role);
    return {
      owner: { kind: "patient", patientId: seesGlucose ? id : null, partnerUid, name },
      timeZone,
      targets: seesGlucose ? patient.targets : null,
    };
  }

  routes.post(
    "/states",
    requireRole(...roles),
    describe(
      "Where each of a few devices is in its life; a row says why when it could not be told",
      deviceStatesAnswer,
    ),
    valid("json", serialList),
    async (c) => {
      const { role } = c.get("staff");
      const limit = pLimit(mostListedAtOnce);
      const untilMs = performance.now() + listAnswerMs;
      const rowOf = async (text: string): Promise<DeviceStateRow | null> => {
        if (performance.now() > untilMs || c.req.raw.signal.aborted) return null;
        try {
          const serial = serialOf(text);
          const look = { action: "device.view", subject: serial } as const;
          const found = await auditLook(c, look, async () => {
            await limitRate();
            return withPriority("list", () => platform.deviceInfo(serial));
          });
          // A row has no room to say how old it is.
          if (found.stale) throw new Failure(found.stale.code);
          const { owner } = await ownerOf(found, role);
          const { activatedAtMs, estimatedEndAtMs, endedAtMs } = found;
          const state = stateOf(found);
          return { ok: true, serial, state, activatedAtMs, estimatedEndAtMs, endedAtMs, owner: owner.kind };
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          const { code, details } = error;
          const { code: platformCode = null, message = "" } = details.platform ?? {};
          return { ok: false, serial: text, code, platformCode, platformMessage: beginningOf(message, 300) };
        }
      };
      const rows = (await limit.map(c.req.valid("json").serials, rowOf)).filter((row) => row !== null);
      return c.json({ rows } satisfies z.infer<typeof deviceStatesAnswer>);
    },
  );

  routes.get(
    "/:serial",
    requireRole(...roles),
    describe("Where a device is in its life, and whose it is", device),
    async (c) => {
      const serial = serialOf(c.req.param("serial"));
      const look = { action: "device.view", subject: serial } as const;
      const { openId: _, ...found } = await auditLook(c, look, () => platform.deviceInfo(serial));
      const owned = await ownerOf({ ...found, openId: _ }, c.get("staff").role);
      return c.json({ ...found, state: stateOf(found), ...owned } satisfies Device);
    },
  );

  routes.get(
    "/:serial/journey",
    requireRole(...roles),
    limitReads,
    describe("What became of a device's expected data, day by day, without a value", deviceJourney),
    async (c) => {
      const serial = serialOf(c.req.param("serial"));
      const look = { action: "device-journey.view", subject: serial } as const;
      const [found, read] = await auditLook(c, look, () =>
        Promise.all([platform.deviceInfo(serial), platform.deviceReadings(serial)]),
      );
      const { timeZone } = await ownerOf(found, c.get("staff").role);
      const { readings, leftOut } = withinLife(read, found.activatedAtMs);
      const firstMs = readings[0]?.timeMs ?? null;
      const lastMs = readings.at(-1)?.timeMs ?? null;
      // Of what came after the platform was last read, nothing is known.
      const knownToMs = read.stale ? read.asOfMs : now();
      // Ended without a date: it was worn until its last reading, as far as anybody knows.
      const wornToMs = found.endedAtMs ?? (found.statusCode === endedStatus ? 0 : knownToMs);
      // The platform may name any date: nothing is expected of days to come, nor of more days than it can be asked for.
      const endMs = Math.max(Math.min(wornToMs, knownToMs), (lastMs ?? 0) + 1);
      const beganMs = Math.min(
        found.activatedAtMs ?? Number.POSITIVE_INFINITY,
        firstMs ?? Number.POSITIVE_INFINITY,
      );
      const startMs = Math.max(beganMs, endMs - longestRangeMs);
      const worn = startMs < endMs ? { startMs, endMs } : null;
      const { spacingMs, received, expected, days } = worn
        ? completenessOf(readings, worn, timeZone)
        : { spacingMs: 3 * minuteMs, received: 0, expected: 0, days: [] };
      const warm = readings.filter((reading) => reading.warmUp);
      const [firstWarm, lastWarm] = [warm[0], warm.at(-1)];
      const { endedAtMs } = found;
      return c.json({
        asOfMs: read.asOfMs,
        stale: read.stale ?? found.stale,
        timeZone,
        nominalSpacingMin: spacingMs / minuteMs,
        received,
        expected,
        firstReadingMs: firstMs,
        lastReadingMs: lastMs,
        leftOut,
        warmUp:
          firstWarm && lastWarm
            ? { count: warm.length, fromMs: firstWarm.timeMs, toMs: lastWarm.timeMs }
            : null,
        // Without any reading there is no gap between readings: that nothing came is said by the counts.
        gaps:
          worn && readings.length > 0
            ? gapsOf(
                readings,
                worn,
                new Map([[readings[0]?.sensor ?? serial, { ...found, state: stateOf(found) }]]),
                [],
                read.unreadable,
              )
            : [],
        packetsLost: packetsLostAmong(readings, read.unreadable),
        upload: uploadDelayOf(readings),
        clock: sensorClockOf(readings),
        afterEnd:
          endedAtMs === null ? 0 : readings.length - firstAtOrAfter(readings, endedAtMs + endToleranceMs),
        days: days.map((day) => ({
          ...day,
          upload: uploadDelayOf(inWindow(readings, day.startMs, day.endMs)),
        })),
      } satisfies DeviceJourney);
    },
  );

  routes.get(
    "/:serial/readings",
    requireRole(...glucoseRoles),
    limitReads,
    describe("A device's readings, by column; without start and end all its history", readingsResponse),
    valid("query", optionalReadingsRange, "range-invalid"),
    async (c) => {
      const serial = serialOf(c.req.param("serial"));
      const query = c.req.valid("query");
      const range = "start" in query ? { startMs: query.start, endMs: query.end } : undefined;
      const details = range ? spanOf(range.startMs, range.endMs, now()) : undefined;
      const look = { action: "device-readings.view", subject: serial, details } as const;
      const { readings, ...rest } = await auditLook(c, look, () => platform.deviceReadings(serial, range));
      const startMs = range?.startMs ?? readings[0]?.timeMs ?? rest.asOfMs;
      const endMs = range?.endMs ?? rest.asOfMs;
      return compressedJson(c, { startMs, endMs, ...rest, readings: toColumns(readings) });
    },
  );

  return routes;
}
