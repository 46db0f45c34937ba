import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";

/** Of Linux, whatever the processor. */
const ticksPerSecond = 100;

interface Stat {
  parent: number;
  cpuMs: number;
  /** Of its children that have ended. */
  endedMs: number;
}

function statOf(pid: number | string): Stat | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    const ms = (user: number) => ((Number(fields[user]) + Number(fields[user + 1])) * 1000) / ticksPerSecond;
    return { parent: Number(fields[1]), cpuMs: ms(11), endedMs: ms(13) };
  } catch {
    // It ended meanwhile.
    return null;
  }
}

/** Processor time of a process so far; `andChildren`: of those that it started as well. */
export function cpuMsOf(pid: number, andChildren = false): number {
  const { cpuMs = 0, endedMs = 0 } = statOf(pid) ?? {};
  if (!andChildren) return cpuMs;
  const others = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return others.reduce((sum, other) => {
    const stat = statOf(other);
    return stat?.parent === pid ? sum + stat.cpuMs : sum;
  }, cpuMs + endedMs);
}

const sampleMs = 20;

export interface Waits {
  /** How often each was seen per sample: what a backend waits for, "running" where it does not. */
  byEvent: Map<string, number>;
  samples: number;
}

/** Looks again and again at what PostgreSQL's backends that have a query wait for, until `stop`. */
export async function sampleWaits(url: string): Promise<{ stop(): Promise<Waits> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const byEvent = new Map<string, number>();
  let samples = 0;
  let isOver = false;
  const query = `select coalesce(wait_event_type || ': ' || wait_event, 'running') as event, count(*)::int as times
    from pg_stat_activity where pid <> pg_backend_pid() and state <> 'idle' group by 1`;
  const sampling = (async () => {
    while (!isOver) {
      const { rows } = await client.query<{ event: string; times: number }>(query);
      samples += 1;
      for (const { event, times } of rows) byEvent.set(event, (byEvent.get(event) ?? 0) + times);
      await new Promise((next) => setTimeout(next, sampleMs));
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await sampling;
      await client.end();
      return { byEvent, samples };
    },
  };
}
