import { expect, test } from "vitest";
import { gmi2026Percent } from "#glucose/gmi.ts";
import { gmiPercent } from "#glucose/statistics.ts";

test.each([
  [8.5, "7.0", "7.0"],
  [6.1, "5.9", "5.5"],
  [13.9, "9.3", "9.6"],
])(
  "a mean of %f mmol/L is a GMI of %s by the formula of 2018 and of %s by that of 2026",
  (mean, first, updated) => {
    expect(gmiPercent(mean).toFixed(1)).toBe(first);
    expect(gmi2026Percent(mean).toFixed(1)).toBe(updated);
  },
);
