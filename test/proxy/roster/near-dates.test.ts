import { expect, test } from "vitest";
import { areNearDates } from "#proxy/roster/near-dates.ts";

test.each([
  ["1980-04-03", "1980-04-08"],
  ["1980-04-03", "1990-04-03"],
  ["1980-04-03", "1980-05-03"],
  ["1980-04-03", "1980-03-04"],
  ["1980-04-13", "1980-04-31"],
  ["1968-04-03", "1986-04-03"],
  ["1980-12-11", "1980-11-12"],
  ["1980-01-12", "1980-10-12"],
])("%s may be %s mistyped", (a, b) => {
  expect([areNearDates(a, b), areNearDates(b, a)]).toEqual([true, true]);
});

test.each([
  ["1980-04-03", "1980-04-03"],
  ["1980-04-03", "1980-05-04"],
  ["1980-04-03", "1991-04-03"],
  ["1980-04-03", "1981-03-04"],
  ["1980-04-19", "1980-04-20"],
  ["1980-04-03", "2004-11-30"],
])("%s and %s are the same or two dates", (a, b) => {
  expect([areNearDates(a, b), areNearDates(b, a)]).toEqual([false, false]);
});
