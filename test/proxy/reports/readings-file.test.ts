import { sql } from "kysely";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { toReadings } from "#contract/reading-columns.ts";
import { readingsResponse } from "#contract/readings.ts";
import type { ReadingsFileAsked } from "#contract/readings-file.ts";
import { endIn } from "#contract/readings-file-limits.ts";
import { dayMs } from "#glucose/time.ts";
import { readingHeader, readingRows } from "#report/patient/readings-csv.ts";
import { makeKey } from "#test/support/api-keys.ts";
import { json } from "#test/support/world.ts";
import { openClinic } from "./clinic.ts";

const unknown = "00000000-0000-4000-8000-000000000000";
const path = "/api/patients/readings-file";
type Clinic = Awaited<ReturnType<typeof openClinic>>;

const ask = (clinic: Clinic, asked: Partial<ReadingsFileAsked> = {}, as = clinic.cookie) =>
  clinic.request(path, {
    ...json({ patients: clinic.ids, period: { days: 1 }, language: "en", unit: "mmol/L", ...asked }),
    cookie: as,
  });

/** The file as its rows of cells; and what its last row says. */
async function fileOf(answer: Response) {
  const text = await answer.text();
  const rows = Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
  return { rows, header: rows[0] ?? [], body: rows.slice(1, -1), end: endIn(text) };
}
const notesOf = (body: readonly string[][]) =>
  body.flatMap((row) => (row.at(-1) ? [[row[0], row.at(-1)]] : []));

test("each row is that of the patient's own file, with whose it is before it, in the order asked for", async () => {
  const clinic = await openClinic();
  const order = [clinic.patients[2], clinic.patients[0]].map((one) => one ?? expect.fail());
  const answer = await ask(clinic, { patients: order.map(({ id }) => id), unit: "mg/dL" });
  expect(answer.headers.get("content-disposition")).toBe(
    'attachment; filename="glucose-readings-2026-11-20.csv"',
  );
  const { header, body, end } = await fileOf(answer);
  expect(header).toEqual([
    "place",
    "name",
    "partner_user_id",
    "hospital_number",
    ...readingHeader("mg/dL"),
    "note",
  ]);
  const expected: string[][] = [];
  for (const [index, { id, name, partnerUid, timeZone, hospitalNumber }] of order.entries()) {
    const span = `start=${clinic.now() - dayMs}&end=${clinic.now()}`;
    const read = await clinic.request(`/api/patients/${id}/readings?${span}`, { cookie: clinic.cookie });
    const { readings } = readingsResponse.parse(await read.json());
    const rows = readingRows(toReadings(readings), timeZone, "mg/dL").slice(1);
    const who = [String(index + 1), name, partnerUid, hospitalNumber ?? ""];
    expected.push(...rows.map((row) => [...who, ...row, ""]));
  }
  expect(expected.length).toBeGreaterThan(500);
  expect(body).toEqual(expected);
  expect(end).toEqual({ patients: 2, readings: expected.length });
  await clinic.close();
});

test("whose readings cannot be had is a row that says why, in the language asked for, and the others are there", async () => {
  const clinic = await openClinic();
  const [first, second] = clinic.patients;
  if (!first || !second) throw new Error("two people are needed");
  clinic.refuse(second.openId);
  const patients = [unknown, second.id, first.id];
  const english = await fileOf(await ask(clinic, { patients }));
  expect(notesOf(english.body)).toEqual([
    ["1", "No readings could be had: No such patient."],
    ["2", "No readings could be had: The glucose platform refused this."],
  ]);
  expect(english.body[1]?.slice(0, 3)).toEqual(["2", second.name, second.partnerUid]);
  expect(english.body.filter(([place]) => place === "3")).toHaveLength(english.end?.readings ?? -1);
  expect(english.end?.patients).toBe(3);
  const chinese = await fileOf(await ask(clinic, { patients, language: "zh-CN" }));
  expect(notesOf(chinese.body)[0]).toEqual(["1", "未能取得读数：没有该患者。"]);
  await clinic.close();
});

test("no patient is silently missing: each without readings has a row", async () => {
  const clinic = await openClinic();
  const periods: [ReadingsFileAsked["period"], string][] = [
    [{ from: "2024-03-01", to: "2024-03-14" }, "The platform has no readings in this period."],
    [{ from: "2027-03-01", to: "2027-03-01" }, "No readings could be had: This period cannot be shown."],
  ];
  for (const [period, note] of periods) {
    const { body, end } = await fileOf(await ask(clinic, { period }));
    for (const place of ["1", "2", "3"]) expect(notesOf(body)).toContainEqual([place, note]);
    expect(end).toEqual({ patients: 3, readings: 0 });
  }
  await clinic.close();
});

