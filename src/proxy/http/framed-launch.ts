import type { Context, MiddlewareHandler } from "hono";
import { html } from "hono/html";
import { securityHeadersOf } from "./security-headers.ts";

const frames: ReadonlySet<string | undefined> = new Set(["iframe", "frame"]);

/** Nothing is known of who looks at it, their language neither. */
const wayOut = (c: Context, name: string) => {
  const { pathname, search } = new URL(c.req.url);
  const link = (language: string, words: string) =>
    html`<p lang="${language}"><a href="${pathname + search}" target="_blank" rel="noopener">${words}</a></p>`;
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${name}</title>
${link("en", `Open this patient in ${name}, in a window of its own`)}
${link("zh-CN", `在 ${name} 的独立窗口中打开此患者`)}
</html>`;
};

/**
 * What a record shows that opens the way in within a frame of its own page: a link to a window of its own, and only to
 * pages of records that are registered here. In a frame nobody is signed in, since no cookie of ours goes there.
 */
export function createFramedLaunch(
  publicUrl: string,
  frameOrigins: () => Promise<readonly string[]>,
  name: string,
): MiddlewareHandler {
  return async function framedLaunch(c, next) {
    if (!frames.has(c.req.header("sec-fetch-dest"))) return next();
    const origins = await frameOrigins();
    if (origins.length === 0) return next();
    const headers = await securityHeadersOf(publicUrl, origins);
    return c.html(wayOut(c, name), 200, { ...headers, "cache-control": "no-store" });
  };
}
