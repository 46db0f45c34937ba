import { Hono } from "hono";
import type { Logger } from "pino";
import type { Platform } from "../platform/types.ts";
import { troubleWords } from "../store/database-trouble.ts";
import type { Readiness } from "../store/readiness.ts";

/** For supervisors (`/healthz`) and load balancers (`/readyz`); neither needs a session. */
export function createHealthRoutes(options: {
  readiness: Readiness;
  platform: Pick<Platform, "health">;
  stopping: AbortSignal;
  log: Logger;
}): Hono {
  const { readiness, platform, stopping, log } = options;
  return new Hono()
    .get("/healthz", (c) => c.json({ status: "ok" }))
    .get("/readyz", async (c) => {
      if (stopping.aborted) return c.json({ status: "stopping" }, 503);
      const trouble = await readiness();
      if (trouble) {
        const detail = troubleWords[trouble];
        log.warn({ database: trouble }, `Not ready. ${detail}`);
        return c.json({ status: "database", database: trouble, detail }, 503);
      }
      // Ready whatever the platform does: it is the same for every server, and
      // one taken out could not even say so.
      const { answering, lastAnswerMs } = platform.health();
      return c.json({
        status: "ok",
        platform: { answering, lastAnswerAt: new Date(lastAnswerMs).toISOString() },
      });
    });
}
