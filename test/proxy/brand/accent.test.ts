import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { theme } from "#client/ui/theme.ts";
import { accentOf, accentStyles, ownAccent, ownShades } from "#proxy/brand/accent.ts";
import { contrastOf } from "#proxy/brand/colour.ts";

/** Corporate colours and their extremes: what each becomes in light colours and in the dark. */
const table: [given: string, light: string, dark: string][] = [
  ["#0b7285", "#0b7285", "#217e91"],
  ["#000000", "#000000", "#737373"],
  ["#ffffff", "#6e6e6e", "#767676"],
  ["#777777", "#6e6e6e", "#767676"],
  ["#ff0000", "", ""],
  ["#00ff00", "", ""],
  ["#0000ff", "#0000ff", ""],
  ["#ffff00", "", ""],
  ["#00ffff", "", ""],
  ["#ff00ff", "", ""],
  ["#0b1f4d", "#0b1f4d", ""],
  ["#003087", "#003087", ""],
  ["#005eb8", "#005eb8", ""],
  ["#0067b1", "#0067b1", ""],
  ["#1428a0", "#1428a0", ""],
  ["#4285f4", "", ""],
  ["#a21caf", "#a21caf", ""],
  ["#7b1fa2", "#7b1fa2", ""],
  ["#e53935", "", ""],
  ["#b71c1c", "#b71c1c", ""],
  ["#ff6600", "", ""],
  ["#ffb300", "", ""],
  ["#ffeb3b", "", ""],
  ["#8bc34a", "", ""],
  ["#2e7d32", "#2e7d32", ""],
  ["#2aa380", "", ""],
  ["#004d40", "#004d40", ""],
  ["#00acc1", "", ""],
  ["#fa8072", "", ""],
  ["#f8bbd0", "", ""],
  ["#3e2723", "#3e2723", ""],
  ["#795548", "#795548", ""],
  ["#ffd700", "", ""],
  ["#010101", "#010101", ""],
  ["#fefefe", "", ""],
];

test.each(table)(
  "%s keeps every contrast of the design, as it is where that is enough",
  (given, light, dark) => {
    const accent = accentOf(given);
    expect(accent.contrasts.filter(({ ratio, needed }) => ratio < needed)).toEqual([]);
    expect(accent.contrasts).toHaveLength(22);
    if (light) expect(accent.light["--mantine-primary-color-filled"]).toBe(light);
    if (dark) expect(accent.dark["--mantine-primary-color-filled"]).toBe(dark);
    const isCorrected = accent.notes.some(({ code }) => code === "corrected");
    expect(isCorrected).toBe(accent.light["--mantine-primary-color-filled"] !== given);
  },
);

const anyColour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);

test("whatever colour is given, text reaches 4.5:1 and edges 3:1 in both schemes, and the hue stays", () => {
  fc.assert(
    fc.property(anyColour, (given) => {
      const { light, contrasts } = accentOf(given);
      for (const { foreground, background, needed } of contrasts)
        expect(contrastOf(foreground, background)).toBeGreaterThanOrEqual(needed);
      for (const value of Object.values(light))
        expect(value).toMatch(/^(?:#[0-9a-f]{6}|linear-gradient\(.*\))$/);
    }),
    { numRuns: 300 },
  );
});

test("what is pressed looks otherwise than what is not", () => {
  fc.assert(
    fc.property(anyColour, (given) => {
      const { light } = accentOf(given);
      const [usual, hover] = ["filled", "filled-hover"].map(
        (name) => light[`--mantine-primary-color-${name}`],
      );
      expect(contrastOf(usual ?? "", hover ?? "")).toBeGreaterThan(1.1);
    }),
    { numRuns: 200 },
  );
});

test("an accent that is taken for a glucose range is told so", () => {
  const told = (given: string) =>
    accentOf(given).notes.flatMap(({ code, values }) => (code === "like-a-range" ? [values.band] : []));
  expect(told("#d8344f")).toContain("low");
  expect(told("#2aa380")).toContain("in-range");
  expect(told("#003087")).toEqual([]);
  expect(told(ownAccent)).toEqual([]);
});

test("Trendline's own shades are those of its theme", () => {
  expect(theme.colors?.lagoon).toEqual(ownShades);
});

test("the colours of the glucose ranges are not the accent's to change", () => {
  const changed = [...accentStyles(accentOf("#d8344f")).matchAll(/(--[\w-]+):/g)].map(([, name]) => name);
  expect(
    changed.filter((name) => !/^--(?:mantine-primary-color|mantine-color-anchor|brand-)/.test(name ?? "")),
  ).toEqual([]);
  for (const file of ["ui/bands.css", "chart/glucose-chart.module.css", "patient/statistics.module.css"])
    for (const line of readFileSync(`src/client/${file}`, "utf8").split("\n"))
      if (/--mantine-primary-color|--mantine-color-anchor|--brand-/.test(line))
        expect(line, file).toContain("outline");
});
