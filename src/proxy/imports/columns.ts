import { identityFieldNames } from "#contract/identity.ts";
import {
  type ImportColumns,
  type ImportField,
  importFields,
  requiredImportFields,
} from "#contract/import.ts";
import { beginningOf } from "#contract/text.ts";
import { unusable } from "./read-file.ts";

/** What people call the columns, as `plain` leaves it. */
const names: Record<ImportField, readonly string[]> = {
  partnerUid: [
    "partneruid",
    "partneruserid",
    "partnerid",
    "patientid",
    "patientno",
    "patientnumber",
    "userid",
    "uid",
    "id",
    "合作方用户id",
    "合作方用户编号",
    "合作方id",
    "患者id",
    "患者编号",
    "用户id",
    "编号",
    "患者编号合作方用户id",
  ],
  name: ["name", "fullname", "patientname", "patient", "姓名", "患者姓名", "名字", "患者"],
  dateOfBirth: [
    "dateofbirth",
    "birthdate",
    "birthday",
    "dob",
    "born",
    "出生日期",
    "出生年月日",
    "患者出生日期",
    "生日",
  ],
  hospitalNumber: [
    "hospitalnumber",
    "hospitalno",
    "hospitalid",
    "medicalrecordnumber",
    "medicalrecordno",
    "mrn",
    "chartnumber",
    "chartno",
    "casenumber",
    "caseno",
    "inpatientnumber",
    "inpatientno",
    "admissionnumber",
    "admissionno",
    "病历号",
    "病历号码",
    "病案号",
    "住院号",
    "住院号码",
    "病历号住院号",
    "住院号病历号",
  ],
  diabetesType: [
    "diabetestype",
    "typeofdiabetes",
    "diabetes",
    "dmtype",
    "糖尿病类型",
    "糖尿病分型",
    "糖尿病",
    "分型",
  ],
  therapy: [
    "therapy",
    "treatment",
    "insulintherapy",
    "insulinregimen",
    "treatmentregimen",
    "治疗方案",
    "治疗方式",
    "胰岛素治疗方案",
    "胰岛素方案",
  ],
  phone: [
    "phone",
    "phonenumber",
    "phoneno",
    "telephone",
    "telephonenumber",
    "tel",
    "telno",
    "mobile",
    "mobilephone",
    "mobilenumber",
    "cellphone",
    "contactnumber",
    "contactphone",
    "电话",
    "电话号码",
    "联系电话",
    "患者电话",
    "手机",
    "手机号",
    "手机号码",
  ],
  region: [
    "region",
    "regioncode",
    "country",
    "countrycode",
    "地区",
    "国家",
    "国家地区",
    "地区代码",
    "国家代码",
  ],
  timeZone: ["timezone", "tz", "时区"],
  tags: ["tags", "tag", "labels", "标签"],
};

const mostNamed = 20;
const longestNamed = 40;
const longestHeader = 200;

const plain = (header: string) =>
  header
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** A hospital's number is the ID where the file has no other. */
const idWhereNoOther: readonly string[] = ["mrn", "病历号"];

export function recogniseColumns(headers: readonly string[]): ImportColumns {
  const words = headers.map((header) => plain(header.slice(0, longestHeader)));
  const known = words.map((word) => importFields.find((field) => names[field].includes(word)) ?? null);
  const fields = known.includes("partnerUid")
    ? known
    : known.map((field, i) => (idWhereNoOther.includes(words[i] ?? "") ? "partnerUid" : field));
  return headers.map((header, i) => {
    const field = fields[i] ?? null;
    // Of a telephone and a mobile number the first is read, and the other one is named among those ignored.
    const isSecond = identityFieldNames.some((name) => name === field) && fields.indexOf(field) < i;
    return { header: beginningOf(header.trim(), longestNamed), field: isSecond ? null : field };
  });
}

/** Throws a Failure that names what is missing or there twice, and what was found. */
export function requireColumns(columns: ImportColumns): void {
  const faults = importFields.flatMap((field) => {
    const count = columns.filter((column) => column.field === field).length;
    if (count > 1) return { field, reason: "doubled" };
    return count === 0 && requiredImportFields.includes(field) ? { field, reason: "missing" } : [];
  });
  if (faults.length === 0) return;
  const found = columns.slice(0, mostNamed).map(({ header }) => ({ field: "found", reason: header }));
  throw unusable("columns", [...faults, ...found]);
}
