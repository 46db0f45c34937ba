import { Hono } from "hono";
import pLimit from "p-limit";
import type * as z from "zod/mini";
import {
  type Device,
  type DeviceStateRow,
  device,
  deviceJourney,
  deviceStatesAnswer,
  parseSerial,
  serialList,
} from "#contract/device.ts";
import { optionalReadingsRange, readingsResponse } from "#contract/readings.ts";
import { glucoseRoles, type Role, roles } from "#contract/staff.ts";
import { beginningOf } from "#contract/text.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook, spanOf } from "../audit/view.ts";
import type { RequireRole } from "../auth/guard.ts";
import { journeyOf } from "../devices/journey.ts";
import { stateOf } from "../devices/state.ts";
import { Failure } from "../failure.ts";
import type { LimitReads } from "../http/limit-reads.ts";
import { withPriority } from "../platform/call-context.ts";
import type { Platform, PlatformDevice } from "../platform/types.ts";
import type { PatientStore } from "../store/patients.ts";
import { describe, valid } from "./openapi.ts";
import { readingsAnswer } from "./readings-answer.ts";

/** Of one list; the rate is one for all lists together. */
const mostListedAtOnce = 4;
/** A part of a list is answered with what it has come to by then: at a low rate its rest takes longer than any request may. */
const listAnswerMs = 10_000;

export interface DeviceRoutesOptions {
  patients: PatientStore;
  platform: Platform;
  requireRole: RequireRole;
  limitReads: LimitReads;
  now: () => number;
  /** Of all lists together. */
  limitLookups: () => Promise<void>;
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
  const { patients, platform, requireRole, limitReads, now, limitLookups } = options;
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
            await limitLookups();
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
      const found = await auditLook(c, look, () => platform.deviceInfo(serial));
      const owned = await ownerOf(found, c.get("staff").role);
      const { openId: _, ...shown } = found;
      return c.json({ ...shown, state: stateOf(found), ...owned } satisfies Device);
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
      return c.json(journeyOf(serial, found, read, timeZone, now()));
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
      const read = await auditLook(c, look, () => platform.deviceReadings(serial, range));
      return readingsAnswer(c, read);
    },
  );

  return routes;
}
