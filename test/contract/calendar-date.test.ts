import { expect, test } from "vitest";
import { readCalendarDate } from "#contract/calendar-date.ts";
import { ageBetween } from "#contract/identity.ts";
import { identityFields } from "#contract/patient-change.ts";

test.each([
  ["1980-04-03", "1980-04-03"],
  [" 1980/4/3 ", "1980-04-03"],
  ["1980.04.03", "1980-04-03"],
  ["1980年4月3日", "1980-04-03"],
  ["1980 年 4 月 3 号", "1980-04-03"],
  ["１９８０－０４－０３", "1980-04-03"],
  ["19800403", "1980-04-03"],
  ["3.4.1980", "1980-04-03"],
  ["03. 04. 1980", "1980-04-03"],
  ["13/04/1980", "1980-04-13"],
  ["04/13/1980", "1980-04-13"],
  ["05/05/1980", "1980-05-05"],
  ["3 April 1980", "1980-04-03"],
  ["3-Apr-1980", "1980-04-03"],
  ["Apr 3rd, 1980", "1980-04-03"],
  ["1980-04-03T00:00:00Z", "1980-04-03"],
  ["1980-04-03 00:00:00.000", "1980-04-03"],
  ["2000-02-29", "2000-02-29"],
  ["03/04/1980", "ambiguous"],
  ["3-4-1980", "ambiguous"],
  // A time of day is an instant, and of which day depends on a zone.
  ["1980-04-02T16:00:00Z", null],
  ["1980-02-30", null],
  ["1900-02-29", null],
  ["1980-13-01", null],
  ["31.4.1980", null],
  ["3.4.80", null],
  ["3 Foo 1980", null],
  ["1980-04", null],
  ["1980-04/03", null],
  ["", null],
])("%s is read as %s", (text, date) => {
  expect(readCalendarDate(text)).toBe(date);
});

const { dateOfBirth } = identityFields;
const reasonOf = (text: string) => dateOfBirth.safeParse(text).error?.issues.map(({ message }) => message);

test("a date of birth exists, is not in the future and at most 130 years ago", () => {
  expect(dateOfBirth.parse("3.4.1980")).toBe("1980-04-03");
  expect(reasonOf("1980-02-30")).toEqual(["date-of-birth"]);
  expect(reasonOf("03/04/1980")).toEqual(["ambiguous-date"]);
  expect(reasonOf("2999-01-01")).toEqual(["future-date"]);
  expect(reasonOf("1880-01-01")).toEqual(["too-long-ago"]);
});

test.each([
  ["1980-04-03", "2026-04-02", 45],
  ["1980-04-03", "2026-04-03", 46],
  ["2000-02-29", "2025-02-28", 24],
  ["2000-02-29", "2025-03-01", 25],
])("who was born on %s is on %s aged %i", (born, day, years) => {
  expect(ageBetween(born, day).years).toBe(years);
});

test("an infant's age is in whole months", () => {
  expect(ageBetween("2025-12-31", "2026-02-28").months).toBe(1);
  expect(ageBetween("2025-12-28", "2026-02-28").months).toBe(2);
});
