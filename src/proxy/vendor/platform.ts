import pLimit from "p-limit";
import type * as z from "zod";
import type { LeftOut } from "#contract/readings.ts";
import type { Reading } from "#glucose/reading.ts";
import { inWindow, mergeReadings } from "#glucose/series.ts";
import { Failure } from "../failure.ts";
import { type CallOptions, createCall } from "./call.ts";
import { toReadings } from "./records.ts";
import { createSharedReads } from "./shared-reads.ts";
import { createTokens, type TokenStore } from "./tokens.ts";
import { windowsOf } from "./windows.ts";
import { deviceData, recordsData, tokenData } from "./wire.ts";

/** Which user (open ID) wore a sensor, as far as we have seen. */
export interface SensorBook {
  ownerOf(serial: string): Promise<string | null>;
  remember(openId: string, serials: readonly string[]): Promise<void>;
}

/** Open IDs of partner users, kept over restarts, because registering twice may be an error. */
export interface ServiceUserStore {
  get(partnerUid: string): Promise<string | null>;
  put(partnerUid: string, openId: string): Promise<void>;
}

export interface PlatformOptions extends CallOptions {
  /** The partner user that device calls are made as; registered on first need. */
  serviceUid: string;
  tokens: TokenStore;
  sensors: SensorBook;
  serviceUsers: ServiceUserStore;
}

export interface PlatformReadings {
  readings: Reading[];
  /** Counts of the whole read that these readings came from. */
  leftOut: LeftOut;
  asOfMs: number;
}

export interface PlatformDevice {
  serial: string;
  statusCode: number;
  boundAtMs: number | null;
  activatedAtMs: number | null;
  estimatedEndAtMs: number | null;
  endedAtMs: number | null;
  partnerId: string | null;
  appId: string | null;
  openId: string | null;
  asOfMs: number;
}

/** The vendor's platform. Every method rejects with a Failure; ranges are Unix ms, end exclusive. */
export interface Platform {
  registerUser(user: { partnerUid: string; region: string }): Promise<{ openId: string }>;
  userReadings(openId: string, startMs: number, endMs: number): Promise<PlatformReadings>;
  deviceInfo(serial: string): Promise<PlatformDevice>;
  /** Without a range, all history of the device. */
  deviceReadings(serial: string, range?: { startMs: number; endMs: number }): Promise<PlatformReadings>;
}

const paths = {
  register: "/partner/v1/user/register",
  userGlucose: "/partner/v1/user/glucose",
  deviceInfo: "/partner/v1/device/info",
  deviceGlucose: "/partner/v1/device/glucose",
};
const maxWindowsAtOnce = 4;
const deviceFreshMs = 60_000;
const all = { startMs: Number.NEGATIVE_INFINITY, endMs: Number.POSITIVE_INFINITY };

function parse<T>(schema: z.ZodType<T>, data: unknown, what: string): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new Failure("platform-malformed", {
    detail: `The platform's ${what} is not what its contract says.`,
  });
}

/** The platform has no code of its own for a serial it does not know, so its words, status or silence must say it. */
const saysUnknown = (error: unknown): boolean =>
  error instanceof Failure &&
  (error.details.platform?.httpStatus === 404 ||
    (error.code === "platform-error" &&
      /not[\s_-]*(found|exist)|no such|unknown device|不存在|未找到/i.test(
        error.details.platform?.message ?? "",
      )));

const cut = (read: PlatformReadings, startMs: number, endMs: number): PlatformReadings => ({
  ...read,
  readings: inWindow(read.readings, startMs, endMs),
});

