import { expect, test } from "vitest";
import type { LaunchProblem } from "#contract/launch.ts";
import type { RecordPatient } from "#test/support/ehr-record.ts";
import { json } from "#test/support/world.ts";
import { type Clinic, hospital, number, openClinic, partner } from "./launch-clinic.ts";

const patientOf = (...identifier: NonNullable<RecordPatient["identifier"]>) => ({
  resourceType: "Patient" as const,
  id: "7",
  name: [{ text: "王秀英" }],
  identifier,
});

type Case = [string, (clinic: Clinic) => unknown, "opens" | LaunchProblem];

test.each<Case>([
  [
    "the number with spaces around it",
    ({ record }) => record.patients.set("7", patientOf({ system: hospital, value: ` ${number} ` })),
    "opens",
  ],
  [
    "the partner user ID",
    ({ record, patient }) =>
      record.patients.set("7", patientOf({ system: partner, value: patient.partnerUid })),
    "opens",
  ],
  [
    "both identifiers of one person",
    ({ record, patient }) =>
      record.patients.set(
        "7",
        patientOf({ system: partner, value: patient.partnerUid }, { system: hospital, value: number }),
      ),
    "opens",
  ],
  [
    "no date of birth there",
    ({ record }) => record.patients.set("7", patientOf({ system: hospital, value: number })),
    "opens",
  ],
  [
    "one of two who is archived",
    async (clinic) => {
      const { patient } = await clinic.proxy.registerPatient(clinic.other);
      await clinic.put(patient.id, { hospitalNumber: number });
      await clinic.put(patient.id, { archived: true });
    },
    "opens",
  ],
  [
    "a part of another record",
    async (clinic) => {
      const { patient } = await clinic.proxy.registerPatient(clinic.other);
      await clinic.put(patient.id, { hospitalNumber: "B-2" });
      await clinic.request(`/api/patients/${patient.id}/merged-into`, {
        ...json({ into: clinic.patient.id }),
        method: "PUT",
        cookie: clinic.clinician,
      });
      clinic.record.patients.set("7", patientOf({ system: hospital, value: "B-2" }));
    },
    "opens",
  ],
  ["the name alone", ({ record }) => record.patients.set("7", patientOf()), "patient-no-number"],
  [
    "the number in another system",
    ({ record }) => record.patients.set("7", patientOf({ system: "urn:oid:9", value: number })),
    "patient-elsewhere",
  ],
  [
    "the number without a system",
    ({ record }) => record.patients.set("7", patientOf({ value: number })),
    "patient-elsewhere",
  ],
  [
    "a number that was theirs once",
    ({ record }) => record.patients.set("7", patientOf({ use: "old", system: hospital, value: number })),
    "patient-elsewhere",
  ],
  [
    "a partner user ID as hospital number",
    ({ record, patient }) =>
      record.patients.set("7", patientOf({ system: hospital, value: patient.partnerUid })),
    "patient-elsewhere",
  ],
  [
    "more numbers than anybody has, one of them no text",
    ({ record }) =>
      record.patients.set(
        "7",
        patientOf(
          { system: hospital, value: "A\u0000" },
          ...Array.from({ length: 20_000 }, (_none, index) => ({ system: hospital, value: `B-${index}` })),
        ),
      ),
    "patient-none",
  ],
  [
    "an empty number",
    ({ record }) => record.patients.set("7", patientOf({ system: hospital, value: "" })),
    "patient-no-number",
  ],
  [
    "a beginning of the number",
    ({ record }) => record.patients.set("7", patientOf({ system: hospital, value: "A-10421" })),
    "patient-none",
  ],
  [
    "a number that two have",
    async (clinic) => {
      const { patient } = await clinic.proxy.registerPatient(clinic.other);
      await clinic.put(patient.id, { hospitalNumber: number });
    },
    "patient-many",
  ],
  [
    "identifiers of two persons",
    async (clinic) => {
      const { patient } = await clinic.proxy.registerPatient(clinic.other);
      clinic.record.patients.set(
        "7",
        patientOf({ system: hospital, value: number }, { system: partner, value: patient.partnerUid }),
      );
    },
    "patient-two-numbers",
  ],
  [
    "another date of birth",
    ({ record }) =>
      record.patients.set("7", {
        ...patientOf({ system: hospital, value: number }),
        birthDate: "1961-12-04",
      }),
    "patient-differs",
  ],
  [
    "a number that ends today and began today",
    ({ record }) =>
      record.patients.set(
        "7",
        patientOf({ system: hospital, value: number, period: { start: "2026-11-20", end: "2026-11-20" } }),
      ),
    "opens",
  ],
  [
    "a number that began at some time of this year",
    ({ record }) =>
      record.patients.set("7", patientOf({ system: hospital, value: number, period: { start: "2026" } })),
    "opens",
  ],
  ...["2026-11-19", "2026-10", "2025", "2026-11-20T00:00:00Z", "some day", ""].map(
    (end): Case => [
      `a number that ended: ${end}`,
      ({ record }) =>
        record.patients.set("7", patientOf({ system: hospital, value: number, period: { end } })),
      "patient-elsewhere",
    ],
  ),
  ...["2026-11-21", "2026-12", "2027", "2026-11-20T23:59:00+00:00"].map(
    (start): Case => [
      `a number that begins: ${start}`,
      ({ record }) =>
        record.patients.set("7", patientOf({ system: hospital, value: number, period: { start } })),
      "patient-elsewhere",
    ],
  ),
  [
    "a current number beside one of somebody else that has ended",
    async (clinic) => {
      const { patient } = await clinic.proxy.registerPatient(clinic.other);
      await clinic.put(patient.id, { hospitalNumber: "B-2" });
      clinic.record.patients.set(
        "7",
        patientOf(
          { system: hospital, value: "B-2", period: { end: "2026-01-31" } },
          { system: hospital, value: number },
        ),
      );
    },
    "opens",
  ],
  [
    "two current numbers of two people",
    async (clinic) => {
      const { patient } = await clinic.proxy.registerPatient(clinic.other);
      await clinic.put(patient.id, { hospitalNumber: "B-2" });
      clinic.record.patients.set(
        "7",
        patientOf({ system: hospital, value: "B-2" }, { system: hospital, value: number }),
      );
    },
    "patient-two-numbers",
  ],
  [
    "two current numbers, of which an archived person has one",
    async (clinic) => {
      const { patient } = await clinic.proxy.registerPatient(clinic.other);
      await clinic.put(patient.id, { hospitalNumber: "B-2" });
      await clinic.put(patient.id, { archived: true });
      clinic.record.patients.set(
        "7",
        patientOf({ system: hospital, value: "B-2" }, { system: hospital, value: number }),
      );
    },
    "patient-two-numbers",
  ],
  ...["1961", "1961-04", "1961-04-12"].map(
    (birthDate): Case => [
      `a part of the date of birth: ${birthDate}`,
      ({ record }) =>
        record.patients.set("7", { ...patientOf({ system: hospital, value: number }), birthDate }),
      "opens",
    ],
  ),
  ...["1962", "1961-05", "1961-04-13", "196", "1961-4", "12.04.1961"].map(
    (birthDate): Case => [
      `another date of birth: ${birthDate}`,
      ({ record }) =>
        record.patients.set("7", { ...patientOf({ system: hospital, value: number }), birthDate }),
      "patient-differs",
    ],
  ),
  [
    "a closed record",
    ({ record }) =>
      record.patients.set("7", { ...patientOf({ system: hospital, value: number }), active: false }),
    "patient-inactive",
  ],
  [
    "a record that another one has replaced",
    ({ record }) =>
      record.patients.set("7", {
        ...patientOf({ system: hospital, value: number }),
        link: [{ other: { reference: "Patient/8" }, type: "replaced-by" }],
      }),
    "patient-inactive",
  ],
  [
    "a record that has replaced another one, of somebody who has died",
    ({ record }) =>
      record.patients.set("7", {
        ...patientOf({ system: hospital, value: number }),
        link: [{ other: { reference: "Patient/8" }, type: "replaces" }],
        deceasedBoolean: true,
      }),
    "opens",
  ],
])("the patient is found by an identifier, or said not to be: %s", async (_name, arrange, expected) => {
  const clinic = await openClinic();
  await arrange(clinic);
  const answer = await clinic.launch();
  if (expected === "opens") expect(answer).toMatchObject({ patientId: clinic.patient.id });
  else {
    expect(answer).toMatchObject({ problem: expected, issuer: "Hospital record" });
    expect(answer).not.toHaveProperty("patientId");
    expect((await clinic.audited()).at(-1)).toMatchObject({
      action: "launch.open",
      subject: null,
      outcome: "failed",
      details: expect.stringContaining(`"problem":"${expected}"`),
    });
  }
});

