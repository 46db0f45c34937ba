import { expect, test } from "vitest";
import { formatShare, isPartialDay } from "#client/device/share.ts";

test("a share is whole only when nothing is missing and nought only when nothing came", () => {
  expect(formatShare(480, 480, "en")).toBe("100\u00a0%");
  expect(formatShare(479, 480, "en")).toBe("99\u00a0%");
  expect(formatShare(6719, 6720, "en")).toBe("99\u00a0%");
  expect(formatShare(1, 6720, "en")).toBe("1\u00a0%");
  expect(formatShare(0, 480, "en")).toBe("0\u00a0%");
  expect(formatShare(0, 480, "zh-CN")).toBe("0%");
});

test("a surplus is no more than everything, and without an expectation there is no share", () => {
  expect(formatShare(481, 480, "en")).toBe("100\u00a0%");
  expect(formatShare(3, 0, "en")).toBeNull();
});

test("a day is whole from local midnight to local midnight, whatever its length, and else partial", () => {
  const zone = "Europe/Berlin";
  const longDay = { startMs: Date.UTC(2026, 9, 24, 22), endMs: Date.UTC(2026, 9, 25, 23) };
  const shortDay = { startMs: Date.UTC(2026, 2, 28, 23), endMs: Date.UTC(2026, 2, 29, 22) };
  expect(isPartialDay(longDay, zone)).toBe(false);
  expect(isPartialDay(shortDay, zone)).toBe(false);
  expect(isPartialDay({ ...longDay, startMs: longDay.startMs + 60_000 }, zone)).toBe(true);
  expect(isPartialDay({ ...longDay, endMs: longDay.startMs + 24 * 3_600_000 }, zone)).toBe(true);
});
