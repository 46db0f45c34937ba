import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { templateRows } from "#client/imports/template.ts";
import { toCsv } from "#client/ui/csv.ts";
import { diabetesTypes, type LikelyDuplicate, therapies } from "#contract/identity.ts";
import { importFields } from "#contract/import.ts";
import { checkRows } from "#proxy/imports/check-rows.ts";
import { recogniseColumns } from "#proxy/imports/columns.ts";
import { readIdentity } from "#proxy/imports/identity-words.ts";
import { readTable } from "#proxy/imports/read-table.ts";
import { openClinic } from "./clinic.ts";

const nobody = async () => new Map();
const check = async (text: string, duplicates: LikelyDuplicate[][] = []) =>
  checkRows(await readTable(text), nobody, nobody, async () => duplicates);
const fieldsOf = (...headers: string[]) => recogniseColumns(headers).map(({ field }) => field);

test("the columns of real files are known in both languages", () => {
  const known = ["dateOfBirth", "hospitalNumber", "diabetesType", "therapy", "phone"];
  expect(fieldsOf("ID", "DOB", "MRN", "Type of diabetes", "Treatment", "Tel.").slice(1)).toEqual(known);
  expect(fieldsOf("编号", "出生日期", "住院号", "糖尿病类型", "治疗方案", "联系电话").slice(1)).toEqual(
    known,
  );
  expect(fieldsOf("编号", "出生日期", "病历号/住院号", "糖尿病分型", "治疗方案", "电话").slice(1)).toEqual(
    known,
  );
});

test("what a saved result calls its columns and choices is read again, in both languages", async () => {
  const locales = join(import.meta.dirname, "../../../src/words/locales");
  for (const language of ["en", "zh-CN"]) {
    const read = (catalog: string) => JSON.parse(readFileSync(join(locales, language, catalog), "utf8"));
    const [{ field: labels }, words] = [read("domain.json"), read("identity.json")];
    expect(fieldsOf(...importFields.map((field) => labels[field]))).toEqual([...importFields]);
    for (const type of diabetesTypes) expect(readIdentity("diabetesType", words[type])).toBe(type);
    for (const therapy of therapies) expect(readIdentity("therapy", words[therapy])).toBe(therapy);
  }
});

test("a hospital's number is the ID where the file has no other, and of two phones the first is read", () => {
  expect(fieldsOf("MRN", "Name")).toEqual(["partnerUid", "name"]);
  expect(fieldsOf("病历号", "姓名", "住院号")).toEqual(["partnerUid", "name", "hospitalNumber"]);
  expect(fieldsOf("ID", "MRN", "Name")).toEqual(["partnerUid", "hospitalNumber", "name"]);
  expect(fieldsOf("ID", "手机", "电话")).toEqual(["partnerUid", "phone", null]);
});

test("cells are read as people and programs write them", async () => {
  const rows = await check(
    [
      "id;name;dob;hospital number;diabetes type;therapy;phone",
      "1;A;1980-04-03;A-17;T1D;CSII;+49 (30) 123-4567",
      "2;B;29314;0017;2型;每日多次注射;１３８　００１３　８０００",
      "3;C;3.4.1980;;GDM;no insulin;030/123 45 67",
      "4;D;1980年4月3日;;MODY;闭环;",
      "5;E;-;N/A;unknown;无;不详",
    ].join("\n"),
  );
  expect(
    rows.map(({ reason, dateOfBirth, hospitalNumber, diabetesType, therapy, phone }) =>
      [reason, dateOfBirth, hospitalNumber, diabetesType, therapy, phone].join(),
    ),
  ).toEqual([
    ",1980-04-03,A-17,type-1,pump,+49 (30) 123-4567",
    ",1980-04-03,0017,type-2,multiple-daily-injections,138 0013 8000",
    ",1980-04-03,,gestational,no-insulin,030 123 45 67",
    ",1980-04-03,,other,automated-insulin-delivery,",
    ",,,other,,",
  ]);
});

