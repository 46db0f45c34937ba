import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { PeriodPicker } from "#client/patient/period-picker.tsx";
import type { Period } from "#contract/period.ts";

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 10, 20, 9, 30);
const range = (fromDay: number, toDay: number): Period => ({
  kind: "range",
  startMs: Date.UTC(2026, 10, fromDay),
  endMs: Date.UTC(2026, 10, toDay) + dayMs,
});

function show(period: Period) {
  const picker = (shown: Period) => (
    <PeriodPicker period={shown} timeZone="UTC" nowMs={nowMs} onChange={() => {}} />
  );
  const { rerender } = render(picker(period));
  return (next: Period) => rerender(picker(next));
}

const dates = () =>
  ["From", "To (inclusive)"].map((label) => (screen.getByLabelText(label) as HTMLInputElement).value);

test("the dates in the fields are those of the period in the address, also when that goes back", () => {
  const goTo = show(range(1, 5));
  expect(dates()).toEqual(["2026-11-01", "2026-11-05"]);
  goTo(range(10, 12));
  expect(dates()).toEqual(["2026-11-10", "2026-11-12"]);
  goTo(range(1, 5));
  expect(dates()).toEqual(["2026-11-01", "2026-11-05"]);
  goTo({ kind: "last", days: 7 });
  expect(screen.getByRole("radio", { name: "7 d" })).toBeChecked();
  expect(screen.queryByLabelText("From")).toBeNull();
});

test("what was typed and cannot be used stays as long as the period does", async () => {
  const goTo = show({ kind: "last", days: 14 });
  await userEvent.click(screen.getByRole("radio", { name: "Custom" }));
  expect(dates()).toEqual(["2026-11-07", "2026-11-20"]);
  await userEvent.clear(screen.getByLabelText("From"));
  await userEvent.type(screen.getByLabelText("From"), "2026-11-19");
  goTo({ kind: "last", days: 14 });
  expect(dates()[0]).toBe("2026-11-19");
  goTo({ kind: "last", days: 30 });
  expect(screen.queryByLabelText("From")).toBeNull();
});
