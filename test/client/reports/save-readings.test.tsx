import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { createQueryClient } from "#client/app/query-client.ts";
import { loadCatalogs } from "#client/i18n.ts";
import { SaveReadings } from "#client/reports/save-readings.tsx";
import type { ReadingsFileAsked } from "#contract/readings-file.ts";

async function show(count: number, period: ReadingsFileAsked["period"]) {
  await loadCatalogs(["domain", "reports", "ui"]);
  const patients = Array.from({ length: count }, (_none, index) => `p${index}`);
  render(
    <QueryClientProvider client={createQueryClient()}>
      <SaveReadings asked={{ patients, period, language: "en", unit: "mmol/L" }} isDisabled={false} />
    </QueryClientProvider>,
  );
  return screen.getByRole("button", { name: /^Save the readings of/ });
}

const bound = "are too many for one file: patients times days may be 7,000.";

test.each<[number, ReadingsFileAsked["period"], string | null]>([
  [500, { days: 14 }, null],
  [77, { days: 90 }, null],
  [1, { from: "2026-09-01", to: "2026-11-29" }, null],
  [78, { days: 90 }, `78 patients over 90 days ${bound} Choose 77 patients at most, or 89 days at most.`],
  [500, { days: 30 }, `500 patients over 30 days ${bound} Choose 233 patients at most, or 14 days at most.`],
  [
    400,
    { from: "2026-11-01", to: "2026-11-18" },
    `400 patients over 18 days ${bound} Choose 388 patients at most, or 17 days at most.`,
  ],
])(
  "of %i patients and %o the page says before anything is asked whether it is too much",
  async (count, period, words) => {
    const button = await show(count, period);
    const said = screen.queryByRole("status")?.textContent?.replaceAll("\u00a0", " ") ?? null;
    expect(said).toBe(words && `The readings of ${words}`);
    if (words) expect(button).toBeDisabled();
    else expect(button).toBeEnabled();
  },
);

test("a file of more rows than a spreadsheet opens is told as that, and can be saved all the same", async () => {
  expect(await show(160, { days: 14 })).toBeEnabled();
  expect(screen.getByText(/more than the 1,048,576 rows/)).toBeVisible();
});

test("of a few patients nothing is said of rows", async () => {
  await show(14, { days: 14 });
  expect(screen.queryByText(/rows that a spreadsheet opens/)).toBeNull();
});
