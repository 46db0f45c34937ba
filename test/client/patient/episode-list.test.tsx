import { act, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { EpisodeList } from "#client/patient/episode-list.tsx";
import { readingsOf } from "#test/support/readings.ts";
import { buildDetails } from "./build-details.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 6);
const times = (n: number, value: number | null) => Array<number | null>(n).fill(value);
const listed = (values: (number | null)[], afterMin = 2) => {
  const endMs = startMs + (values.length - 1) * 3 * minuteMs + afterMin * minuteMs;
  const details = buildDetails(readingsOf(values, { startMs }), { startMs, endMs });
  render(<EpisodeList {...details} />);
  return screen.getAllByRole("button", { name: /(lowest|highest) [\d.]+\smmol/ });
};

test("an episode at the last reading is first and still going on; only a gap cuts one off", () => {
  const gap = [...times(8, 3.5), ...times(20, null)];
  const [first, second, ...rest] = listed([...gap, ...times(10, 6), ...times(10, 3.6)]);
  expect(first).toHaveTextContent(
    /Low, 27 minutes up to the last reading, 30 minutes with its own time \(still going on\), lowest 3\.6/,
  );
  expect(second).toHaveTextContent(/cut off by missing data\)/);
  expect(rest).toEqual([]);
});

test("once the last reading is stale, missing data has cut the episode off", () => {
  const [only] = listed([...times(10, 6), ...times(10, 3.6)], 20);
  expect(only).toHaveTextContent(/cut off by missing data\)/);
});

test("a low that went below 3.0 and a high above 13.9 are marked as such in the list of all", () => {
  const [high, low, mild] = listed([
    ...times(8, 3.5),
    ...times(8, 6),
    ...times(8, 3.5),
    ...times(8, 2.8),
    ...times(8, 6),
    ...times(8, 11),
    ...times(8, 14.2),
    ...times(8, 6),
  ]);
  expect(high).toHaveTextContent(/High, up to very high, .*highest 14\.2/);
  expect(low).toHaveTextContent(/Low, down to very low, .*lowest 2\.8/);
  expect([high, low].map((item) => item?.querySelector("[data-band]")?.getAttribute("data-band"))).toEqual([
    "very-high",
    "very-low",
  ]);
  expect(mild).not.toHaveTextContent("very");
});

test("a single reading past the farther edge makes no very low and no very high, as the table counts them", () => {
  const [high, low] = listed([
    ...times(8, 6),
    ...times(4, 3.5),
    2.9,
    ...times(4, 3.5),
    ...times(8, 6),
    ...times(8, 11),
    14.2,
    ...times(8, 11),
    ...times(8, 6),
  ]);
  expect(low).toHaveTextContent(/Low, .*lowest 2\.9/);
  expect(high).toHaveTextContent(/High, .*highest 14\.2/);
  for (const item of [low, high]) expect(item).not.toHaveTextContent("very");
});

test("on paper every low is listed with its lowest value, and of very many the extended and the deepest, with how many more", () => {
  const low = (value: number) => [...times(10, value), ...times(10, 6)];
  const values = [...times(10, 6), ...Array.from({ length: 20 }, (_, i) => low(i === 0 ? 2.4 : 3.5)).flat()];
  const endMs = startMs + values.length * 3 * minuteMs;
  render(<EpisodeList {...buildDetails(readingsOf(values, { startMs }), { startMs, endMs })} />);
  expect(screen.queryByRole("list", { name: /20 lows/ })).toBeNull();
  act(() => {
    window.dispatchEvent(new Event("beforeprint"));
  });
  const printed = within(screen.getByRole("list", { name: /20 lows/ })).getAllByRole("listitem");
  expect(printed).toHaveLength(8);
  expect(printed.at(-1)).toHaveTextContent(/lowest 2\.4 mmol\/L/);
  expect(screen.getByText("and 12 more, which the page on the screen lists.")).toBeVisible();
});

test("a total that another one contains says so, and a chosen one is named with the way back to all", async () => {
  listed([
    ...times(8, 3.5),
    ...times(8, 6),
    ...times(8, 2.8),
    ...times(8, 6),
    ...times(8, 11),
    ...times(8, 6),
  ]);
  expect(screen.getAllByRole("rowheader").map(({ textContent }) => textContent)).toEqual([
    "Lows, all",
    "of these, very low",
    "of these, over 2\u00a0hours",
    "Highs, all",
    "of these, very high",
  ]);
  const chosen = screen.getByRole("button", { name: "1: list only Very low" });
  await userEvent.click(chosen);
  expect(chosen).toHaveAttribute("data-variant", "filled");
  expect(screen.getByText("Listed: Very low (1) only.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "List all lows and highs" }));
  expect(screen.queryByText(/^Listed:/)).toBeNull();
  expect(chosen).toHaveAttribute("aria-pressed", "false");
});

test("a part is never more than its whole: a high that goes past 13.9 several times is one, at its own beginning", () => {
  listed([
    ...times(1, 6),
    ...times(9, 11),
    ...times(10, 14.5),
    ...times(110, 11),
    ...times(8, 14.5),
    ...times(8, 6),
  ]);
  const counts = (name: RegExp) =>
    within(screen.getByRole("row", { name }))
      .getAllByRole("cell")
      .slice(0, 4)
      .map(({ textContent }) => textContent);
  expect(counts(/^Highs, all/)).toEqual(["1", "0", "0", "0"]);
  expect(counts(/of these, very high/)).toEqual(["1", "0", "0", "0"]);
});

test("an episode that the period's edge cut began before it; only a gap keeps a beginning unseen", () => {
  const [afterGap, cut] = listed([
    ...times(10, 3.5),
    ...times(10, 6),
    ...times(20, null),
    ...times(10, 3.6),
    ...times(10, 6),
  ]);
  expect(cut).toHaveTextContent(/30 minutes \(began before this period\), lowest 3\.5/);
  expect(afterGap).toHaveTextContent(/\(its beginning was not seen\), lowest 3\.6/);
});
