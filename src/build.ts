import { randomUUID } from "node:crypto";
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync } from "node:zlib";
import {
  contractVersion,
  entryOf,
  fingerprintOf,
  folders,
  isUpToDate,
  type Part,
  root,
  serverFile,
  serverFolder,
  stampName,
} from "./built.ts";

// Whatever it is where the build is asked for: a test's would put React's development build into the pages.
process.env.NODE_ENV = "production";

const embedPage = "src/client/embed/embed.html";

/** Builds the client into a folder, with brotli beside every file that gains by it. */
export async function buildClient(folder: string): Promise<void> {
  const { build } = await import("vite");
  await build({ root, logLevel: "warn", build: { outDir: folder, emptyOutDir: true } });
  // By itself: of one build, both pages would load what they have in common in smaller pieces.
  await build({
    root,
    logLevel: "warn",
    publicDir: false,
    build: {
      outDir: folder,
      emptyOutDir: false,
      manifest: ".vite/embed.json",
      rolldownOptions: { input: join(root, embedPage) },
    },
  });
  // Pages are written where their sources lie.
  renameSync(join(folder, embedPage), join(folder, "embed.html"));
  rmSync(join(folder, "src"), { recursive: true });
  for (const path of globSync("**/*.{js,css,html,svg,json}", { cwd: folder })) {
    const file = join(folder, path);
    const bytes = readFileSync(file);
    const compressed = brotliCompressSync(bytes);
    if (compressed.length < bytes.length) writeFileSync(`${file}.br`, compressed);
  }
}

/** They stand beside the server as their sources do (see proxy/worker.ts). */
const threads = ["auth/guessable-thread", "pdf/pdf-thread", "platform/records-thread"];

/**
 * The server in a few files, which starts in half the time and in less memory than its
 * sources and its packages' 1,400 modules.
 */
async function buildServer(folder: string): Promise<void> {
  const { build } = await import("vite");
  const sources = threads.map((name) => [name, join(root, "src/proxy", `${name}.ts`)]);
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    define: contractVersion,
    // Loaded when they are needed, or never.
    ssr: { noExternal: true, external: ["fontkit", "pdfkit", "pg", "pg-boss", "vite"] },
    build: {
      ssr: true,
      target: "node22",
      outDir: folder,
      rolldownOptions: {
        input: { server: join(root, "src/server.ts"), ...Object.fromEntries(sources) },
        output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  });
}

/** Lays a finished folder in its place; what is there already goes, once the new one lies there. */
function replaceFolder(made: string, place: string): void {
  const old = `${made}-old`;
  if (existsSync(place)) renameSync(place, old);
  try {
    renameSync(made, place);
  } catch (error) {
    if (existsSync(old) && !existsSync(place)) renameSync(old, place);
    throw error;
  }
}

/** Builds of a server that may still run, and the one before it. */
const keptServers = 3;

function removeOldServers(newest: string): void {
  const builds = globSync("*/server.js", { cwd: serverFolder }).map((path) =>
    join(serverFolder, dirname(path)),
  );
  const newestFirst = builds.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const old = newestFirst.filter((folder) => folder !== newest).slice(keptServers - 1);
  for (const folder of old) rmSync(folder, { recursive: true, force: true });
}

/**
 * Nothing half done is ever taken for a build: it is made beside its place, and what says
 * which sources it is from is written last.
 */
async function buildPart(part: Part): Promise<void> {
  const fingerprint = fingerprintOf(part);
  mkdirSync(serverFolder, { recursive: true });
  const made = join(root, `dist/.making-${randomUUID()}`);
  try {
    if (part !== "server") {
      await (part === "client" ? buildClient(made) : (await import("./build-demo.ts")).buildDemo(made));
      // With a brand it is nobody else's.
      const isBranded = part === "demo" && process.env.BRAND_DIR?.trim();
      writeFileSync(join(made, stampName), isBranded ? `${fingerprint} in a brand` : fingerprint);
      replaceFolder(made, folders[part]);
    } else {
      await buildServer(made);
      const place = join(serverFolder, fingerprint);
      replaceFolder(made, place);
      writeFileSync(`${made}.js`, entryOf(fingerprint));
      renameSync(`${made}.js`, serverFile);
      removeOldServers(place);
    }
  } catch (error) {
    // Another build of the same may have been the quicker one.
    if (!isUpToDate(part)) throw error;
  } finally {
    for (const rest of [made, `${made}-old`, `${made}.js`]) rmSync(rest, { recursive: true, force: true });
  }
}

/** `node src/build.ts [client | server | demo] [--if-needed]`: client and server unless one is named. */
if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { "if-needed": { type: "boolean" } },
  });
  const asked = (["client", "server", "demo"] as const).filter((part) =>
    positionals.length === 0 ? part !== "demo" : positionals.includes(part),
  );
  const due = asked.filter((part) => !(values["if-needed"] && isUpToDate(part)));
  if (due.length > 0) console.log(`Building the ${due.join(" and the ")}, which takes some seconds.`);
  try {
    for (const part of due) await buildPart(part);
  } catch (error) {
    console.error(`Trendline was not built. ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
