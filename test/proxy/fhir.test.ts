import type {
  Bundle,
  CapabilityStatement,
  DiagnosticReport,
  Observation,
  OperationDefinition,
  OperationOutcome,
  Resource,
} from "@medplum/fhirtypes";
import { expect, test } from "vitest";
import { readingsResponse } from "#contract/readings.ts";
import { rosterPage } from "#contract/roster.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { localDayNamed } from "#glucose/local-time.ts";
import { fhirFaults } from "#test/support/fhir.ts";
import { createWorld, json } from "#test/support/world.ts";

const first = "2026-11-06";
const last = "2026-11-19";

async function openRecord() {
  const world = await createWorld();
  for (const person of world.sandbox.cohort) await world.proxy.registerPatient(person);
  const cookie = await world.signIn("clinician");
  const ask = (path: string, as = cookie) => world.request(`/fhir/${path}`, { cookie: as });
  const read = async <T extends Resource>(path: string) => {
    const answer = await ask(path);
    const body = (await answer.json()) as T;
    expect([path, answer.status, answer.headers.get("content-type")]).toEqual([
      path,
      200,
      "application/fhir+json",
    ]);
    return body;
  };
  const refusal = async (path: string, as = cookie) => {
    const answer = await ask(path, as);
    const body = (await answer.json()) as OperationOutcome;
    expect(fhirFaults(body)).toEqual([]);
    return [answer.status, body.resourceType, body.issue[0]?.code, body.issue[0]?.diagnostics ?? ""] as const;
  };
  const search = await world.request("/api/patients/search", { ...json({ limit: 100 }), cookie });
  const { rows: patients } = rosterPage.parse(await search.json());
  return { world, cookie, ask, read, refusal, patients };
}

test("of everybody in the sandbox the patient, the sensors and the summary keep to R4 and the guide", async () => {
  const { world, read, patients } = await openRecord();
  expect(patients.length).toBeGreaterThan(20);
  let summaries = 0;
  for (const { id } of patients) {
    const bundle = await read<Bundle>(`Patient/${id}/$summary?start=${first}&end=${last}`);
    expect(fhirFaults(bundle)).toEqual([]);
    const resources = (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []);
    for (const resource of resources) expect([resource.id, fhirFaults(resource)]).toEqual([resource.id, []]);
    expect(resources[0]).toMatchObject({ resourceType: "Patient", id });
    // What it refers to is in it.
    const ids = new Set(resources.map((one) => `${one.resourceType}/${one.id}`));
    const whole = resources.find((one) => one.meta?.profile?.[0]?.endsWith("/cgm-summary"));
    for (const { reference } of (whole as Observation | undefined)?.hasMember ?? [])
      expect(ids).toContain(reference);
    if (whole) summaries += 1;
  }
  expect(summaries).toBeGreaterThan(15);
  await world.close();
});

test("readings are those of our own API, page by page, each once, in the unit that was asked for", async () => {
  const { world, cookie, read, patients } = await openRecord();
  const one = patients.find(({ partnerUid }) => partnerUid === "clinic-0001");
  if (!one) throw new Error("nobody");
  const asked = (code: string) =>
    `Observation?patient=${one.id}&code=${code}&date=ge${first}&date=le${last}&_count=1000`;
  const found: Observation[] = [];
  let path: string | undefined = asked("http://loinc.org|105272-9");
  while (path) {
    const page: Bundle = await read<Bundle>(path);
    expect(page.entry?.length).toBeLessThanOrEqual(1000);
    found.push(...(page.entry ?? []).flatMap(({ resource }) => (resource as Observation) ?? []));
    const next = page.link?.find(({ relation }) => relation === "next")?.url;
    path = next?.slice(next.indexOf("/fhir/") + "/fhir/".length);
    if (!path) expect(found.length).toBe(page.total);
  }
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  const times = found.map(({ effectiveDateTime }) => Date.parse(effectiveDateTime ?? ""));
  const own = readingsResponse.parse(
    await (
      await world.request(
        `/api/patients/${one.id}/readings?start=${times[0]}&end=${(times.at(-1) ?? 0) + 1}`,
        { cookie },
      )
    ).json(),
  );
  expect(found.map(({ valueQuantity }) => valueQuantity?.value)).toEqual(own.readings.valueMmolL);
  const inMass = await read<Bundle>(asked("99504-3"));
  const [massReading] = (inMass.entry ?? []).map(({ resource }) => resource as Observation);
  expect(massReading?.valueQuantity?.unit).toBe("mg/dl");
  await world.close();
});

