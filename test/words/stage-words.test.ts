import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** What belongs to the machinery of a demonstration; only the presenter's own panel may say it. */
const backstage = /\b(?:sandbox|faults?|seeds?)\b|沙盒|故障|种子/iu;

type Words = { [key: string]: string | Words };
const textsIn = (words: Words): string[] =>
  Object.values(words).flatMap((value) => (typeof value === "string" ? [value] : textsIn(value)));

test.each(["en", "zh-CN"])("in %s no page says what the demonstration is made of", (language) => {
  const folder = `src/words/locales/${language}`;
  const said = readdirSync(folder)
    .filter((file) => file !== "stage.json")
    .flatMap((file) => textsIn(JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as Words))
    .filter((text) => backstage.test(text.replaceAll(/\{\{[^}]*\}\}/g, "")))
    // That of a frame is called so in HTML.
    .filter((text) => !text.includes("allow-popups-to-escape-sandbox"));
  expect(said).toEqual([]);
});
