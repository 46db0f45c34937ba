import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { readingsQueries } from "#client/api/readings.ts";
import { ToldUntilContext } from "#client/outage.ts";
import { useHeldPeriod } from "#client/patient/use-held-period.ts";
import type { Period } from "#contract/period.ts";

const twoWeeks: Period = { kind: "last", days: 14 };
const threeMonths: Period = { kind: "last", days: 90 };

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The hook on a page that has read two weeks. */
function hold({ isOut = false } = {}) {
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
    <QueryClientProvider client={client}>
      <ToldUntilContext value={isOut ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY}>
        {children}
      </ToldUntilContext>
    </QueryClientProvider>
  );
  return renderHook(({ asked }) => useHeldPeriod("p1", asked), {
    wrapper,
    initialProps: { asked: twoWeeks },
  });
}

test("where another period cannot be read, the one that was read stays, and what was missed is said", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
  const { result, rerender } = hold();
  rerender({ asked: threeMonths });
  await waitFor(() => expect(result.current.isHeld).toBe(true));
  expect(result.current.period).toEqual(twoWeeks);
  expect(result.current.error).not.toBeNull();
  rerender({ asked: twoWeeks });
  expect(result.current).toMatchObject({ period: twoWeeks, isHeld: false, error: null });
});

test("during an outage the one that was read stays from the first moment, before asking for another has failed", () => {
  vi.stubGlobal("fetch", () => new Promise(() => {}));
  const { result, rerender } = hold({ isOut: true });
  rerender({ asked: threeMonths });
  expect(result.current).toMatchObject({ period: twoWeeks, isHeld: true, error: null });
});