test("shares are at the guide's own edges, whatever range is a patient's own", async () => {
  const { world, cookie, read, patients } = await openRecord();
  const pregnant = patients.find(({ partnerUid }) => partnerUid === "clinic-0001");
  if (!pregnant) throw new Error("nobody");
  const targets = { ...json({ targets: "pregnancy" }), method: "PATCH", cookie };
  expect((await world.request(`/api/patients/${pregnant.id}`, targets)).status).toBe(200);
  const about = `patient=${pregnant.id}&date=ge${first}&date=le${last}`;
  const bundle = await read<Bundle>(`Observation?${about}&code=105272-9&_count=1000`);
  const ranges = await read<Bundle>(`Observation?${about}&code=106793-3`);
  const values = (bundle.entry ?? []).map(
    ({ resource }) => (resource as Observation).valueQuantity?.value ?? 0,
  );
  expect(values.some((value) => value > 7.8 && value <= edgesMmolL.high)).toBe(true);
  const [whole] = (ranges.entry ?? []).map(({ resource }) => resource as Observation);
  const shares = whole?.component?.map(({ valueQuantity }) => valueQuantity?.value ?? 0) ?? [];
  expect(shares.reduce((sum, one) => sum + Math.round(one * 100), 0)).toBe(10_000);
  await world.close();
});

test("the report is a resource of the guide that holds the very file of the page", async () => {
  const { world, cookie, read, patients } = await openRecord();
  const one = patients.find(({ partnerUid }) => partnerUid === "clinic-0001");
  if (!one) throw new Error("nobody");
  const about = `patient=${one.id}&date=ge${first}&date=le${last}`;
  const bundle = await read<Bundle>(`DiagnosticReport?${about}&unit=mg/dL`);
  expect(fhirFaults(bundle)).toEqual([]);
  const report = bundle.entry?.[0]?.resource as DiagnosticReport;
  expect([bundle.total, fhirFaults(report)]).toEqual([1, []]);
  expect(report.effectivePeriod).toEqual({ start: first, end: last });
  const summary = await read<Bundle>(`Observation?${about}&code=107931-8`);
  expect(report.result?.[0]?.reference).toBe(`Observation/${summary.entry?.[0]?.resource?.id}`);

  const zone = one.timeZone;
  const [start, end] = [localDayNamed(first, zone)?.startMs, localDayNamed(last, zone)?.endMs];
  const asked = `start=${start}&end=${end}&language=en&unit=mg/dL&paper=a4`;
  const page = await world.request(`/api/patients/${one.id}/report.pdf?${asked}`, { cookie });
  const file = Buffer.from(report.presentedForm?.[0]?.data ?? "", "base64");
  expect(file.subarray(0, 5).toString()).toBe("%PDF-");
  expect(file.equals(Buffer.from(await page.arrayBuffer()))).toBe(true);

  const headers = { "accept-language": "zh-CN,zh;q=0.9" };
  const chinese = await world.request(`/fhir/DiagnosticReport?${about}`, { cookie, headers });
  const inChinese = ((await chinese.json()) as Bundle).entry?.[0]?.resource as DiagnosticReport;
  expect(inChinese.presentedForm?.[0]?.language).toBe("zh-CN");
  expect(inChinese.presentedForm?.[0]?.data).not.toBe(report.presentedForm?.[0]?.data);

  const early = await read<Bundle>(`DiagnosticReport?patient=${one.id}&date=ge2020-01-01&date=le2020-01-14`);
  expect([early.total, early.entry]).toEqual([0, []]);
  await world.close();
});

