import { readFileSync } from "node:fs";
import { DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from "@mantine/core";
import { expect, test } from "vitest";
import { cssVariables, theme } from "#client/ui/theme.ts";

/** Hues that are nowhere on screen. */
const unused = /^--mantine-color-(pink|grape|violet|indigo|blue|cyan|lime)-/;

const declaredIn = (path: string) =>
  readFileSync(path, "utf8")
    .split("}")
    .map((block) =>
      [...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [
        name,
        value?.replace(/\s+/g, " "),
      ]),
    );

const merged = mergeMantineTheme(DEFAULT_THEME, theme);
const [ours, own] = [defaultCssVariablesResolver(merged), cssVariables(merged)];

test("the style sheet has what the theme makes of Mantine's variables", () => {
  const usual = defaultCssVariablesResolver(DEFAULT_THEME);
  const declared = declaredIn("src/client/ui/theme.css");
  for (const [index, part] of (["variables", "light", "dark"] as const).entries()) {
    const before = new Map(Object.entries(usual[part]));
    const changed = Object.entries({ ...ours[part], ...own[part] }).filter(
      ([name, value]) => before.get(name) !== value && !unused.test(name),
    );
    expect(declared[index], part).toEqual(changed);
  }
});

test("paper has every colour of the light scheme", () => {
  const light = Object.entries({ ...ours.light, ...own.light }).filter(([name]) => !unused.test(name));
  expect(declaredIn("src/client/ui/paper.css")[0]).toEqual(light);
});
