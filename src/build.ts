import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { clientFolder, isUpToDate, type Part, root, serverFolder } from "./built.ts";

/** Builds the client into a folder, with brotli beside every file that gains by it. */
export async function buildClient(folder = clientFolder): Promise<void> {
  // Whatever it is where the build is asked for: a test's would put React's development build into the pages.
  process.env.NODE_ENV = "production";
  const { build } = await import("vite");
  await build({ root, logLevel: "warn", build: { outDir: folder, emptyOutDir: true } });
  for (const path of globSync("**/*.{js,css,html,svg,json}", { cwd: folder })) {
    const file = join(folder, path);
    const bytes = readFileSync(file);
    if (bytes.length > 1024) writeFileSync(`${file}.br`, brotliCompressSync(bytes));
  }
}

/** They stand beside the server as their sources do (see proxy/worker.ts). */
const threads = ["auth/guessable-thread", "platform/records-thread"];

/** The server in a few files, which starts in half the time and in less memory than its sources and its packages' 1,400 modules. */
async function buildServer(): Promise<void> {
  const { build } = await import("vite");
  const sources = threads.map((name) => [name, join(root, "src/proxy", `${name}.ts`)]);
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    // Loaded when they are needed, or never.
    ssr: { noExternal: true, external: ["pg", "pg-boss", "vite"] },
    build: {
      ssr: true,
      target: "node22",
      outDir: serverFolder,
      // A server that runs may still ask for a part of the build that it is from.
      emptyOutDir: false,
      rolldownOptions: {
        input: { server: join(root, "src/server.ts"), ...Object.fromEntries(sources) },
        output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  });
}

const builders: Record<Part, () => Promise<void>> = { client: buildClient, server: buildServer };

/** `node src/build.ts [client | server] [--if-needed]`: both unless one is named. */
if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { "if-needed": { type: "boolean" } },
  });
  for (const part of ["client", "server"] as const) {
    const isAsked = positionals.length === 0 || positionals.includes(part);
    if (isAsked && !(values["if-needed"] && isUpToDate(part))) await builders[part]();
  }
}
