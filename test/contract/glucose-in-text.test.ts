import { expect, test } from "vitest";
import { glucoseIn } from "#contract/glucose-in-text.ts";

test.each([
  ["it said 3.1 mmol/L", "3.1 mmol"],
  ["1.5.6 mmol/L", "5.6 mmol"],
  ["５５ ｍｇ/ｄＬ", "55 mg/dL"],
  ["Glucose 12,4 then finger-stick 6,1; shows 223 all day", "Glucose 12,4"],
  ["then finger-stick 6,1;", "finger-stick 6,1"],
  ["It shows 223 all day.", "shows 223"],
  ["BG=54", "BG=54"],
  ["bg: 54!", "bg: 54"],
  ["It read 13.1.", "read 13.1"],
  ["the reading was about 13.1", "reading was about 13.1"],
  ["Readings\n5.6-7.2", "Readings\n5.6-7.2"],
  ["showed 20, later 600", "showed 20"],
  ["reads 20 min, 13.1", "reads 20 min, 13.1"],
  ["finger stick gave 33.3", "finger stick gave 33.3"],
  ["血糖5.6", "血糖5.6"],
  ["读数显示为１３．１", "读数显示为13.1"],
  ["指血是 110，一整天", "指血是 110"],
])("a glucose value is found in %j", (text, part) => {
  expect(glucoseIn(text)).toBe(part);
});

test.each([
  "reads lower than a finger-stick",
  "The meter fell 3 times, reading stopped.",
  "It shows an hourglass.",
  "no reading for 20 minutes",
  "no readings for 24 h",
  "no reading in 48-72 hours",
  "showed nothing 30min later",
  "showing 100 %",
  "meter at 25 °C",
  "shows error 373",
  "shows code 101",
  "shows serial P225043056",
  "value since 24 November",
  "value since Nov 24",
  "readings from 2026-11-20",
  "readings at 12:30",
  "No reading. 25 patches are left.",
  "shows nothing but the number 33.4",
  "the reading on the right arm was 13.1 on nobody's meter",
  "reads 0.9",
  "reads 601",
  "reads 12.45",
  "the unread 25",
  "读数中断30分钟",
  "显示 20 次",
  "血糖仪在25度",
])("none is found in %j", (text) => {
  expect(glucoseIn(text)).toBeNull();
});
