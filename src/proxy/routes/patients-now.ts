import { type Context, Hono } from "hono";
import { LRUCache } from "lru-cache";
import type * as z from "zod/mini";
import { columnsOf } from "#contract/reading-columns.ts";
import { nowAnswer, nowQuery, type PatientNow } from "#contract/ward.ts";
import { hourMs } from "#glucose/time.ts";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";
import { compressedJson } from "../http/compressed-json.ts";
import type { LimitReads } from "../http/limit-reads.ts";
import { withPriority } from "../platform/call-context.ts";
import type { StatusReader } from "../roster/patient-status.ts";
import type { PatientStore } from "../store/patients.ts";
import { describe, valid } from "./openapi.ts";

export interface PatientsNowOptions {
  patients: PatientStore;
  statuses: StatusReader;
  limitReads: LimitReads;
  now: () => number;
}

/** Three are shown; what comes before tells whether the first of them follows a gap. */
const readMs = 4 * hourMs;

/** A screen on a wall may stand for as long before the trail has its patients again. */
const openingMs = 12 * hourMs;

/** Who of the staff saw whom at which opening of the page. */
function createOpenings() {
  const seen = new LRUCache<string, true>({ max: 20_000, ttl: openingMs });
  return async function auditOnce(
    c: Context<AppEnv>,
    { opening, subject, outcome }: { opening: string; subject: string; outcome: "ok" | "failed" },
  ): Promise<void> {
    const key = [c.get("staff").id, opening, subject, outcome].join(" ");
    if (seen.has(key)) return;
    await c.get("audit")({ action: "ward.view", subject, outcome });
    seen.set(key, true);
  };
}

/** How many patients are now, in one answer: for a screen that shows them all and asks every minute. */
export function createPatientsNowRoute(options: PatientsNowOptions): Hono<AppEnv> {
  const { patients, statuses, limitReads, now } = options;
  const auditOnce = createOpenings();

  async function readOne(c: Context<AppEnv>, id: string, opening: string): Promise<PatientNow[]> {
    const found = await patients.statusOf(id);
    if (!found) return [];
    const { name, partnerUid, timeZone, targets, status } = found;
    const known = { id, name, partnerUid, timeZone, targets, status };
    try {
      const endMs = Math.ceil(now());
      const { asOfMs, stale, ...part } = await statuses.readings(found, endMs - readMs, endMs);
      await auditOnce(c, { opening, subject: id, outcome: "ok" });
      const readings = columnsOf(part.series, part.from, part.to);
      return [{ ...known, read: { asOfMs, stale, readings }, failure: null }];
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await auditOnce(c, { opening, subject: id, outcome: "failed" });
      return [{ ...known, read: null, failure: error.code }];
    }
  }

  return new Hono<AppEnv>().post(
    "/now",
    limitReads,
    describe("The last hours of up to sixty patients", nowAnswer),
    valid("json", nowQuery),
    async (c) => {
      const { ids, opening } = c.req.valid("json");
      const read = await withPriority("background", () =>
        Promise.all(ids.map((id) => readOne(c, id, opening))),
      );
      return compressedJson(c, { patients: read.flat() } satisfies z.infer<typeof nowAnswer>);
    },
  );
}
