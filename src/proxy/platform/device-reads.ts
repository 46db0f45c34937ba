import { wholeOf } from "#glucose/reading-series.ts";
import { Failure } from "../failure.ts";
import type { Call } from "./call.ts";
import type { Tokens } from "./tokens.ts";
import type { PlatformDevice, PlatformReadings, PlatformRequest, SensorBook } from "./types.ts";
import type { Users } from "./users.ts";
import { deviceData, parseData } from "./wire.ts";

export interface DeviceReads {
  info(serial: string): Promise<PlatformDevice>;
  /** Without a range, all history. */
  readings(serial: string, range?: { startMs: number; endMs: number }): Promise<PlatformReadings>;
}

/**
 * The platform has no code of its own for a serial it does not know, so its
 * words or the HTTP status must say it.
 */
function isUnknown({ code, details: { platform } }: Failure): boolean {
  if (code !== "platform-error" && code !== "platform-malformed") return false;
  const words = /not[\s_-]*(found|exist)|no such|unknown device|不存在|未找到/i;
  return platform?.httpStatus === 404 || (code === "platform-error" && words.test(platform?.message ?? ""));
}

type Send<T> = (request: PlatformRequest) => Promise<T>;

const isNothing = (data: unknown): boolean =>
  data === null || data === undefined || (typeof data === "object" && Object.keys(data).length === 0);

export function createDeviceReads(
  call: Call,
  tokens: Tokens,
  users: Users,
  sensors: SensorBook,
  now: () => number,
): DeviceReads {
  /**
   * Only what the device endpoint itself answers can mean that the device is
   * unknown, not a token's or a user's failure.
   */
  const getAs = <T>(openId: string, path: string, query: Record<string, string>, send: Send<T>): Promise<T> =>
    tokens.with(openId, (accessToken) =>
      send({ method: "GET", path, query, accessToken }).catch((error: unknown) => {
        if (!(error instanceof Failure && isUnknown(error))) throw error;
        const { platform, retryAfterS, logged } = error.details;
        throw new Failure("device-unknown", {
          detail: "The platform does not know this serial number.",
          platform,
          retryAfterS,
          logged,
        });
      }),
    );

  /**
   * As the service user; when that one is refused and the sensor is a
   * patient's we know, once more as the patient.
   */
  async function get<T>(
    path: string,
    query: { device_sn: string } & Record<string, string>,
    send: Send<T>,
  ): Promise<T> {
    try {
      return await getAs(await users.service(), path, query, send);
    } catch (error) {
      const refused =
        error instanceof Failure &&
        error.code === "platform-refused" &&
        error.details.retryAfterS === undefined;
      const owner = refused ? await sensors.ownerOf(query.device_sn) : null;
      if (!owner) throw error;
      return getAs(owner, path, query, send);
    }
  }

  return {
    info: async (serial) => {
      const asOfMs = now();
      const data = await get("/partner/v1/device/info", { device_sn: serial }, call);
      if (isNothing(data))
        throw new Failure("device-unknown", { detail: "The platform has nothing about this serial number." });
      const device = parseData(deviceData, data, "device answer");
      if (device.device_sn.toUpperCase() !== serial.toUpperCase())
        throw new Failure("platform-malformed", { detail: "The platform answered about another device." });
      return {
        serial: device.device_sn,
        statusCode: device.status,
        boundAtMs: device.bound_at,
        activatedAtMs: device.activated_at,
        estimatedEndAtMs: device.estimated_end_at,
        endedAtMs: device.ended_at,
        partnerId: device.partner_id,
        appId: device.app_id,
        openId: device.open_id,
        asOfMs,
        stale: null,
      };
    },
    readings: async (serial, range) => {
      const asOfMs = now();
      const times = range && { start_time: String(range.startMs), end_time: String(range.endMs) };
      const {
        openId: _,
        series,
        ...found
      } = await get("/partner/v1/device/glucose", { device_sn: serial, ...times }, (request) =>
        call.records(request, { serial, range, nowMs: now() }),
      );
      return { ...wholeOf(series), ...found, unread: [], asOfMs, stale: null };
    },
  };
}
