import { Hono } from "hono";
import type * as z from "zod/mini";
import { importJob, importList, importRows, importRowsQuery, leaveOut } from "#contract/import.ts";
import { glucoseRoles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { checkRows } from "../imports/check-rows.ts";
import { progressOf } from "../imports/progress.ts";
import { readFile } from "../imports/read-file.ts";
import { readTable } from "../imports/read-table.ts";
import type { Roster } from "../roster/roster.ts";
import type { StoredImport } from "../store/import-records.ts";
import type { ImportStore } from "../store/imports.ts";
import { fileNameOf } from "./file-name.ts";
import { createJobMoves, type JobMovesOptions, jobOf, notNow } from "./job-moves.ts";
import { describe, valid } from "./openapi.ts";

export interface ImportRoutesOptions extends Pick<JobMovesOptions<StoredImport>, "runner" | "now"> {
  imports: ImportStore;
  roster: Pick<Roster, "withUidsLike" | "duplicatesOf">;
  requireRole: RequireRole;
  /** How much faster than real time `now` goes. */
  clockSpeed: () => number;
}

const mostListed = 20;
/** Rows that a row of the trail names. */
const mostNamed = 50;
const keptMs = 30 * 86_400_000;

const latestOf = async (imports: ImportStore): Promise<z.infer<typeof importList>> => ({
  imports: (await imports.latest(mostListed)).map(({ id, fileName, state, total, createdAtMs }) => ({
    id,
    fileName,
    state,
    total,
    createdAtMs,
  })),
});

export function createImportRoutes(options: ImportRoutesOptions): Hono<AppEnv> {
  const { imports, roster, requireRole, now } = options;
  const answerOf = (job: StoredImport) => progressOf(imports, job, options);
  const routes = new Hono<AppEnv>();
  routes.use(requireRole(...glucoseRoles));

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
      const { withUidsLike, duplicatesOf } = roster;
      const rows = await checkRows(table, imports.findHere, withUidsLike, duplicatesOf, signal);
      for (const id of await imports.madeBefore(now() - keptMs)) await imports.remove(id);
      const { delimiter, columns } = table;
      const id = await imports.add({ fileName: fileNameOf(c), encoding, delimiter, columns }, rows, now());
      await c.get("audit")({ action: "import.check", subject: id });
      return c.json(await answerOf(await jobOf(imports, id)), 201);
    },
  );

  routes.get("/", describe("The latest files", importList), async (c) => {
    await c.get("audit")({ action: "import.view" });
    return c.json(await latestOf(imports));
  });

  routes.get("/:id", describe("How far a file has come", importJob), async (c) => {
    const job = await jobOf(imports, c.req.param("id"));
    await c.get("audit")({ action: "import.view", subject: job.id });
    return c.json(await answerOf(job));
  });

  routes.get(
    "/:id/rows",
    describe("Rows of a file and what became of each", importRows),
    valid("query", importRowsQuery),
    async (c) => {
      const { id } = await jobOf(imports, c.req.param("id"));
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

  routes.put(
    "/:id/left-out",
    describe("Take rows out of a file before it runs, or back in", importJob),
    valid("json", leaveOut),
    async (c) => {
      const { id } = await jobOf(imports, c.req.param("id"));
      const what = c.req.valid("json");
      const count = await imports.leaveOut(id, what);
      await c.get("audit")({
        action: what.isLeftOut ? "import.leave-out" : "import.take-in",
        subject: id,
        outcome: count === null ? "failed" : "ok",
        details: {
          rows: count ?? 0,
          ...(what.rows !== "duplicates" && { which: what.rows.slice(0, mostNamed).join(" ") }),
        },
      });
      const job = await jobOf(imports, id);
      if (count === null) throw notNow(job.state);
      return c.json(await answerOf(job));
    },
  );

  routes.route(
    "/",
    createJobMoves({ ...options, store: imports, kind: "import", answer: importJob, answerOf }),
  );

  routes.delete(
    "/:id",
    describe("Forget a file and its rows; answers with those left", importList),
    async (c) => {
      const { id, state } = await jobOf(imports, c.req.param("id"));
      const isRemoved = await imports.remove(id);
      await c.get("audit")({ action: "import.remove", subject: id, outcome: isRemoved ? "ok" : "failed" });
      if (!isRemoved) throw notNow(state);
      return c.json(await latestOf(imports));
    },
  );

  return routes;
}
