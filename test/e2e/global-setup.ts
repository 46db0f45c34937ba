import { chromiumPath } from "#test/support/chromium.ts";
import { buildIfNeeded } from "../../src/build.ts";

/** What all files share is made once, before any of them: the built client and the unpacked browser. */
export async function setup(): Promise<void> {
  await Promise.all([buildIfNeeded(), chromiumPath()]);
}
