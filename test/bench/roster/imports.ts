import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { importJob } from "#contract/import.ts";
import { startClinic } from "../clinic.ts";

/**
 * Rows a second of one file against the sandbox; `faulty`: slow, and failing
 * in four ways that change every second.
 */
export async function measureImport(
  count: number,
  faulty: boolean,
  databaseUrl: string | null,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "trendline-bench-"));
  const users = join(folder, "users.jsonl");
  const clinic = await startClinic(join(folder, "data"), users, {
    IMPORT_ROWS_PER_SECOND: "1000",
    ROUNDS_PER_SECOND: "0",
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
  });
  const prefix = faulty ? "faulty" : "calm";
  const csv = ["id,name", ...Array.from({ length: count }, (_, i) => `${prefix}-${i},Person ${i}`)].join(
    "\n",
  );
  const job = async (answer: Response) => importJob.parse(await answer.json());
  const { id } = await job(
    await clinic.call("/api/imports", {
      method: "POST",
      body: csv,
      headers: { "x-file-name": "clinic.csv" },
    }),
  );
  const path = "/user/register";
  if (faulty) await clinic.platform.fault({ kind: "latency", ms: 100, path });
  const startMs = performance.now();
  await clinic.call(`/api/imports/${id}/start`, { method: "POST" });
  for (;;) {
    const { state, counts, trouble } = await job(await clinic.call(`/api/imports/${id}`));
    if (state === "done") {
      if (counts.registered + counts.here !== count)
        throw new Error(`not all rows were registered: ${JSON.stringify(counts)}`);
      break;
    }
    if (state !== "running") throw new Error(`the file was ${state}: ${JSON.stringify(trouble)}`);
    if (faulty) {
      await clinic.platform.fault({ kind: "http", status: 500, count: 1, path });
      await clinic.platform.fault({ kind: "http", status: 429, count: 1, path });
      await clinic.platform.fault({ kind: "cut", count: 1, path });
      await clinic.platform.fault({ kind: "outage", count: 1, path });
    }
    await wait(faulty ? 5000 : 250);
  }
  const seconds = (performance.now() - startMs) / 1000;
  const known = readFileSync(users, "utf8")
    .split("\n")
    .filter((line) => line.includes(`"${prefix}-`));
  if (known.length !== count) throw new Error(`the platform knows ${known.length} of ${count}`);
  await clinic.stop();
  rmSync(folder, { recursive: true });
  return count / seconds;
}