test.each([
  ["1.2.3", hospital],
  [" OID 1.2.3", "URN:OID:1.2.3"],
  ["urn:oid:1.2.3", hospital],
  ["oid:1.2.3", hospital],
  ["https://hospital.example/numbers", "https://hospital.example/numbers"],
  ["MRN", "MRN"],
])("a system is taken as it was meant: %s", async (typed, system) => {
  const clinic = await openClinic({ patientSystem: typed });
  clinic.record.patients.set("7", patientOf({ system, value: number }));
  expect(await clinic.launch()).toMatchObject({ patientId: clinic.patient.id });
});

test("a system that was named before they were checked is taken as it was meant", async () => {
  const clinic = await openClinic();
  await clinic.database.db.updateTable("launch_issuer").set({ patient_system: "1.2.3" }).execute();
  expect(await clinic.launch()).toMatchObject({ patientId: clinic.patient.id });
  const [issuer] = (await (await clinic.issuers()).json()).issuers;
  expect(issuer.patientSystem).toBe(hospital);
});

test.each(["1.2.3.", "1..2", "3.1", "1.02", "urn:oid:x", "OID", "urn:oid:", "hospital numbers", "1.2.3|x"])(
  "no system: %s",
  async (typed) => {
    const clinic = await openClinic();
    const body = { ...clinic.named, baseUrl: "https://other.example", patientSystem: typed };
    const answer = await clinic.issuers(json(body));
    expect(answer.status).toBe(400);
    expect((await answer.json()).fields).toContainEqual({ field: "patientSystem", reason: "system" });
  },
);

