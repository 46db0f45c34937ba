import { type Context, Hono } from "hono";
import type { AuditAction } from "#contract/audit.ts";
import { type ImportJob, importJob } from "#contract/import.ts";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";
import { progressOf } from "../imports/progress.ts";
import type { ImportRunner } from "../imports/run.ts";
import type { StoredImport } from "../store/import-records.ts";
import type { JobChange } from "../store/import-states.ts";
import type { ImportStore } from "../store/imports.ts";
import { describe } from "./openapi.ts";

export interface ImportMovesOptions {
  imports: ImportStore;
  runner: Pick<ImportRunner, "wake">;
  now: () => number;
  /** How much faster than real time `now` goes. */
  clockSpeed: number;
}

export async function importOf(imports: ImportStore, id: string): Promise<StoredImport> {
  const job = await imports.byId(id);
  if (!job) throw new Failure("not-found", { detail: "No import has this ID." });
  return job;
}

export const answerOf = async (
  { imports, now, clockSpeed }: ImportMovesOptions,
  id: string,
): Promise<ImportJob> => progressOf(imports, await importOf(imports, id), { now, clockSpeed });

export const notNow = (state: StoredImport["state"]) =>
  new Failure("invalid-request", {
    detail: `This cannot be done to a file that is ${state}.`,
    fields: [{ field: "state", reason: state }],
  });

/** Starts, pauses and cancels the registration of a file. */
export function createImportMoves(options: ImportMovesOptions): Hono<AppEnv> {
  const { imports, runner, now } = options;
  const routes = new Hono<AppEnv>();

  /** Moves a file on. One that is there already is answered as it is, so that a second click does no harm. */
  const moving = (to: StoredImport["state"], act: (id: string, c: Context<AppEnv>) => Promise<boolean>) =>
    async function move(c: Context<AppEnv, "/:id">, action: AuditAction) {
      const { id } = await importOf(imports, c.req.param("id"));
      const isMoved = await act(id, c);
      const { state } = await importOf(imports, id);
      const isThere = isMoved || state === to;
      await c.get("audit")({ action, subject: id, outcome: isThere ? "ok" : "failed" });
      if (!isThere) throw notNow(state);
      runner.wake();
      return c.json(await answerOf(options, id));
    };

  const fresh = { failures: 0, trouble: null, waitUntilMs: null };
  const starting = (c: Context<AppEnv>): JobChange => ({
    ...fresh,
    startedAtMs: now(),
    startedBy: { ...c.get("staff"), clientAddress: c.get("clientAddress") },
  });
  const start = moving("running", (id, c) => imports.move(id, ["checked", "paused"], "running", starting(c)));
  const again = moving("running", (id, c) => imports.again(id, starting(c)));
  const pause = moving("paused", (id) => imports.move(id, ["running"], "paused", fresh));
  const cancel = moving("cancelled", (id) =>
    imports.move(id, ["checked", "running", "paused"], "cancelled", fresh),
  );

  routes.post("/:id/start", describe("Register its new rows; goes on where it was", importJob), (c) =>
    start(c, "import.start"),
  );
  routes.post("/:id/pause", describe("Stop after the rows under way", importJob), (c) =>
    pause(c, "import.pause"),
  );
  routes.post("/:id/cancel", describe("Register no more of its rows", importJob), (c) =>
    cancel(c, "import.cancel"),
  );
  routes.post("/:id/retry", describe("Try the failed rows again", importJob), async (c) => {
    const { state } = await importOf(imports, c.req.param("id"));
    if (state !== "done" && state !== "paused") throw notNow(state);
    return again(c, "import.retry");
  });

  return routes;
}
