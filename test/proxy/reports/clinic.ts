import { expect } from "vitest";
import { type NewReports, type ReportsJob, reportRows, reportsJob, reportsJobs } from "#contract/reports.ts";
import type { Wait } from "#proxy/jobs/run.ts";
import type { Database } from "#proxy/store/database.ts";
import { createWorld, json } from "#test/support/world.ts";

const authSecret = "0123456789abcdef0123456789abcdef";
const usual = { period: { days: 14 }, language: "en", unit: "mmol/L", paper: "a4" } as const;

/** A world with a clinician, some patients, and whose readings the platform was asked for. */
export async function openClinic(database?: Database, people = 3, importWait: Wait = async () => {}) {
  // Each sandbox is a platform of its own, to which we are not known yet.
  for (const table of ["service_user", "platform_token"] as const)
    await database?.db
      .deleteFrom(table)
      .execute()
      .catch(() => {});
  const world = await createWorld({ ...(database && { database }), authSecret, importWait });
  const platform = world.sandbox.fetch.bind(world.sandbox);
  const refused = new Set<string>();
  let gate: Promise<void> | null = null;
  world.sandbox.fetch = async (request, bindings) => {
    const openId = new URL(request.url).searchParams.get("open_id");
    if (openId) await gate;
    return openId && refused.has(openId)
      ? Response.json({ code: 1002, msg: "permission denied", data: {} })
      : platform(request, bindings);
  };
  const patients = [];
  for (const person of world.sandbox.cohort.slice(0, people))
    patients.push((await world.proxy.registerPatient(person)).patient);
  const ids = patients.map(({ id }) => id);
  const cookie = await world.signIn("clinician");
  const at = (path: string, init: RequestInit = {}, as = cookie) =>
    world.request(`/api/reports${path}`, { ...init, cookie: as });
  const read = async (id: string): Promise<ReportsJob> => reportsJob.parse(await (await at(`/${id}`)).json());
  const send = (asked: Partial<NewReports> = {}) => at("", json({ ...usual, patients: ids, ...asked }));
  return {
    ...world,
    cookie,
    patients,
    ids,
    at,
    send,
    read,
    /** The platform refuses the readings of this patient. */
    refuse: (openId: string) => refused.add(openId),
    /** The platform is well again. */
    heal: () => platform(new Request("http://platform.test/sandbox/faults", { method: "DELETE" })),
    /** The platform tells nobody's readings until it is opened again. */
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return () => {
        gate = null;
        resolve();
      };
    },
    begin: async (asked?: Partial<NewReports>) => reportsJob.parse(await (await send(asked)).json()).id,
    act: (id: string, action: string) => at(`/${id}/${action}`, { method: "POST" }),
    remove: (id: string) => at(`/${id}`, { ...json({}), method: "DELETE" }),
    jobs: async (as?: string) => reportsJobs.parse(await (await at("", {}, as)).json()).jobs,
    rows: async (id: string) => reportRows.parse(await (await at(`/${id}/rows`)).json()).rows,
    file: async (id: string, file: "reports.pdf" | "reports.zip") =>
      new Uint8Array(await (await at(`/${id}/${file}`)).arrayBuffer()),
    until: async (id: string, state: ReportsJob["state"]) => {
      await expect.poll(async () => (await read(id)).state, { timeout: 60_000 }).toBe(state);
      return read(id);
    },
    /** How the reports of a job begin where they lie. */
    sealed: async (id: string) => {
      const rows = await world.database.db
        .selectFrom("report_row")
        .select(["row_number", "sealed_name", "sealed_report"])
        .where("job_id", "=", id)
        .orderBy("row_number")
        .execute();
      return rows.map((row) => ({ ...row, sealed_report: row.sealed_report?.slice(0, 60) ?? null }));
    },
    audited: (action: string) =>
      world.database.db
        .selectFrom("audit")
        .select(["subject", "outcome", "details", "request_id"])
        .where("action", "=", action)
        .orderBy("seq")
        .execute(),
  };
}
