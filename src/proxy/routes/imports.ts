import { type Context, Hono } from "hono";
import type * as z from "zod/mini";
import { importJob, importList, importRows, importRowsQuery } from "#contract/import.ts";
import { glucoseRoles } from "#contract/staff.ts";
import { beginningOf } from "#contract/text.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { checkRows } from "../imports/check-rows.ts";
import { readFile } from "../imports/read-file.ts";
import { readTable } from "../imports/read-table.ts";
import type { Roster } from "../roster/roster.ts";
import type { ImportStore } from "../store/imports.ts";
import { answerOf, createImportMoves, type ImportMovesOptions, importOf, notNow } from "./import-moves.ts";
import { describe, valid } from "./openapi.ts";

export interface ImportRoutesOptions extends ImportMovesOptions {
  roster: Pick<Roster, "withUidsLike" | "duplicatesOf">;
  requireRole: RequireRole;
}

const mostListed = 20;
const keptMs = 30 * 86_400_000;
const longestFileName = 200;

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
      return c.json(await answerOf(options, id), 201);
    },
  );

  routes.get("/", describe("The latest files", importList), async (c) => {
    await c.get("audit")({ action: "import.view" });
    return c.json(await latestOf(imports));
  });

  routes.get("/:id", describe("How far a file has come", importJob), async (c) => {
    const { id } = await importOf(imports, c.req.param("id"));
    await c.get("audit")({ action: "import.view", subject: id });
    return c.json(await answerOf(options, id));
  });

  routes.get(
    "/:id/rows",
    describe("Rows of a file and what became of each", importRows),
    valid("query", importRowsQuery),
    async (c) => {
      const { id } = await importOf(imports, c.req.param("id"));
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

  routes.route("/", createImportMoves(options));

  routes.delete(
    "/:id",
    describe("Forget a file and its rows; answers with those left", importList),
    async (c) => {
      const { id, state } = await importOf(imports, c.req.param("id"));
      const isRemoved = await imports.remove(id);
      await c.get("audit")({ action: "import.remove", subject: id, outcome: isRemoved ? "ok" : "failed" });
      if (!isRemoved) throw notNow(state);
      return c.json(await latestOf(imports));
    },
  );

  return routes;
}
