import { readFileSync } from "node:fs";
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useMessages } from "#client/i18n.ts";
import { setPreferences } from "#client/preferences.ts";

test("a name from right to left is isolated in a sentence, and one that turns directions turns none", () => {
  const { current: t } = renderHook(() => useMessages("audit", "trail")).result;
  expect(t("colleague", { name: "علي" })).toBe("\u2068علي\u2069 (colleague)");
  expect(t("colleague", { name: "A\u202eB" })).toBe("\u2068AB\u2069 (colleague)");
  expect(t("colleague", { name: "A & <B>" })).toBe("A & <B> (colleague)");
});

test("a browser is asked not to translate the page: it would keep a value while its unit changes", () => {
  const page = new DOMParser().parseFromString(readFileSync("index.html", "utf8"), "text/html");
  expect(page.documentElement.getAttribute("translate")).toBe("no");
  expect(page.querySelector('meta[name="google"]')?.getAttribute("content")).toBe("notranslate");
});

test("a time zone is called in Chinese as Chinese colleagues call it", async () => {
  const { result } = renderHook(() => useMessages("audit", "trail"));
  expect(result.current("zone", { zone: "Asia/Shanghai" })).toBe("Days and times are in Asia/Shanghai.");
  act(() => setPreferences({ language: "zh-CN" }));
  expect(result.current("zone", { zone: "Asia/Shanghai" })).toBe("日期和时间按北京时间显示。");
  expect(result.current("zone", { zone: "Asia/Urumqi" })).toBe("日期和时间按乌鲁木齐时间显示。");
  expect(result.current("zone", { zone: "Europe/London" })).toBe("日期和时间按英国时间显示。");
  expect(result.current("zone", { zone: "Etc/GMT+3" })).toBe("日期和时间按UTC-03:00 时间显示。");
  act(() => setPreferences({ language: "en" }));
});

test("what a part does not have is its catalog's, then the domain's; a misspelt key is a type error", () => {
  const { current: t } = renderHook(() => useMessages("device", "life")).result;
  expect(t("notYet")).toBe("not yet");
  expect(t("firstReading")).toBe("First reading");
  expect(t("gap.lost")).toBe("lost between sensor and phone");
  // @ts-expect-error
  expect(t("notYte")).toBe("notYte");
  const { current: whole } = renderHook(() => useMessages("record")).result;
  // @ts-expect-error
  expect(whole("gap.lots")).toBe("gap.lots");
});

test("a number and its unit are not parted at the end of a line", () => {
  const { result } = renderHook(() => useMessages("patient", "page"));
  expect(result.current("percent", { value: 36 })).toBe("36\u00a0%");
  expect(result.current("cvOpen")).toBe("not judged: needs 14\u00a0days with 70\u00a0% of data");
});