test("patients are found by their partner user ID or ours, and what cannot be answered is said in FHIR's way", async () => {
  const { world, cookie, ask, read, refusal, patients } = await openRecord();
  const [one] = patients;
  if (!one) throw new Error("nobody");
  for (const search of [
    `identifier=${one.partnerUid}`,
    `identifier=urn:ietf:rfc:3986|urn:uuid:${one.id}`,
    `_id=${one.id}`,
  ]) {
    const bundle = await read<Bundle>(`Patient?${search}`);
    expect(bundle.entry?.map(({ resource }) => resource?.id)).toEqual([one.id]);
  }
  expect((await read<Bundle>("Patient?identifier=nobody")).total).toBe(0);
  await world.request(`/api/patients/${one.id}/summary`, { cookie });
  expect((await read<Bundle>(`Device?patient=Patient/${one.id}`)).entry?.[0]?.resource?.resourceType).toBe(
    "Device",
  );

  expect(await refusal("Patient")).toEqual([
    400,
    "OperationOutcome",
    "invalid",
    expect.stringContaining("identifier"),
  ]);
  expect(await refusal("Observation")).toEqual([
    400,
    "OperationOutcome",
    "invalid",
    expect.stringContaining("patient"),
  ]);
  for (const date of [
    "2026-02-30",
    "ge2026-01-01",
    "ge2026-11-19&date=le2026-11-01",
    "yesterday",
    "2026-11-19T10:00",
    "2026-02-30T10:00Z",
    "ge2026-11-19T25:00Z",
  ])
    expect([date, ...(await refusal(`Observation?patient=${one.id}&date=${date}`))]).toEqual([
      date,
      400,
      "OperationOutcome",
      "invalid",
      expect.any(String),
    ]);
  expect(await refusal("Patient/none")).toEqual([404, "OperationOutcome", "not-found", expect.any(String)]);
  expect(await refusal("Medication")).toEqual([404, "OperationOutcome", "not-found", expect.any(String)]);
  expect(await refusal(`Patient/${one.id}`, "")).toEqual([
    401,
    "OperationOutcome",
    "login",
    expect.any(String),
  ]);
  expect(await refusal(`Patient/${one.id}`, await world.signIn("support"))).toEqual([
    403,
    "OperationOutcome",
    "forbidden",
    expect.any(String),
  ]);

  const metadata = await ask("metadata", "");
  expect(metadata.status).toBe(200);
  const statement = (await metadata.json()) as CapabilityStatement;
  expect(fhirFaults(statement)).toEqual([]);
  const canonical = statement.rest?.[0]?.resource?.[0]?.operation?.[0]?.definition ?? "";
  const definition = (await (
    await ask(canonical.split("/fhir/")[1] ?? "", "")
  ).json()) as OperationDefinition;
  expect([definition.url, fhirFaults(definition)]).toEqual([canonical, []]);
  await world.close();
});

