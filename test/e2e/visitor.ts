import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";

/**
 * A browser of somebody's own: English, nothing that moves for the sake of
 * moving, and patience with a slow machine.
 */
export async function newVisitor(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(120_000);
  return context;
}
