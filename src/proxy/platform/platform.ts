import type { Logger } from "pino";
import { partOf } from "#glucose/reading-series.ts";
import { inWindow } from "#glucose/series.ts";
import type { Clock } from "../clock.ts";
import { createLocalLock, type WithLock } from "../lock.ts";
import { createBreaker } from "./breaker.ts";
import { createCall } from "./call.ts";
import { withDeadline, withinDeadline } from "./call-context.ts";
import { createDeviceReads } from "./device-reads.ts";
import { createReadPatient } from "./patient-reads.ts";
import { askAboutNobody } from "./probe.ts";
import { createReadCache } from "./read-cache.ts";
import { createRequestQueue } from "./request-queue.ts";
import { createTokens } from "./tokens.ts";
import type {
  CallOptions,
  Platform,
  PlatformReadings,
  RegisteredUsers,
  SensorBook,
  TokenStore,
} from "./types.ts";
import { createUsers } from "./users.ts";
import { maxWindowMs } from "./windows.ts";

export interface PlatformOptions extends CallOptions, Clock {
  /** Of real time, however fast `now` goes: the platform is left alone for real seconds. */
  realSteadyMs: () => number;
  /** The partner user that device calls are made as; registered on first need. */
  serviceUid: string;
  /** How many calls of the platform begin in a second, all callers together. */
  callsPerSecond: number;
  tokens: TokenStore;
  sensors: SensorBook;
  registered: RegisteredUsers;
  /** Across all servers of one database; in this process alone when there is none. */
  withLock?: WithLock;
  log: Logger;
}

const allHistory = { startMs: Number.NEGATIVE_INFINITY, endMs: Number.POSITIVE_INFINITY };

const cut = (read: PlatformReadings, startMs: number, endMs: number): PlatformReadings => ({
  ...read,
  ...partOf(read, startMs, endMs),
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
  const cache = createReadCache(options);

  let isProbing = false;

  return {
    registerUser: async ({ partnerUid, region }) => ({
      openId: await withinDeadline(users.register(partnerUid, region)),
    }),
    userReadings: async (openId, startMs, endMs) => {
      const read = () => readPatient(openId, startMs, endMs);
      return cut(await cache.readings(`user ${openId}`, { startMs, endMs }, read), startMs, endMs);
    },
    deviceReadings: async (serial, range) => {
      // The 30-day limit may hold for devices too, and a sensor is worn for half of that: a longer range is
      // read as all history, which the platform always allows.
      const asked = range && range.endMs - range.startMs <= maxWindowMs ? range : undefined;
      const read = () => devices.readings(serial, asked);
      const all = await cache.readings(`device ${serial}`, asked ?? allHistory, read);
      return range ? cut(all, range.startMs, range.endMs) : all;
    },
    deviceInfo: (serial) => cache.device(serial, () => devices.info(serial)),
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
