import { BinaryBitmap, HybridBinarizer, QRCodeReader, RGBLuminanceSource } from "@zxing/library";
import { expect, test } from "vitest";
import { toReadings } from "#contract/reading-columns.ts";
import { readingsResponse } from "#contract/readings.ts";
import { bands } from "#glucose/bands.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { targetsFor } from "#glucose/targets.ts";
import { dayMs } from "#glucose/time.ts";
import { formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { patientSpeech } from "#proxy/pdf/patient-speech.ts";
import { timeInRangesView } from "#report/patient/time-in-ranges-view.ts";
import { readPdf, sheetsOf } from "#test/support/pdf.ts";
import { createWorld, json } from "#test/support/world.ts";
import type { Language } from "#words/language.ts";

async function openClinic(partnerUid: string) {
  const world = await createWorld();
  const person = world.sandbox.cohort.find((one) => one.partnerUid === partnerUid);
  if (!person) throw new Error(`nobody has the ID ${partnerUid}`);
  const { patient } = await world.proxy.registerPatient(person);
  const cookie = await world.signIn("clinician");
  const get = (path: string) => world.request(`/api/patients/${patient.id}${path}`, { cookie });
  return {
    ...world,
    get,
    change: async (change: object) =>
      expect(
        (await world.request(`/api/patients/${patient.id}`, { ...json(change), method: "PATCH", cookie }))
          .status,
      ).toBe(200),
    readings: async (startMs: number, endMs: number) =>
      toReadings(
        readingsResponse.parse(await (await get(`/readings?start=${startMs}&end=${endMs}`)).json()).readings,
      ),
    sheet: async (period: string, how = "language=en&unit=mmol/L&paper=a4") => {
      const answer = await get(`/report.pdf?${period}&${how}&audience=patient`);
      expect(answer.status).toBe(200);
      return { answer, bytes: await answer.bytes() };
    },
  };
}

test.each<[Language, GlucoseUnit]>([
  ["en", "mmol/L"],
  ["zh-CN", "mg/dL"],
])("in %s the sheet's numbers are the page's, the hours of its day are 24", async (language, unit) => {
  const clinic = await openClinic("clinic-0011");
  const period = { startMs: clinic.now() - 15 * dayMs, endMs: clinic.now() - dayMs };
  const { bytes } = await clinic.sheet(
    `start=${period.startMs}&end=${period.endMs}`,
    `language=${language}&unit=${unit}&paper=a4`,
  );
  const { says, read } = await readPdf(bytes);
  const targets = targetsFor("most-adults");
  const statistics = statisticsOf(await clinic.readings(period.startMs, period.endMs), period, targets.edges);
  const { timeIn, meanMmolL } = statistics;
  if (!timeIn || meanMmolL === null) throw new Error("no readings");
  const { page: t, sheet } = patientSpeech({ language, unit });
  const rows = timeInRangesView({ targets, statistics }, timeIn, { t, unit }).rows.filter(
    ({ band }) => band !== null,
  );
  expect(rows).toHaveLength(bands.length);
  for (const { name, range, percent } of rows) {
    expect(says(`${name}${range} ${unit}`)).toBe(true);
    expect(says(`· ${percent}${language === "en" ? " %" : "%"}`)).toBe(true);
  }
  expect(says(sheet("mean", { value: formatGlucose(meanMmolL, unit), unit }))).toBe(true);
  const times = [...read.matchAll(/(?:(\d+)(?:hours?|小时))?(?:(\d+)(?:minutes?|分钟))?·[\d.]+%/g)];
  const minutes = times.map(([, hours, rest]) => Number(hours ?? 0) * 60 + Number(rest ?? 0));
  expect(times).toHaveLength(bands.length);
  expect(minutes.reduce((sum, one) => sum + one, 0)).toBe(24 * 60);
});

test("what went well stands before the rest, and nothing is judged", async () => {
  const { bytes } = await (await openClinic("clinic-0011")).sheet("days=14");
  const { read } = await readPdf(bytes);
  expect(read.indexOf("Whatwentwell")).toBeGreaterThan(0);
  expect(read.indexOf("Whatwentwell")).toBeLessThan(read.indexOf("Anaverageday"));
  expect(read).not.toMatch(/goal|target|met|missed|GMI|toohigh|toolow/i);
});

test("the day with most time in range is a whole one: not the hours of today, nor those of the first day", async () => {
  const clinic = await openClinic("clinic-0011");
  const { read } = await readPdf((await clinic.sheet("days=14")).bytes);
  expect(read).toMatch(/Thedaywithmosttimeinrangewas[A-Z][a-z]+day\d+Nov:/);
  // The sandbox' clock stands at noon of the 20th there; a fortnight before it the period begins.
  expect(read).not.toMatch(/mosttimeinrangewas[A-Za-z]+(20|6|7)Nov:/);
});

test.each(["clinic-0001", "clinic-0011", "clinic-0012", "clinic-0018", "clinic-0029"])(
  "%s has one sheet on either paper, whatever was measured, in large type",
  async (uid) => {
    const clinic = await openClinic(uid);
    for (const how of ["language=en&unit=mg/dL&paper=letter", "language=zh-CN&unit=mmol/L&paper=a4"])
      for (const days of [1, 14, 90]) {
        const { bytes } = await clinic.sheet(`days=${days}`, how);
        const sheets = await sheetsOf(Buffer.from(bytes));
        expect(sheets).toHaveLength(1);
        const [{ texts } = { texts: [] }] = sheets;
        expect(Math.min(...texts.map(({ sizePt }) => sizePt))).toBeGreaterThanOrEqual(8.5);
      }
  },
);

test("of days without readings it says that there are none, and of a part that could not be read which it is", async () => {
  const clinic = await openClinic("clinic-0011");
  const endMs = clinic.now() - 600 * dayMs;
  const none = await readPdf((await clinic.sheet(`start=${endMs - dayMs}&end=${endMs}`)).bytes);
  expect(none.says("There are no sensor values of these days.")).toBe(true);
  expect(none.says("What went well")).toBe(false);
});

test("the trail says for whom it was", async () => {
  const clinic = await openClinic("clinic-0011");
  const { answer } = await clinic.sheet("days=14");
  expect(answer.headers.get("content-disposition")).toMatch(/filename="sheet-/);
  const rows = await clinic.database.db
    .selectFrom("audit")
    .select("details")
    .where("action", "=", "patient.export")
    .execute();
  expect(JSON.parse(rows[0]?.details ?? "")).toMatchObject({ audience: "patient", days: 14 });
});

const longName = `${"刘洋 Bartholomäus ".repeat(7)}刘洋`.slice(0, 120);

test.each<[string, string, Language, string, string]>([
  ["刘洋", "A-104268", "en", "born 4 Mar 1978", "Hospital number: A-104268"],
  [longName, "7".repeat(64), "zh-CN", "1978年3月4日出生", "病历号/住院号：777777"],
])("every sheet of %s says date of birth and hospital number %s, in the same bytes again", async (...who) => {
  const [name, hospitalNumber, language, born, number] = who;
  const clinic = await openClinic("clinic-0011");
  await clinic.change({ name, dateOfBirth: "1978-03-04", hospitalNumber });
  const how = `language=${language}&unit=mmol/L&paper=letter`;
  const period = `start=${clinic.now() - 14 * dayMs}&end=${clinic.now()}`;
  for (const path of [
    `/report.pdf?${period}&${how}`,
    `/report.pdf?${period}&${how}&audience=patient`,
    `/leaflet.pdf?language=${language}&paper=letter`,
  ]) {
    const bytes = Buffer.from(await (await clinic.get(path)).bytes());
    expect(Buffer.from(await (await clinic.get(path)).bytes()).equals(bytes)).toBe(true);
    const { says, beside } = await readPdf(bytes);
    expect([path, says(born)]).toEqual([path, true]);
    for (const sheet of beside)
      for (const words of [born, number, "clinic-0011"]) expect(sheet).toContain(words.replaceAll(" ", ""));
    if (!path.includes("leaflet"))
      expect(says(language === "en" ? "Latest reading" : "最近一次读数")).toBe(true);
  }
});

test("what is not on record of a person is not on their sheet", async () => {
  const clinic = await openClinic("clinic-0011");
  await clinic.change({ dateOfBirth: null, hospitalNumber: null });
  const { read } = await readPdf((await clinic.sheet("days=14")).bytes);
  expect(read).not.toMatch(/born|Hospitalnumber|null/);
});

/** What a camera reads from the one path of many squares. */
function scanned(sheets: Awaited<ReturnType<typeof sheetsOf>>): string {
  const points = sheets.flatMap(({ paths }) => paths).toSorted((a, b) => b.length - a.length)[0] ?? [];
  const corners = points.filter((_, index) => index % 4 === 0);
  const dotPt = Math.abs((points[1]?.[0] ?? 0) - (points[0]?.[0] ?? 0));
  const left = Math.min(...corners.map(([x]) => x));
  const top = Math.max(...corners.map(([, y]) => y));
  const dots = corners.map(
    ([x, y]) => [Math.round((x - left) / dotPt), Math.round((top - y) / dotPt)] as const,
  );
  const [quiet, scale] = [4, 4];
  const size = (Math.max(...dots.map(([x]) => x)) + 1 + 2 * quiet) * scale;
  const light = new Uint8ClampedArray(size * size).fill(255);
  for (const [x, y] of dots)
    for (let i = 0; i < scale * scale; i += 1)
      light[((y + quiet) * scale + Math.floor(i / scale)) * size + (x + quiet) * scale + (i % scale)] = 0;
  const picture = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(light, size, size)));
  return new QRCodeReader().decode(picture).getText();
}

