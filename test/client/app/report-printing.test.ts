import { expect, test } from "vitest";
import { printEventOf } from "#client/app/report-printing.ts";

test.each([
  ["/patients", { event: "patients.print" }],
  ["/patients/p1", { event: "patient.print", subject: "p1" }],
  ["/patients/p1/record", { event: "patient.print", subject: "p1" }],
  ["/patients/import/i1", { event: "import.print", subject: "i1" }],
  ["/devices/P-1%201", { event: "device.print", subject: "P-1 1" }],
  ["/look-ups/one", { event: "sensor-list.print" }],
  ["/work", { event: "sensor-list.print" }],
  ["/ward", { event: "patients.print" }],
  ["/reports/job-1", { event: "patients.print" }],
  ["/appointments", { event: "patients.print" }],
  ["/staff", { event: "staff.print" }],
  ["/audit", { event: "audit.print" }],
  ["/patients/new", null],
  ["/patients/import", null],
  ["/devices", null],
  ["/help/sensors", null],
])("printing %s is recorded as what it shows", (pathname, expected) => {
  expect(printEventOf(pathname)).toEqual(expected);
});
