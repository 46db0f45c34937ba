import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { expect, test, vi } from "vitest";
import { createQueryClient } from "#client/app/query-client.ts";
import { ReadingsTable } from "#client/patient/readings-table.tsx";
import { readingsOf } from "#test/support/readings.ts";
import { buildDetails } from "./build-details.ts";

const startMs = Date.UTC(2026, 10, 6);

function show() {
  const readings = readingsOf([6.1, 6.4, 3.2], { startMs });
  const details = buildDetails(readings, { startMs, endMs: startMs + 60 * 60_000 });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MemoryRouter>
        <ReadingsTable {...details} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return userEvent.click(screen.getByRole("button", { name: "Show the table" }));
}

test("a table whose code does not come says so and leaves the page; trying again brings it", async () => {
  vi.doMock("#client/patient/sorted-readings.tsx", () => {
    throw new TypeError("Failed to fetch dynamically imported module");
  });
  await show();
  expect(await screen.findByText("No connection")).toBeVisible();
  vi.doUnmock("#client/patient/sorted-readings.tsx");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("table", { name: "Readings" })).toHaveAttribute("aria-rowcount", "4");
  await userEvent.click(screen.getByRole("button", { name: "Hide the table" }));
  expect(screen.queryByRole("table")).toBeNull();
});