test("what cannot be kept is refused with its reason, and stands as in the file", async () => {
  const rows = await check(
    [
      "id;name;dob;hospital number;diabetes type;therapy;phone",
      "1;A;03/04/1980",
      "2;A;30.2.1980",
      "3;A;2999-01-01",
      "4;A;1980",
      "5;A;;1.2E+11",
      "6;A;;;type 7",
      "7;A;;;;prayer",
      "8;A;;;;;ask his wife",
      "9;A;;;;;1.38001E+10",
    ].join("\n"),
  );
  expect(rows.map(({ outcome, field, reason }) => [outcome, field, reason].join())).toEqual([
    "wrong,dateOfBirth,ambiguous-date",
    "wrong,dateOfBirth,date-of-birth",
    "wrong,dateOfBirth,future-date",
    "wrong,dateOfBirth,date-of-birth",
    "wrong,hospitalNumber,spreadsheet",
    "wrong,diabetesType,choice",
    "wrong,therapy,choice",
    "wrong,phone,phone",
    "wrong,phone,spreadsheet",
  ]);
  expect(rows[0]).toMatchObject({ dateOfBirth: "03/04/1980", phone: null });
  const [read] = await check("id;name;region;dob;diabetes type;therapy\n1;A;Germany;29314;T1DM;prayer");
  expect(read).toMatchObject({
    outcome: "wrong",
    reason: "choice",
    region: "Germany",
    dateOfBirth: "29314",
    diabetesType: "T1DM",
    therapy: "prayer",
  });
});

test("the template's rows are good ones but for their IDs", async () => {
  for (const language of ["en", "zh-CN"] as const) {
    const text = toCsv(templateRows(language)).slice(1).replaceAll("EXAMPLE", "c");
    const rows = await check(text);
    expect(rows.map(({ outcome }) => outcome)).toEqual(["new", "new"]);
    expect(rows[0]).toMatchObject({ dateOfBirth: "1980-04-03", diabetesType: "type-1", therapy: "pump" });
  }
});

test("who is likely twice in a file, or here already, is marked and stays to be registered", async () => {
  const here = { id: "p1", name: "Bo", partnerUid: "x", dateOfBirth: null, same: "hospital-number" } as const;
  const rows = await check(
    [
      "id,name,dob,mrn,phone",
      "1,Anna Berg,1980-04-03,,",
      "2,BERG Anna,1980-04-03,,",
      "3,Anna Berg,1981-04-03,,",
      "4,Bo,,A-0017,",
      "5,Cy,,a17,",
      "6,Di,1990-01-01,,0049 30 1234567",
      "7,Ed,1990-01-01,,030 1234567",
      "8,李 娜,1990-01-02,,",
      "9,李娜,1990-01-02,,",
      "10,Na Li,1990-01-02,,",
      "11,Jörg Groß,1990-01-03,,",
      "12,Joerg Gross,1990-01-03,,",
      "13,李志强,1990-01-04,,",
      "14,李志墙,1990-01-04,,",
    ].join("\n"),
    [[here]],
  );
  expect(rows.map(({ outcome, duplicate }) => [outcome, duplicate?.row, duplicate?.same].join())).toEqual([
    "new,,hospital-number",
    "new,2,name-and-birth",
    "new,,",
    "new,,",
    "new,5,hospital-number",
    "new,,",
    "new,7,phone-and-birth",
    "new,,",
    "new,9,name-and-birth",
    "new,9,name-and-birth",
    "new,,",
    "new,12,name-and-birth",
    "new,,",
    "new,,",
  ]);
});

test("an import keeps what it read, counts who is likely known, and registers them", async () => {
  const clinic = await openClinic();
  const header = "id,name,dob,mrn,type,therapy,phone,diabetes type";
  const first = await clinic.check(`${header}\n1,Li Na,1980-04-03,ZY17,,MDI,138 0013 8000,1型`);
  await clinic.call(first, "start");
  await clinic.until(first, "done");
  const [registered] = (await clinic.rows(first)).rows;
  const answer = await clinic.request(`/api/patients/${registered?.patientId}`, { cookie: clinic.cookie });
  expect(await answer.json()).toMatchObject({
    dateOfBirth: "1980-04-03",
    hospitalNumber: "ZY17",
    diabetesType: "type-1",
    therapy: "multiple-daily-injections",
    phone: "138 0013 8000",
  });

  const second = await clinic.check("id,name,dob\n2,li na,1980/4/3\n3,Bo,1980/4/3\n1,Li Na,1980/4/3");
  expect(await clinic.job(second)).toMatchObject({ noted: 1, duplicates: 1, counts: { new: 2, here: 1 } });
  const [noted] = (await clinic.rows(second, "?outcome=noted")).rows;
  expect(noted).toMatchObject({
    partnerUid: "2",
    duplicate: {
      name: "Li Na",
      partnerUid: "1",
      dateOfBirth: "1980-04-03",
      same: "name-and-birth",
      row: null,
    },
  });
  await clinic.call(second, "start");
  expect(await clinic.until(second, "done")).toMatchObject({ counts: { registered: 2 }, duplicates: 0 });
});
