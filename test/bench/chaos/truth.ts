import { createHmac, randomUUID } from "node:crypto";
import type { BenchPlatform } from "../start-platform.ts";

const dayMs = 86_400_000;
const windowMs = 30 * dayMs;

interface WireRecord {
  device_sn: string;
  type: number;
  value: number;
  trend: number | null;
  measured_at: number;
  app_received_at: number;
}

interface Envelope {
  code: number;
  data: { open_id: string; access_token: string; records: WireRecord[] } & Record<string, unknown>;
}

export interface TrueReading {
  timeMs: number;
  sensor: string;
  valueMmolL: number;
  trend: number | null;
  warmUp: boolean;
}

/** Readings by sensor and time, and the same in time order. */
export interface TrueReadings {
  byKey: ReadonlyMap<string, TrueReading>;
  inOrder: readonly TrueReading[];
  readAtMs: number;
}

export interface TrueDevice {
  code: number;
  statusCode: number;
  timesMs: (number | null)[];
}

export const keyOf = ({ sensor, timeMs }: Pick<TrueReading, "sensor" | "timeMs">) => `${sensor} ${timeMs}`;

function inOrderOf(records: readonly WireRecord[], readAtMs: number): TrueReadings {
  const readings = records.map((record) => ({
    timeMs: record.measured_at,
    sensor: record.device_sn,
    valueMmolL: record.value,
    trend: record.trend,
    warmUp: record.type === 1,
  }));
  const byKey = new Map(readings.map((reading) => [keyOf(reading), reading]));
  return { byKey, inOrder: [...byKey.values()].sort((a, b) => a.timeMs - b.timeMs), readAtMs };
}

/** What a healthy platform says, asked for past the server, with a signature of its own. */
export function createTruth({ apiUrl, appId, appSecret }: BenchPlatform) {
  async function ask(
    method: "GET" | "POST",
    path: string,
    { query = {}, token, body = "" }: { query?: Record<string, string>; token?: string; body?: string },
  ): Promise<Envelope> {
    const headers: Record<string, string> = {
      "X-App-Id": appId,
      "X-Nonce": randomUUID(),
      "X-Timestamp": String(Date.now()),
    };
    const named = [...Object.entries(headers), ...Object.entries(query)].sort(([a], [b]) => (a < b ? -1 : 1));
    const text = `${method}/partner/v1${path}${named.flat().join("")}${body}`;
    headers["X-Signature"] = createHmac("sha256", appSecret).update(text).digest("hex");
    if (token) headers.Authorization = `Bearer ${token}`;
    const url = `${apiUrl}/partner/v1${path}?${new URLSearchParams(query)}`;
    const answer = await fetch(url, { method, headers, ...(body ? { body } : {}) });
    return (await answer.json()) as Envelope;
  }

  const register = async (partnerUid: string) => {
    const { data } = await ask("POST", "/user/register", {
      body: JSON.stringify({ partner_uid: partnerUid }),
    });
    return { openId: data.open_id, token: data.access_token };
  };

  return {
    /** A user's ID at the platform; the same for the same partner user ID, however often. */
    openIdOf: async (partnerUid: string) => (await register(partnerUid)).openId,
    patient: async (partnerUid: string, days: number): Promise<TrueReadings> => {
      const { openId, token } = await register(partnerUid);
      const readAtMs = Date.now();
      const records: WireRecord[] = [];
      for (let endMs = readAtMs; endMs > readAtMs - days * dayMs; endMs -= windowMs) {
        const query = { open_id: openId, start_time: String(endMs - windowMs), end_time: String(endMs) };
        records.push(...(await ask("GET", "/user/glucose", { query, token })).data.records);
      }
      return inOrderOf(records, readAtMs);
    },
    device: async (serial: string): Promise<TrueDevice & { readings: TrueReadings }> => {
      const { token } = await register("trendline-service");
      const query = { device_sn: serial };
      const readAtMs = Date.now();
      const { code, data } = await ask("GET", "/device/info", { query, token });
      const glucose = await ask("GET", "/device/glucose", { query, token });
      const times = [data.bound_at, data.activated_at, data.estimated_end_at, data.ended_at];
      return {
        code,
        statusCode: Number(data.status),
        timesMs: times.map((time) => (time ? Number(time) : null)),
        readings: inOrderOf(glucose.data.records ?? [], readAtMs),
      };
    },
  };
}

export type Truth = ReturnType<typeof createTruth>;
