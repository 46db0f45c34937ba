import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { hourMs } from "#glucose/time.ts";
import type { HealthLinkStore } from "../store/health-links.ts";

/** Takes the contents of links that have run out away, now and once an hour, until `signal` aborts. */
export async function forgetEndedLinks(
  links: Pick<HealthLinkStore, "forgetEnded">,
  { log, signal }: { log: Logger; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      await links.forgetEnded();
    } catch (err) {
      log.error({ err }, "the contents of ended health links could not be removed");
    }
    await wait(hourMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