test("a leaflet says who, how to begin and by which ID, whose picture a camera reads, and not when", async () => {
  const world = await createWorld();
  const [person] = world.sandbox.cohort;
  if (!person) throw new Error("nobody is there");
  const { patient } = await world.proxy.registerPatient(person);
  const cookie = await world.signIn("clinician");
  const leaflet = async (how: string) =>
    (await world.request(`/api/patients/${patient.id}/leaflet.pdf?${how}`, { cookie })).bytes();
  const first = await leaflet("language=en&paper=a4");
  world.advance(3 * dayMs);
  expect(Buffer.from(await leaflet("language=en&paper=a4")).equals(Buffer.from(first))).toBe(true);
  const { says } = await readPdf(first);
  for (const words of [patient.name, `Your ID: ${patient.partnerUid}`, "Bind the sensor in the app"])
    expect(says(words)).toBe(true);
  expect(scanned(await sheetsOf(Buffer.from(first)))).toBe(patient.partnerUid);
  for (const how of ["language=en&paper=letter", "language=zh-CN&paper=a4"])
    expect(await sheetsOf(Buffer.from(await leaflet(how)))).toHaveLength(1);
  const rows = await world.database.db
    .selectFrom("audit")
    .select(["subject", "details"])
    .where("action", "=", "patient.export")
    .execute();
  expect(rows[0]?.subject).toBe(patient.id);
  expect(JSON.parse(rows[0]?.details ?? "")).toEqual({
    file: "pdf",
    content: "leaflet",
    language: "en",
    paper: "a4",
  });
});
