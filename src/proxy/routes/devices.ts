import { Hono } from "hono";
import { type Device, device, deviceBox, deviceJourney, scannedBox } from "#contract/device.ts";
import { readingsResponse } from "#contract/readings.ts";
import { optionalReadingsRange } from "#contract/readings-range.ts";
import { glucoseRoles, roles } from "#contract/staff.ts";
import { soundBoxOf } from "#sensor/box.ts";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";
import type { LimitReads } from "../http/limit-reads.ts";
import type { RecallStore } from "../store/recalls.ts";
import { boxOf } from "../store/sensor-box.ts";
import type { SensorStore } from "../store/sensors.ts";
import type { StaffStore } from "../store/staff.ts";
import { otherSensorOf } from "./device-owner.ts";
import { createDeviceStatesRoute, type DeviceStatesOptions, serialOf } from "./device-states.ts";
import { lookAtDevice, lookAtDeviceReadings, lookAtJourney } from "./looks.ts";
import { describe, valid } from "./openapi.ts";
import { readingsAnswer } from "./readings-answer.ts";

/** For the trail: what was replaced by what. */
const replacedOf = (before: Device["box"], after: Device["box"]): Record<string, string> =>
  Object.fromEntries(
    (Object.keys(after) as (keyof Device["box"])[])
      .filter((field) => before[field] !== after[field])
      .flatMap((field) => [
        [`${field}.before`, String(before[field])],
        [`${field}.after`, String(after[field])],
      ]),
  );

export interface DeviceRoutesOptions extends DeviceStatesOptions {
  sensors: Pick<SensorStore, "note" | "near" | "bySerial" | "noteBox" | "replaceBox" | "wornBy">;
  recalls: Pick<RecallStore, "recalledOf">;
  staff: Pick<StaffStore, "people">;
  limitReads: LimitReads;
  now: () => number;
}

export function createDeviceRoutes(options: DeviceRoutesOptions): Hono<AppEnv> {
  const { patients, sensors, recalls, staff, requireRole, limitReads, now } = options;
  const routes = new Hono<AppEnv>();

  routes.route("/", createDeviceStatesRoute(options));

  routes.get(
    "/:serial",
    requireRole(...roles),
    describe("Where a device is in its life, and whose it is", device),
    async (c) => {
      const serial = serialOf(c.req.param("serial"));
      const { found, ...owned } = await lookAtDevice(c, options, serial);
      const { openId: _, ...shown } = found;
      const other = await otherSensorOf(patients, sensors, recalls, found, now());
      const known = await sensors.bySerial(serial);
      const replaced = known?.boxReplaced;
      const boxReplaced = replaced && {
        byName: (await staff.people([replaced.byId])).get(replaced.byId)?.name ?? null,
        atMs: replaced.atMs,
      };
      return c.json({
        ...shown,
        ...owned,
        other,
        box: boxOf(known),
        ...(boxReplaced && { boxReplaced }),
      } satisfies Device);
    },
  );

  routes.put(
    "/:serial/box",
    requireRole(...roles),
    describe(
      "Keep what the code on a device's box says, unless it contradicts what is known or is to replace it",
      deviceBox,
    ),
    valid("json", scannedBox),
    async (c) => {
      const serial = serialOf(c.req.param("serial"));
      const { replaces, ...scanned } = c.req.valid("json");
      const { expiry, ...rest } = soundBoxOf(scanned, now());
      const box = { ...rest, expiryDate: expiry };
      // Whatever is scanned is only kept of a device that the platform has told of.
      const known = await sensors.bySerial(serial);
      const isKnown = known?.state != null;
      if (isKnown)
        await (replaces ? sensors.replaceBox(serial, box, c.get("staff").id) : sensors.noteBox(serial, box));
      await c.get("audit")({
        action: replaces ? "device.box-replace" : "device.box",
        subject: serial,
        outcome: isKnown ? "ok" : "failed",
        ...(replaces && known && { details: replacedOf(boxOf(known), boxOf({ ...known, box })) }),
      });
      if (!isKnown)
        throw new Failure("device-unknown", { detail: "No device of this number has been seen." });
      return c.json(boxOf(await sensors.bySerial(serial)));
    },
  );

  routes.get(
    "/:serial/journey",
    requireRole(...roles),
    limitReads,
    describe("What became of a device's expected data, day by day, without a value", deviceJourney),
    async (c) => {
      const serial = serialOf(c.req.param("serial"));
      return c.json(await lookAtJourney(c, options, serial));
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
      return readingsAnswer(c, await lookAtDeviceReadings(c, options, serial, range));
    },
  );

  return routes;
}
