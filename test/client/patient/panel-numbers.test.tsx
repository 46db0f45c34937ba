import { render, screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { StatisticsPanel } from "#client/patient/statistics-panel.tsx";
import { TimeInRanges } from "#client/patient/time-in-ranges.tsx";
import { setPreferences } from "#client/preferences.ts";
import type { TargetChoice } from "#glucose/targets.ts";
import { readingsOf } from "#test/support/readings.ts";
import { buildPatient } from "../app/render-app.tsx";
import { buildDetails } from "./build-details.ts";

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 10, 1);
const times = (n: number, value: number) => Array<number>(n).fill(value);

beforeEach(() => setPreferences({ language: "en", unit: "mmol/L" }));

function show(values: readonly number[], targets: TargetChoice = "most-adults", days = 14, judged = true) {
  const period = { startMs, endMs: startMs + days * dayMs };
  const { data } = buildDetails(readingsOf(values, { startMs }), period, {
    patient: buildPatient({ targets }),
  });
  const { timeIn } = data.statistics;
  if (!timeIn) throw new Error("no statistics");
  render(
    <>
      <TimeInRanges data={data} timeIn={timeIn} judged={judged} />
      <StatisticsPanel data={data} />
    </>,
  );
  return {
    row: (name: string) =>
      screen.getByRole("rowheader", { name }).closest("tr")?.textContent.replaceAll("\u00a0", " "),
    statistic: (name: string) =>
      within(screen.getByRole("region", { name: "Statistics" }))
        .getByText(name)
        .closest("div")
        ?.textContent.replaceAll("\u00a0", " "),
  };
}

/** The counts of the case sh1. */
const sh1 = [...times(62, 2.5), ...times(90, 3.5), ...times(4698, 6), ...times(1635, 12), ...times(235, 15)];

test("sh1: in range is its own share, 69.9 and not met, and every sum that of its parts", () => {
  const { row } = show(sh1);
  expect(row("In range TIR")).toBe("In range TIR3.9–10.069.9 %> 70 % ✗ not met");
  expect(row("All below 3.9 TBR")).toBe("All below 3.9 TBR2.3 %< 4 % ✓ met");
  expect(row("All above 10.0 TAR")).toBe("All above 10.0 TAR27.8 %< 25 % ✗ not met");
  expect(row("Very low")).toBe("Very low< 3.00.9 %< 1 % ✓ met");
});

test("in mg/dL every edge is the published one", () => {
  setPreferences({ unit: "mg/dL" });
  const { row } = show(sh1);
  expect(row("Low")).toContain("54–69");
  expect(row("In range TIR")).toContain("70–180");
  expect(row("High")).toContain("181–250");
  expect(row("All below 70 TBR")).toBeDefined();
  expect(screen.getByText(/^Tight range 70–140/)).toBeVisible();
});

test("in a pregnancy 9.0 is high and 3.7 in range, with the edges of a pregnancy", () => {
  setPreferences({ unit: "mg/dL" });
  const { row } = show([...times(6000, 9), ...times(720, 3.7)], "pregnancy");
  expect(row("High")).toBe("High141–25089.3 %");
  expect(row("In range TIR")).toBe("In range TIR63–14010.7 %> 70 % ✗ not met");
});

test("GMI is given by both formulas, each with its year", () => {
  expect(show(times(6720, 13.9)).statistic("GMI")).toMatch(/9\.3 % \(2018\)9\.6 % \(2026\)/);
});

test("CV is called stable or not only of enough data, never of two readings", () => {
  expect(show([6, 6.1]).statistic("Variability (CV)")).toContain(
    "not judged: needs 14 days with 70 % of data",
  );
});

test("CV of fourteen full days is called stable or not", () => {
  expect(show(times(6720, 6)).statistic("Variability (CV)")).toContain("stable, at most 36 %");
});

test("a share of data a little below 70 % does not read 70 %", () => {
  expect(show(times(4701, 6)).statistic("Share of data")).toContain("69.96 %");
});

test("why the numbers say less than they seem to stands in their own card, which stays beside the curve", () => {
  const period = { startMs, endMs: startMs + 14 * 24 * 3_600_000 };
  const { data } = buildDetails(readingsOf(times(480, 6), { startMs }), period);
  const { timeIn } = data.statistics;
  if (!timeIn) throw new Error("no statistics");
  render(<TimeInRanges data={data} timeIn={timeIn} judged={false} note="Too little data." />);
  expect(within(screen.getByRole("region", { name: "Time in ranges" })).getByRole("note")).toHaveTextContent(
    "Too little data.",
  );
});

test("in Chinese a per cent sign stands close to its number, and days are told as a fraction", () => {
  setPreferences({ language: "zh-CN" });
  show(sh1);
  expect(screen.getByRole("rowheader", { name: "目标范围内 TIR" }).closest("tr")).toHaveTextContent(
    "69.9%> 70%",
  );
  expect(screen.getByText("14/14").closest("dd")).toHaveTextContent(/^14\/14天/);
  const said = screen.getAllByRole("region").map(({ textContent }) => textContent ?? "");
  const ascii = /[\u4e00-\u9fff][,;:.!(]|[,;:!)][\u4e00-\u9fff]/;
  expect(said.flatMap((text) => ascii.exec(text)?.[0] ?? [])).toEqual([]);
});

test("a share is one text whether it is judged or not: the list judges a low on any data", () => {
  const { row } = show([...times(67, 2.5), ...times(6653, 6)], "most-adults", 14, false);
  expect(row("Very low")).toBe("Very low< 3.00.997 %< 1 % ");
});
