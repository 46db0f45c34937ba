import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { now } from "#client/clock.ts";
import { ApiError } from "#client/http.ts";
import { StaleNotice } from "#client/ui/stale-notice.tsx";

beforeEach(() => {
  vi.setSystemTime(Date.UTC(2026, 10, 20, 9, 30));
});
afterEach(() => {
  vi.useRealTimers();
});

const show = (error: unknown, onRetry = () => {}) =>
  render(<StaleNotice error={error} dataUpdatedAtMs={now() - 4 * 60_000 - 1000} onRetry={onRetry} />);

test("a failed refetch says why, how old what is shown is, and that trying goes on", async () => {
  const onRetry = vi.fn();
  show(new ApiError("platform-timeout", null), onRetry);
  expect(screen.getByRole("status")).toHaveTextContent(
    /took too long.*read 4 minutes ago.*Trying again automatically/,
  );
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(onRetry).toHaveBeenCalledOnce();
});

test("without an error nothing is said", () => {
  show(null);
  expect(screen.getByRole("status")).toBeEmptyDOMElement();
});
