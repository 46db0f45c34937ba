import { expect, test } from "vitest";
import { issuerTest, type NewLaunchIssuer } from "#contract/launch.ts";
import type { Receiver } from "#contract/receivers.ts";
import { json } from "#test/support/world.ts";
import { openClinic as openLaunchClinic } from "./launch-clinic.ts";
import { openClinic } from "./submissions-clinic.ts";

test("testing the connection says which step fails, and sends nothing of a patient", async () => {
  const clinic = await openClinic({ clientId: null });
  const { record, receivers, receiver, fields, test, call } = clinic;
  const change = (own: Partial<Receiver>) =>
    receivers(`/${receiver.id}`, { ...json({ ...fields, ...own }), method: "PUT" });
  const last = async () => (await test()).at(-1);
  expect(await last()).toMatchObject({ step: "token", trouble: { problem: "no-client" } });
  await change({ clientId: "somebody else" });
  expect(await last()).toMatchObject({
    step: "token",
    trouble: { problem: "token-refused", status: 400, said: "invalid_client; Not like this" },
  });
  await change({ clientId: record.clientId, scopes: "system/Patient.r" });
  expect(await last()).toMatchObject({
    trouble: { problem: "token-refused", said: expect.stringMatching(/invalid_scope/) },
  });
  await change({ clientId: record.clientId });
  expect(await test()).toEqual(
    ["configuration", "token", "metadata"].map((step) => ({ step, trouble: null })),
  );
  record.hasOperation = false;
  expect(await last()).toMatchObject({ step: "metadata", trouble: { problem: "no-operation" } });
  await change({ clientId: record.clientId, baseUrl: `${record.baseUrl}/nowhere` });
  expect(await last()).toMatchObject({ step: "configuration", trouble: { problem: "no-configuration" } });
  await change({ baseUrl: "http://127.0.0.1:9", tokenUrl: null });
  expect(await last()).toMatchObject({ step: "configuration", trouble: { problem: "unreachable" } });
  expect(record.bundles).toEqual([]);
  expect((await call("/submissions")).status).toBe(200);
  await clinic.close();
});

test("a receiver's test tries the look-up of patients where one is needed, with a number that nobody has", async () => {
  const clinic = await openClinic({ patientSystem: "1.2.3" });
  const { record, test } = clinic;
  expect(await test()).toEqual(
    ["configuration", "token", "metadata", "patients"].map((step) => ({ step, trouble: null })),
  );
  record.keep({ resourceType: "Patient", identifier: [{ system: "urn:oid:1.2.3", value: "A-1" }] });
  record.ignoresIdentifiers = true;
  expect((await test()).at(-1)).toMatchObject({ step: "patients", trouble: { problem: "patient-other" } });
  record.forbidsSearches = true;
  expect((await test()).at(-1)).toMatchObject({
    step: "patients",
    trouble: { problem: "forbidden", status: 403, said: "no reading" },
  });
  await clinic.close();
});

test("a receiver's test tells another version of FHIR", async () => {
  const clinic = await openClinic();
  for (const [version, isTold] of [
    ["4.0.1", false],
    ["4.3.0", false],
    ["3.0.2", true],
    ["5.0.0", true],
    ["40", true],
  ] as const) {
    clinic.record.fhirVersion = version;
    const trouble = { problem: "fhir-version", status: null, said: version };
    expect((await clinic.test()).at(-1)).toEqual({ step: "metadata", trouble: isTold ? trouble : null });
  }
  await clinic.close();
});

test.each([
  ["no type", { token_type: undefined }],
  ["another type", { token_type: "mac" }],
  ["a line break in it", { access_token: "x\r\nx-more: y" }],
  ["a letter that no header takes", { access_token: "täken" }],
  ["a gap in it", { access_token: "a b" }],
  ["no end", { access_token: "x".repeat(20_000) }],
])("a token with %s is told by the test and by sending", async (_what, token) => {
  const clinic = await openClinic();
  clinic.record.token = token;
  const trouble = { problem: "token-unusable" };
  expect((await clinic.test()).at(-1)).toMatchObject({ step: "token", trouble });
  await clinic.send();
  expect(await clinic.ended()).toMatchObject({ state: "failed", attempts: 1, trouble });
  expect(clinic.record.bundles).toEqual([]);
  await clinic.close();
});

