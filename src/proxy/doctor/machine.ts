import { accessSync, constants, existsSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import type { Config } from "../config.ts";
import { codeOf, type Finding, fail, ok, warn } from "./finding.ts";

const gigabyte = 1e9;
const others = 0o077;

/** The folder itself or, before the first start, the nearest one above it that is there. */
const existing = (path: string): string => (existsSync(path) ? path : existing(dirname(path)));

function examineFolder(dataDir: string): Finding {
  const what = "data folder";
  const folder = existing(dataDir);
  try {
    // With the dot at its end, so that a file of that name is no folder.
    accessSync(`${folder}/.`, constants.W_OK);
  } catch (error) {
    return fail(
      what,
      `${folder} cannot be written (${codeOf(error)}). Choose another DATA_DIR or change its owner.`,
    );
  }
  if (folder !== dataDir) return ok(what, `${dataDir} will be made at the first start.`);
  // Its files may be open to others as long as the folder is not.
  if (process.platform !== "win32" && (statSync(folder).mode & others) !== 0)
    return warn(what, `other users of this machine can open ${folder}: chmod 700 ${folder}`);
  return ok(what, `${folder} is ours to write and nobody else's to read.`);
}

async function examineDisk(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(existing(dataDir));
  const free = (bavail * bsize) / gigabyte;
  const words = `${free.toFixed(1)} GB are free for ${dataDir}`;
  if (free < 0.1) return fail("disk", `${words}. Make room before anything is lost.`);
  return free < 1 ? warn("disk", `${words}. Make room soon.`) : ok("disk", `${words}.`);
}

function tryPort(port: number, host: string): Promise<string> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", (error) => resolve(codeOf(error) || "failed"));
    server.listen(port, host, () => server.close(() => resolve("")));
  });
}

async function examinePort({ host, port }: Config, fetch: typeof globalThis.fetch): Promise<Finding> {
  const what = "port";
  const code = await tryPort(port, host);
  if (code === "") return ok(what, `${host}:${port} is free.`);
  if (code === "EACCES")
    return fail(
      what,
      `${host}:${port} is not ours to take (${code}): ports below 1024 need a privilege. Choose another PORT.`,
    );
  if (code !== "EADDRINUSE")
    return fail(what, `${host}:${port} cannot be listened on (${code}). Look at HOST.`);
  const shown = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const alive = await fetch(`http://${shown.includes(":") ? `[${shown}]` : shown}:${port}/healthz`).then(
    async (answer) => answer.ok && (await answer.text()).includes('"ok"'),
    () => false,
  );
  return alive
    ? ok(what, `${host}:${port} is taken by a Trendline that is alive.`)
    : fail(what, `${host}:${port} is taken by another program. Stop it, or choose another PORT.`);
}

/** The machine it is to run on: its folder, its disk and its port. */
export async function examineMachine(
  config: Config,
  dataDir: string,
  fetch: typeof globalThis.fetch,
): Promise<Finding[]> {
  return [examineFolder(dataDir), await examineDisk(dataDir), await examinePort(config, fetch)];
}
