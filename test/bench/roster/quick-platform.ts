/**
 * A stand-in for the platform as a process of its own, for a hundred thousand people at once: everybody has a
 * reading every three minutes, every answer takes 20 ms. Prints its address; what it was asked is at /counts.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

const answerMs = 20;
const minuteMs = 60_000;
const spacingMs = 3 * minuteMs;
const dayMs = 24 * 60 * minuteMs;
const counts = { calls: 0, reads: 0, tokens: 0, devices: 0, bytes: 0, gzipBytes: 0 };

/** Of one person, from the parameters of a read. */
function glucose(parameters: URLSearchParams) {
  const openId = parameters.get("open_id") ?? "";
  const [start, end] = ["start_time", "end_time"].map((name) => Number(parameters.get(name)));
  const now = Math.min(end ?? 0, Date.now() - minuteMs);
  const records: object[] = [];
  for (let at = Math.ceil((start ?? 0) / spacingMs) * spacingMs; at < now; at += spacingMs) {
    const number = Math.floor((at % (14 * dayMs)) / spacingMs);
    records.push({
      app_id: "app_bench",
      device_sn: `S${Math.floor(at / (14 * dayMs))}${openId.slice(3)}`,
      open_id: openId,
      type: 2,
      value: Math.round((7 + 3 * Math.sin(at / 4e6) + ((number * 37) % 11) / 10) * 10) / 10,
      trend: 1,
      package_num: number + 1,
      measured_at: at,
      app_received_at: at + minuteMs,
    });
  }
  return { open_id: openId, records };
}

function dataOf(path: string, parameters: URLSearchParams): object {
  if (path.endsWith("/user/glucose")) {
    counts.reads += 1;
    return glucose(parameters);
  }
  if (path.endsWith("/device/info")) {
    counts.devices += 1;
    const beganMs = Math.floor(Date.now() / (14 * dayMs)) * 14 * dayMs;
    return {
      device_sn: parameters.get("device_sn"),
      status: 2,
      activated_at: beganMs,
      estimated_end_at: beganMs + 14 * dayMs,
    };
  }
  counts.tokens += 1;
  const openId = parameters.get("open_id") ?? "ou_service";
  return { open_id: openId, access_token: `token-of-${openId}`, expire_in: 7200 };
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://platform");
  if (pathname === "/counts") {
    response.end(JSON.stringify(counts));
    return;
  }
  counts.calls += 1;
  request.resume();
  setTimeout(() => {
    const body = JSON.stringify({ code: 0, msg: "ok", data: dataOf(pathname, searchParams) });
    counts.bytes += body.length;
    response.setHeader("content-type", "application/json");
    response.end(body);
    // Every hundredth, so that the stand-in does not compress all day.
    if (counts.calls % 100 === 0) counts.gzipBytes += 100 * gzipSync(body).length;
  }, answerMs);
});
server.listen(0, "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
