import { expect, test, vi } from "vitest";
import { newPatient } from "#contract/patient-change.ts";
import {
  currentZoneName,
  hasSeveralZones,
  zoneFor,
  zoneName,
  zoneOfRegion,
  zonesOf,
} from "#contract/region.ts";

test.each([
  ["NO", "Europe/Oslo"],
  ["AT", "Europe/Vienna"],
  ["KE", "Africa/Nairobi"],
  ["VN", "Asia/Ho_Chi_Minh"],
  ["NP", "Asia/Kathmandu"],
  ["DE", "Europe/Berlin"],
])("%s has one zone, %s, and it is proposed as a fact", (region, zone) => {
  expect(zoneFor(region)).toBe(zone);
  expect(hasSeveralZones(region)).toBe(false);
});

test.each([
  ["europe/stockholm", "Europe/Stockholm"],
  ["Asia/Calcutta", "Asia/Kolkata"],
  ["Europe/Kyiv", "Europe/Kyiv"],
  ["utc", "UTC"],
  ["+01:00", null],
  ["-0530", null],
  ["GMT+1", null],
  ["nowhere", null],
])("the time zone %s is %s", (given, name) => {
  expect(zoneName(given)).toBe(name);
  const { data, error } = newPatient.shape.timeZone.safeParse(given);
  expect(data ?? error?.issues[0]?.message).toBe(name ?? "time-zone");
});

test("a zone that is proposed keeps its name", () => {
  for (const zone of Intl.supportedValuesOf("timeZone").map(currentZoneName))
    expect(zoneName(zone)).toBe(zone);
});

test.each(["US", "BR", "AU", "CA", "MX", "ID", "ES"])(
  "%s has several zones, and the one proposed is an assumption",
  (region) => {
    expect(zoneFor(region)).toBe(zoneOfRegion[region]);
    expect(hasSeveralZones(region)).toBe(true);
  },
);

test.each(["RU", "NZ", "UA", "PT", "QQ", "", "u"])("nothing is proposed for “%s”", (region) => {
  expect(zoneFor(region)).toBeNull();
});

test("what is no region has no zones, and every zone of the table is one of its region's", () => {
  expect(hasSeveralZones("QQ")).toBe(false);
  expect(hasSeveralZones("")).toBe(false);
  for (const [region, zone] of Object.entries(zoneOfRegion)) expect(zonesOf(region)).toContain(zone);
});

test("a browser that cannot tell a region's zones proposes from the table alone", async () => {
  const { prototype } = Intl.Locale as unknown as { prototype: object };
  const ways = ["getTimeZones", "timeZones"].map(
    (name) => [name, Object.getOwnPropertyDescriptor(prototype, name)] as const,
  );
  vi.resetModules();
  try {
    for (const [name] of ways) Reflect.deleteProperty(prototype, name);
    const older = await import("#contract/region.ts");
    expect(older.zoneFor("US")).toBe("America/New_York");
    expect(older.zoneFor("NO")).toBeNull();
    for (const region of Object.keys(zoneOfRegion))
      expect([region, older.hasSeveralZones(region)]).toEqual([region, hasSeveralZones(region)]);
  } finally {
    for (const [name, descriptor] of ways) if (descriptor) Object.defineProperty(prototype, name, descriptor);
  }
});
