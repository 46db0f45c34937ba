import { expect, test } from "vitest";
import { localClock } from "#glucose/local-time.ts";
import { dayMs } from "#glucose/time.ts";
import { spokenZone } from "#words/spoken-zone.ts";
import { formatZone } from "#words/zone-names.ts";

test.each([
  ["Asia/Shanghai", "北京时间"],
  ["Asia/Urumqi", "乌鲁木齐时间"],
  ["Asia/Hong_Kong", "香港时间"],
  ["Asia/Taipei", "台北时间"],
  ["Europe/Berlin", "中欧时间"],
  ["Europe/London", "英国时间"],
  ["America/New_York", "北美东部时间"],
  ["America/Sao_Paulo", "巴西利亚时间"],
  ["Australia/Sydney", "澳大利亚东部时间"],
  ["Australia/Brisbane", "澳大利亚东部标准时间"],
  ["Asia/Kolkata", "印度时间"],
  ["Asia/Dubai", "海湾时间"],
  ["Africa/Cairo", "埃及时间"],
  ["Etc/GMT+3", "UTC-03:00 时间"],
  ["UTC", "UTC 时间"],
])("the time of %s is called %s in Chinese, and by its zone in English", (zone, name) => {
  expect(formatZone(zone, "zh-CN")).toBe(name);
  expect(formatZone(zone, "en")).toBe(zone);
});

test.each([
  ["Asia/Shanghai", "Beijing time"],
  ["Europe/Berlin", "Berlin time"],
  ["America/New_York", "New York time"],
  ["America/Argentina/Buenos_Aires", "Buenos Aires time"],
  ["Asia/Calcutta", "Kolkata time"],
  ["UTC", "UTC"],
  ["Etc/UTC", "UTC"],
  ["Etc/GMT+3", "UTC−3"],
  ["Etc/GMT-8", "UTC+8"],
])("of %s a caller is told %s", (zone, said) => {
  expect(spokenZone(zone, "en")).toBe(said);
  expect(spokenZone(zone, "zh-CN")).toBe(formatZone(zone, "zh-CN"));
});

test("no zone is said with the marks of its address, and those said alike have the same clocks", () => {
  const days = Array.from({ length: 73 }, (_, index) => Date.UTC(2026, 0, 1, 12) + index * 5 * dayMs);
  const clocks = new Map<string, Set<string>>();
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    const name = spokenZone(zone, "en");
    expect(name).not.toMatch(/[/_]/);
    const offsets = days.map((timeMs) => localClock(timeMs, zone).offset).join();
    clocks.set(name, (clocks.get(name) ?? new Set()).add(offsets));
  }
  expect([...clocks].filter(([, kinds]) => kinds.size > 1).map(([name]) => name)).toEqual([]);
});

test("zones that are called the same have the same clocks all the year", () => {
  const days = Array.from({ length: 73 }, (_, index) => Date.UTC(2026, 0, 1, 12) + index * 5 * dayMs);
  const clocks = new Map<string, Set<string>>();
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    const name = formatZone(zone, "zh-CN");
    const offsets = days.map((timeMs) => localClock(timeMs, zone).offset).join();
    clocks.set(name, (clocks.get(name) ?? new Set()).add(offsets));
  }
  expect([...clocks].filter(([, kinds]) => kinds.size > 1).map(([name]) => name)).toEqual([]);
});
