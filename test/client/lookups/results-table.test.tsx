import { render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { expect, test } from "vitest";
import { ResultsTable } from "#client/lookups/results-table.tsx";

test("an address that asks for a filter or an order there is not says so and shows all as given", () => {
  render(
    <MemoryRouter initialEntries={["/look-ups?show=lost&sort=colour"]}>
      <ResultsTable rows={[{ serial: "P1", answer: null }]} />
    </MemoryRouter>,
  );
  expect(screen.getByText(/asks for “lost”.* all are shown/)).toBeVisible();
  expect(screen.getByText(/order “colour”.* as given/)).toBeVisible();
  expect(screen.getByRole("combobox", { name: "Show" })).toHaveValue("all");
  for (const row of screen.getAllByRole("row").slice(1)) expect(row).toHaveAttribute("aria-rowindex");
});
