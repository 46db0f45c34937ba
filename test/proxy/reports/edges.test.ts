import { expect, test } from "vitest";
import { problem } from "#contract/problem.ts";
import { fileNameAt, reportName } from "#proxy/reports/file-names.ts";
import { fillUp } from "#test/support/full-disk.ts";
import { readPdf } from "#test/support/pdf.ts";
import { json } from "#test/support/world.ts";
import { filesInZip } from "#test/support/zip.ts";
import { openClinic } from "./clinic.ts";

test("who has no readings in the period gets a report that says so, and is named", async () => {
  const clinic = await openClinic(undefined, 2);
  const id = await clinic.begin({ period: { from: "2024-03-01", to: "2024-03-14" } });
  expect((await clinic.until(id, "done")).counts).toMatchObject({ made: 0, empty: 2, failed: 0 });
  expect((await clinic.rows(id)).map(({ outcome }) => outcome)).toEqual(["empty", "empty"]);
  for (const { name, content } of filesInZip(await clinic.file(id, "reports.zip"))) {
    expect(name).toContain("2024-03-01 to 2024-03-14.pdf");
    expect((await readPdf(content)).says("The platform has no readings in this period.")).toBe(true);
  }
  await clinic.close();
});

test("a full disk is waited for: no report is lost, none is made twice", async () => {
  const waits = Promise.withResolvers<void>();
  const clinic = await openClinic(undefined, 6, async () => waits.resolve());
  const letOn = clinic.hold();
  const id = await clinic.begin();
  const makeRoom = await fillUp(clinic.database);
  letOn();
  await waits.promise;
  await makeRoom();
  expect((await clinic.until(id, "done")).counts).toMatchObject({ made: 6, failed: 0, new: 0 });
  expect(filesInZip(await clinic.file(id, "reports.zip"))).toHaveLength(6);
  await clinic.close();
});

test("whom the platform does not let us read is named with the reason, and tried again when asked to", async () => {
  const clinic = await openClinic(undefined, 2);
  clinic.sandbox.inject({ kind: "unauthorized" });
  const id = await clinic.begin();
  expect((await clinic.until(id, "done")).counts).toMatchObject({ failed: 2 });
  expect((await clinic.rows(id)).map(({ trouble }) => trouble?.code)).toEqual([
    "platform-unauthorized",
    "platform-unauthorized",
  ]);
  expect((await clinic.at(`/${id}/reports.pdf`)).status).toBe(404);
  await clinic.heal();
  await clinic.act(id, "retry");
  expect((await clinic.until(id, "done")).counts).toMatchObject({ made: 2, failed: 0 });
  await clinic.close();
});

test("a fourth unfinished job is refused, and a finished one makes room", async () => {
  const clinic = await openClinic(undefined, 1);
  const letOn = clinic.hold();
  const ids = [await clinic.begin(), await clinic.begin(), await clinic.begin()];
  const refused = await clinic.send();
  expect(refused.status).toBe(400);
  expect(problem.parse(await refused.json()).fields).toEqual([{ field: "jobs", reason: "too-many" }]);
  letOn();
  for (const id of ids) await clinic.until(id, "done");
  expect((await clinic.send()).status).toBe(201);
  await clinic.close();
});

test.each([
  [{ patients: [] }, "patients", "required"],
  [{ patients: Array.from({ length: 501 }, (_, i) => `${i}`) }, "patients", "too-many"],
  [{ period: { from: "2026-02-30", to: "2026-03-02" } }, "period", undefined],
  [{ period: { from: "2026-03-02", to: "2026-03-01" } }, "period", undefined],
  [{ period: { from: "2026-01-01", to: "2026-06-01" } }, "period", undefined],
  [{ period: { days: 5 } }, "period", undefined],
  [{ paper: "a5" }, "paper", "choice"],
])("%o begins nothing", async (asked, field, reason) => {
  const clinic = await openClinic(undefined, 1);
  const answer = await clinic.at(
    "",
    json({
      patients: clinic.ids,
      period: { days: 14 },
      language: "en",
      unit: "mmol/L",
      paper: "a4",
      ...asked,
    }),
  );
  expect(answer.status).toBe(400);
  const { fields = [] } = problem.parse(await answer.json());
  expect(fields.map((one) => one.field.split(".")[0])).toContain(field);
  if (reason) expect(fields).toContainEqual({ field, reason });
  expect(await clinic.jobs()).toEqual([]);
  await clinic.close();
});

const dayMs = 86_400_000;
const span = { startMs: Date.UTC(2026, 10, 7), endMs: Date.UTC(2026, 10, 21) };

test.each([
  ["Anna Schröder", "A-1", "Anna Schröder A-1 2026-11-07 to 2026-11-20"],
  ["Anna / Schröder: <x>?", "..\\..\\etc", "Anna - Schröder- -x-- -..-etc 2026-11-07 to 2026-11-20"],
  ["\u202eمريم\u202c", "7", "مريم 7 2026-11-07 to 2026-11-20"],
  ["Zoë 👩‍⚕️", null, "Zoë 👩⚕️ clinic-1 2026-11-07 to 2026-11-20"],
  ["...", "1", "1 2026-11-07 to 2026-11-20"],
])("%s is a file that every system takes", async (name, hospitalNumber, expected) => {
  const clinic = await openClinic(undefined, 1);
  const [patient] = clinic.patients;
  if (!patient) throw new Error("nobody");
  expect(
    reportName({ ...patient, name, hospitalNumber, partnerUid: "clinic-1", timeZone: "UTC" }, span),
  ).toBe(expected);
  await clinic.close();
});

test("120 characters of a name, Chinese or joined emoji, leave a name of at most 255 bytes", async () => {
  const clinic = await openClinic(undefined, 1);
  const [patient] = clinic.patients;
  if (!patient) throw new Error("nobody");
  for (const name of ["王".repeat(120), "👨‍👩‍👧‍👦".repeat(30), "x".repeat(120)]) {
    const file = fileNameAt(500, reportName({ ...patient, name, hospitalNumber: "9".repeat(80) }, span));
    expect(Buffer.byteLength(file)).toBeLessThanOrEqual(255);
    expect(file).not.toContain("\ufffd");
    expect(file).toMatch(/^500 .* 2026-11-\d\d to 2026-11-2\d\.pdf$/u);
  }
  const oneDay = { startMs: span.startMs, endMs: span.startMs + dayMs };
  expect(reportName({ ...patient, name: "A", hospitalNumber: "1", timeZone: "UTC" }, oneDay)).toBe(
    "A 1 2026-11-07",
  );
  await clinic.close();
});
