import { expect, test } from "vitest";
import { viewSearch } from "#client/roster/view-search.ts";
import { parseView } from "#client/roster/views.ts";

const parse = (address: string, lookMs: number | null = null) =>
  parseView(new URLSearchParams(address), lookMs);

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
  "sort=tide",
  "sort=tidepool&days=30",
  "stage=waiting&sort=added&down=1",
])("the view of the address “%s” has that address", (address) => {
  expect(viewSearch(parse(address))).toBe(address);
});

test("what is new is counted from this person's last look, which is not in the address", () => {
  expect(parse("new=1&sort=who-first", 5000).filter.aroseAfterMs).toBe(5000);
  expect(parse("new=1", null).filter.aroseAfterMs).toBe(0);
  expect(viewSearch(parse("new=1&sort=who-first", 5000))).toBe("new=1&sort=who-first");
  expect(parse("", 5000).filter.aroseAfterMs).toBeUndefined();
});
