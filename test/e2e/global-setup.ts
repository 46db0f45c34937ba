import { chromiumPath } from "#test/support/chromium.ts";
import { buildIfNeeded } from "../../src/built.ts";

/**
 * What all files share is made once, before any of them: the built client
 * and server, the demonstration and the unpacked browser.
 */
export async function setup(): Promise<void> {
  await Promise.all([
    buildIfNeeded("client"),
    buildIfNeeded("server"),
    buildIfNeeded("demo"),
    chromiumPath(),
  ]);
}
