import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildIfNeeded, serverFile } from "../../src/built.ts";

export interface RunningServer {
  url: string;
  pid: number;
  /** Everything it printed to standard output until it was ready. */
  ready: string;
  /** Everything it has printed to standard error so far. */
  stderr(): string;
  /** Everything it has printed so far. */
  output(): string;
  /** Sends a signal, and waits for nothing. */
  signal(name: NodeJS.Signals): void;
  /** Resolves when the process has ended for any reason, and all it printed is here. */
  ended: Promise<unknown>;
  /** Tells it to end; answers with its exit code once it has. */
  stop(): Promise<number | null>;
  /** kill -9 */
  kill(): Promise<void>;
}

export interface EndedServer {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

interface Program {
  /** Of another checkout, from its sources. */
  cwd?: string;
  /** Another program than the built server. */
  file?: string;
}

async function start(
  env: Record<string, string>,
  { cwd, file = cwd ? "src/server.ts" : serverFile }: Program = {},
): Promise<ChildProcess> {
  if (file === serverFile) await buildIfNeeded("server");
  return spawn(process.execPath, ["--disable-warning=ExperimentalWarning", file], {
    cwd,
    env: { PATH: process.env.PATH ?? "", TMPDIR: tmpdir(), HOST: "127.0.0.1", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

const collect = (child: ChildProcess, stream: "stdout" | "stderr"): (() => string) => {
  let text = "";
  child[stream]?.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return () => text;
};

/**
 * Starts the real server as its own process, on a free port with an empty data folder unless `env` says
 * otherwise.
 */
export async function startServer(
  env: Record<string, string> = {},
  program?: Program,
): Promise<RunningServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "trendline-e2e-"));
  const child = await start({ DATA_DIR: dataDir, ...env }, program);
  const stdout = collect(child, "stdout");
  const stderr = collect(child, "stderr");
  const ended = once(child, "close") as Promise<[number | null]>;
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    child.kill(signal);
    const [exitCode] = await ended;
    rmSync(dataDir, { recursive: true, force: true });
    return exitCode;
  };
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const address = /https?:\/\/\S+/.exec(stdout());
      if (address) resolve(new URL(address[0]).origin);
    });
    void ended.then(() => reject(new Error(`the server ended before it was ready:\n${stdout()}${stderr()}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    ready: stdout(),
    stderr,
    output: () => stdout() + stderr(),
    signal: (name) => child.kill(name),
    ended,
    stop: () => end("SIGTERM"),
    kill: async () => {
      await end("SIGKILL");
    },
  };
}

/** Starts a program that ends by itself, and waits for that. */
export async function runToEnd(env: Record<string, string>, file = serverFile): Promise<EndedServer> {
  const child = await start(env, { file });
  const [stdout, stderr] = [collect(child, "stdout"), collect(child, "stderr")];
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, stdout: stdout(), stderr: stderr() };
}

/** Starts a server that is expected to refuse, and waits for its end. */
export const startAndFail = (env: Record<string, string>): Promise<EndedServer> => runToEnd(env);
