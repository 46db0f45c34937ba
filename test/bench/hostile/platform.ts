/**
 * A platform that means no good, as a process of its own. `POST /mode?name=` says how; every third answer
 * is a good one, lest it be left alone.
 */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createGzip } from "node:zlib";

const megabyte = 1024 * 1024;
const minuteMs = 60_000;
const spaces = Buffer.alloc(megabyte, " ");
let mode = "well";
let answered = 0;

const record = (measuredMs: number, change: object = {}) => ({
  app_id: "app",
  device_sn: "P225043056",
  type: 2,
  value: 6.3,
  trend: 1,
  package_num: 1,
  measured_at: measuredMs,
  app_received_at: measuredMs + minuteMs,
  ...change,
});

/** A month as a sensor measures it, built once for each window. */
const months = new Map<string, string>();
function month(startMs: number, endMs: number): string {
  const key = `${startMs} ${endMs}`;
  let text = months.get(key);
  if (!text) {
    const count = Math.floor((endMs - startMs) / (3 * minuteMs));
    text = JSON.stringify(
      Array.from({ length: count }, (_, i) => record(startMs + i * 3 * minuteMs, { package_num: i })),
    );
    if (months.size > 50) months.clear();
    months.set(key, text);
  }
  return text;
}

const at = Date.now() - 600_000;
const list = (change: (index: number) => object) =>
  JSON.stringify(Array.from({ length: 100_000 }, (_, i) => record(at, change(i))));
const records: Record<string, () => string> = {
  moment: () => list((i) => ({ package_num: i })),
  sensors: () => list((i) => ({ device_sn: `S${i}` })),
  values: () => list((i) => ({ value: 4 + (i % 90) / 10, package_num: null })),
  damaged: () => list((i) => ({ value: "LOW", package_num: i })),
  nothing: () => `[${"0,".repeat(10_000_000)}0]`,
  deep: () => `${"[".repeat(10_000_000)}${"]".repeat(10_000_000)}`,
};
const made = new Map<string, string>();

async function makeBomb(): Promise<Buffer> {
  const gzip = createGzip({ level: 1 });
  const chunks: Buffer[] = [];
  gzip.on("data", (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise((end) => gzip.on("end", end));
  for (let i = 0; i < 1000; i += 1)
    if (!gzip.write(spaces)) await new Promise((drained) => gzip.once("drain", drained));
  gzip.end();
  await done;
  return Buffer.concat(chunks);
}
const bomb = await makeBomb();

function sendGigabyte(response: ServerResponse): void {
  let left = 1000;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(spaces)) {
        response.once("drain", more);
        return;
      }
    }
    response.end();
  };
  more();
}

function sendGlucose(response: ServerResponse, query: URLSearchParams): void {
  answered += 1;
  const openId = query.get("open_id");
  const isGood = mode === "well" || mode === "far" || answered % 3 === 0;
  if (!isGood && mode === "gigabyte") {
    sendGigabyte(response);
    return;
  }
  if (!isGood && mode === "bomb") {
    response.setHeader("content-encoding", "gzip");
    response.end(bomb);
    return;
  }
  const endMs = Number(query.get("end_time") ?? Date.now());
  const startMs = Number(query.get("start_time") ?? endMs - 14 * 24 * 60 * minuteMs);
  const make = records[mode];
  if (make && !made.has(mode)) made.set(mode, make());
  const text = isGood || !make ? month(startMs, endMs) : (made.get(mode) ?? "");
  response.end(`{"code":0,"msg":"","data":{"open_id":${JSON.stringify(openId)},"records":${text}}}`);
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://platform");
  const query = url.searchParams;
  const send = (data: object) => response.end(JSON.stringify({ code: 0, msg: "success", data }));
  const token = (openId: string) => send({ open_id: openId, access_token: `t-${openId}`, expire_in: 7200 });
  if (url.pathname === "/mode") {
    mode = query.get("name") ?? "well";
    return send({});
  }
  if (url.pathname.endsWith("/user/glucose") || url.pathname.endsWith("/device/glucose"))
    return sendGlucose(response, query);
  if (url.pathname.endsWith("/user/token")) return token(query.get("open_id") ?? "");
  if (url.pathname.endsWith("/device/info")) {
    const far = mode === "far" ? { status: 3, ended_at: Date.UTC(9999, 0) } : { status: 2 };
    const dates = { bound_at: 5, activated_at: Date.now() - 14 * 24 * 60 * minuteMs };
    return send({ device_sn: query.get("device_sn"), ...dates, ...far });
  }
  let body = "";
  request.on("data", (chunk: Buffer) => {
    body += chunk;
  });
  request.on("end", () => token(`user_${(JSON.parse(body) as { partner_uid: string }).partner_uid}`));
});
server.listen(0, "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
