import { useSyncExternalStore } from "react";
import type { Connection } from "./connection.ts";
import type { DemoStatus } from "./messages.ts";

let connection: Connection | null = null;
let status: DemoStatus = { isKept: true, hasBegunAnew: false };
const listeners = new Set<() => void>();

/** What the banner shows is looked at so often: storage may be full later. */
const lookEveryMs = 10_000;

async function look(): Promise<void> {
  const now = await connection?.status().catch(() => null);
  if (!now || JSON.stringify(now) === JSON.stringify(status)) return;
  status = now;
  for (const listener of listeners) listener();
}

export function watchStatus(of: Connection): void {
  connection = of;
  void look();
  setInterval(() => void look(), lookEveryMs);
}

export const reset = async (): Promise<void> => connection?.reset();

const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useDemoStatus = (): DemoStatus => useSyncExternalStore(listen, () => status);
