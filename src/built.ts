import { execFile } from "node:child_process";
import { existsSync, globSync, statSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** The repository's folder, wherever the program is started from, as it is written or as it is built. */
export const root = dirname(findPackageJSON(import.meta.url) ?? "");
export const clientFolder = join(root, "dist/client");
export const serverFolder = join(root, "dist/server");
export const serverFile = join(serverFolder, "server.js");

export type Part = "client" | "server";

const parts = {
  client: {
    built: join(clientFolder, "index.html"),
    sources: ["src/{client,contract,glucose}/**/*", "public/**/*", "index.html", "vite.config.ts"],
  },
  server: {
    built: serverFile,
    sources: ["src/*.ts", "src/{contract,glucose,proxy,sandbox}/**/*"],
  },
};

export function isUpToDate(part: Part): boolean {
  const { built, sources } = parts[part];
  if (!existsSync(built)) return false;
  const builtMs = statSync(built).mtimeMs;
  return globSync([...sources, "package-lock.json"], { cwd: root }).every(
    (path) => statSync(join(root, path)).mtimeMs <= builtMs,
  );
}

/** Builds what is missing or older than its sources, in a process of its own: it takes half a gigabyte that a server would keep. */
export async function buildIfNeeded(part: Part): Promise<void> {
  if (isUpToDate(part)) return;
  await promisify(execFile)(process.execPath, [join(root, "src/build.ts"), part], { cwd: root });
}
