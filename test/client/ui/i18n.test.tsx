import { readFileSync } from "node:fs";
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { defineMessages } from "#client/i18n.ts";
import { setPreferences } from "#client/preferences.ts";

const useWords = defineMessages("i18n-test", {
  en: { open: "Open {{name}} (3.9)" },
  "zh-CN": { open: "打开{{name}}（3.9）" },
});

test("a name from right to left is isolated in a sentence, and one that turns directions turns none", () => {
  const { current: t } = renderHook(() => useWords()).result;
  expect(t("open", { name: "علي" })).toBe("Open \u2068علي\u2069 (3.9)");
  expect(t("open", { name: "A\u202eB" })).toBe("Open \u2068AB\u2069 (3.9)");
  expect(t("open", { name: "A & <B>" })).toBe("Open A & <B> (3.9)");
});

test("a browser is asked not to translate the page: it would keep a value while its unit changes", () => {
  const page = new DOMParser().parseFromString(readFileSync("index.html", "utf8"), "text/html");
  expect(page.documentElement.getAttribute("translate")).toBe("no");
  expect(page.querySelector('meta[name="google"]')?.getAttribute("content")).toBe("notranslate");
});

test("a time zone is called in Chinese as Chinese colleagues call it", async () => {
  const useZone = defineMessages("i18n-zone-test", {
    en: { at: "Times in {{zone, timeZone}}" },
    "zh-CN": { at: "按{{zone, timeZone}}显示" },
  });
  const { result } = renderHook(() => useZone());
  expect(result.current("at", { zone: "Asia/Shanghai" })).toBe("Times in Asia/Shanghai");
  act(() => setPreferences({ language: "zh-CN" }));
  expect(result.current("at", { zone: "Asia/Shanghai" })).toBe("按北京时间显示");
  expect(result.current("at", { zone: "Asia/Urumqi" })).toBe("按乌鲁木齐时间显示");
  expect(result.current("at", { zone: "Europe/London" })).toBe("按英国时间显示");
  expect(result.current("at", { zone: "Etc/GMT+3" })).toBe("按Etc/GMT+3 时间显示");
  act(() => setPreferences({ language: "en" }));
});

test("a number and its unit are not parted at the end of a line", () => {
  const { result } = renderHook(
    defineMessages("test-units", { en: { at: "above {{value}} %" }, "zh-CN": { at: "高于 {{value}} %" } }),
  );
  expect(result.current("at", { value: 36 })).toBe("above 36\u00a0%");
});
