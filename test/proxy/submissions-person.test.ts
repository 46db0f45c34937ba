import type { Bundle } from "@medplum/fhirtypes";
import { expect, test } from "vitest";
import type { SendProblem } from "#contract/receivers.ts";
import { json } from "#test/support/world.ts";
import { type Clinic, openClinic, typesIn } from "./submissions-clinic.ts";

const patientSystem = "urn:oid:1.2.36.146.595.217.0.1";
const number = "A-104217";

/** A clinic whose patient the record has under a number, as `there` says. */
async function openNumbered(there: Partial<Parameters<Clinic["record"]["keep"]>[0]> = {}, own = {}) {
  const clinic = await openClinic({ patientSystem, ...own });
  const identity = { hospitalNumber: number, dateOfBirth: "1972-09-01", from: {} };
  await clinic.call("", { ...json(identity), method: "PATCH" });
  const id = clinic.record.keep({
    resourceType: "Patient",
    identifier: [{ system: patientSystem, value: number }],
    birthDate: "1972-09-01",
    ...there,
  });
  return { ...clinic, address: `Patient/${id}` };
}

type There = Partial<Parameters<Clinic["record"]["keep"]>[0]>;
const identified = (...identifier: NonNullable<There["identifier"]>): There => ({ identifier });

test.each<[string, There, SendProblem]>([
  ["another number", identified({ system: patientSystem, value: "B-1" }), "patient-other"],
  ["no number", { identifier: [], birthDate: undefined }, "patient-other"],
  ["a beginning of the number", identified({ system: patientSystem, value: "A-1042" }), "patient-other"],
  ["the number in another system", identified({ system: "urn:oid:9", value: number }), "patient-other"],
  ["the number without a system", identified({ value: number }), "patient-other"],
  [
    "a number that was theirs once",
    identified({ system: patientSystem, value: number, use: "old" }),
    "patient-other",
  ],
  [
    "a number that has ended",
    identified({ system: patientSystem, value: number, period: { end: "2026-11-19" } }),
    "patient-other",
  ],
  [
    "a number that has not begun",
    identified({ system: patientSystem, value: number, period: { start: "2027" } }),
    "patient-other",
  ],
  ["a closed record", { active: false }, "patient-inactive"],
  [
    "a record that another one has replaced",
    { link: [{ other: { reference: "Patient/8" }, type: "replaced-by" }] },
    "patient-inactive",
  ],
  ["a record of somebody who has died", { deceasedBoolean: true }, "patient-deceased"],
  ["another day of birth", { birthDate: "1972-09-10" }, "patient-differs"],
  ["another month of birth", { birthDate: "1972-10" }, "patient-differs"],
  ["another year of birth", { birthDate: "1973" }, "patient-differs"],
])("a receiver that answers a search with %s gets nothing", async (_what, there, problem) => {
  const clinic = await openNumbered(there);
  clinic.record.ignoresIdentifiers = true;
  await clinic.send();
  expect(await clinic.ended()).toMatchObject({ state: "failed", trouble: { problem }, patientThere: null });
  expect(clinic.record.bundles).toEqual([]);
  expect((await clinic.trail()).map(([action]) => action)).toEqual(["start", "find", "answer"]);
  await clinic.close();
});

test.each<[string, Record<string, unknown>]>([
  ["more than it tells", { total: 2 }],
  ["a next page", { link: [{ relation: "self" }, { relation: "next" }] }],
])("a receiver that knows somebody and says that there is %s gets nothing", async (_what, searchset) => {
  const clinic = await openNumbered();
  clinic.record.searchset = searchset;
  await clinic.send();
  expect(await clinic.ended()).toMatchObject({ state: "failed", trouble: { problem: "patient-many" } });
  expect(clinic.record.bundles).toEqual([]);
  await clinic.close();
});

