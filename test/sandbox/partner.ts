import { createHmac } from "node:crypto";
import { createSandbox, type SandboxOptions } from "#sandbox/sandbox.ts";

export const credentials = { appId: "app_123456", appSecret: "s3cr3t" };
export const dayMs = 86_400_000;
export const minuteMs = 60_000;
/** A Wednesday in November, mid-morning UTC. */
export const someDayMs = Date.UTC(2026, 10, 18, 9, 41, 7);

export interface WireRecord {
  device_sn: string;
  open_id: string;
  type: number;
  value: number;
  trend: number;
  package_num: number;
  measured_at: number;
  app_received_at: number;
}

interface Answer {
  code: number;
  msg: string;
  data: Record<string, unknown> & {
    open_id: string;
    access_token: string;
    expire_in: number;
    records: WireRecord[];
  };
}

interface CallOptions {
  method?: string;
  path: string;
  query?: Record<string, string | number>;
  body?: string;
  token?: string;
  headers?: Record<string, string>;
}

let nonceNumber = 0;

/** A signed request, written from the contract page alone. `headers` overrides what was signed. */
export function signedRequest(nowMs: number, call: CallOptions): Request {
  const method = call.method ?? "GET";
  const query = Object.entries(call.query ?? {}).map(([name, value]) => [name, String(value)] as const);
  const headers: Record<string, string> = {
    "X-App-Id": credentials.appId,
    "X-Nonce": `n-${++nonceNumber}`,
    "X-Timestamp": String(nowMs),
  };
  const named = [...Object.entries(headers), ...query].sort(([a], [b]) => (a < b ? -1 : 1)).flat();
  const text = `${method}${call.path}${named.join("")}${call.body ?? ""}`;
  headers["X-Signature"] = createHmac("sha256", credentials.appSecret).update(text).digest("hex");
  if (call.token) headers.Authorization = `Bearer ${call.token}`;
  const url = `http://platform.test${call.path}?${new URLSearchParams(query.map(([n, v]) => [n, v]))}`;
  return new Request(url, { method, headers: { ...headers, ...call.headers }, body: call.body });
}

export interface Partner {
  call(call: CallOptions): Promise<Answer>;
  register(partnerUid: string, region?: string): Promise<{ openId: string; token: string }>;
  userRecords(who: { openId: string; token: string }, startMs: number, endMs: number): Promise<WireRecord[]>;
  /** Asked with the token of a service user. */
  device(serial: string): Promise<Answer>;
  deviceRecords(serial: string): Promise<WireRecord[]>;
}

/** A partner's side of a sandbox, wherever that is. */
export function partnerOf(
  answer: (request: Request) => Promise<Response>,
  now: () => number | Promise<number>,
): Partner {
  const call = async (made: CallOptions) =>
    (await (await answer(signedRequest(await now(), made))).json()) as Answer;
  const register = async (partnerUid: string, region = "CN") => {
    const body = JSON.stringify({ partner_uid: partnerUid, region });
    const { data } = await call({ method: "POST", path: "/partner/v1/user/register", body });
    return { openId: data.open_id, token: data.access_token };
  };
  const asService = async (path: string, serial: string) => {
    const { token } = await register("our-service");
    return call({ path, query: { device_sn: serial }, token });
  };
  return {
    call,
    register,
    async userRecords({ openId, token }, startMs, endMs) {
      const query = { open_id: openId, start_time: startMs, end_time: endMs };
      return (await call({ path: "/partner/v1/user/glucose", query, token })).data.records;
    },
    device: (serial) => asService("/partner/v1/device/info", serial),
    deviceRecords: async (serial) => (await asService("/partner/v1/device/glucose", serial)).data.records,
  };
}

/** A sandbox with a settable clock, and a partner's side of it. */
export function createPartner(options: Partial<SandboxOptions> & { nowMs?: number } = {}) {
  let nowMs = options.nowMs ?? someDayMs;
  const sandbox = createSandbox({ now: () => nowMs, ...credentials, ...options });
  return {
    sandbox,
    setNow: (ms: number) => {
      nowMs = ms;
    },
    ...partnerOf(sandbox.fetch, () => nowMs),
  };
}

/** In time order, without the repetitions of a new phone. */
export function tidy(records: readonly WireRecord[]): WireRecord[] {
  const seen = new Map(records.map((record) => [`${record.device_sn} ${record.measured_at}`, record]));
  return [...seen.values()].sort((a, b) => a.measured_at - b.measured_at);
}
