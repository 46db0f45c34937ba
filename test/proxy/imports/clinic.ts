import { expect } from "vitest";
import { type ImportJob, importJob, importRows } from "#contract/import.ts";
import type { Wait } from "#proxy/jobs/run.ts";
import type { Database } from "#proxy/store/database.ts";
import { createWorld, type World } from "#test/support/world.ts";

const authSecret = "0123456789abcdef0123456789abcdef";

export interface Clinic extends World {
  cookie: string;
  /** What reached the platform's registration, in order; `ok` where it registered. */
  registrations: { partnerUid: string; ok: boolean }[];
  /** How many registrations were under way side by side at most, of all and of one partner user ID. */
  most: { atOnce: number; ofOne: number };
  /** Milliseconds that imports would have waited. */
  waits: number[];
  upload(csv: string | Uint8Array, name?: string): Promise<Response>;
  /** The ID of a file after its dry run. */
  check(csv: string): Promise<string>;
  call(id: string, action: string): Promise<Response>;
  /** The platform is well again. */
  heal(): Promise<Response>;
  job(id: string): Promise<ImportJob>;
  rows(id: string, query?: string): Promise<ReturnType<typeof importRows.parse>>;
  /** The file once it is in this state. */
  until(id: string, state: ImportJob["state"]): Promise<ImportJob>;
}

/** A world with a clinician signed in; what is registered at the platform is counted by partner user ID. */
export async function openClinic(
  database?: Database,
  options: {
    wait?: Wait;
    clockSpeed?: number;
    /** The platform handles the registration once this has resolved. */
    onRegister?: (count: number) => unknown;
  } = {},
): Promise<Clinic> {
  const waits: number[] = [];
  const importWait: Wait = async (ms, signal) => {
    waits.push(ms);
    await options.wait?.(ms, signal);
  };
  const registrations: Clinic["registrations"] = [];
  const most = { atOnce: 0, ofOne: 0 };
  const running: string[] = [];
  const world = await createWorld({
    ...(database ? { database } : {}),
    authSecret,
    importWait,
    clockSpeed: options.clockSpeed ?? 1,
  });
  const platform = world.sandbox.fetch.bind(world.sandbox);
  world.sandbox.fetch = async (request, bindings) => {
    if (!request.url.endsWith("/register")) return platform(request, bindings);
    const { partner_uid: partnerUid } = (await request.clone().json()) as { partner_uid: string };
    const entry = { partnerUid, ok: false };
    registrations.push(entry);
    running.push(partnerUid);
    most.atOnce = Math.max(most.atOnce, running.length);
    most.ofOne = Math.max(most.ofOne, running.filter((one) => one === partnerUid).length);
    try {
      await options.onRegister?.(registrations.length);
      const answer = await platform(request, bindings);
      const { code } = (await answer
        .clone()
        .json()
        .catch(() => ({}))) as { code?: number };
      entry.ok = code === 0;
      return answer;
    } finally {
      running.splice(running.indexOf(partnerUid), 1);
    }
  };
  const cookie = await world.signIn("clinician");

  const upload: Clinic["upload"] = (csv, name = "clinic.csv") =>
    world.request("/api/imports", {
      method: "POST",
      headers: { "content-type": "application/octet-stream", "x-file-name": encodeURIComponent(name) },
      body: csv as BodyInit,
      cookie,
    });
  const job: Clinic["job"] = async (id) =>
    importJob.parse(await (await world.request(`/api/imports/${id}`, { cookie })).json());
  return {
    ...world,
    cookie,
    registrations,
    most,
    waits,
    upload,
    job,
    check: async (csv) => importJob.parse(await (await upload(csv)).json()).id,
    call: (id, action) => world.request(`/api/imports/${id}/${action}`, { method: "POST", cookie }),
    heal: () => platform(new Request("http://platform.test/sandbox/faults", { method: "DELETE" })),
    rows: async (id, query = "") =>
      importRows.parse(await (await world.request(`/api/imports/${id}/rows${query}`, { cookie })).json()),
    until: async (id, state) => {
      let found = await job(id);
      const read = async () => {
        found = await job(id);
        return found.state;
      };
      await expect.poll(read).toBe(state);
      return found;
    },
  };
}

/** A CSV of so many good rows, their IDs beginning with `prefix`. */
export const csvOf = (prefix: string, count: number): string =>
  ["id,name", ...Array.from({ length: count }, (_, i) => `${prefix}-${i + 1},Person ${i + 1}`)].join("\n");
