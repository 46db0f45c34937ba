import { Hono } from "hono";
import { type Device, device, deviceCompleteness, deviceStates, parseSerial } from "#contract/device.ts";
import { optionalReadingsRange, readingsResponse, toColumns } from "#contract/readings.ts";
import { glucoseRoles, type Role, roles } from "#contract/staff.ts";
import { completenessOf } from "#glucose/completeness.ts";
import type { AppEnv, RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import type { PatientStore } from "../store/patients.ts";
import type { Platform, PlatformDevice } from "../vendor/platform.ts";
import { compressedJson } from "./compressed-json.ts";
import { describe, valid } from "./openapi.ts";

const minuteMs = 60_000;
const endedStatus = deviceStates.indexOf("ended");

export interface DeviceRoutesOptions {
  patients: PatientStore;
  platform: Platform;
  requireRole: RequireRole;
  now: () => number;
}

function serialOf(text: string): string {
  const serial = parseSerial(text);
  if (serial) return serial;
  throw new Failure("invalid-request", {
    detail: "A serial number has letters, digits, dot, hyphen and underscore, 64 at most.",
    fields: [{ field: "serial", reason: "characters" }],
  });
}

export function createDeviceRoutes(options: DeviceRoutesOptions): Hono<AppEnv> {
  const { patients, platform, requireRole, now } = options;
  const routes = new Hono<AppEnv>();

  async function ownerOf(found: PlatformDevice, role: Role): Promise<Pick<Device, "owner" | "timeZone">> {
    const patient = found.openId ? await patients.byOpenId(found.openId) : null;
    if (!patient) return { owner: { kind: found.openId ? "another-partner" : "nobody" }, timeZone: "UTC" };
    const { id, partnerUid, name, timeZone } = patient;
    const patientId = glucoseRoles.includes(role) ? id : null;
    return { owner: { kind: "patient", patientId, partnerUid, name }, timeZone };
  }

  routes.get(
    "/:serial",
    requireRole(...roles),
    describe("Where a device is in its life, and whose it is", device),
    async (c) => {
      const serial = serialOf(c.req.param("serial"));
      await c.get("audit")("device.view", serial);
      const { openId: _, ...found } = await platform.deviceInfo(serial);
      const { owner, timeZone } = await ownerOf({ ...found, openId: _ }, c.get("staff").role);
      const state = deviceStates.slice(0, 4)[found.statusCode] ?? "unknown";
      return c.json({ ...found, state, owner, timeZone } satisfies Device);
    },
  );

  routes.get(
    "/:serial/completeness",
    requireRole(...roles),
    describe("How much of a device's expected data arrived, day by day, without a value", deviceCompleteness),
    async (c) => {
      const serial = serialOf(c.req.param("serial"));
      await c.get("audit")("device-completeness.view", serial);
      const [found, read] = await Promise.all([platform.deviceInfo(serial), platform.deviceReadings(serial)]);
      const { timeZone } = await ownerOf(found, c.get("staff").role);
      const firstMs = read.readings[0]?.timeMs ?? null;
      const lastMs = read.readings.at(-1)?.timeMs ?? null;
      const startMs = Math.min(
        found.activatedAtMs ?? Number.POSITIVE_INFINITY,
        firstMs ?? Number.POSITIVE_INFINITY,
      );
      // Ended without a date: it was worn until its last reading, as far as anybody knows.
      const endMs = Math.max(
        found.endedAtMs ?? (found.statusCode === endedStatus ? 0 : now()),
        (lastMs ?? 0) + 1,
      );
      const { spacingMs, received, expected, days } =
        startMs < endMs
          ? completenessOf(read.readings, { startMs, endMs }, timeZone)
          : { spacingMs: 3 * minuteMs, received: 0, expected: 0, days: [] };
      return c.json({
        asOfMs: read.asOfMs,
        timeZone,
        nominalSpacingMin: spacingMs / minuteMs,
        received,
        expected,
        firstReadingMs: firstMs,
        lastReadingMs: lastMs,
        leftOut: read.leftOut,
        days,
      });
    },
  );

  routes.get(
    "/:serial/readings",
    requireRole(...glucoseRoles),
    describe("A device's readings, by column; without start and end all its history", readingsResponse),
    valid("query", optionalReadingsRange, "range-invalid"),
    async (c) => {
      const serial = serialOf(c.req.param("serial"));
      await c.get("audit")("device-readings.view", serial);
      const query = c.req.valid("query");
      const range = "start" in query ? { startMs: query.start, endMs: query.end } : undefined;
      const { readings, ...rest } = await platform.deviceReadings(serial, range);
      const startMs = range?.startMs ?? readings[0]?.timeMs ?? rest.asOfMs;
      const endMs = range?.endMs ?? rest.asOfMs;
      return compressedJson(c, { startMs, endMs, ...rest, readings: toColumns(readings) });
    },
  );

  return routes;
}