async function testedIssuer(issuer: Partial<NewLaunchIssuer>, configuration: Record<string, unknown>) {
  const clinic = await openLaunchClinic(issuer);
  clinic.record.configuration = configuration;
  const [named] = (await (await clinic.issuers()).json()).issuers;
  const answer = await clinic.issuers(json({}), `/${named.id}/test`);
  const { steps } = issuerTest.parse(await answer.json());
  return { clinic, steps, told: Object.fromEntries(steps.map(({ step, problem }) => [step, problem])) };
}
const well = { configuration: null, capabilities: null, pkce: null, scopes: null };

test.each<[string, Partial<NewLaunchIssuer>, Record<string, unknown>, Record<string, string | null>]>([
  ["all is as it should be", {}, {}, well],
  [
    "it opens no apps itself",
    {},
    { capabilities: ["launch-standalone"] },
    { ...well, capabilities: "no-launch" },
  ],
  [
    "it says nothing of PKCE",
    {},
    { code_challenge_methods_supported: undefined },
    { ...well, pkce: "no-pkce" },
  ],
  ["it takes plain PKCE", {}, { code_challenge_methods_supported: ["plain"] }, { ...well, pkce: "no-pkce" }],
  [
    "it takes our signature",
    { isConfidential: true },
    { token_endpoint_auth_signing_alg_values_supported: ["RS384", "ES384"] },
    { ...well, signature: null },
  ],
  [
    "it takes other signatures",
    { isConfidential: true },
    { token_endpoint_auth_signing_alg_values_supported: ["RS384"] },
    { ...well, signature: "no-signature" },
  ],
  ["it says nothing of signatures", { isConfidential: true }, {}, { ...well, signature: "no-signature" }],
  ["we ask for no launch", { scopes: "patient/Patient.r" }, {}, { ...well, scopes: "no-launch-scope" }],
  ["we ask for no patient", { scopes: "launch openid" }, {}, { ...well, scopes: "no-patient-scope" }],
  [
    "we ask to write alone",
    { scopes: "launch patient/Patient.cu" },
    {},
    { ...well, scopes: "no-patient-scope" },
  ],
  ["we ask as in SMART 1", { scopes: "launch patient/*.read" }, {}, well],
  ["we ask for the person's patients", { scopes: "openid launch user/Patient.rs" }, {}, well],
])("a record's test says what is missing: %s", async (_what, issuer, configuration, told) => {
  expect((await testedIssuer(issuer, configuration)).told).toEqual(told);
});

test("a record's test says where there is no configuration, is an administrator's and in the trail, and not while exchange is off", async () => {
  const { clinic } = await testedIssuer({}, {});
  const [named] = (await (await clinic.issuers()).json()).issuers;
  const tested = async () =>
    issuerTest.parse(await (await clinic.issuers(json({}), `/${named.id}/test`)).json()).steps[0];
  clinic.record.faults.set("configuration", { status: 404 });
  expect(await tested()).toMatchObject({ step: "configuration", problem: "no-configuration" });
  clinic.record.faults.set("configuration", "cut");
  expect(await tested()).toMatchObject({ step: "configuration", problem: "unreachable" });
  const asClinician = await clinic.request(`/api/launch-issuers/${named.id}/test`, {
    ...json({}),
    cookie: clinic.clinician,
  });
  expect(asClinician.status).toBe(403);
  expect((await clinic.audited()).map(({ action }) => action)).toContain("launch-issuer.test");
  await clinic.request("/api/exchange", {
    ...json({ isOn: false }),
    method: "PUT",
    cookie: clinic.administrator,
  });
  expect((await clinic.issuers(json({}), `/${named.id}/test`)).status).toBe(403);
});