test("a token finds what is of its own system alone, of none behind a bar, of any without one", async () => {
  const { world, cookie, read, refusal, patients } = await openRecord();
  const [one, other, third] = patients;
  if (!one || !other || !third) throw new Error("nobody");
  const number = async ({ id }: { id: string }, hospitalNumber: string) =>
    expect(
      (
        await world.request(`/api/patients/${id}`, {
          ...json({ hospitalNumber, from: {} }),
          method: "PATCH",
          cookie,
        })
      ).status,
    ).toBe(200);
  await number(one, "A-104319");
  // Another's partner user ID, as their number.
  await number(other, third.partnerUid);
  const found = async (query: string) =>
    ((await read<Bundle>(`Patient?${query}`)).entry ?? []).map(({ resource }) => resource?.id).toSorted();
  const own = `urn:uuid:${one.id}`;
  for (const [identifier, whom] of [
    ["A-104319", [one.id]],
    ["|A-104319", [one.id]],
    ["a-104319", []],
    ["urn:oid:1.2.3.4|A-104319", []],
    [`urn:x|${one.partnerUid}`, []],
    [`|${one.partnerUid}`, [one.id]],
    [third.partnerUid, [other.id, third.id].toSorted()],
    [own, [one.id]],
    [`urn:ietf:rfc:3986|${own}`, [one.id]],
    [`|${own}`, []],
    [`urn:x|${own}`, []],
    [`nobody,urn:x|${third.partnerUid},A-104319`, [one.id]],
    ["A-104319\\,nobody", []],
  ] as const)
    expect([identifier, await found(`identifier=${encodeURIComponent(identifier)}`)]).toEqual([
      identifier,
      whom,
    ]);
  expect(await found(`_id=${one.id},${other.id}`)).toEqual([one.id, other.id].toSorted());
  expect(await found(`_id=urn:x|${one.id}`)).toEqual([]);
  expect(await found(`_id=${other.id}&identifier=A-104319`)).toEqual([]);
  for (const many of ["urn:ietf:rfc:3986|", "|", Array.from({ length: 21 }, (_, n) => `n${n}`).join(",")])
    expect((await refusal(`Patient?identifier=${many}`)).slice(0, 2)).toEqual([400, "OperationOutcome"]);

  const codes = async (code: string) =>
    (await read<Bundle>(`Observation?patient=${one.id}&code=${encodeURIComponent(code)}`)).total;
  expect(await codes("http://snomed.info/sct|97506-0")).toBe(0);
  expect(await codes("|97506-0")).toBe(0);
  expect(await codes("http://snomed.info/sct|105272-9")).toBe(0);
  expect(await codes("97506-0,http://loinc.org|97507-8")).toBe(2);
  expect(await codes("http://loinc.org|")).toBeGreaterThan(100);
  await world.close();
});

test("what ordinary clients say is understood, and what is not is left out and named, or refused where they prefer that", async () => {
  const { world, cookie, ask, read, refusal, patients } = await openRecord();
  const one = patients.find(({ partnerUid }) => partnerUid === "clinic-0001");
  if (!one) throw new Error("nobody");
  const own = `http://127.0.0.1:4173/fhir/Patient/${one.id}`;
  const days = `date=ge${first}&date=le${last}`;
  const codes = "code=105272-9,107931-8&_count=1000";
  const idsOf = ({ entry = [] }: Bundle) =>
    entry.flatMap(({ resource, search }) => (search?.mode === "match" ? (resource?.id ?? []) : []));
  const noteOf = ({ entry = [] }: Bundle) =>
    entry
      .filter(({ search }) => search?.mode === "outcome")
      .map(({ resource }) =>
        (resource as OperationOutcome).issue.map(({ diagnostics }) => diagnostics).join(" "),
      );
  const plain = await read<Bundle>(`Observation?patient=${one.id}&${days}&${codes}`);
  expect([idsOf(plain).length > 100, noteOf(plain)]).toEqual([true, []]);
  for (const same of [
    `subject=Patient/${one.id}`,
    `patient=${own}`,
    `subject=${one.id}&patient=${own}`,
    `patient=${one.id}&_format=json&_sort=date&category=laboratory`,
    `patient=${one.id}&_format=application/fhir%2Bjson&status=final,preliminary`,
  ]) {
    const bundle = await read<Bundle>(`Observation?${same}&${days}&${codes}`);
    expect([same, idsOf(bundle)]).toEqual([same, idsOf(plain)]);
  }
  const about = `Observation?patient=${one.id}`;
  const backwards = await read<Bundle>(`${about}&date=ge${last}&date=lt2026-11-20&_sort=-date&${codes}`);
  const forwards = await read<Bundle>(`${about}&date=gt2026-11-18&date=le${last}&_sort=date&${codes}`);
  expect(idsOf(backwards)).toEqual(idsOf(forwards).toReversed());
  expect((await read<Bundle>(`${about}&${days}&category=vital-signs`)).total).toBe(0);
  expect((await read<Bundle>(`${about}&${days}&status=cancelled`)).total).toBe(0);
  const hour = await read<Bundle>(
    `${about}&date=ge${last}T08:00:00Z&date=lt${last}T09:00:00%2B00:00&code=105272-9`,
  );
  const times = (hour.entry ?? []).map(({ resource }) => (resource as Observation).effectiveDateTime ?? "");
  expect(times.length).toBeGreaterThan(5);
  for (const time of times) expect(time).toMatch(/^2026-11-19T08:/);

  const [open] = noteOf(await read<Bundle>(`${about}&date=le${last}&code=97506-0`));
  expect(open).toContain("2026-11-06 to 2026-11-19");
  const [untilNow] = noteOf(await read<Bundle>(`${about}&date=ge${last}&code=97506-0`));
  expect(untilNow).toContain("2026-11-19 to 2026-11-20");
  const noted = await read<Bundle>(`${about}&${days}&code=97506-0&_include=x&value-quantity=1`);
  expect(noteOf(noted)[0]).toContain("_include, value-quantity");
  expect([noted.total, fhirFaults(noted)]).toEqual([1, []]);
  expect(noted.link?.[0]?.url).not.toContain("_include");
  const strict = { cookie, headers: { prefer: "handling=strict" } };
  expect((await world.request(`/fhir/${about}&_include=x`, strict)).status).toBe(400);
  for (const query of [
    `${about}&code:not=97506-0`,
    `${about}&subject=${patients.find(({ id }) => id !== one.id)?.id}`,
    `Patient?identifier=${one.partnerUid}&birthdate=1980-04-03`,
  ])
    expect([query, (await refusal(query))[0]]).toEqual([query, 400]);
  const elsewhere = `Observation?patient=https://other.example/fhir/Patient/${one.id}`;
  expect((await refusal(elsewhere))[0]).toBe(404);
  for (const accept of ["application/fhir+xml", "application/json;q=0"])
    expect((await world.request(`/fhir/Patient/${one.id}`, { cookie, headers: { accept } })).status).toBe(
      406,
    );
  expect((await ask("metadata?_format=xml", "")).status).toBe(406);
  const both = { cookie, headers: { accept: "application/fhir+xml, application/fhir+json;q=0.5" } };
  expect((await world.request(`/fhir/Patient/${one.id}`, both)).status).toBe(200);
  await world.close();
});

