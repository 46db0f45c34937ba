import { expect, test } from "vitest";
import { viewerZone, withZone } from "#client/ui/viewer-zone.ts";
import { spokenZone } from "#words/spoken-zone.ts";
import {
  formatAge,
  formatDate,
  formatDateTime,
  formatDuration,
  formatPartOfDay,
  formatShortDateTime,
  formatTime,
} from "#words/time.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const timeMs = Date.UTC(2026, 10, 6, 16, 5);

test("dates and times are the zone's, on a 24-hour clock", () => {
  expect(formatDate(timeMs, "Asia/Shanghai", "en")).toBe("7 Nov 2026");
  expect(formatTime(timeMs, "Asia/Shanghai", "en")).toBe("00:05");
  expect(formatDateTime(timeMs, "Europe/Berlin", "en")).toBe("6 Nov 2026, 17:05");
  expect(formatDateTime(timeMs, "Asia/Shanghai", "zh-CN")).toBe("2026年11月7日 00:05");
});

test("an age is in words, and never rounded up", () => {
  expect(formatAge(59_999, "en")).toBe("just now");
  expect(formatAge(2 * minuteMs - 1, "en")).toBe("1\u00a0minute ago");
  expect(formatAge(119 * minuteMs, "en")).toBe("1\u00a0hour 59\u00a0minutes ago");
  expect(formatAge(74 * minuteMs, "zh-CN")).toBe("1小时14分钟前");
  expect(formatAge(2 * hourMs, "en")).toBe("2\u00a0hours ago");
  expect(formatAge(47 * hourMs, "en")).toBe("47\u00a0hours ago");
  expect(formatAge(5 * dayMs, "en")).toBe("5\u00a0days ago");
  expect(formatAge(4 * minuteMs, "zh-CN")).toBe("4分钟前");
});

test("a reading slightly ahead of the clock is just now", () => {
  expect(formatAge(-30_000, "en")).toBe("just now");
  expect(formatAge(-30_000, "zh-CN")).toBe("刚刚");
});

test("a duration is told by its two largest units", () => {
  expect(formatDuration(6 * dayMs + 4 * hourMs + 50 * minuteMs, "en")).toBe("6\u00a0days 4\u00a0hours");
  expect(formatDuration(6 * dayMs + 50 * minuteMs, "en")).toBe("6\u00a0days");
  expect(formatDuration(90 * minuteMs, "en")).toBe("1\u00a0hour 30\u00a0minutes");
  expect(formatDuration(0, "en")).toBe("0\u00a0minutes");
  expect(formatDuration(6 * dayMs + 4 * hourMs, "zh-CN")).toBe("6天4小时");
});

test("what is less than two days is told in hours, for a day can have 23, 24.5 or 25", () => {
  expect(formatDuration(24.5 * hourMs, "en")).toBe("24\u00a0hours 30\u00a0minutes");
  expect(formatDuration(25 * hourMs, "en")).toBe("25\u00a0hours");
  expect(formatDuration(dayMs, "en")).toBe("24\u00a0hours");
  expect(formatDuration(2 * dayMs - minuteMs, "en")).toBe("47\u00a0hours 59\u00a0minutes");
  expect(formatDuration(73 * hourMs, "en")).toBe("3\u00a0days 1\u00a0hour");
  expect(formatDuration(24.5 * hourMs, "zh-CN")).toBe("24小时30分钟");
});

test.each([
  [0, "01:00 (UTC+01:00)"],
  [1, "01:00 (UTC+00:00)"],
  [2, "02:00"],
])("a time that the clock shows twice says which of the two it is", (hours, told) => {
  const atMs = Date.UTC(2026, 9, 25) + hours * hourMs;
  expect(formatTime(atMs, "Europe/London", "en")).toBe(told);
  expect(formatDateTime(atMs, "Europe/London", "en")).toBe(`25 Oct 2026, ${told}`);
  expect(formatShortDateTime(atMs, "Europe/London", "en")).toBe(`25 Oct, ${told}`);
  expect(formatDateTime(atMs, "Europe/London", "zh-CN")).toBe(`2026年10月25日 ${told}`);
});

test("a part of a day is from when to when, and a day ends at 24:00", () => {
  const startMs = Date.UTC(2026, 9, 25, 12);
  expect(formatPartOfDay({ startMs, endMs: Date.UTC(2026, 9, 26) }, "Europe/London", "en")).toBe(
    "12:00 – 24:00",
  );
  expect(formatPartOfDay({ startMs, endMs: startMs + hourMs }, "Europe/London", "en")).toBe("12:00 – 13:00");
});

test("a zone that is not that of whoever reads is named beside a time", () => {
  const elsewhere = viewerZone === "Asia/Shanghai" ? "Asia/Urumqi" : "Asia/Shanghai";
  expect(withZone("14:05", viewerZone, "en")).toBe("14:05");
  expect(withZone("14:05", elsewhere, "en")).toBe(`14:05 (${spokenZone(elsewhere, "en")})`);
  expect(withZone("14:05", elsewhere, "zh-CN")).toMatch(/^14:05（(北京|乌鲁木齐)时间）$/);
});
