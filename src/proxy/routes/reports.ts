import { type Context, Hono } from "hono";
import type * as z from "zod/mini";
import { newReports, reportRows, reportsJob, reportsJobs } from "#contract/reports.ts";
import { mostUnfinishedReports } from "#contract/reports-limits.ts";
import { glucoseRoles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import { createPlaces, inPlaceOf } from "../http/places.ts";
import { removeJob } from "../jobs/keep-jobs.ts";
import type { Letterhead } from "../pdf/letterhead.ts";
import { bookOf, zipOf } from "../reports/download.ts";
import { progressOf } from "../reports/progress.ts";
import type { ReportStore, StoredReports } from "../store/reports.ts";
import { createJobMoves, type JobMovesOptions, jobOf, notNow, starterOf } from "./job-moves.ts";
import { describe, describeFile, valid } from "./openapi.ts";
import { seenIn } from "./patient-list.ts";

export interface ReportRoutesOptions extends Pick<JobMovesOptions<StoredReports>, "runner" | "now"> {
  reports: ReportStore;
  letterhead: Letterhead | null;
  requireRole: RequireRole;
  /** How much faster than real time `now` goes. */
  clockSpeed: () => number;
}

/** Kept of one person at a time, finished or not. */
const mostKept = 20;
/** Files being written at a time, of everybody: each holds its fonts and an outline; others wait. */
const mostDownloads = 2;

const isUnfinished = ({ state }: StoredReports) => state === "running" || state === "paused";

const tooMany = (detail: string) =>
  new Failure("invalid-request", { detail, fields: [{ field: "jobs", reason: "too-many" }] });

/** Reports of patients that the server makes; each person sees their own. */
export function createReportRoutes(options: ReportRoutesOptions): Hono<AppEnv> {
  const { reports, letterhead, runner, requireRole, now } = options;
  const routes = new Hono<AppEnv>();
  const answerOf = (job: StoredReports) => progressOf(reports, job, options);
  const downloads = createPlaces(mostDownloads);

  const jobsOf = async (c: Context<AppEnv>): Promise<z.infer<typeof reportsJobs>> => ({
    jobs: await Promise.all((await reports.ofStaff(c.get("staff").id)).map(answerOf)),
  });

  routes.use(requireRole(...glucoseRoles));
  for (const path of ["/:id", "/:id/*"])
    routes.use(path, async function refuseOthers(c, next) {
      const { startedBy } = await jobOf(reports, c.req.param("id") ?? "");
      // Whether it is there is nobody else's to know either.
      if (startedBy?.id !== c.get("staff").id) await jobOf(reports, "");
      return next();
    });

  routes.post(
    "/",
    describe("Make the reports of these patients, in this order", reportsJob, "Being made"),
    valid("json", newReports),
    async (c) => {
      const { patients, ...asked } = c.req.valid("json");
      const startedBy = starterOf(c);
      const own = await reports.ofStaff(startedBy.id);
      if (own.filter(isUnfinished).length >= mostUnfinishedReports)
        throw tooMany(`You have ${mostUnfinishedReports} unfinished jobs of reports.`);
      if (own.length >= mostKept) throw tooMany(`You have ${mostKept} jobs of reports: delete some.`);
      const ids = [...new Set(patients)];
      const id = await reports.add({ asked, startedBy }, ids, now());
      await c.get("audit")({ action: "reports.start", subject: id, details: { count: ids.length } });
      runner.wake();
      return c.json(await answerOf(await jobOf(reports, id)), 201);
    },
  );

  routes.get("/", describe("One's own reports", reportsJobs), async (c) => {
    await c.get("audit")({ action: "reports.view" });
    return c.json(await jobsOf(c));
  });

  routes.get("/:id", describe("How far one's reports have come", reportsJob), async (c) => {
    const job = await jobOf(reports, c.req.param("id"));
    await c.get("audit")({ action: "reports.view", subject: job.id });
    return c.json(await answerOf(job));
  });

  routes.get("/:id/rows", describe("Whose reports, and what became of each", reportRows), async (c) => {
    const { id } = await jobOf(reports, c.req.param("id"));
    const rows = await reports.rows(id);
    const seen = seenIn(rows.map(({ patientId }) => ({ id: patientId })));
    await c.get("audit")({ action: "reports.view", subject: id, details: seen });
    return c.json({ rows } satisfies z.infer<typeof reportRows>);
  });

  async function download(c: Context<AppEnv, "/:id">, file: "pdf" | "zip", mediaType: string) {
    const { id, state, asked, createdAtMs } = await jobOf(reports, c.req.param("id"));
    if (state !== "done" && state !== "paused") throw notNow(state);
    const made = await reports.madeRows(id);
    if (made.length === 0) throw new Failure("not-found", { detail: "No report is made yet." });
    const patients = made.map(({ patientId }) => patientId).join(" ");
    const details = { file, count: made.length, patients };
    await c.get("audit")({ action: "reports.download", subject: id, details });
    const wanted = { id, rows: made.map(({ row }) => row), paper: asked.paper, letterhead };
    const written = file === "pdf" ? bookOf(reports, wanted) : zipOf(reports, wanted);
    const day = new Date(createdAtMs).toISOString().slice(0, 10);
    return c.body(inPlaceOf(downloads, written), 200, {
      "content-type": mediaType,
      "content-disposition": `attachment; filename="glucose-reports-${day}.${file}"`,
    });
  }

  routes.get("/:id/reports.pdf", describeFile("One's reports as one PDF file", "application/pdf"), (c) =>
    download(c, "pdf", "application/pdf"),
  );
  routes.get(
    "/:id/reports.zip",
    describeFile("One's reports as PDF files in a zip", "application/zip"),
    (c) => download(c, "zip", "application/zip"),
  );

  routes.route(
    "/",
    createJobMoves({ ...options, store: reports, kind: "reports", answer: reportsJob, answerOf }),
  );

  routes.delete(
    "/:id",
    describe("Delete one's reports, finished or not; answers with those left", reportsJobs),
    async (c) => {
      const { id, state } = await jobOf(reports, c.req.param("id"));
      const isRemoved = await removeJob(reports, id);
      await c.get("audit")({
        action: "reports.remove",
        subject: id,
        outcome: isRemoved ? "ok" : "failed",
      });
      if (!isRemoved) throw notNow(state);
      return c.json(await jobsOf(c));
    },
  );

  return routes;
}
