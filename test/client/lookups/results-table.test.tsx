import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { MemoryRouter } from "react-router";
import { expect, test } from "vitest";
import { createQueryClient } from "#client/app/query-client.ts";
import { ResultsTable } from "#client/lookups/results-table.tsx";
import { type LookupFilter, type LookupList, lookupFilters } from "#contract/lookups.ts";
import { serveFaults } from "../app/render-app.tsx";

const server = serveFaults();
const none = Object.fromEntries(lookupFilters.map((name) => [name, 0])) as Record<LookupFilter, number>;
const list: LookupList = {
  id: "one",
  name: "One",
  state: "running",
  total: 1,
  createdAtMs: 0,
  columns: [],
  leftOut: { repeated: 0, overLimit: 0, rejected: 0, lines: [] },
  counts: { ...none, all: 1, new: 1 },
  asOfMs: 0,
  rowsPerSecond: null,
  secondsLeft: null,
  trouble: null,
  waitUntilMs: null,
};

test("an address that asks for a filter or an order there is not says so and shows all as given", () => {
  server.use(http.get("*/api/look-ups/one/rows", () => HttpResponse.json({ rows: [], total: 0 })));
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MemoryRouter initialEntries={["/look-ups/one?show=lost&sort=colour"]}>
        <ResultsTable list={list} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  expect(screen.getByText(/asks for “lost”.* all are shown/)).toBeVisible();
  expect(screen.getByText(/order “colour”.* as given/)).toBeVisible();
  expect(screen.getByRole("combobox", { name: "Show" })).toHaveValue("all");
  for (const row of screen.getAllByRole("row").slice(1)) expect(row).toHaveAttribute("aria-rowindex");
});
