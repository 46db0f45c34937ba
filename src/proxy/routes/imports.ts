import { type Context, Hono } from "hono";
import type * as z from "zod/mini";
import type { AuditAction } from "#contract/audit.ts";
import { type ImportJob, importJob, importList, importRows, importRowsQuery } from "#contract/import.ts";
import { glucoseRoles } from "#contract/staff.ts";
import { beginningOf } from "#contract/text.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import { checkRows } from "../imports/check-rows.ts";
import { readFile } from "../imports/read-file.ts";
import { readTable } from "../imports/read-table.ts";
import type { ImportRunner } from "../imports/run.ts";
import type { Roster } from "../roster/roster.ts";
import type { StoredImport } from "../store/import-records.ts";
import type { JobChange } from "../store/import-states.ts";
import type { ImportStore } from "../store/imports.ts";
import { describe, valid } from "./openapi.ts";

export interface ImportRoutesOptions {
  imports: ImportStore;
  roster: Pick<Roster, "withUidsLike">;
  runner: ImportRunner;
  requireRole: RequireRole;
  now: () => number;
  /** How much faster than real time `now` goes. */
  clockSpeed: number;
}

const mostListed = 20;
const keptMs = 30 * 86_400_000;
const rateWindowMs = 30_000;
const longestFileName = 200;

const notNow = (state: StoredImport["state"]) =>
  new Failure("invalid-request", {
    detail: `This cannot be done to a file that is ${state}.`,
    fields: [{ field: "state", reason: state }],
  });

/** As the header has it, percent-encoded because a header carries no Chinese. */
function fileNameOf(c: Context): string {
  const given = c.req.header("x-file-name") ?? "";
  const shown = (name: string) => beginningOf(name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ""), longestFileName);
  try {
    return shown(decodeURIComponent(given));
  } catch {
    return shown(given);
  }
}

export function createImportRoutes(options: ImportRoutesOptions): Hono<AppEnv> {
  const { imports, roster, runner, requireRole, now, clockSpeed } = options;
  const routes = new Hono<AppEnv>();
  routes.use(requireRole(...glucoseRoles));

  const jobOf = async (id: string): Promise<StoredImport> => {
    const job = await imports.byId(id);
    if (!job) throw new Failure("not-found", { detail: "No import has this ID." });
    return job;
  };

  async function answerOf(id: string): Promise<ImportJob> {
    const { startedAtMs, startedBy: _by, failures: _failures, ...job } = await jobOf(id);
    const counts = await imports.counts(id);
    const asOfMs = now();
    const noted = await imports.noted(id);
    const regionsAssumed = await imports.regionsAssumed(id);
    const answer = {
      ...job,
      counts,
      noted,
      regionsAssumed,
      asOfMs,
      rowsPerSecond: null,
      secondsLeft: null,
    };
    if (job.state !== "running" || startedAtMs === null) return answer;
    const sinceMs = Math.max(startedAtMs, asOfMs - rateWindowMs * clockSpeed);
    const done = await imports.doneSince(id, sinceMs);
    const realSeconds = (asOfMs - sinceMs) / clockSpeed / 1000;
    const rowsPerSecond = done / Math.max(1, realSeconds);
    return { ...answer, rowsPerSecond, secondsLeft: done > 0 ? counts.new / rowsPerSecond : null };
  }

  routes.post(
    "/",
    describe(
      "Check a CSV of patients (the body, its name in x-file-name); nothing is registered",
      importJob,
      "Checked",
    ),
    async (c) => {
      const { text, encoding } = readFile(new Uint8Array(await c.req.arrayBuffer()));
      const { signal } = c.req.raw;
      const table = await readTable(text, encoding, signal);
      const rows = await checkRows(table, imports.findHere, roster.withUidsLike, signal);
      for (const id of await imports.madeBefore(now() - keptMs)) await imports.remove(id);
      const { delimiter, columns } = table;
      const id = await imports.add({ fileName: fileNameOf(c), encoding, delimiter, columns }, rows, now());
      await c.get("audit")({ action: "import.check", subject: id });
      return c.json(await answerOf(id), 201);
    },
  );

  const latest = async (): Promise<z.infer<typeof importList>> => ({
    imports: (await imports.latest(mostListed)).map(({ id, fileName, state, total, createdAtMs }) => ({
      id,
      fileName,
      state,
      total,
      createdAtMs,
    })),
  });

  routes.get("/", describe("The latest files", importList), async (c) => {
    await c.get("audit")({ action: "import.view" });
    return c.json(await latest());
  });

  routes.get("/:id", describe("How far a file has come", importJob), async (c) => {
    const { id } = await jobOf(c.req.param("id"));
    await c.get("audit")({ action: "import.view", subject: id });
    return c.json(await answerOf(id));
  });

  routes.get(
    "/:id/rows",
    describe("Rows of a file and what became of each", importRows),
    valid("query", importRowsQuery),
    async (c) => {
      const { id } = await jobOf(c.req.param("id"));
      const page = await imports.rows(id, c.req.valid("query"));
      const [first, last] = [page.rows[0], page.rows.at(-1)];
      await c.get("audit")({
        action: "import.view",
        subject: id,
        details: {
          shown: page.rows.length,
          ...(first && last && { fromRow: first.row, toRow: last.row }),
        },
      });
      return c.json(page);
    },
  );

  /** Moves a file on. One that is there already is answered as it is, so that a second click does no harm. */
  const moving = (to: StoredImport["state"], act: (id: string, c: Context<AppEnv>) => Promise<boolean>) =>
    async function move(c: Context<AppEnv, "/:id">, action: AuditAction) {
      const { id } = await jobOf(c.req.param("id"));
      const isMoved = await act(id, c);
      const { state } = await jobOf(id);
      const isThere = isMoved || state === to;
      await c.get("audit")({ action, subject: id, outcome: isThere ? "ok" : "failed" });
      if (!isThere) throw notNow(state);
      runner.wake();
      return c.json(await answerOf(id));
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
    const { state } = await jobOf(c.req.param("id"));
    if (state !== "done" && state !== "paused") throw notNow(state);
    return again(c, "import.retry");
  });

  routes.delete(
    "/:id",
    describe("Forget a file and its rows; answers with those left", importList),
    async (c) => {
      const { id, state } = await jobOf(c.req.param("id"));
      const isRemoved = await imports.remove(id);
      await c.get("audit")({ action: "import.remove", subject: id, outcome: isRemoved ? "ok" : "failed" });
      if (!isRemoved) throw notNow(state);
      return c.json(await latest());
    },
  );

  return routes;
}
