import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import { type Period, readingsQueries } from "#client/api/readings.ts";
import { useHeldPeriod } from "#client/patient/use-held-period.ts";

const twoWeeks: Period = { kind: "last", days: 14 };
const threeMonths: Period = { kind: "last", days: 90 };

test("where another period cannot be read, the one that was read stays, and what was missed is said", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  client.setQueryData(readingsQueries.ofPeriod("p1", twoWeeks).queryKey, {
    readings: [],
    unread: [],
    unreadable: [],
    startMs: 0,
    endMs: 1,
    asOfMs: 1,
  } as never);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result, rerender } = renderHook(({ asked }) => useHeldPeriod("p1", asked), {
    wrapper,
    initialProps: { asked: twoWeeks },
  });
  rerender({ asked: threeMonths });
  await waitFor(() => expect(result.current.missed).not.toBeNull());
  expect(result.current.period).toEqual(twoWeeks);
  rerender({ asked: twoWeeks });
  expect(result.current).toMatchObject({ period: twoWeeks, missed: null });
  vi.unstubAllGlobals();
});
