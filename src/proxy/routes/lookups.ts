import { Hono } from "hono";
import type * as z from "zod/mini";
import { glucoseIn } from "#contract/glucose-in-text.ts";
import { type LookupRow, lookupList, lookupLists, lookupRows, lookupRowsQuery } from "#contract/lookups.ts";
import { type Role, roles } from "#contract/staff.ts";
import { beginningOf } from "#contract/text.ts";
import { type ParsedSerials, readSerialList } from "#sensor/serial-list.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import { readFile, unusable } from "../imports/read-file.ts";
import { createSlices } from "../imports/slices.ts";
import { removeJob } from "../jobs/keep-jobs.ts";
import { progressOf } from "../lookups/progress.ts";
import type { StoredList, StoredLookup } from "../store/lookup-records.ts";
import type { LookupStore } from "../store/lookups.ts";
import type { PatientStore } from "../store/patients.ts";
import { ownerOf } from "./device-owner.ts";
import { fileNameOf } from "./file-name.ts";
import { createJobMoves, type JobMovesOptions, jobOf, notNow, starterOf } from "./job-moves.ts";
import { describe, valid } from "./openapi.ts";

export interface LookupRoutesOptions extends Pick<JobMovesOptions<StoredList>, "runner" | "now"> {
  lists: LookupStore;
  patients: Pick<PatientStore, "byOpenId">;
  requireRole: RequireRole;
  /** How much faster than real time `now` goes. */
  clockSpeed: () => number;
}

const mostListed = 100;
const mostLinesKept = 200;
/** Of the cells of a line that is kept. */
const mostCharactersKept = 400;

/** Cells as far as there is room for them. */
function kept(cells: readonly string[]): string[] {
  let room = mostCharactersKept;
  return cells.map((cell) => {
    const text = beginningOf(cell, room);
    room -= text.length;
    return text;
  });
}

const latestOf = async (lists: LookupStore): Promise<z.infer<typeof lookupLists>> => ({
  lists: (await lists.latest(mostListed)).map(({ id, fileName: name, state, total, createdAtMs }) => ({
    id,
    name,
    state,
    total,
    createdAtMs,
  })),
});

async function listIn(text: string, signal: AbortSignal): Promise<ParsedSerials> {
  const slice = createSlices(signal);
  const reading = readSerialList(text);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
    await slice();
  }
}

/** Each row with its wearer, as far as this role may know. */
async function withOwners(
  rows: Awaited<ReturnType<LookupStore["rows"]>>["rows"],
  patients: LookupRoutesOptions["patients"],
  role: Role,
): Promise<LookupRow[]> {
  const known = new Map<string, LookupRow["owner"]>();
  const ownerIn = async ({ outcome, openId }: StoredLookup): Promise<LookupRow["owner"]> => {
    if (outcome !== "told") return null;
    if (openId === null) return { kind: "nobody" };
    const owner = known.get(openId) ?? (await ownerOf(patients, { openId }, role)).owner;
    known.set(openId, owner);
    return owner;
  };
  const answer: LookupRow[] = [];
  for (const row of rows) {
    const { openId: _, ...shown } = row;
    answer.push({ ...shown, owner: await ownerIn(row) });
  }
  return answer;
}

/** Lists of sensors that the server looks up, shared by all who may look up one. */
export function createLookupRoutes(options: LookupRoutesOptions): Hono<AppEnv> {
  const { lists, patients, runner, requireRole, now } = options;
  const routes = new Hono<AppEnv>();
  routes.use(requireRole(...roles));
  const answerOf = (job: StoredList) => progressOf(lists, job, options);

  routes.post(
    "/",
    describe(
      "Look up the serial numbers of a list (the body, its name in x-file-name)",
      lookupList,
      "Being looked up",
    ),
    async (c) => {
      const fileName = fileNameOf(c);
      if (glucoseIn(fileName, "title") !== null)
        throw new Failure("invalid-request", {
          detail: "The name of a list is read by people who see no glucose: it has an amount of it.",
          fields: [{ field: "name", reason: "glucose" }],
        });
      const { text } = readFile(new Uint8Array(await c.req.arrayBuffer()));
      const { rows, columns, repeated, overLimit, rejected } = await listIn(text, c.req.raw.signal);
      if (rows.length === 0) throw unusable("no-serials");
      const id = await lists.add(
        {
          fileName,
          columns: [...columns],
          leftOut: {
            repeated,
            overLimit,
            rejected: rejected.length,
            lines: rejected.slice(0, mostLinesKept).map((line) => ({ ...line, cells: kept(line.cells) })),
          },
          startedBy: starterOf(c),
        },
        rows,
        now(),
      );
      await c.get("audit")({ action: "sensor-list.start", subject: id, details: { rows: rows.length } });
      runner.wake();
      return c.json(await answerOf(await jobOf(lists, id)), 201);
    },
  );

  routes.get("/", describe("The lists that are kept, of everybody", lookupLists), async (c) => {
    await c.get("audit")({ action: "sensor-list.view" });
    return c.json(await latestOf(lists));
  });

  routes.get("/:id", describe("How far a list has come", lookupList), async (c) => {
    const job = await jobOf(lists, c.req.param("id"));
    await c.get("audit")({ action: "sensor-list.view", subject: job.id });
    return c.json(await answerOf(job));
  });

  routes.get(
    "/:id/rows",
    describe("Sensors of a list and what the platform said of each", lookupRows),
    valid("query", lookupRowsQuery),
    async (c) => {
      const { id } = await jobOf(lists, c.req.param("id"));
      const { rows, total } = await lists.rows(id, c.req.valid("query"));
      await c.get("audit")({
        action: "sensor-list.view",
        subject: id,
        details: { shown: rows.length },
      });
      return c.json({ rows: await withOwners(rows, patients, c.get("staff").role), total });
    },
  );

  routes.route(
    "/",
    createJobMoves({ ...options, store: lists, kind: "sensor-list", answer: lookupList, answerOf }),
  );

  routes.delete(
    "/:id",
    describe("Forget a list, running or not; answers with those left", lookupLists),
    async (c) => {
      const { id, state } = await jobOf(lists, c.req.param("id"));
      const isRemoved = await removeJob(lists, id);
      await c.get("audit")({
        action: "sensor-list.remove",
        subject: id,
        outcome: isRemoved ? "ok" : "failed",
      });
      if (!isRemoved) throw notNow(state);
      return c.json(await latestOf(lists));
    },
  );

  return routes;
}