export function createPlatform(options: PlatformOptions): Platform {
  const { now, sensors, serviceUid, serviceUsers } = options;
  const call = createCall(options);
  const tokens = createTokens(call, options.tokens, now);
  const userReads = createSharedReads<PlatformReadings>(now);
  const deviceReads = createSharedReads<PlatformReadings>(now);
  const deviceInfos = new Map<string, { readAtMs: number; answer: Promise<PlatformDevice> }>();
  const registering = new Map<string, Promise<string>>();
  const remembered = new Set<string>();

  /**
   * Not retried by itself: the vendor leaves open whether a second registration answers the same user or an error. The
   * caller may repeat it, and two at once are one call.
   */
  function register(partnerUid: string, region?: string): Promise<string> {
    let running = registering.get(partnerUid);
    if (!running) {
      running = call({ method: "POST", path: paths.register, body: { partner_uid: partnerUid, region } })
        .then(async (data) => {
          const user = parse(tokenData, data, "registration answer");
          await tokens.keep(user);
          return user.open_id;
        })
        .finally(() => registering.delete(partnerUid));
      registering.set(partnerUid, running);
    }
    return running;
  }

  async function serviceUser(): Promise<string> {
    const known = await serviceUsers.get(serviceUid);
    if (known) return known;
    const openId = await register(serviceUid);
    await serviceUsers.put(serviceUid, openId);
    return openId;
  }

  const get = (openId: string, path: string, query: Record<string, string>) =>
    tokens.with(openId, (accessToken) => call({ method: "GET", path, query, accessToken }));

  /** As the service user; when that one is refused and the sensor is a patient's we know, once more as the patient. */
  async function getDevice(path: string, serial: string, query: Record<string, string>): Promise<unknown> {
    try {
      return await get(await serviceUser(), path, { device_sn: serial, ...query });
    } catch (error) {
      if (saysUnknown(error))
        throw new Failure("device-unknown", {
          detail: "The platform does not know this serial number.",
          platform: (error as Failure).details.platform,
        });
      const owner =
        error instanceof Failure && error.code === "platform-refused" ? await sensors.ownerOf(serial) : null;
      if (!owner) throw error;
      return get(owner, path, { device_sn: serial, ...query });
    }
  }

  async function rememberSensors(openId: string, readings: readonly Reading[]) {
    const fresh = [...new Set(readings.map((reading) => reading.sensor))].filter(
      (serial) => !remembered.has(`${openId} ${serial}`),
    );
    if (fresh.length === 0) return;
    await sensors.remember(openId, fresh);
    for (const serial of fresh) remembered.add(`${openId} ${serial}`);
  }

  async function readUser(openId: string, startMs: number, endMs: number): Promise<PlatformReadings> {
    const asOfMs = now();
    const limit = pLimit(maxWindowsAtOnce);
    const parts = await limit.map(windowsOf(startMs, endMs), async (range) => {
      const data = await get(openId, paths.userGlucose, {
        open_id: openId,
        start_time: String(range.startMs),
        end_time: String(range.endMs),
      });
      const answer = parse(recordsData, data, "glucose answer");
      if (answer.open_id !== undefined && answer.open_id !== openId)
        throw new Failure("platform-malformed", {
          detail: "The platform answered with another user's data.",
        });
      return toReadings(answer.records, { openId, range, nowMs: now() });
    });
    const readings = mergeReadings(...parts.map((part) => part.readings));
    await rememberSensors(openId, readings);
    const leftOut = {
      malformed: parts.reduce((sum, part) => sum + part.leftOut.malformed, 0),
      duplicates: parts.reduce((sum, part) => sum + part.leftOut.duplicates, 0),
    };
    return { readings, leftOut, asOfMs };
  }

  async function readDevice(serial: string, range?: { startMs: number; endMs: number }) {
    const asOfMs = now();
    const query = range && { start_time: String(range.startMs), end_time: String(range.endMs) };
    const data = await getDevice(paths.deviceGlucose, serial, query ?? {});
    const { records } = parse(recordsData, data, "glucose answer");
    return { ...toReadings(records, { serial, nowMs: now(), ...(range ? { range } : {}) }), asOfMs };
  }

  async function readDeviceInfo(serial: string): Promise<PlatformDevice> {
    const asOfMs = now();
    const data = await getDevice(paths.deviceInfo, serial, {});
    if (data === null || data === undefined || (typeof data === "object" && Object.keys(data).length === 0))
      throw new Failure("device-unknown", { detail: "The platform has nothing about this serial number." });
    const device = parse(deviceData, data, "device answer");
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
    };
  }

  return {
    registerUser: async ({ partnerUid, region }) => ({ openId: await register(partnerUid, region) }),
    userReadings: async (openId, startMs, endMs) =>
      cut(
        await userReads(openId, { startMs, endMs }, () => readUser(openId, startMs, endMs)),
        startMs,
        endMs,
      ),
    deviceReadings: async (serial, range) => {
      const { startMs, endMs } = range ?? all;
      return cut(
        await deviceReads(serial, { startMs, endMs }, () => readDevice(serial, range)),
        startMs,
        endMs,
      );
    },
    deviceInfo: (serial) => {
      for (const [key, { readAtMs }] of deviceInfos)
        if (now() - readAtMs >= deviceFreshMs) deviceInfos.delete(key);
      const shared = deviceInfos.get(serial);
      if (shared) return shared.answer;
      const answer = readDeviceInfo(serial);
      deviceInfos.set(serial, { readAtMs: now(), answer });
      answer.catch(() => deviceInfos.delete(serial));
      return answer;
    },
  };
}
