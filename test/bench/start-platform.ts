import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface BenchPlatform {
  pid: number;
  apiUrl: string;
  appId: string;
  appSecret: string;
  /** How often it was asked for glucose so far. */
  reads(): Promise<number>;
  fault(fault: object): Promise<void>;
  heal(): Promise<void>;
  stop(): Promise<void>;
}

export async function startPlatform(usersFile: string): Promise<BenchPlatform> {
  const credentials = { appId: "app_bench", appSecret: "0123456789abcdef0123456789abcdef" };
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "platform.ts"), credentials.appId, credentials.appSecret, usersFile],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const apiUrl = line.toString().trim();
  const faults = `${apiUrl}/sandbox/faults`;
  return {
    ...credentials,
    pid: child.pid ?? 0,
    apiUrl,
    reads: async () => (await fetch(`${apiUrl}/reads`)).json() as Promise<number>,
    fault: async (fault) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(faults, { method: "POST", headers, body: JSON.stringify(fault) });
      if (!answer.ok) throw new Error(`the sandbox refused a fault: ${await answer.text()}`);
    },
    heal: async () => {
      await fetch(faults, { method: "DELETE" });
    },
    stop: async () => {
      child.kill();
      await once(child, "exit");
    },
  };
}
