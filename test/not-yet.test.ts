import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { notYet } from "../src/not-yet.ts";

async function ask(path: string, accept: string): Promise<Response> {
  const server = createServer(notYet("Trendline"));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept } });
  await new Promise((done) => server.close(done).closeIdleConnections());
  return answer;
}

const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

test("a person who comes while the server starts is told so in both languages, on a page that asks again without a script", async () => {
  const answer = await ask("/patients", browser);
  expect(answer.status).toBe(503);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  const html = await answer.text();
  expect(html).toMatch(/<meta http-equiv="refresh" content="\d">/);
  expect(html).toContain("<bdi>Trendline</bdi> is starting.");
  expect(html).toMatch(/<p lang="zh-CN">.*正在启动/);
  expect(html).not.toContain("<script");
});

test("programs are answered with data: not ready, and alive whatever they accept", async () => {
  const api = await ask("/api/about", "application/json");
  expect([api.status, api.headers.get("retry-after"), await api.json()]).toEqual([
    503,
    "1",
    { status: "starting" },
  ]);
  const health = await ask("/healthz?probe=1", browser);
  expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
});
