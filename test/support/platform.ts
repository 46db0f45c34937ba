import { pino } from "pino";
import { readingsOf } from "#glucose/reading-series.ts";
import { createPlatform, type PlatformOptions } from "#proxy/platform/platform.ts";
import type { Platform, PlatformReadings, UserToken } from "#proxy/platform/types.ts";
import { createSandbox } from "#sandbox/sandbox.ts";

interface Call {
  method: string;
  path: string;
  query: Record<string, string>;
  bearer: string | null;
}

type Answer = object | string | Response | Error;

/**
 * What the platform answers: an envelope's data or a whole envelope as an object, a
 * body as text, or an error of the line.
 */
export type Script = (call: Call, count: number) => Answer;

const toResponse = (answer: Answer): Response => {
  if (answer instanceof Error) throw answer;
  if (answer instanceof Response) return answer;
  if (typeof answer === "string") return new Response(answer);
  return Response.json("code" in answer ? answer : { code: 0, msg: "success", data: answer });
};

const listed = (read: PlatformReadings) => ({
  ...read,
  readings: readingsOf(read.series, read.from, read.to),
});

/** Its reads also have their readings one by one. */
const withLists = (platform: Platform) => ({
  ...platform,
  userReadings: async (...asked: Parameters<Platform["userReadings"]>) =>
    listed(await platform.userReadings(...asked)),
  deviceReadings: async (...asked: Parameters<Platform["deviceReadings"]>) =>
    listed(await platform.deviceReadings(...asked)),
});

const silent = pino({ level: "silent" });

/** What the platform client keeps, in memory. */
function createStores() {
  const tokens = new Map<string, UserToken>();
  const serviceUsers = new Map<string, string>();
  const owners = new Map<string, string>();
  const stores: Pick<PlatformOptions, "tokens" | "registered" | "sensors"> = {
    tokens: {
      get: async (openId) => tokens.get(openId) ?? null,
      put: async (openId, token) => {
        tokens.set(openId, token);
      },
    },
    registered: {
      get: async (uid) => serviceUsers.get(uid) ?? null,
      claim: async (uid, openId) => {
        if ([...serviceUsers].some(([other, taken]) => taken === openId && other !== uid)) return false;
        serviceUsers.set(uid, openId);
        return true;
      },
    },
    sensors: {
      ownerOf: async (serial) => owners.get(serial) ?? null,
      remember: async (openId, serials) => {
        for (const serial of serials) owners.set(serial, openId);
      },
    },
  };
  return { tokens, serviceUsers, owners, stores };
}

/** A platform client before the sandbox, under a clock that moves only when it is set. */
export function createSandboxedPlatform() {
  let nowMs = Date.UTC(2026, 10, 20, 9, 30);
  const now = () => nowMs;
  const credentials = { appId: "app_test", appSecret: "top-secret", now };
  const sandbox = createSandbox(credentials);
  const platform = createPlatform({
    ...credentials,
    steadyMs: now,
    realSteadyMs: () => performance.now(),
    ...createStores().stores,
    baseUrl: "http://platform.test",
    serviceUid: "trendline-service",
    callsPerSecond: 1000,
    log: silent,
    fetch: (request) => sandbox.fetch(request),
  });
  return {
    sandbox,
    platform: withLists(platform),
    now,
    advance: (ms: number) => {
      nowMs += ms;
    },
  };
}

/** A platform client before a scripted platform, with stores in memory and a clock of its own. */
export function createScriptedPlatform(script: Script, startMs = 1_700_000_000_000) {
  let nowMs = startMs;
  let movedMs = 0;
  const calls: Call[] = [];
  const { tokens, serviceUsers, owners, stores } = createStores();
  let issued = 0;
  const platform: Platform = createPlatform({
    ...stores,
    baseUrl: "http://platform.test",
    appId: "app",
    appSecret: "top-secret",
    serviceUid: "service",
    callsPerSecond: 1000,
    log: silent,
    now: () => nowMs,
    steadyMs: () => performance.now() + movedMs,
    realSteadyMs: () => performance.now(),
    fetch: async (request) => {
      const url = new URL(request.url);
      const call = {
        method: request.method,
        path: url.pathname.replace("/partner/v1", ""),
        query: Object.fromEntries(url.searchParams),
        bearer: request.headers.get("authorization")?.replace("Bearer ", "") ?? null,
      };
      const count = calls.push(call);
      return toResponse(script(call, count));
    },
  });
  return {
    platform: withLists(platform),
    calls,
    tokens,
    owners,
    serviceUsers,
    callsTo: (path: string) => calls.filter((call) => call.path === path),
    advance: (ms: number) => {
      nowMs += ms;
      movedMs += ms;
    },
    /** The clock is set by so much; no time passes. */
    setClock: (byMs: number) => {
      nowMs += byMs;
    },
    now: () => nowMs,
    /** The data of a token answer, a new token each time. */
    newToken: (openId: string) => {
      issued += 1;
      return { open_id: openId, access_token: `token-${issued}`, expire_in: 7200 };
    },
  };
}

/** One glucose record as the platform sends it. */
export const wireRecord = (change: Record<string, unknown> = {}) => ({
  app_id: "app",
  device_sn: "P1",
  open_id: "ou_1",
  type: 2,
  value: 6.3,
  trend: 1,
  package_num: 1,
  measured_at: 1_699_999_000_000,
  app_received_at: 1_699_999_010_000,
  ...change,
});
