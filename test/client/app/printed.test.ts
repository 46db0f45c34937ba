import { expect, test } from "vitest";
import { printOf } from "#client/app/printed.ts";

test.each([
  ["/patients", { act: "patients.print" }],
  ["/patients/p1", { act: "patient.print", subject: "p1" }],
  ["/patients/p1/record", { act: "patient.print", subject: "p1" }],
  ["/patients/import/i1", { act: "import.print", subject: "i1" }],
  ["/devices/P-1%201", { act: "device.print", subject: "P-1 1" }],
  ["/look-ups", { act: "sensor-list.print" }],
  ["/staff", { act: "staff.print" }],
  ["/audit", { act: "audit.print" }],
  ["/patients/new", null],
  ["/patients/import", null],
  ["/devices", null],
  ["/help/sensors", null],
])("printing %s is recorded as what it shows", (pathname, expected) => {
  expect(printOf(pathname)).toEqual(expected);
});
