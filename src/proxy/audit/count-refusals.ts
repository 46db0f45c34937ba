import type { Logger } from "pino";
import type { Audit, AuditEntry } from "./write.ts";

const windowMs = 60_000;
/** Rows a minute for refusals of one kind from one address, and for all; those beyond are only counted. */
const mostRowsOfOne = 30;
const mostRowsOfAll = 300;
/** Attempts on a locked account are refused unchecked; the first of them is enough. */
const mostRowsOfLocked = 1;

interface Window {
  rows: Map<string, number>;
  all: number;
  counted: Map<string, { entry: AuditEntry; times: number }>;
}

const mayRepeat = ({ actor_id: actor, outcome }: AuditEntry): boolean =>
  outcome === "locked" || outcome === "forbidden" || (actor === null && outcome === "failed");

/**
 * Limits the rows about refusals, because anybody can cause these without end. In each minute the first ones
 * have rows of their own; the rest of a kind are counted in one row.
 */
export function countRefusals(audit: Audit, log: Logger): { audit: Audit; flush(): Promise<void> } {
  let current: Window | null = null;
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    const ended = current;
    current = null;
    for (const { entry, times } of ended?.counted.values() ?? [])
      await audit({ ...entry, details: { ...entry.details, times } });
  }

  function open(): Window {
    timer = setTimeout(() => {
      flush().catch((err: unknown) => log.error({ err }, "counted refusals could not be written"));
    }, windowMs).unref();
    return { rows: new Map(), all: 0, counted: new Map() };
  }

  return {
    flush,
    audit: async (entry) => {
      if (!mayRepeat(entry)) return audit(entry);
      current ??= open();
      const { rows, counted } = current;
      const { actor_id: actor, action, outcome, subject, client_address: address } = entry;
      const isLocked = outcome === "locked";
      const key = JSON.stringify([actor, action, outcome, address, isLocked ? subject : null]);
      const written = rows.get(key) ?? 0;
      const isWithin = current.all < mostRowsOfAll;
      if (isWithin && written < (isLocked ? mostRowsOfLocked : mostRowsOfOne)) {
        rows.set(key, written + 1);
        current.all += 1;
        return audit(entry);
      }
      // Beyond the limit for all, persons and addresses are not counted apart: there
      // may be as many as there are requests.
      const place = rows.has(key) || counted.has(key) || isWithin ? key : JSON.stringify([action, outcome]);
      const kept = counted.get(place);
      if (kept) {
        kept.times += 1;
        // A count of several subjects names none of them.
        if (kept.entry.subject !== subject) kept.entry.subject = null;
      } else if (place === key) counted.set(key, { entry: { ...entry, request_id: "" }, times: 1 });
      else {
        const nobody = {
          actor_id: null,
          actor_role: null,
          subject: null,
          client_address: "",
          request_id: "",
        };
        counted.set(place, { entry: { ...entry, ...nobody, details: undefined }, times: 1 });
      }
    },
  };
}
