import { execFile } from "node:child_process";
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync } from "node:zlib";

/** The repository's folder, wherever the program is started from. */
export const root = join(import.meta.dirname, "..");
export const clientFolder = join(root, "dist/client");

const sources = [
  "src/{client,contract,glucose}/**/*",
  "public/**/*",
  "index.html",
  "vite.config.ts",
  "package-lock.json",
];

function isUpToDate(): boolean {
  const built = join(clientFolder, "index.html");
  if (!existsSync(built)) return false;
  const builtMs = statSync(built).mtimeMs;
  return globSync(sources, { cwd: root }).every((path) => statSync(join(root, path)).mtimeMs <= builtMs);
}

/** Builds the client into a folder, with brotli beside every file that gains by it. */
export async function buildClient(folder = clientFolder): Promise<void> {
  const { build } = await import("vite");
  await build({ root, logLevel: "warn", build: { outDir: folder, emptyOutDir: true } });
  for (const path of globSync("**/*.{js,css,html,svg,json}", { cwd: folder })) {
    const file = join(folder, path);
    const bytes = readFileSync(file);
    if (bytes.length > 1024) writeFileSync(`${file}.br`, brotliCompressSync(bytes));
  }
}

/** Builds the client when it is missing or older than its sources, in a process of its own: it takes half a gigabyte that a server would keep. */
export async function buildIfNeeded(): Promise<void> {
  if (isUpToDate()) return;
  // Tests call themselves something else, and React would be built for development.
  const env = { ...process.env, NODE_ENV: "production" };
  await promisify(execFile)(process.execPath, [import.meta.filename], { cwd: root, env });
}

if (import.meta.main) await buildClient(process.argv[2]);
