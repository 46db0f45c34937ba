import { cleanup, render } from "@testing-library/react";
import fc from "fast-check";
import { expect, test } from "vitest";
import { loadCatalogs, useMessages } from "#client/i18n.ts";
import { setPreferences } from "#client/preferences.ts";
import { Below } from "#client/roster/figures.tsx";
import { listCells, listHeader } from "#client/roster/list-csv.ts";
import { publishedValue } from "#client/roster/published-words.ts";
import { RangesBar } from "#client/roster/ranges-bar.tsx";
import { Reasons } from "#client/roster/reasons.tsx";
import type { ListedPatient } from "#contract/roster.ts";
import type { WorklistEntry } from "#contract/worklist.ts";
import { type Band, bands, edgesMmolL } from "#glucose/bands.ts";
import { noStatistics } from "#glucose/statistics.ts";
import { targetNames, targetsFor } from "#glucose/targets.ts";
import { timeInRangesView } from "#report/patient/time-in-ranges-view.ts";
import { buildRow } from "#test/client/app/render-app.tsx";

const nowMs = Date.UTC(2026, 10, 27, 17, 57);
const dayMs = 86_400_000;
type Shares = Record<Band, number>;

const anyShares = fc
  .oneof(
    fc.array(fc.nat(6720), { minLength: 5, maxLength: 5 }),
    // About the edges of goals.
    fc.tuple(fc.integer({ min: 60, max: 75 }), fc.nat(250), fc.constant(6720), fc.nat(1500), fc.nat(400)),
  )
  .filter((counts) => counts.some((count) => count > 0))
  .map((counts) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return Object.fromEntries(bands.map((band, i) => [band, (counts[i] ?? 0) / total])) as Shares;
  });

const judged = [
  ["very-low", "veryLow", "very-low"],
  ["low", "belowRange", "below"],
  ["in-range", "inRange", "in-range"],
  ["high", "aboveRange", "above"],
  ["very-high", "veryHigh", "very-high"],
] as const;

const rowOf = (
  timeIn: Shares,
  targets: (typeof targetNames)[number],
  change: Partial<WorklistEntry> = {},
): ListedPatient => {
  const { goals } = targetsFor(targets);
  const reasons = judged.flatMap(([key, part]) => {
    const goal = goals[part];
    return goal ? [{ key, value: 0, limit: "min" in goal ? goal.min : goal.max }] : [];
  });
  return buildRow({
    timeZone: "Europe/Berlin",
    targets,
    ranges: {
      startMs: nowMs - 14 * dayMs,
      endMs: nowMs,
      targets,
      n: 3000,
      activeShare: 0.4537,
      coveredShare: 0.3,
      timeIn,
    },
    worklist: {
      asOfMs: nowMs,
      isRead: true,
      state: "open",
      reasons,
      timeIn,
      lowest: null,
      nightsWithLows: 0,
      inRangeChange: null,
      ...change,
    },
  });
};

function Csv({ row }: { row: ListedPatient }) {
  const t = useMessages("roster", "why");
  const cells = listCells(row, 0, undefined, { t, unit: "mmol/L", language: "en", nowMs });
  return JSON.stringify(Object.fromEntries(listHeader.map((name, i) => [name, cells[i]])));
}

function textsOf(row: ListedPatient) {
  const text = (node: React.ReactNode) => {
    const { container } = render(node);
    const said = container.textContent.replaceAll("\u00a0", " ");
    cleanup();
    return said;
  };
  const { container } = render(<Reasons row={row} nowMs={nowMs} published={undefined} />);
  const chips = [...container.querySelectorAll("li")].map(
    ({ textContent }) => / ([\d.]+)\s%,/u.exec(textContent)?.[1],
  );
  cleanup();
  return {
    chips,
    bar: text(<RangesBar ranges={row.ranges} timeZone={row.timeZone} />),
    below: text(<Below row={row} />),
    csv: JSON.parse(text(<Csv row={row} />)) as Record<string, string>,
  };
}

test("chip, bar, column, file and the patient's page say one share in one text", async () => {
  await loadCatalogs(["domain", "roster"]);
  setPreferences({ unit: "mmol/L", language: "en" });
  fc.assert(
    fc.property(anyShares, fc.constantFrom(...targetNames), (timeIn, name) => {
      const row = rowOf(timeIn, name);
      const targets = targetsFor(name);
      const statistics = { ...noStatistics, n: 0, expected: 0, spacingsMs: [], timeIn };
      const page = Object.fromEntries(
        timeInRangesView({ targets, statistics }, timeIn, { t: (key) => key, unit: "mmol/L" }).rows.map(
          ({ key, percent }) => [key, percent],
        ),
      );
      const { chips, bar, below, csv } = textsOf(row);
      expect(chips).toEqual(judged.flatMap(([, part, key]) => (targets.goals[part] ? [page[key]] : [])));
      expect(bar).toContain(
        `${page["in-range"]} % in range, ${page.below} % below, ${page.above} % above${page["in-range"]} %`,
      );
      expect(bar).toContain("45.4 % of data");
      expect(below).toBe(`${page.below} %${page["very-low"]} % very low`);
      for (const key of ["very-low", "below", "in-range", "above", "very-high"])
        expect(csv[`${key.replaceAll("-", "_")}_percent_14_days`]).toBe(page[key]);
      expect(csv.readings_of_expected_percent_14_days).toBe("45.4");
      expect(csv.time_covered_percent_14_days).toBe("30.0");
      for (const chip of chips) expect(csv.reasons).toContain(`${chip} %, goal`);
      const { low, high } = targets.edges;
      if (low !== edgesMmolL.low || high !== edgesMmolL.high) return;
      const place = { group: "none", reasons: [], inRangePercent: null, days: 14, noEarlier: false };
      const percent = (timeIn["very-low"] + timeIn.low) * 100;
      // Rounded with the other parts, the page's share may stand on the other side of their limit of 4 %.
      if (Math.sign(Number(page.below) - 4) !== Math.sign(percent - 4)) return;
      const value = publishedValue("below-range", percent, {
        ...rowOf(timeIn, name, { published: place }),
      });
      if (/\.\d$/.test(value)) expect(value).toBe(page.below);
    }),
    { numRuns: 150 },
  );
});

test.each(["44.3999", "44.45", "65", "64.96"])(
  "%s in range is one text under every published list",
  (percent) => {
    const of = (days: number) =>
      publishedValue("in-range", Number(percent), {
        ...rowOf({ "very-low": 0, low: 0, "in-range": 1, high: 0, "very-high": 0 }, "most-adults", {
          published: { group: "none", reasons: [], inRangePercent: null, days, noEarlier: false },
        }),
      });
    expect(of(7)).toBe({ "44.3999": "44.4", "44.45": "44.5", "65": "65.0", "64.96": "64.96" }[percent]);
  },
);

test("the file says what is borderline and what is explained, as the list does", () => {
  const row = rowOf(
    { "very-low": 0, low: 0.042, "in-range": 0.6, high: 0.358, "very-high": 0 },
    "most-adults",
    {
      reasons: [
        { key: "low", value: 4.2, limit: 4, isBorderline: true },
        { key: "in-range", value: 60, limit: 70, explainedBy: "little-data" },
        { key: "high", value: 35.8, limit: 25 },
      ],
    },
  );
  const said = textsOf(row).csv.reasons;
  expect(said).toMatch(
    /^Below 3\.9: 4\.2 %, goal < 4 % · borderline; In range [^;]* · [^;]+; Above 10\.0: [^·;]+$/,
  );
});