test("one system cannot be of hospital numbers and of partner user IDs", async () => {
  const clinic = await openClinic();
  const body = { ...clinic.named, baseUrl: "https://other.example", partnerSystem: "1.2.3" };
  const answer = await clinic.issuers(json(body));
  expect((await answer.json()).fields).toContainEqual({ field: "partnerSystem", reason: "same" });
});

test("where nobody is found it is said by which number, and which systems the record has; the trail and the log have no number", async () => {
  const clinic = await openClinic();
  clinic.record.patients.set(
    "7",
    patientOf(
      { system: hospital, value: "H-99" },
      { system: "urn:oid:9", value: "insured-1" },
      { value: "loose-1" },
      { system: hospital, value: "H-98", use: "old" },
    ),
  );
  expect(await clinic.launch()).toMatchObject({
    problem: "patient-none",
    sought: {
      systems: [hospital, partner],
      numbers: ["H-99"],
      others: [
        { system: "urn:oid:9", isCurrent: true, isHere: false },
        { system: null, isCurrent: true, isHere: false },
        { system: hospital, isCurrent: false, isHere: false },
      ],
    },
  });
  clinic.record.patients.set(
    "7",
    patientOf({ system: hospital, value: "H-99" }, { system: "urn:oid:9", value: number }),
  );
  expect(await clinic.launch()).toMatchObject({
    problem: "patient-elsewhere",
    sought: { others: [{ system: "urn:oid:9", isCurrent: true, isHere: true }] },
  });
  const trail = JSON.stringify(await clinic.audited());
  for (const secret of ["H-99", "H-98", "insured-1", "loose-1"]) {
    expect(trail).not.toContain(secret);
    expect(clinic.logLines.join("")).not.toContain(secret);
  }
});

test("the trail says where somebody was opened by a number alone", async () => {
  const clinic = await openClinic();
  const compared = async () => JSON.parse((await clinic.audited()).at(-1)?.details ?? "{}").compared;
  await clinic.launch();
  expect(await compared()).toBeUndefined();
  clinic.record.patients.set("7", patientOf({ system: hospital, value: number }));
  await clinic.launch();
  expect(await compared()).toBe("number");
});
