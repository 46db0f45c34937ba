import { Hono } from "hono";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../store/schema.ts";
import type { Platform } from "../vendor/platform.ts";

/** For whoever watches the process (`/healthz`) and whoever sends requests to it (`/readyz`); neither needs a session. */
export function createHealthRoutes(options: {
  db: Kysely<Tables>;
  platform: Pick<Platform, "health">;
  stopping: AbortSignal;
}): Hono {
  const { db, platform, stopping } = options;
  return new Hono()
    .get("/healthz", (c) => c.json({ status: "ok" }))
    .get("/readyz", async (c) => {
      if (stopping.aborted) return c.json({ status: "stopping" }, 503);
      await sql`select 1`.execute(db);
      // Ready whatever the platform does: it is the same for every server, and one taken out could not even say so.
      const { answering, lastAnswerMs } = platform.health();
      return c.json({
        status: "ok",
        platform: { answering, lastAnswerAt: new Date(lastAnswerMs).toISOString() },
      });
    });
}
