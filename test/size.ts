import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { buildIfNeeded, clientFolder, root } from "../src/built.ts";

/**
 * `npm run size`: the JavaScript of every page as it is sent, and an exit
 * code of 1 where one is above its budget.
 */

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

await buildIfNeeded("client");
type Manifest = Record<string, Chunk>;
const readManifest = (name: string): Manifest =>
  JSON.parse(readFileSync(join(clientFolder, ".vite", name), "utf8"));
/** Of the app, and of the page within partners' pages, which is built by itself. */
const built = {
  "index.html": readManifest("manifest.json"),
  "src/client/embed/embed.html": readManifest("embed.json"),
};
type Document = keyof typeof built;

function chunkOf(manifest: Manifest, key: string): Chunk {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`The build has no chunk ${key}`);
  return chunk;
}

/** These chunks' files and all that they import when they are loaded. */
function closure(manifest: Manifest, keys: readonly string[], files = new Set<string>()): Set<string> {
  for (const key of keys) {
    const { file, imports = [] } = chunkOf(manifest, key);
    if (!file.endsWith(".js") || files.has(file)) continue;
    files.add(file);
    closure(manifest, imports, files);
  }
  return files;
}

/** What the server sends of a file: its brotli, where it has one. */
function sentBytes(file: string): number {
  const path = join(clientFolder, file);
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
}

/** With the words of the language that has most to say: nobody loads two. */
function kilobytes(
  modules: readonly string[],
  catalogs: readonly string[],
  document: Document = "index.html",
): number {
  const bytesIn = (language: string) => {
    const words = catalogs.map((catalog) => `src/words/locales/${language}/${catalog}.json`);
    const keys = [...modules.map((path) => `src/client/${path}`), ...words];
    return [...closure(built[document], [document, ...keys])].reduce((sum, file) => sum + sentBytes(file), 0);
  };
  return Math.max(...["en", "zh-CN"].map(bytesIn)) / 1000;
}

/** What the router loads for each of its pages. */
const pages = [
  ...readFileSync(join(root, "src/client/app/router.tsx"), "utf8").matchAll(
    /page\([^[]*\[([^\]]*)\],[^"]*import\("\.{1,2}\/([^"]+)"\)/g,
  ),
].map(([, catalogs = "", path = ""]) => ({
  module: existsSync(join(root, "src/client", path)) ? path : `app/${path}`,
  catalogs: [...catalogs.matchAll(/[\w-]+/g)].map(([name]) => name),
}));

/** There before anybody is signed in. */
const first = ["domain", "ui", "sign-in"];
const app = "app/app.tsx";
const patient = "app/patient-route.tsx";

const embedded = ["domain", "ui", "app", "embed", "chart"];
const frame = "chart/frame.tsx";

const budgets: [what: string, most: number, modules: string[], catalogs: string[], document?: Document][] = [
  ["sign-in", 87, [], first],
  ["sign-in to curve", 160, [app, patient], [...first, "app", "patient", "chart"]],
  [
    "all of the patient page",
    250,
    [app, patient, frame, "patient/patient-details.tsx", "patient/save-pdf.tsx"],
    [...first, "app", "patient", "chart", "details"],
  ],
  [
    "patient in a partner's page",
    196,
    ["patient/embedded-patient.tsx", frame],
    [...embedded, "patient"],
    "src/client/embed/embed.html",
  ],
  [
    "sensor in a partner's page",
    204,
    ["device/embedded-sensor.tsx", "device/device-curve.tsx", frame],
    [...embedded, "device", "recalls"],
    "src/client/embed/embed.html",
  ],
];

const print = (what: string, size: number, note: string) =>
  process.stdout.write(`${what.padEnd(32)}${size.toFixed(1).padStart(7)} kB${note}\n`);

for (const { module, catalogs } of pages) {
  print(module, kilobytes([app, module], [...first, "app", ...catalogs]), "");
}
for (const [what, most, modules, catalogs, document] of budgets) {
  const size = kilobytes(modules, catalogs, document);
  print(what, size, size > most ? `  ABOVE ${most}` : `  of ${most}`);
  if (size > most) process.exitCode = 1;
}
