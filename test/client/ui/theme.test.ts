import { readFileSync } from "node:fs";
import { DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from "@mantine/core";
import { expect, test } from "vitest";
import { cssVariables, theme } from "#client/ui/theme.ts";

/** Hues that are nowhere on screen. */
const unused = /^--mantine-color-(pink|grape|violet|indigo|blue|cyan|lime)-/;

const declared = readFileSync("src/client/ui/theme.css", "utf8")
  .split("}")
  .map((block) =>
    [...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [
      name,
      value?.replace(/\s+/g, " "),
    ]),
  );

test("the style sheet has what the theme makes of Mantine's variables", () => {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme);
  const [ours, own, usual] = [
    defaultCssVariablesResolver(merged),
    cssVariables(merged),
    defaultCssVariablesResolver(DEFAULT_THEME),
  ];
  for (const [index, part] of (["variables", "light", "dark"] as const).entries()) {
    const before = new Map(Object.entries(usual[part]));
    const changed = Object.entries({ ...ours[part], ...own[part] }).filter(
      ([name, value]) => before.get(name) !== value && !unused.test(name),
    );
    expect(declared[index], part).toEqual(changed);
  }
});
