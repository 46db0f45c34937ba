import type { Context, MiddlewareHandler } from "hono";
import { html } from "hono/html";
import { securityHeadersOf } from "./security-headers.ts";

const frames: ReadonlySet<string | undefined> = new Set(["iframe", "frame"]);

/**
 * Nothing is known of who looks at it, their language neither; nor can it be seen from within whether a sandbox of the frame
 * goes with them into the new window, where the app would be blocked.
 */
const wayOut = (c: Context, name: string) => {
  const { pathname, search } = new URL(c.req.url);
  const link = (language: string, words: string) =>
    html`<p lang="${language}"><a href="${pathname + search}" target="_blank" rel="noopener">${words}</a></p>`;
  const help = (language: string, summary: string, words: string) =>
    html`<details lang="${language}"><summary>${summary}</summary><p>${words}</p></details>`;
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${name}</title>
${link("en", `Open this patient in ${name}, in a window of its own`)}
${link("zh-CN", `在 ${name} 的独立窗口中打开此患者`)}
${help("en", "If no window or a blocked page opens", "The health record shows this in a frame with a sandbox. Tell its administrator: the sandbox has to say allow-popups and allow-popups-to-escape-sandbox.")}
${help("zh-CN", "如未打开窗口或页面被阻止", "病历系统将此内容显示在设有 sandbox 的框架中。请告知其管理员：sandbox 须包含 allow-popups 和 allow-popups-to-escape-sandbox。")}
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
