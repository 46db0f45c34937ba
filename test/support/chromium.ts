import { mkdirSync, readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/**
 * Launches the Chromium that comes from the package registry; `CHROME_PATH` names another one, which systems
 * other than Linux on x64 need. `more` are switches of its command line.
 */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", ...more],
  });
}

/** Where the browser is; unpacks the registry's at first use. */
export const chromiumPath = async (): Promise<string> => process.env.CHROME_PATH ?? unpackedChromium();

async function unpackedChromium(): Promise<string> {
  // It unpacks to tmpdir()/chromium without its version, so another version's
  // copy there would be taken for its own.
  const manifest = findPackageJSON("@sparticuz/chromium", import.meta.url);
  if (!manifest) throw new Error("@sparticuz/chromium is not installed");
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const folder = join(tmpdir(), `trendline-chromium-${version}`);
  mkdirSync(folder, { recursive: true });
  const systemTmp = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: packaged } = await import("@sparticuz/chromium");
    return await packaged.executablePath();
  } finally {
    if (systemTmp === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = systemTmp;
  }
}
