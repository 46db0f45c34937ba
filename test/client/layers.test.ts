import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const client = join(import.meta.dirname, "../../src/client");

const files = readdirSync(client, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(client, file), "utf8") }));
const folderOf = (file: string) => (dirname(file) === "." ? "" : (file.split("/")[0] ?? ""));

/** The folders of the client that a file imports from; none for those of its own folder. */
const importedBy = ({ file, text }: (typeof files)[number]) =>
  [...text.matchAll(/(?:from|import\() ?"(\.[^"]+)"/g)]
    .map(([, path = ""]) => folderOf(relative(client, join(client, dirname(file), path))))
    .filter((folder) => folder !== folderOf(file));

test("features import neither each other nor what lies above them", () => {
  const below: Partial<Record<string, string[]>> = {
    "": ["api", "locales"],
    api: [""],
    ui: ["", "api"],
    chart: ["", "api", "ui"],
    acts: ["", "api", "ui"],
    cases: ["", "api", "ui"],
    device: ["", "api", "chart", "ui", "cases"],
    patient: ["", "api", "chart", "ui", "acts", "cases"],
  };
  const wrong = files
    .filter(({ file }) => folderOf(file) !== "app" && !["main.tsx", "embed.tsx"].includes(file))
    .flatMap((one) => {
      const allowed = below[folderOf(one.file)] ?? ["", "api", "chart", "ui"];
      const others = importedBy(one).filter((folder) => !allowed.includes(folder));
      return others.map((folder) => `${one.file} imports from ${folder}`);
    });
  expect(wrong).toEqual([]);
});

test("only client/api names a path of the server or the key of an answer", () => {
  const naming = files.filter(
    ({ file, text }) => folderOf(file) !== "api" && /["'`]\/api\/|(?:query|mutation)Key: ?\[/.test(text),
  );
  // It reads such paths in the audit trail's rows and asks for none.
  expect(naming.map(({ file }) => file)).toEqual(["audit/refused-words.ts"]);
});
