import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getDocumentProxy, getResolvedPDFJS } from "unpdf";
import { afterEach, expect, test } from "vitest";
import { readBrand } from "#proxy/brand/read-brand.ts";
import { readPdf, sheetsOf } from "#test/support/pdf.ts";
import { createWorld, type World } from "#test/support/world.ts";
import { circle, png, svg } from "./pictures.ts";

const folders: string[] = [];
const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const legal = "Glukosys GmbH, Musterstraße 1, 20095 Hamburg, HRB 12345";
const whole = { name: "Glukosys Care", logo: "logo.png", accent: "#a21caf", legal };

/** The files of a clinic with such a brand, or without one. */
async function clinicOf(values: object | null) {
  const folder = mkdtempSync(join(tmpdir(), "trendline-brand-"));
  folders.push(folder);
  writeFileSync(join(folder, "brand.json"), JSON.stringify(values));
  writeFileSync(join(folder, "logo.png"), png(160, 40));
  writeFileSync(join(folder, "logo.svg"), svg(circle));
  const world = await createWorld(values ? { brand: readBrand(folder) } : {});
  worlds.push(world);
  const person = world.sandbox.cohort.find((one) => one.partnerUid === "clinic-0011");
  if (!person) throw new Error("nobody has this ID");
  const { patient } = await world.proxy.registerPatient(person);
  const cookie = await world.signIn("clinician");
  const file = async (path: string) => {
    const answer = await world.request(`/api/patients/${patient.id}/${path}`, { cookie });
    expect(answer.status).toBe(200);
    return { bytes: await answer.bytes(), name: answer.headers.get("content-disposition") };
  };
  return {
    report: (how = "language=en&unit=mmol/L&paper=a4") => file(`report.pdf?days=14&${how}`),
    sheet: () => file("report.pdf?days=14&language=en&unit=mmol/L&paper=a4&audience=patient"),
    leaflet: (language = "en") => file(`leaflet.pdf?language=${language}&paper=a4`),
  };
}

/** How many pictures are drawn on each sheet. */
async function picturesOn(bytes: Uint8Array): Promise<number[]> {
  const { OPS } = await getResolvedPDFJS();
  const file = await getDocumentProxy(new Uint8Array(bytes));
  return Promise.all(
    Array.from({ length: file.numPages }, async (_, index) => {
      const { fnArray } = await (await file.getPage(index + 1)).getOperatorList();
      return fnArray.filter((operator) => operator === OPS.paintImageXObject).length;
    }),
  );
}

test("every sheet of the report, the patient's sheet and the leaflet has logo, name, legal line and what the software is", async () => {
  const clinic = await clinicOf(whole);
  for (const { bytes } of [await clinic.report(), await clinic.sheet(), await clinic.leaflet()]) {
    const { beside } = await readPdf(bytes);
    for (const artifacts of beside) {
      expect(artifacts).toContain("GlukosysCareismadewithTrendline·");
      expect(artifacts).toContain("GlukosysGmbH,Musterstraße1,20095Hamburg,HRB12345");
    }
    expect(await picturesOn(bytes)).toEqual(beside.map(() => 1));
  }
});

test("nothing of it lies over the rest: the foot stands below all that is said, and no sheet is added", async () => {
  const [own, branded] = [await clinicOf(null), await clinicOf(whole)];
  for (const which of ["report", "sheet", "leaflet"] as const) {
    const [before, after] = await Promise.all(
      [await own[which](), await branded[which]()].map(({ bytes }) => sheetsOf(Buffer.from(bytes))),
    );
    expect(after?.length).toBe(before?.length);
    for (const { texts } of after ?? []) {
      const foot = texts.filter(({ y }) => y < 45);
      expect(foot.map(({ text }) => text).join(" ")).toMatch(/Page \d of \d/);
      expect(Math.min(...texts.map(({ y }) => y))).toBeGreaterThan(14);
    }
  }
});

test("names of files, and the bytes without a brand, are what they were", async () => {
  const [own, branded] = [await clinicOf(null), await clinicOf(whole)];
  const [before, after] = [await own.leaflet(), await branded.leaflet()];
  expect(after.name).toBe(before.name);
  expect(await picturesOn(before.bytes)).toEqual([0]);
  expect((await readPdf(before.bytes)).beside.join()).not.toContain("madewith");
  // The same file twice is the same bytes.
  expect(Buffer.from((await branded.leaflet()).bytes).equals(after.bytes)).toBe(true);
});

test("what a PDF file cannot show is left out of it, never a box: the logo as SVG, a name of other signs", async () => {
  const clinic = await clinicOf({ ...whole, logo: "logo.svg", name: "عيادة 💧", legal: "שלום" });
  const { bytes } = await clinic.leaflet();
  const { beside, read } = await readPdf(bytes);
  expect(await picturesOn(bytes)).toEqual([0]);
  expect(beside.join()).toContain("MadewithTrendline");
  expect(beside.join() + read).not.toMatch(/[\u0590-\u06ff]|□/);
});

test("in Chinese the foot is Chinese", async () => {
  const clinic = await clinicOf({ name: "康糖云", legal: "上海康糖医疗科技有限公司" });
  const { beside } = await readPdf((await clinic.leaflet("zh-CN")).bytes);
  expect(beside.join()).toContain("康糖云由Trendline提供技术支持·上海康糖医疗科技有限公司");
});
