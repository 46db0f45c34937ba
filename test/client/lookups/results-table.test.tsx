import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { MemoryRouter } from "react-router";
import { expect, test, vi } from "vitest";
import { createQueryClient } from "#client/app/query-client.ts";
import { ResultsTable } from "#client/lookups/results-table.tsx";
import { saveFile } from "#client/ui/csv.ts";
import { type LookupFilter, type LookupList, type LookupRow, lookupFilters } from "#contract/lookups.ts";
import { listenForAuditEvents, serveFaults } from "../app/render-app.tsx";

vi.mock("#client/ui/csv.ts", async (original) => ({
  ...(await original<typeof import("#client/ui/csv.ts")>()),
  saveFile: vi.fn(),
}));

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

const renderTable = (address = "/look-ups/one", shown = list) =>
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MemoryRouter initialEntries={[address]}>
        <ResultsTable list={shown} />
      </MemoryRouter>
    </QueryClientProvider>,
  );

test("an address that asks for a filter or an order there is not says so and shows all as given", () => {
  server.use(http.get("*/api/look-ups/one/rows", () => HttpResponse.json({ rows: [], total: 0 })));
  renderTable("/look-ups/one?show=lost&sort=colour");
  expect(screen.getByText(/asks for “lost”.* all are shown/)).toBeVisible();
  expect(screen.getByText(/order “colour”.* as given/)).toBeVisible();
  expect(screen.getByRole("combobox", { name: "Show" })).toHaveValue("all");
  for (const row of screen.getAllByRole("row").slice(1)) expect(row).toHaveAttribute("aria-rowindex");
});

test("the file says of a recalled sensor that it is, whatever else is known of it", async () => {
  const row: LookupRow = {
    row: 1,
    serial: "P225043056",
    cells: [],
    lot: null,
    otherLot: null,
    outcome: "told",
    attempts: 1,
    trouble: null,
    state: "activated",
    statusCode: 2,
    activatedAtMs: null,
    estimatedEndAtMs: null,
    endedAtMs: null,
    isInDoubt: false,
    lastDataAtMs: null,
    worn: "worn",
    headline: "working",
    headlineMs: null,
    askedAtMs: null,
    isRecalled: true,
    likely: [],
    owner: null,
  };
  const unknown = { outcome: "unknown", state: null, statusCode: null, headline: null } as const;
  const rows: LookupRow[] = [
    row,
    { ...row, ...unknown, row: 2, serial: "X1" },
    { ...row, row: 3, serial: "X2", isRecalled: false },
    { ...row, ...unknown, row: 4, serial: "X3", isRecalled: false, likely: ["X8", "X9"] },
    {
      ...row,
      row: 5,
      serial: "X4",
      isRecalled: false,
      headline: "warming-up",
      headlineMs: 33 * 60_000,
      askedAtMs: Date.UTC(2026, 10, 20, 9, 30),
      lot: "TL2608A",
      otherLot: "TL2608B",
    },
  ];
  const told = listenForAuditEvents(server);
  server.use(http.get("*/api/look-ups/one/rows", () => HttpResponse.json({ rows, total: rows.length })));
  const notASerial = { line: 9, text: "=cmd X 4", cells: ["=cmd", "X", "4"] };
  renderTable("/look-ups/one", {
    ...list,
    columns: ["Lot", "2", "3"],
    leftOut: { ...list.leftOut, rejected: 1, lines: [notASerial] },
  });
  await userEvent.click(screen.getByRole("button", { name: "Save as CSV" }));
  await waitFor(() => expect(saveFile).toHaveBeenCalled());
  await waitFor(() => expect(told).toEqual([{ event: "sensor-list.export", subject: "one" }]));
  const lines = vi.mocked(saveFile).mock.lastCall?.[1].split("\r\n") ?? [];
  expect(lines[0]).toMatch(/,lot,.*,list_Lot,2,3$/);
  expect(lines.slice(1, 7)).toEqual([
    expect.stringMatching(/^P225043056,ok,,activated,2,Recalled\. Working\.,yes,/),
    expect.stringMatching(/^X1,unknown,,,,Recalled\. [^,]+,/),
    expect.stringMatching(/^X2,ok,,activated,2,Working\.,yes,/),
    expect.stringMatching(/^X3,unknown,X8 X9,,,,/),
    expect.stringMatching(
      /^X4,ok,,activated,2,"Warming up for 33\sminutes now\. As of 20\sNov\s2026, 09:30 \(UTC\)\.",yes,.*,TL2608A,TL2608B,/,
    ),
    expect.stringMatching(/^'=cmd X 4,not a serial number,,.*,'=cmd,X,4$/),
  ]);
});