test("an outage gives rows with the reason, not a shorter file; records that cannot be read are counted", async () => {
  const clinic = await openClinic(undefined, 2);
  clinic.sandbox.inject({ kind: "outage" });
  const out = await fileOf(await ask(clinic, { period: { days: 3 } }));
  expect(notesOf(out.body).map(([place]) => place)).toEqual(["1", "2"]);
  expect(notesOf(out.body)[0]?.[1]).toMatch(/^No readings could be had: The glucose platform /);
  expect(out.end).toEqual({ patients: 2, readings: 0 });
  await clinic.close();

  const other = await openClinic(undefined, 1);
  other.sandbox.inject({ kind: "bad-records" });
  const bad = await fileOf(await ask(other, { period: { days: 3 } }));
  expect(notesOf(bad.body)[0]?.[1]).toMatch(/^\d+ records? of the platform could not be read and/);
  expect(bad.end?.readings).toBe(bad.body.length - 1);
  await other.close();
});

test("patients times days has a bound: beyond it nothing is read and nothing written into the trail", async () => {
  const clinic = await openClinic(undefined, 1);
  const many = (count: number) => Array.from({ length: count }, (_none, index) => `none-${index}`);
  const cases: [number, ReadingsFileAsked["period"], number][] = [
    [500, { days: 14 }, 200],
    [500, { from: "2026-11-01", to: "2026-11-14" }, 200],
    [77, { days: 90 }, 200],
    [234, { days: 30 }, 400],
    [500, { from: "2026-11-01", to: "2026-11-15" }, 400],
    [78, { days: 90 }, 400],
    [501, { days: 1 }, 400],
    [1, { from: "2026-06-01", to: "2026-11-15" }, 400],
    [1, { from: "2026-11-15", to: "2026-11-14" }, 400],
  ];
  for (const [count, period, status] of cases) {
    const answer = await ask(clinic, { patients: many(count), period });
    expect([count, period, answer.status]).toEqual([count, period, status]);
    await answer.body?.cancel();
  }
  const refused = await ask(clinic, { patients: many(500), period: { days: 30 } });
  expect((await refused.json()).fields).toEqual([{ field: "patients", reason: "too-many" }]);
  // The same person twice is once.
  const twice = await ask(clinic, { patients: [...many(77), ...many(77)], period: { days: 90 } });
  expect(twice.status).toBe(200);
  await twice.body?.cancel();
  expect(await clinic.audited("patient-readings.export")).toEqual([]);
  await clinic.close();
});

test("the trail has a row of each patient with the days and how many readings, and of those that failed", async () => {
  const clinic = await openClinic(undefined, 2);
  const [first, second] = clinic.patients;
  if (!first || !second) throw new Error("two people are needed");
  clinic.refuse(second.openId);
  const { end } = await fileOf(await ask(clinic, { period: { days: 7 } }));
  expect(await clinic.audited("patient-readings.export")).toMatchObject([
    {
      subject: first.id,
      outcome: "ok",
      details: JSON.stringify({ days: 7, file: "csv", count: end?.readings }),
    },
    { subject: second.id, outcome: "failed", details: JSON.stringify({ file: "csv" }) },
  ]);
  await clinic.close();
});

test("what cannot be written into the trail is not told: the file breaks off without its last row", async () => {
  const clinic = await openClinic(undefined, 2);
  const { db } = clinic.database;
  await sql`create trigger full before insert on audit begin select raise(abort, 'full'); end`.execute(db);
  const answer = await ask(clinic);
  await expect(answer.text()).rejects.toThrow("full");
  await sql`drop trigger full`.execute(db);
  expect((await fileOf(await ask(clinic))).end?.patients).toBe(2);
  await clinic.close();
});

test("whoever stops reading is in the trail with those whose rows were taken only", async () => {
  const clinic = await openClinic();
  const reader = (await ask(clinic)).body?.getReader();
  let text = "";
  while (!text.includes("\n1,")) text += new TextDecoder().decode((await reader?.read())?.value);
  await reader?.cancel();
  expect((await clinic.audited("patient-readings.export")).map(({ subject }) => subject)).not.toContain(
    clinic.ids[2],
  );
  // The place is free again.
  expect((await fileOf(await ask(clinic))).end?.patients).toBe(3);
  await clinic.close();
});

test("it is for clinicians signed in, whatever the switch of exchange says; support and keys get nothing", async () => {
  const clinic = await openClinic(undefined, 1);
  const administrator = await clinic.signIn("administrator");
  const { secret } = await makeKey(clinic, administrator, { role: "clinician" });
  const byKey = await clinic.request(path, {
    ...json({ patients: clinic.ids, period: { days: 1 }, language: "en", unit: "mmol/L" }),
    headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
  });
  expect(byKey.status).toBe(403);
  expect((await ask(clinic, {}, await clinic.signIn("support"))).status).toBe(403);
  await clinic.request("/api/exchange", { ...json({ isOn: false }), method: "PUT", cookie: administrator });
  expect((await fileOf(await ask(clinic))).end?.patients).toBe(1);
  await clinic.close();
});

test("a name that a spreadsheet would take for a formula stays text", async () => {
  const clinic = await openClinic(undefined, 1);
  await clinic.request(`/api/patients/${clinic.ids[0]}`, {
    ...json({ name: "=HYPERLINK(1)" }),
    method: "PATCH",
    cookie: clinic.cookie,
  });
  const { body } = await fileOf(await ask(clinic));
  expect(body[0]?.[1]).toBe("'=HYPERLINK(1)");
  await clinic.close();
});
