import type { Logger } from "pino";
import type { Stale } from "#contract/problem.ts";
import type { LeftOut } from "#contract/readings.ts";
import type { UnreadableRecord } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { inWindow } from "#glucose/series.ts";
import type { Clock } from "../clock.ts";
import { createLocalLock, type WithLock } from "../lock.ts";
import { createBreaker, type PlatformHealth } from "./breaker.ts";
import { type CallOptions, createCall } from "./call.ts";
import { withDeadline, withinDeadline } from "./call-context.ts";
import { createDeviceReads } from "./device-reads.ts";
import { createReadPatient } from "./patient-reads.ts";
import { askAboutNobody } from "./probe.ts";
import { createRememberedDevices } from "./remembered-devices.ts";
import { createReadOrRemember } from "./remembered-reads.ts";
import { createRequestQueue } from "./request-queue.ts";
import { createTokens, type TokenStore } from "./tokens.ts";
import { createUsers } from "./users.ts";
import { maxWindowMs } from "./windows.ts";

/** Which user (open ID) wore a sensor, as far as we have seen. */
export interface SensorBook {
  ownerOf(serial: string): Promise<string | null>;
  remember(openId: string, serials: readonly string[]): Promise<void>;
}

/**
 * Open IDs of partner users, written down before anything else is done with the answer: registering twice may be an error, and a crash may
 * come before the patient's row.
 */
export interface RegisteredUsers {
  get(partnerUid: string): Promise<string | null>;
  /** False, and nothing written, when this open ID is somebody else's. */
  claim(partnerUid: string, openId: string): Promise<boolean>;
}

export interface PlatformOptions extends CallOptions, Clock {
  /** Of real time, however fast `now` goes: the platform is left alone for real seconds. */
  realSteadyMs: () => number;
  /** The partner user that device calls are made as; registered on first need. */
  serviceUid: string;
  /** How many calls of the platform begin in a second, whoever they are for. */
  callsPerSecond: number;
  tokens: TokenStore;
  sensors: SensorBook;
  registered: RegisteredUsers;
  /** Across all servers of one database; in this process alone when there is none. */
  withLock?: WithLock;
  log: Logger;
}

export interface PlatformReadings {
  readings: Reading[];
  /** Counts of the whole read that these readings came from. */
  leftOut: LeftOut;
  /** What the unreadable records say they are about, in time order. */
  unreadable: readonly UnreadableRecord[];
  /** Parts of the range that could not be read. */
  unread: readonly { readonly startMs: number; readonly endMs: number }[];
  asOfMs: number;
  /** The platform could not be read; this is what it said at `asOfMs`. */
  stale: Stale | null;
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
  /** The platform could not be read; this is what it said at `asOfMs`. */
  stale: Stale | null;
}

/**
 * The vendor's platform. Every method rejects with a Failure, at the latest at its call's deadline; ranges are Unix ms, end
 * exclusive. Reads answer with what the platform said in the last half hour while it cannot be read, and say so (`stale`).
 */
export interface Platform {
  registerUser(user: { partnerUid: string; region: string }): Promise<{ openId: string }>;
  /** Where only some of its windows could be read, answers with those and names the others as unread. */
  userReadings(openId: string, startMs: number, endMs: number): Promise<PlatformReadings>;
  deviceInfo(serial: string): Promise<PlatformDevice>;
  /** Without a range, all history of the device. */
  deviceReadings(serial: string, range?: { startMs: number; endMs: number }): Promise<PlatformReadings>;
  health(): PlatformHealth;
  /** Where nothing was asked of it for a while, asks something that changes nothing: whether it answers is then in `health`. */
  probe(): void;
}

const allHistory = { startMs: Number.NEGATIVE_INFINITY, endMs: Number.POSITIVE_INFINITY };

const cut = (read: PlatformReadings, startMs: number, endMs: number): PlatformReadings => ({
  ...read,
  readings: inWindow(read.readings, startMs, endMs),
  unreadable: inWindow(read.unreadable, startMs, endMs),
  unread: read.unread
    .map((part) => ({ startMs: Math.max(part.startMs, startMs), endMs: Math.min(part.endMs, endMs) }))
    .filter((part) => part.startMs < part.endMs),
});

const probeAfterQuietMs = 5000;
const longestProbeMs = 35_000;

export function createPlatform(options: PlatformOptions): Platform {
  const { now, sensors, withLock = createLocalLock() } = options;
  const breaker = createBreaker({ now, steadyMs: options.realSteadyMs }, options.log);
  const call = createCall(options, { enqueue: createRequestQueue(options), breaker });
  const tokens = createTokens(call, options.tokens, options, withLock);
  const users = createUsers(call, tokens, options, withLock);
  const readPatient = createReadPatient(call, tokens, sensors, now, options.log);
  const devices = createDeviceReads(call, tokens, users, sensors, now);
  const readOrRemember = createReadOrRemember(options);

  let isProbing = false;

  return {
    registerUser: async ({ partnerUid, region }) => ({
      openId: await withinDeadline(users.register(partnerUid, region)),
    }),
    userReadings: async (openId, startMs, endMs) => {
      const read = () => readPatient(openId, startMs, endMs);
      return cut(await readOrRemember(`user ${openId}`, { startMs, endMs }, read), startMs, endMs);
    },
    deviceReadings: async (serial, range) => {
      // The 30-day limit may hold for devices too, and a sensor is worn for half of that: a longer range is read as all
      // history, which the platform always allows.
      const asked = range && range.endMs - range.startMs <= maxWindowMs ? range : undefined;
      const read = () => devices.readings(serial, asked);
      const all = await readOrRemember(`device ${serial}`, asked ?? allHistory, read);
      return range ? cut(all, range.startMs, range.endMs) : all;
    },
    deviceInfo: createRememberedDevices(devices.info, options),
    health: breaker.health,
    probe: () => {
      if (isProbing || breaker.quietMs() < probeAfterQuietMs) return;
      isProbing = true;
      void withDeadline("background", longestProbeMs, () => call(askAboutNobody))
        .catch(() => undefined)
        .finally(() => {
          isProbing = false;
        });
    },
  };
}
