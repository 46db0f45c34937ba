import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** The repository's folder, wherever the program is started from, as it is written or as it is built. */
export const root = dirname(findPackageJSON(import.meta.url) ?? "");
export const clientFolder = join(root, "dist/client");
export const serverFolder = join(root, "dist/server");
/** Names the folder beside it that holds the newest build: one that runs keeps its own. */
export const serverFile = join(serverFolder, "server.js");

/** The whole product as a folder of files (see demo/README.md). */
export const demoFolder = join(root, "dist-demo");

export type Part = "client" | "server" | "demo";

const ofBoth = ["src/build.ts", "src/built.ts", "package.json", "package-lock.json"];
const sources: Record<Part, readonly string[]> = {
  client: [
    "src/{client,contract,glucose,report,sensor,words}/**/*",
    "public/**/*",
    "index.html",
    "vite.config.ts",
    ...ofBoth,
  ],
  demo: ["src/**/*", "public/**/*", "index.html", "vite.config.ts", ...ofBoth],
  server: ["src/*.ts", "src/{contract,fhir,glucose,proxy,report,sandbox,sensor,words}/**/*", ...ofBoth],
};

/** Of all bytes of these files: times of files say little after a copy or a checkout. */
function hashOf(patterns: readonly string[]): string {
  const found = globSync([...patterns], { cwd: root, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash("sha256");
  for (const file of [...new Set(files)].sort())
    hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

export const fingerprintOf = (part: Part): string => hashOf(sources[part]);

/** For what is built: see contract/version.ts. */
export const contractVersion = {
  __CONTRACT__: JSON.stringify(hashOf(["src/{contract,glucose}/**/*.ts"])),
};

export const folders = { client: clientFolder, demo: demoFolder };

/** In the folder of what is built for browsers; written last, as `serverFile` is. */
export const stampName = ".built-from";
export const entryOf = (fingerprint: string): string => `import "./${fingerprint}/server.js";\n`;

const isThere = (file: string, text: string): boolean =>
  existsSync(file) && readFileSync(file, "utf8") === text;

export function isUpToDate(part: Part): boolean {
  const fingerprint = fingerprintOf(part);
  return part === "server"
    ? isThere(serverFile, entryOf(fingerprint)) && existsSync(join(serverFolder, fingerprint, "server.js"))
    : isThere(join(folders[part], stampName), fingerprint);
}

/** Builds what is missing or from other sources, in a process of its own. */
export async function buildIfNeeded(part: Part): Promise<void> {
  if (isUpToDate(part)) return;
  await promisify(execFile)(process.execPath, [join(root, "src/build.ts"), part], { cwd: root });
}
