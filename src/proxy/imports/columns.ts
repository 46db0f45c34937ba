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
    "mrn",
    "合作方用户id",
    "合作方用户编号",
    "合作方id",
    "患者id",
    "患者编号",
    "用户id",
    "编号",
    "病历号",
  ],
  name: ["name", "fullname", "patientname", "patient", "姓名", "患者姓名", "名字", "患者"],
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

export const recogniseColumns = (headers: readonly string[]): ImportColumns =>
  headers.map((header) => {
    const name = plain(header.slice(0, longestHeader));
    return {
      header: beginningOf(header.trim(), longestNamed),
      field: importFields.find((field) => names[field].includes(name)) ?? null,
    };
  });

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
