import { expect, test } from "vitest";
import { viewSearch } from "#client/roster/view-search.ts";
import { parseView } from "#client/roster/views.ts";

const parse = (address: string) => parseView(new URLSearchParams(address));

test("an address that says nothing is who first; one with a filter or a direction alone is by name, as before", () => {
  expect(parse("")).toMatchObject({ sort: "who-first", down: false });
  expect(parse("mine=1")).toMatchObject({ sort: "name", filter: { mine: true } });
  expect(parse("region=SE&sensor=ended").sort).toBe("name");
  expect(parse("down=1")).toMatchObject({ sort: "name", down: true });
  expect(parse("sort=added&down=1")).toMatchObject({ sort: "added", down: true });
});

test.each([
  "",
  "sort=name",
  "down=1",
  "mine=1",
  "mine=1&sort=who-first",
  "region=SE&sensor=ended",
  "reason=low-now&state=open&handedToMe=1&sort=who-first",
  "wentVeryLow=1&sort=lowest",
  "lowNow=1&sort=who-first",
  "new=1&sort=who-first",
  "sort=tide",
  "sort=tidepool&days=30",
  "stage=waiting&sort=added&down=1",
])("the view of the address “%s” has that address", (address) => {
  expect(viewSearch(parse(address))).toBe(address);
});
