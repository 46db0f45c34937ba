import type { RequestListener } from "node:http";
import { escaped } from "#proxy/brand/document.ts";

/** Asks again by itself, without a script. */
const pageOf = (name: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="2">
<title>${name}</title>
<p><bdi>${name}</bdi> is starting. This page will open by itself in a moment.</p>
<p lang="zh-CN"><bdi>${name}</bdi> 正在启动，稍后将自动打开。</p>
</html>
`;

/** Between the first moment the port is open and the moment everything is there: alive, and not ready. */
export const notYet =
  (name: string): RequestListener =>
  (request, response) => {
    const isAlive = (request.url ?? "").split("?")[0] === "/healthz";
    const isForPerson = !isAlive && Boolean(request.headers.accept?.includes("text/html"));
    response.writeHead(isAlive ? 200 : 503, {
      "content-type": isForPerson ? "text/html; charset=utf-8" : "application/json",
      "retry-after": "1",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
    });
    response.end(
      isForPerson ? pageOf(escaped(name)) : JSON.stringify({ status: isAlive ? "ok" : "starting" }),
    );
  };
