import type { Stale } from "#contract/problem.ts";
import type { LeftOut } from "#contract/readings.ts";
import type { UnreadableRecord } from "#glucose/gaps.ts";
import type { SeriesPart } from "#glucose/reading-series.ts";

/** Unix ms, end exclusive. */
export interface Range {
  startMs: number;
  endMs: number;
}

/**
 * The readings of a series from one index to another. As long as a read is
 * fresh, all who ask have the same series.
 */
export interface PlatformReadings extends SeriesPart {
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
 * The vendor's platform. Every method rejects with a Failure, at the latest at its call's deadline; ranges
 * are Unix ms, end exclusive. Reads answer with what the platform said in the last half hour while it
 * cannot be read, and say so (`stale`).
 */
export interface Platform {
  registerUser(user: { partnerUid: string; region: string }): Promise<{ openId: string }>;
  /** Where only some of its windows could be read, answers with those and names the others as unread. */
  userReadings(openId: string, startMs: number, endMs: number): Promise<PlatformReadings>;
  deviceInfo(serial: string): Promise<PlatformDevice>;
  /** Without a range, all history of the device. */
  deviceReadings(serial: string, range?: { startMs: number; endMs: number }): Promise<PlatformReadings>;
  health(): PlatformHealth;
  /**
   * Where nothing was asked of it for a while, asks something that changes nothing:
   * whether it answers is then in `health`.
   */
  probe(): void;
}

export interface PlatformHealth {
  /**
   * False while calls fail at once instead of being tried, and once three tries in a row were not answered.
   */
  answering: boolean;
  /** When it last answered anything, or when we began to ask. */
  lastAnswerMs: number;
}

/** Wraps each try of a call, for metrics and traces. */
export type ObserveCall = <T>(path: string, run: () => Promise<T>) => Promise<T>;

export interface CallOptions {
  baseUrl: string;
  appId: string;
  appSecret: string;
  fetch: (request: Request) => Promise<Response>;
  now: () => number;
  /**
   * Before the second try of a read, by up to twice as long; then twice as long
   * again. A quarter of a second by itself.
   */
  retryPauseMs?: number;
  /** Runs around every try. */
  observe?: ObserveCall;
}

export interface PlatformRequest {
  method: "GET" | "POST";
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  accessToken?: string;
  /** More urgent calls may wait for it, so it goes before them all. */
  first?: boolean;
}

export interface UserToken {
  accessToken: string;
  expiresAtMs: number;
}

export interface TokenStore {
  get(openId: string): Promise<UserToken | null>;
  put(openId: string, token: UserToken): Promise<void>;
}

/** Which user (open ID) wore a sensor, as far as we have seen. */
export interface SensorBook {
  ownerOf(serial: string): Promise<string | null>;
  remember(openId: string, serials: readonly string[]): Promise<void>;
}

/**
 * Open IDs of partner users, written down before anything else is done with the answer: registering twice may
 * be an error, and a crash may come before the patient's row.
 */
export interface RegisteredUsers {
  get(partnerUid: string): Promise<string | null>;
  /** False, and nothing written, when this open ID is somebody else's. */
  claim(partnerUid: string, openId: string): Promise<boolean>;
}
