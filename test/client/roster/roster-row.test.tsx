import { QueryClientProvider } from "@tanstack/react-query";
import { render, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { MemoryRouter } from "react-router";
import { expect, test } from "vitest";
import { createQueryClient } from "#client/app/query-client.ts";
import { loadCatalogs } from "#client/i18n.ts";
import { RosterRow } from "#client/roster/roster-row.tsx";
import { buildRow, serveFaults } from "#test/client/app/render-app.tsx";

const server = serveFaults();

test("a row that asks is not drawn anew when the list begins to scroll, nor when it rests again", async () => {
  await loadCatalogs(["domain", "roster"]);
  let asked = 0;
  server.use(
    http.get("*/api/patients/:id/summary", () => {
      asked += 1;
      return HttpResponse.json({}, { status: 500 });
    }),
  );
  let drawn = 0;
  const MarksNote = () => {
    drawn += 1;
    return null;
  };
  const list = {
    columns: ["name", "reasons"] as const,
    published: undefined,
    isByDate: false,
    times: new Map(),
    slots: { MarksNote },
  };
  const [row, queryClient, measure] = [buildRow(), createQueryClient(), () => {}];
  const table = (isLive: boolean, nowMs = 0) => (
    <QueryClientProvider client={queryClient}>
      <MemoryRouter>
        <table>
          <tbody>
            <RosterRow row={row} index={0} nowMs={nowMs} isLive={isLive} measure={measure} list={list} />
          </tbody>
        </table>
      </MemoryRouter>
    </QueryClientProvider>
  );
  const { rerender } = render(table(false));
  expect(asked).toBe(0);
  rerender(table(true));
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(asked).toBeGreaterThan(0);
  const before = drawn;
  rerender(table(false));
  rerender(table(true));
  expect(drawn).toBe(before);
  rerender(table(true, 60_000));
  expect(drawn).toBeGreaterThan(before);
});
