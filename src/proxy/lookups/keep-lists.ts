import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { listKeptDays } from "#contract/lookups.ts";
import { dayMs, hourMs } from "#glucose/time.ts";
import type { LookupStore } from "../store/lookups.ts";

type Lists = Pick<LookupStore, "move" | "remove" | "madeBefore">;

/** Also while it runs; false when it was not there. */
export async function removeList(lists: Lists, id: string): Promise<boolean> {
  await lists.move(id, ["running"], "cancelled");
  return lists.remove(id);
}

export async function removeOldLists(lists: Lists, nowMs: number): Promise<void> {
  for (const id of await lists.madeBefore(nowMs - listKeptDays * dayMs)) await removeList(lists, id);
}

/** Removes the lists that are old enough now and once an hour, until `signal` aborts. */
export async function keepLists(
  lists: Lists,
  { now, log, signal }: { now: () => number; log: Logger; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      await removeOldLists(lists, now());
    } catch (err) {
      log.error({ err }, "old lists of sensors could not be removed");
    }
    await wait(hourMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
