import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bands } from "#glucose/bands.ts";
import { colorOf } from "#proxy/pdf/drawings.ts";

const css = (file: string) => readFileSync(`src/client/${file}`, "utf8");
const lightOf = (text: string, name: string) =>
  new RegExp(`--${name}: (?:light-dark\\()?(#[0-9a-f]{6})`).exec(text)?.[1];

test("a chart in a file has the colours that it has on the page in its light theme", () => {
  const page = css("ui/bands.css");
  for (const band of bands) expect(colorOf[band], band).toBe(lightOf(page, `band-${band}`));
  const profile = css("patient/profile.module.css");
  for (const part of ["profile-outer", "profile-inner"] as const)
    expect(colorOf[part], part).toBe(lightOf(profile, part));
  const theme = css("ui/theme.css");
  expect([colorOf.ink, colorOf.quiet, colorOf.line, colorOf.hatch, colorOf.accent]).toEqual(
    ["text", "gray-6", "gray-4", "gray-2", "lagoon-7"].map((name) => lightOf(theme, `mantine-color-${name}`)),
  );
});
