import { globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const folder = "src/words/locales";
type Words = { [key: string]: string | Words };

const flat = (words: Words, before = ""): [key: string, text: string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string" ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`),
  );
const read = (language: string, catalog: string) =>
  flat(JSON.parse(readFileSync(`${folder}/${language}/${catalog}.json`, "utf8")) as Words);
const catalogs = readdirSync(`${folder}/en`).map((file) => file.replace(".json", ""));
const frame = ["app", "domain", "ui"];
const sources = new Map(
  globSync("src/{client,contract,demo,glucose,report,sensor}/**/*.{ts,tsx}").map((file) => [
    file,
    readFileSync(file, "utf8"),
  ]),
);

/** The catalogs, or their parts, that a file says: "device.life" for useMessages("device", "life"). */
const saidIn = (text: string): string[] =>
  [...text.matchAll(/(?:useMessages\(|Messages<)"([\w-]+)"(?:, "([\w-]+)")?/g)].map(([, catalog, part]) =>
    part ? `${catalog}.${part}` : `${catalog}`,
  );

const isNameIn = (text: string, name: string): boolean =>
  text.includes(JSON.stringify(name)) || text.includes(` ${name}: `) || /^\d+$/.test(name);
const everything = [...sources.values()].join("\n");

/**
 * Whether a key is written in a text: whole, as a property's name, or with names
 * or numbers in it that stand elsewhere.
 */
function isIn(text: string): (key: string) => boolean {
  const patterns = [...text.matchAll(/`([^`\n]*\$\{[^`\n]*)`/g)]
    .map(([, key = ""]) => key.split(/\$\{[^}]*\}/))
    .filter((parts) => /^[\w.-]+$/.test(parts.join("")))
    .map((parts) => new RegExp(`^${parts.map((part) => part.replaceAll(".", "\\.")).join("(.+)")}$`));
  return (key) =>
    isNameIn(text, key) ||
    patterns.some((pattern) =>
      pattern
        .exec(key)
        ?.slice(1)
        .every((name) => isNameIn(everything, name)),
    );
}

const baseOf = (key: string) => key.replace(/_(zero|one|other)$/, "");

test("both languages say the same things", () => {
  expect(readdirSync(`${folder}/zh-CN`)).toEqual(readdirSync(`${folder}/en`));
  for (const catalog of catalogs) {
    const english = read("en", catalog);
    const chinese = read("zh-CN", catalog);
    expect(chinese.map(([key]) => key).sort(), catalog).toEqual(english.map(([key]) => key).sort());
    expect([...english, ...chinese].filter(([, text]) => text.trim() === "")).toEqual([]);
  }
});

/**
 * Whether a key is named where a catalog or a part is said, or by a file beside it that says nothing itself:
 * a sensor's states, the actions of the audit trail. What the domain has, anybody may say.
 */
function isNamedFor(place: string): (key: string) => boolean {
  const isOf = (said: string) => said === place || said.startsWith(`${place}.`);
  const files = [...sources].map(([file, text]) => ({ file, text, said: saidIn(text) }));
  const sayers = files.filter(({ said }) => place === "domain" || said.some(isOf));
  const folders = new Set(sayers.map(({ file }) => dirname(file)));
  const isBeside = (file: string) => folders.has(dirname(file)) || !file.startsWith("src/client/");
  const namers = files.filter(({ file, said }) => said.length === 0 && isBeside(file));
  return isIn([...sayers, ...namers].map(({ text }) => text).join("\n"));
}

test("every sentence is said somewhere", () => {
  const unused = catalogs.flatMap((catalog) => {
    const isNamed = isNamedFor(catalog);
    const parts = new Map<string, (key: string) => boolean>();
    return read("en", catalog)
      .map(([key]) => baseOf(key))
      .filter((key) => {
        const [part = "", ...rest] = key.split(".");
        if (rest.length === 0) return !isNamed(key);
        if (!parts.has(part)) parts.set(part, isNamedFor(`${catalog}.${part}`));
        return !isNamed(key) && !parts.get(part)?.(rest.join("."));
      })
      .map((key) => `${catalog}: ${key}`);
  });
  expect(unused).toEqual([]);
});

const fileOf = (path: string, from: string): string =>
  path.startsWith("#") ? path.replace("#", "src/") : join(dirname(from), path);

/** The catalogs that a file says, or fetches itself, and those of all it imports, now or later. */
function found(
  file: string,
  inText: (text: string) => readonly string[],
  seen = new Set<string>(),
): Set<string> {
  const text = sources.get(file);
  if (text === undefined || seen.has(file)) return new Set();
  seen.add(file);
  const imports = [...text.matchAll(/(?:from |import\()"((?:\.|#report\/)[^"]+\.tsx?)"/g)];
  return new Set([
    ...inText(text),
    ...imports.flatMap(([, path = ""]) => [...found(fileOf(path, file), inText, seen)]),
  ]);
}
const saidFrom = (file: string) =>
  found(file, (text) => saidIn(text).map((said) => said.replace(/\..*/, "")));
const namesIn = (list: string): string[] => JSON.parse(list.replace(/,\s*\]$/, "]"));
const fetchedFrom = (file: string) =>
  found(file, (text) =>
    [...text.matchAll(/loadCatalogs\((\[[^\]]*\])\)/g)].flatMap(([, list = ""]) => namesIn(list)),
  );

test("every page fetches the words it says, and no others", () => {
  const app = "src/client/app";
  const router = sources.get(`${app}/router.tsx`) ?? "";
  const pages = [...router.matchAll(/page\(\s*"[^"]*",\s*(\[[^\]]*\]),[^"]*import\("([^"]+)"\)/g)];
  expect(pages).toHaveLength(router.match(/\bpage\(\s*"/g)?.length ?? 0);
  for (const [, list = "", path = ""] of pages) {
    const page = join(app, path);
    const said = [...saidFrom(page)].filter((catalog) => !frame.includes(catalog));
    expect(said.sort(), path).toEqual([...namesIn(list), ...fetchedFrom(page)].sort());
  }
  const around = ["shell", "route-error", "not-found-page", "for-roles", "home"];
  for (const file of around)
    expect(frame, file).toEqual(expect.arrayContaining([...saidFrom(`${app}/${file}.tsx`)]));
});

/** What is the same in English and yet two things, and why. */
const twoThings: Readonly<Record<string, string>> = {
  "A new password": "a page's title; what a link is for",
  Activated: "a state; a date; a step",
  Any: "an outcome; any value of a filter",
  Bound: "a state; a step",
  Code: "of an error; from an app",
  "Data received": "a section; a line of a ticket",
  Done: "an outcome; a file's state",
  End: "to end a session; a date",
  Ended: "a state; a session; a step",
  Failed: "an outcome; rows",
  From: "a first day; from … to",
  Glucose: "a curve; a column of values",
  High: "a band; an episode",
  Low: "a band; an episode",
  "None in 30 days": "no readings; no sensor",
  "Put off": "an act; a state",
  Registered: "a row; a step",
  "Show all {{count}}": "episodes; gaps, counted with another word in Chinese",
  "Signed in": "a time; an action",
  Time: "a moment; of a day; a share",
  "Times in {{zone}}": "a line of its own; a note in a line",
  Waiting: "a case; a sensor of a list",
  "Very high": "a band; an episode",
  "Very low": "a band; an episode",
  "Warming up": "a verdict; a patient's stage",
  Worn: "how long; a filter",
};

test("what is said twice in the same words is one thing and stands once, or is two things", () => {
  const places = new Map<string, Set<string>>();
  for (const catalog of catalogs)
    for (const [key, text] of read("en", catalog))
      places.set(text, (places.get(text) ?? new Set()).add(`${catalog}: ${baseOf(key)}`));
  const twice = [...places].filter(([, keys]) => keys.size > 1);
  expect(twice.filter(([text]) => !(text in twoThings))).toEqual([]);
  const texts = twice.map(([text]) => text);
  expect(Object.keys(twoThings).filter((text) => !texts.includes(text))).toEqual([]);
});
