import { render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { expect, test } from "vitest";
import { Progress } from "#client/lookups/progress.tsx";
import { ResultRow } from "#client/lookups/result-row.tsx";
import { type LookupFilter, type LookupRow, lookupFilters } from "#contract/lookups.ts";

const unknown: LookupRow = {
  row: 1,
  serial: "P225O43056",
  cells: [],
  lot: null,
  otherLot: null,
  outcome: "unknown",
  attempts: 1,
  trouble: null,
  state: null,
  statusCode: null,
  activatedAtMs: null,
  estimatedEndAtMs: null,
  endedAtMs: null,
  isInDoubt: false,
  lastDataAtMs: null,
  worn: null,
  headline: null,
  headlineMs: null,
  askedAtMs: null,
  isRecalled: false,
  likely: ["P225043056"],
  owner: null,
};

const renderRow = (row: LookupRow) =>
  render(
    <MemoryRouter>
      <table>
        <tbody>
          <ResultRow ref={null} row={row} index={0} />
        </tbody>
      </table>
    </MemoryRouter>,
  );

test("what an unknown serial may be meant for is offered as a way to its page", () => {
  renderRow(unknown);
  expect(screen.getByText(/No such sensor · Perhaps it is/)).toBeVisible();
  expect(screen.getByRole("link", { name: "P225043056" })).toHaveAttribute("href", "/devices/P225043056");
});

test("a duration says as of when it was asked, and a lot that is another one on our record says both", () => {
  const told: LookupRow = {
    ...unknown,
    outcome: "told",
    likely: [],
    state: "activated",
    headline: "warming-up",
    headlineMs: 33 * 60_000,
    askedAtMs: Date.UTC(2026, 10, 20, 12),
    lot: "TL2608A",
    otherLot: "TL2608B",
  };
  renderRow(told);
  expect(
    screen.getByText(/^Warming up for 33 minutes now\. As of 2\d Nov 2026, \d\d:\d\d \(\S+\)\.$/),
  ).toBeVisible();
  expect(screen.getByText(/^TL2608A; on our record TL2608B/)).toBeVisible();
});

test("how many more lines are no serials, and where they are, is said", () => {
  const lines = Array.from({ length: 8 }, (_, line) => ({ line, text: "none", cells: [] }));
  const list = {
    id: "one",
    name: "One",
    state: "done" as const,
    total: 1,
    createdAtMs: 0,
    columns: [],
    leftOut: { repeated: 0, overLimit: 0, rejected: 8, lines },
    counts: Object.fromEntries(lookupFilters.map((name) => [name, 0])) as Record<LookupFilter, number>,
    asOfMs: 0,
    rowsPerSecond: null,
    secondsLeft: null,
    trouble: null,
    waitUntilMs: null,
  };
  const { rerender } = render(<Progress list={list} />);
  expect(screen.getByText(/8 unusable .*and 3 more such lines.*file of all rows has each/)).toBeVisible();
  rerender(<Progress list={{ ...list, leftOut: { ...list.leftOut, rejected: 30 } }} />);
  expect(screen.getByText(/and 25 more such lines.*saved file has the first 8 of these/)).toBeVisible();
});

test("verdict and end of a row are of one look: of dates in doubt then both say so", () => {
  renderRow({
    ...unknown,
    outcome: "told",
    likely: [],
    state: "activated",
    headline: "warming-up",
    estimatedEndAtMs: Date.UTC(2026, 10, 30),
    isInDoubt: true,
  });
  expect(screen.getByText(/^Warming up.+\. The platform’s data about it is in doubt\.$/)).toBeVisible();
  expect(screen.getByText("in doubt")).toBeVisible();
});

test("a sensor that the platform refuses is called the same as on its own page", () => {
  renderRow({
    ...unknown,
    outcome: "refused",
    likely: [],
    trouble: { code: "platform-refused", platformCode: 1002, platformMessage: "permission denied" },
  });
  expect(screen.getByText("The platform refuses to show this sensor (1002)")).toBeVisible();
  expect(document.body).not.toHaveTextContent("permission denied");
});
