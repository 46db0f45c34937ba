import { type Context, Hono } from "hono";
import type { $ZodType } from "zod/v4/core";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";
import type { JobRunner } from "../jobs/run.ts";
import type { StoredJob } from "../store/job-records.ts";
import type { JobChange } from "../store/job-states.ts";
import type { JobStore } from "../store/jobs.ts";
import { describe } from "./openapi.ts";

export interface JobMovesOptions<J extends StoredJob> {
  store: JobStore<J>;
  runner: Pick<JobRunner, "wake">;
  /** What its moves are called in the audit trail. */
  kind: "import" | "sensor-list" | "reports";
  answer: $ZodType;
  answerOf: (job: J) => Promise<object>;
  now: () => number;
}

export async function jobOf<J extends StoredJob>(store: JobStore<J>, id: string): Promise<J> {
  const job = await store.byId(id);
  if (!job) throw new Failure("not-found", { detail: "No file has this ID." });
  return job;
}

export const notNow = (state: StoredJob["state"]) =>
  new Failure("invalid-request", {
    detail: `This cannot be done to a file that is ${state}.`,
    fields: [{ field: "state", reason: state }],
  });

const fresh = { failures: 0, trouble: null, waitUntilMs: null };

export const starterOf = (c: Context<AppEnv>): NonNullable<StoredJob["startedBy"]> => ({
  ...c.get("staff"),
  clientAddress: c.get("clientAddress"),
});

/** Starts, pauses and cancels the work on a file. */
export function createJobMoves<J extends StoredJob>(options: JobMovesOptions<J>): Hono<AppEnv> {
  const { store, runner, kind, answer, answerOf, now } = options;
  const routes = new Hono<AppEnv>();

  /** Moves a file on. One that is there already is answered as it is, so that a second click does no harm. */
  const moving = (to: StoredJob["state"], act: (id: string, c: Context<AppEnv>) => Promise<boolean>) =>
    async function move(c: Context<AppEnv, "/:id">, action: "start" | "pause" | "cancel" | "retry") {
      const { id } = await jobOf(store, c.req.param("id"));
      const isMoved = await act(id, c);
      const { state } = await jobOf(store, id);
      const isThere = isMoved || state === to;
      await c.get("audit")({ action: `${kind}.${action}`, subject: id, outcome: isThere ? "ok" : "failed" });
      if (!isThere) throw notNow(state);
      runner.wake();
      return c.json(await answerOf(await jobOf(store, id)));
    };

  const starting = (c: Context<AppEnv>): JobChange => ({
    ...fresh,
    startedAtMs: now(),
    startedBy: starterOf(c),
  });
  const start = moving("running", (id, c) => store.move(id, ["checked", "paused"], "running", starting(c)));
  const again = moving("running", (id, c) => store.again(id, starting(c)));
  const pause = moving("paused", (id) => store.move(id, ["running"], "paused", fresh));
  const cancel = moving("cancelled", (id) =>
    store.move(id, ["checked", "running", "paused"], "cancelled", fresh),
  );

  routes.post("/:id/start", describe("Work through its rows; goes on where it was", answer), (c) =>
    start(c, "start"),
  );
  routes.post("/:id/pause", describe("Stop after the rows under way", answer), (c) => pause(c, "pause"));
  routes.post("/:id/cancel", describe("Leave the rest of its rows", answer), (c) => cancel(c, "cancel"));
  routes.post("/:id/retry", describe("Try the failed rows again", answer), async (c) => {
    const { state } = await jobOf(store, c.req.param("id"));
    if (state !== "done" && state !== "paused") throw notNow(state);
    return again(c, "retry");
  });

  return routes;
}
