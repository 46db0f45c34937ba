import { expect, test } from "vitest";
import { formatShare, isPartialDay } from "#client/device/share.ts";

test("a share is whole only when nothing is missing and nought only when nothing came", () => {
  expect(formatShare(480, 480, "en")).toBe("100%");
  expect(formatShare(479, 480, "en")).toBe("99%");
  expect(formatShare(6719, 6720, "en")).toBe("99%");
  expect(formatShare(1, 6720, "en")).toBe("1%");
  expect(formatShare(0, 480, "en")).toBe("0%");
});

test("a surplus is no more than everything, and without an expectation there is no share", () => {
  expect(formatShare(481, 480, "en")).toBe("100%");
  expect(formatShare(3, 0, "en")).toBeNull();
});

test("a day that expects less than a whole local day holds is partial, whatever the length of that day", () => {
  const startMs = Date.UTC(2026, 9, 24, 22);
  const day = (hours: number, expected: number) => ({
    startMs,
    endMs: startMs + hours * 3_600_000,
    expected,
  });
  expect(isPartialDay(day(24, 480), 3)).toBe(false);
  expect(isPartialDay(day(23, 460), 3)).toBe(false);
  expect(isPartialDay(day(25, 480), 3)).toBe(true);
  expect(isPartialDay(day(24, 200), 3)).toBe(true);
  expect(isPartialDay(day(24, 96), 15)).toBe(false);
});
