import { type Context, Hono } from "hono";
import pLimit from "p-limit";
import type * as z from "zod/mini";
import {
  alikeQuery,
  type DeviceStateRow,
  type DevicesAlike,
  deviceStatesAnswer,
  devicesAlike,
  mostTried,
  serialList,
} from "#contract/device.ts";
import { parseSerial } from "#contract/serial.ts";
import { roles } from "#contract/staff.ts";
import { beginningOf } from "#contract/text.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import type { RequireRole } from "../auth/guard.ts";
import { stateOf } from "../devices/state.ts";
import { Failure } from "../failure.ts";
import { withPriority } from "../platform/call-context.ts";
import type { Platform } from "../platform/types.ts";
import { factsOf } from "../roster/sensor-facts.ts";
import type { NearSensors } from "../store/near-sensors.ts";
import type { PatientStore } from "../store/patients.ts";
import type { SensorStore } from "../store/sensors.ts";
import { ownerOf } from "./device-owner.ts";
import { describe, valid } from "./openapi.ts";

/** Of one list; the rate is one for all lists together. */
const mostListedAtOnce = 4;
/**
 * A part of a list is answered with what it has come to by then: at a low rate its
 * rest takes longer than any request may.
 */
const listAnswerMs = 10_000;

export interface DeviceStatesOptions {
  patients: PatientStore;
  platform: Platform;
  sensors: Pick<SensorStore, "note" | "near">;
  requireRole: RequireRole;
  /** Of all lists together. */
  limitLookups: () => Promise<void>;
}

export function serialOf(text: string): string {
  const serial = parseSerial(text);
  if (serial) return serial;
  throw new Failure("invalid-request", {
    detail: "A serial number has letters, digits, dot, hyphen and underscore, 64 at most.",
    fields: [{ field: "serial", reason: "characters" }],
  });
}

async function stateRow(
  c: Context<AppEnv>,
  { patients, platform, sensors, limitLookups }: DeviceStatesOptions,
  text: string,
): Promise<DeviceStateRow> {
  try {
    const serial = serialOf(text);
    const look = { action: "device.view", subject: serial } as const;
    const found = await auditLook(c, look, async () => {
      await limitLookups();
      return withPriority("list", () => platform.deviceInfo(serial));
    });
    // A row has no room to say how old it is.
    if (found.stale) throw new Failure(found.stale.code);
    await sensors.note([factsOf(found)]);
    const { owner } = await ownerOf(patients, found, c.get("staff").role);
    const { activatedAtMs, estimatedEndAtMs, endedAtMs } = found;
    const state = stateOf(found);
    return { ok: true, serial, state, activatedAtMs, estimatedEndAtMs, endedAtMs, owner: owner.kind };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, details } = error;
    const { code: platformCode = null, message = "" } = details.platform ?? {};
    return { ok: false, serial: text, code, platformCode, platformMessage: beginningOf(message, 300) };
  }
}

/** What was likely, and what lacks a character of the usual length: the letter in front or the last digit. */
function triedFor(serial: string, likely: readonly string[], near: NearSensors): string[] {
  const isShort = near.length === null || serial.length === near.length - 1;
  const letters = isShort && /^\d+$/.test(serial) ? near.firstLetters : [];
  const digits = serial.length + 1 === near.length && letters.length === 0 ? [..."0123456789"] : [];
  const tried = [
    ...likely.filter((one) => near.length === null || one.length === near.length),
    ...letters.map((letter) => letter + serial),
    ...digits.map((digit) => serial + digit),
  ];
  return [...new Set(tried)].slice(0, mostTried);
}

/** The devices of a list of serial numbers. */
export function createDeviceStatesRoute(options: DeviceStatesOptions): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const rowsOf = async (c: Context<AppEnv>, serials: readonly string[]): Promise<DeviceStateRow[]> => {
    const untilMs = performance.now() + listAnswerMs;
    const rowOf = async (text: string) =>
      performance.now() > untilMs || c.req.raw.signal.aborted ? null : stateRow(c, options, text);
    return (await pLimit(mostListedAtOnce).map(serials, rowOf)).filter((row) => row !== null);
  };
  routes.post(
    "/alike",
    options.requireRole(...roles),
    describe(
      "Which sensors a serial number that nobody knows may be meant for: likely ones at the platform, near ones here",
      devicesAlike,
    ),
    valid("json", alikeQuery),
    async (c) => {
      const { serial: text, likely } = c.req.valid("json");
      const serial = serialOf(text);
      const near = await options.sensors.near(serial);
      return c.json({
        rows: await rowsOf(c, triedFor(serial, likely, near)),
        known: [...near.known],
        knownTotal: near.total,
        length: near.length,
        isLot: near.isLot,
      } satisfies DevicesAlike);
    },
  );
  routes.post(
    "/states",
    options.requireRole(...roles),
    describe(
      "Where each of a few devices is in its life; a row says why when it could not be told",
      deviceStatesAnswer,
    ),
    valid("json", serialList),
    async (c) => {
      const rows = await rowsOf(c, c.req.valid("json").serials);
      return c.json({ rows } satisfies z.infer<typeof deviceStatesAnswer>);
    },
  );
  return routes;
}
