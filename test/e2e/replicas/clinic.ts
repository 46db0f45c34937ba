import pg from "pg";
import { type ImportJob, importJob } from "#contract/import.ts";
import { type LookupList, lookupList } from "#contract/lookups.ts";
import type { startServer } from "#test/support/server.ts";

const admin = { email: "admin@clinic.example", password: "a very long secret" };

/** What every server of the clinic is started with, its own door to the platform apart. */
export const shared = (databaseUrl: string) => ({
  DATABASE_URL: databaseUrl,
  AUTH_SECRET: "0123456789abcdef0123456789abcdef",
  BOOTSTRAP_ADMIN_EMAIL: admin.email,
  BOOTSTRAP_ADMIN_PASSWORD: admin.password,
  REQUIRE_SECOND_FACTOR: "false",
  ROUNDS_PER_SECOND: "0",
  IMPORT_ROWS_PER_SECOND: "200",
  DRAIN_SECONDS: "1",
  TRUSTED_PROXIES: "127.0.0.1",
});

export type Replica = Awaited<ReturnType<typeof startServer>>;

/** A call as the administrator's browser would make it at this server. */
export const callAt =
  (url: string, cookie: string) =>
  (path: string, init: RequestInit = {}) =>
    fetch(url + path, {
      ...init,
      headers: { "content-type": "application/json", origin: url, cookie, ...init.headers },
    });

export const post = (body: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(body) });

export async function signInAt(url: string): Promise<string> {
  const answer = await callAt(url, "")("/api/auth/sign-in/email", post(admin));
  if (!answer.ok) throw new Error(`signing in failed: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** A file of so many people, checked and started at this server; answers with its ID. */
export async function startImport(call: ReturnType<typeof callAt>, prefix: string, count: number) {
  const rows = Array.from({ length: count }, (_, i) => `${prefix}-${i + 1},Person ${i + 1}`);
  const headers = { "content-type": "application/octet-stream", "x-file-name": "clinic.csv" };
  const body = ["id,name", ...rows].join("\n");
  const checked = await call("/api/imports", { method: "POST", headers, body });
  const { id } = importJob.parse(await checked.json());
  await call(`/api/imports/${id}/start`, { method: "POST" });
  return id;
}

export const importAt = async (call: ReturnType<typeof callAt>, id: string): Promise<ImportJob> =>
  importJob.parse(await (await call(`/api/imports/${id}`)).json());

/** A list of so many sensors, begun at this server; answers with its ID. */
export async function startList(call: ReturnType<typeof callAt>, prefix: string, count: number) {
  const headers = { "content-type": "application/octet-stream", "x-file-name": "list" };
  const body = Array.from({ length: count }, (_, i) => `${prefix}${10_000 + i}`).join("\n");
  const begun = await call("/api/look-ups", { method: "POST", headers, body });
  return lookupList.parse(await begun.json()).id;
}

export const listAt = async (call: ReturnType<typeof callAt>, id: string): Promise<LookupList> =>
  lookupList.parse(await (await call(`/api/look-ups/${id}`)).json());

/** The database as it is, beside the servers. */
export async function lookInto(databaseUrl: string) {
  const client = new pg.Client({ connectionString: databaseUrl, options: "-c search_path=trendline" });
  await client.connect();
  const rows = async <T extends object>(text: string): Promise<T[]> => (await client.query<T>(text)).rows;
  return {
    rows,
    /** How many wait for what another one is doing. */
    waiting: async () => {
      const text = "select pid from pg_locks where locktype = 'advisory' and not granted";
      return (await rows(text)).length;
    },
    close: () => client.end(),
  };
}