test("what a search lists can be read where it says that it is", async () => {
  const { world, cookie, read, refusal, patients } = await openRecord();
  const one = patients.find(({ partnerUid }) => partnerUid === "clinic-0001");
  if (!one) throw new Error("nobody");
  await world.request(`/api/patients/${one.id}/summary`, { cookie });
  const about = `patient=${one.id}&date=ge${first}&date=le${last}`;
  for (const search of [
    `Patient?_id=${one.id}`,
    `Device?patient=${one.id}`,
    `Observation?${about}&_count=12`,
    `Observation?${about}&code=99504-3&_count=2`,
    `DiagnosticReport?${about}`,
    `DiagnosticReport?${about}&unit=mg/dL`,
  ]) {
    const { entry = [] } = await read<Bundle>(search);
    expect(entry.length).toBeGreaterThan(0);
    for (const { fullUrl, resource } of entry)
      expect(await read(fullUrl?.split("/fhir/")[1] ?? "")).toEqual(resource);
  }
  for (const nobody of [
    "Observation/none",
    "Device/none",
    "DiagnosticReport/none",
    `Observation/${one.id}.20261106.20261119.none`,
  ])
    expect((await refusal(nobody)).slice(0, 3)).toEqual([404, "OperationOutcome", "not-found"]);
  await world.close();
});

test("what a program was told is in the audit trail, with of whom and how much", async () => {
  const { world, read, patients } = await openRecord();
  const [one] = patients;
  if (!one) throw new Error("nobody");
  await read(`Patient/${one.id}/$summary?start=${first}&end=${last}`);
  await read(`Observation?patient=${one.id}&code=97506-0`);
  const rows = await world.database.db
    .selectFrom("audit")
    .select(["subject", "outcome", "details"])
    .where("action", "=", "patient-fhir.read")
    .orderBy("seq")
    .execute();
  expect(rows.map(({ details, ...row }) => ({ ...row, details: JSON.parse(details ?? "null") }))).toEqual([
    { subject: one.id, outcome: "ok", details: { resource: "Bundle", days: 14 } },
    { subject: one.id, outcome: "ok", details: { resource: "Observation", days: 14, codes: "97506-0" } },
  ]);
  await world.close();
});