test.each<[string, There, boolean]>([
  ["the same day of birth", {}, false],
  ["the same month of birth", { birthDate: "1972-09" }, false],
  ["the same year of birth", { birthDate: "1972" }, false],
  ["no date of birth", { birthDate: undefined }, true],
])("with %s there it is sent, and page and trail say where and by what", async (_what, there, isAlone) => {
  const clinic = await openNumbered(there);
  await clinic.send();
  const done = await clinic.ended();
  expect(done).toMatchObject({ state: "done", patientThere: clinic.address, isByNumberAlone: isAlone });
  const details = new Map(
    (await clinic.trail()).map(([action, , told]) => [action, JSON.parse(told ?? "{}")]),
  );
  expect(details.get("send")).toMatchObject({ patient: clinic.address });
  expect(details.get("answer")).toMatchObject({ patient: clinic.address });
  expect(details.get("send").compared).toBe(isAlone ? "number" : undefined);
  await clinic.close();
});

test("of two records of one number the one that has replaced the other is theirs", async () => {
  const clinic = await openNumbered({ active: false });
  const id = clinic.record.keep({
    resourceType: "Patient",
    identifier: [{ system: patientSystem, value: number }],
  });
  await clinic.send();
  expect(await clinic.ended()).toMatchObject({ state: "done", patientThere: `Patient/${id}` });
  await clinic.close();
});

test("a system without urn:oid: and a number with a comma find their patient", async () => {
  const clinic = await openNumbered(
    { identifier: [{ system: patientSystem, value: "A,B|1" }] },
    { patientSystem: patientSystem.replace("urn:oid:", "") },
  );
  await clinic.call("", { ...json({ hospitalNumber: "A,B|1" }), method: "PATCH" });
  await clinic.send();
  expect(await clinic.ended()).toMatchObject({ state: "done", patientThere: clinic.address });
  await clinic.close();
});

test("where the patient is sent along, the trail says where the receiver keeps them", async () => {
  const clinic = await openClinic();
  await clinic.send();
  const [address = ""] = [...clinic.record.kept.keys()].filter((one) => one.startsWith("Patient/"));
  expect((await clinic.ended()).patientThere).toMatch(/^Patient\//);
  const [, , told] = (await clinic.trail()).at(-1) ?? [];
  expect(JSON.parse(told ?? "{}").patient).toBe(address || (await clinic.ended()).patientThere);
  await clinic.close();
});

test("where hospital numbers are the record's own, nothing is sent of whom it does not know, knows twice or knows as somebody else", async () => {
  const patientSystem = "urn:oid:1.2.36.146.595.217.0.1";
  const clinic = await openClinic({ patientSystem });
  const { record, send, until, call, patient, trail } = clinic;
  await call("", {
    ...json({ hospitalNumber: "A-104217", dateOfBirth: "1980-04-03", from: {} }),
    method: "PATCH",
  });
  const there = { resourceType: "Patient", identifier: [{ system: patientSystem, value: "A-104217" }] };
  await send();
  const { id } = await until(({ trouble }) => trouble?.problem === "patient-none");
  const again = () => call(`/submissions/${id}/again`, { method: "POST" });
  const own = record.keep({ ...there, birthDate: "1981-04-03" });
  await again();
  await until(({ trouble }) => trouble?.problem === "patient-differs");
  record.keep({ ...there, birthDate: "1980-04-03" });
  await again();
  await until(({ trouble }) => trouble?.problem === "patient-many");
  record.kept.delete(`Patient/${own}`);
  expect(record.bundles).toHaveLength(0);
  await again();
  await until(({ state }) => state === "done");
  const [bundle] = record.bundles as [Bundle];
  expect(JSON.stringify(bundle)).not.toContain(`Patient/${patient.id}`);
  expect(bundle.entry?.some(({ resource }) => resource?.resourceType === "Patient")).toBe(false);
  expect(typesIn(record)).toMatchObject({ Patient: 1, Observation: 8 });
  expect((await trail()).filter(([action]) => action === "find")).toHaveLength(4);
  const sent = (await trail()).filter(([action]) => action === "send" || action === "answer").slice(-2);
  const [address = ""] = [...record.kept.keys()].filter((one) => one.startsWith("Patient/"));
  for (const [, , details] of sent) expect(JSON.parse(details ?? "{}").patient).toBe(address);
  expect((await trail()).filter(([action]) => action === "send")).toHaveLength(1);
  await clinic.close();
});
