import { expect, test } from "vitest";
import { bareName, leadOf, timeOn } from "#proxy/roster/line-lead.ts";

test.each([
  ["12 noon Anna Berg", "12:00"],
  ["noon, Anna Berg", "12:00"],
  ["Anna Berg at midday", "12:00"],
  ["half past nine Anna Berg", "09:30"],
  ["Half past 9 – Anna Berg", "09:30"],
  ["half nine Anna Berg", "09:30"],
  ["quarter to 10 Anna Berg", "09:45"],
  ["a quarter past eleven Anna Berg", "11:15"],
  ["twenty to ten Anna Berg", "09:40"],
  ["ten past nine Anna Berg", "09:10"],
  ["ten o'clock Anna Berg", "10:00"],
  ["nine thirty Anna Berg", "09:30"],
  ["half past two pm Anna Berg", "14:30"],
  ["3 in the afternoon Anna Berg", "15:00"],
  ["quarter to one pm Anna Berg", "12:45"],
  ["9h30 Anna Berg", "09:30"],
  ["9.30 Uhr Anna Berg", "09:30"],
  ["9 Uhr 30 Anna Berg", "09:30"],
  ["halb zehn Anna Berg", "09:30"],
  ["viertel vor zehn Anna Berg", "09:45"],
  ["um fünf nach neun Anna Berg", "09:05"],
  ["dreiviertel zehn Anna Berg", "09:45"],
  ["9-10 Uhr Anna Berg", "09:00"],
  ["9 to 10 am Anna Berg", "09:00"],
  ["2–3pm Anna Berg", "14:00"],
  ["11-1 pm Anna Berg", "11:00"],
  ["上午9点半 王芳", "09:30"],
  ["上午9点半王芳", "09:30"],
  ["下午两点一刻 王芳", "14:15"],
  ["12点 王芳", "12:00"],
  ["王芳 中午12点半", "12:30"],
  ["中午1点 王芳", "13:00"],
  ["王芳下午3:30", "15:30"],
  ["差一刻十点 王芳", "09:45"],
  ["十一点四十五 王芳", "11:45"],
  ["上午十点二十分王芳", "10:20"],
  ["晚上7点 王芳", "19:00"],
  ["上午9到10点 王芳", "09:00"],
])("“%s” is at %s, and the rest is a name", (line, time) => {
  expect(timeOn(line)).toEqual({ time, doubt: null });
  expect(bareName(line.slice(leadOf(line).length)).replace(/^[–\s]+/, "")).toMatch(/^(Anna Berg|王芳)/);
});

test.each([
  ["half past two Anna Berg", "14:30", "half past two"],
  ["2:30 Anna Berg", "14:30", "2:30"],
  ["quarter to one Anna Berg", "12:45", null],
  ["两点半 王芳", "14:30", "两点半"],
  ["6.30 Uhr Anna Berg", "06:30", "6.30 Uhr"],
  ["02:30 Anna Berg", "02:30", null],
])("of “%s” the time is %s, and “%s” is asked about", (line, time, doubt) => {
  expect(timeOn(line)).toEqual({ time, doubt });
});

test.each([
  ["9:75 Anna Berg", "9:75 Anna Berg"],
  ["24:00 Anna Berg", "24:00"],
  ["10 to 11 Anna Berg", "10 to 11"],
  ["14 am Anna Berg", "14 am"],
  ["afternoon Anna Berg", "afternoon Anna Berg"],
  ["Anna Berg noonish", "Anna Berg noonish"],
  ["晚上12点 王芳", "晚上12点"],
  ["下午 王芳", "下午 王芳"],
  ["Anna Berg 1 h", "1 h"],
])("no time can be read on “%s”, and it is told", (line, doubt) => {
  expect(timeOn(line)).toEqual({ time: null, doubt });
});

test.each([
  "Anna Berg",
  "clinic-0915",
  "Anna Berg, room 3",
  "Ten Brink, Jan",
  "1978 Anna Berg",
  "王芳 2小时",
  "HbA1c 7.2 Anna Berg",
  "Anna Berg (born 03.04.1980)",
])("“%s” says no time", (line) => {
  expect(timeOn(line)).toEqual({ time: null, doubt: null });
});

test("how long it takes does not hide when it begins", () => {
  expect(timeOn("Anna Berg 1 h, 10:15").time).toBe("10:15");
});

test("a line of nothing but times, in any mixture, is read in a moment", () => {
  const parts = [
    "9 ",
    "9 h ",
    "9 to ",
    "9:00-",
    "half past 9 ",
    "ten to ",
    "差一刻",
    "九点",
    "1. ",
    "noon-",
    "  ",
  ];
  const lines = parts.flatMap((one) => parts.map((other) => `${(one + other).repeat(100).slice(0, 199)}x`));
  const beganMs = performance.now();
  for (const line of lines) {
    leadOf(line);
    bareName(line);
    timeOn(line);
  }
  // Some milliseconds each; tried in every way, one alone takes seconds.
  expect(performance.now() - beganMs).toBeLessThan(20_000);
});
