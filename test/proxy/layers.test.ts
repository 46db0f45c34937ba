import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const proxy = join(import.meta.dirname, "../../src/proxy");

const files = readdirSync(proxy, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);
const folderOf = (file: string) => (file.includes("/") ? (file.split("/")[0] ?? "") : "");
const importedBy = (file: string) =>
  [...readFileSync(join(proxy, file), "utf8").matchAll(/(?:from|import\() ?"(\.[^"]+)"/g)].map(
    ([, path = ""]) => relative(proxy, join(proxy, dirname(file), path)),
  );
const imports = new Map(files.map((file) => [file, importedBy(file)]));

/** What lies below each folder, beside the small files that all share. */
const below: Partial<Record<string, readonly string[]>> = {
  store: [],
  platform: [],
  pdf: [],
  brand: ["pdf"],
  devices: ["platform"],
  audit: ["store"],
  roster: ["platform", "store"],
  reports: ["audit", "devices", "jobs", "pdf", "platform", "roster", "store"],
  observe: ["audit", "platform", "store"],
  http: ["brand", "observe", "platform", "store"],
  jobs: ["platform", "store"],
  imports: ["audit", "jobs", "platform", "roster", "store"],
  recalls: ["imports", "store"],
  lookups: ["audit", "devices", "jobs", "platform", "roster", "store"],
};
const shared = [
  "app-env",
  "brief-cache",
  "clock",
  "failure",
  "lock",
  "short-key",
  "single-flight",
  "worker",
].map((name) => `${name}.ts`);

test("no folder imports what lies above it", () => {
  const wrong = [...imports].flatMap(([file, targets]) => {
    const allowed = below[folderOf(file)];
    if (!allowed) return [];
    const mayImport = (target: string) =>
      folderOf(target) === folderOf(file) || allowed.includes(folderOf(target)) || shared.includes(target);
    return targets.filter((target) => !mayImport(target)).map((target) => `${file} imports ${target}`);
  });
  expect(imports.get("store/patients.ts")).toContain("store/database.ts");
  expect(wrong).toEqual([]);
});

test("no two files of the proxy need each other", () => {
  const reached = (from: string, seen = new Set<string>()): Set<string> => {
    for (const target of imports.get(from) ?? [])
      if (!seen.has(target)) {
        seen.add(target);
        reached(target, seen);
      }
    return seen;
  };
  expect(files.filter((file) => reached(file).has(file))).toEqual([]);
});
