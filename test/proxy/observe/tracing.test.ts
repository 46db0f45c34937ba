import { expect, test } from "vitest";
import { summaryOf } from "#proxy/observe/tracing.ts";

test.each([
  ['select * from "patient" where "id" = $1', "select patient"],
  ['insert into "trendline"."audit" ("id") values (?)', "insert audit"],
  ['update "import_row" set "outcome" = ? where "row_number" = ?', "update import_row"],
  ['delete from "session" where "token" = ?', "delete session"],
  ["  SELECT 1", "select"],
  ["begin", "begin"],
])("a span says of %s no more than %s", (sql, summary) => {
  expect(summaryOf(sql)).toBe(summary);
});
