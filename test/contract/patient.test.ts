import { expect, test } from "vitest";
import { newPatient } from "#contract/patient-change.ts";

const valid = { partnerUid: " clinic-0001 ", name: "Li Na", region: "cn", timeZone: "Asia/Shanghai" };

const reasons = (body: unknown) =>
  newPatient.safeParse(body).error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);

test("a new patient is trimmed, the region is upper case and CN when not given", () => {
  expect(newPatient.parse(valid)).toEqual({ ...valid, partnerUid: "clinic-0001", region: "CN" });
  expect(newPatient.parse({ ...valid, region: undefined }).region).toBe("CN");
});

test("each wrong field is named with a stable word", () => {
  expect(reasons({ ...valid, partnerUid: " " })).toEqual(["partnerUid: required"]);
  expect(reasons({ ...valid, name: undefined })).toEqual(["name: required"]);
  expect(reasons({ ...valid, name: "a\u0000b" })).toEqual(["name: characters"]);
  expect(reasons({ ...valid, partnerUid: "x".repeat(65) })).toEqual(["partnerUid: too-long"]);
  expect(reasons({ ...valid, region: "CHN" })).toEqual(["region: region"]);
  expect(reasons({ ...valid, region: "XX" })).toEqual(["region: region"]);
  expect(reasons({ ...valid, timeZone: "Mars/Olympus" })).toEqual(["timeZone: time-zone"]);
});

test("a region by an old or another code is the one of today", () => {
  expect(newPatient.parse({ ...valid, region: "uk" }).region).toBe("GB");
});

test("an ID with something invisible in it is refused, a name may need it", () => {
  expect(reasons({ ...valid, partnerUid: "clinic-\u200b0001" })).toEqual(["partnerUid: characters"]);
  expect(newPatient.parse({ ...valid, name: "می\u200cخواهم" }).name).toBe("می\u200cخواهم");
});
