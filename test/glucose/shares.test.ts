import fc from "fast-check";
import { expect, test } from "vitest";
import { displayPercents } from "#glucose/shares.ts";

const tenths = (text: string) => Math.round(Number(text) * 10);

test.each([
  [
    [0, 0, 1, 0, 0],
    ["0", "0", "100", "0", "0"],
  ],
  [
    [0.01, 0.03, 0.7, 0.2, 0.06],
    ["1", "3", "70", "20", "6"],
  ],
  [
    [0.006, 0.03, 0.7, 0.204, 0.06],
    ["0.6", "3", "70.4", "20", "6"],
  ],
  [
    [0.0001, 0, 0.9999, 0, 0],
    ["0.1", "0", "99.9", "0", "0"],
  ],
  [
    [1 / 3, 1 / 3, 1 / 3],
    ["34", "33", "33"],
  ],
  [
    [0, 0, 0],
    ["0", "0", "0"],
  ],
])("%j is shown as %j", (shares, shown) => {
  expect(displayPercents(shares)).toEqual(shown);
});

test("what is shown adds up to 100, nothing is lost, and no part is far from its own value", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { minLength: 5, maxLength: 5 }), (counts) => {
      const total = counts.reduce((a, b) => a + b, 0);
      fc.pre(total > 0);
      const shares = counts.map((count) => count / total);
      const shown = displayPercents(shares);
      expect(shown.reduce((sum, text) => sum + tenths(text), 0)).toBe(1000);
      const largest = shares.indexOf(Math.max(...shares));
      shown.forEach((text, i) => {
        const percent = (shares[i] ?? 0) * 100;
        expect(tenths(text) === 0).toBe(percent === 0);
        expect(Math.abs(Number(text) - percent)).toBeLessThanOrEqual(i === largest ? 2.5 : 1);
        if (i !== largest && percent >= 1) expect(text).not.toContain(".");
      });
    }),
    { numRuns: 1000 },
  );
});
