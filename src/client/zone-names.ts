import type { Language } from "./preferences.ts";

const nameOfZone = (timeZone: string, timeZoneName: "shortGeneric" | "longGeneric") =>
  new Intl.DateTimeFormat("zh-CN", { timeZone, timeZoneName })
    .formatToParts()
    .find(({ type }) => type === "timeZoneName")?.value ?? "";

/** What China calls its own times. */
const chineseZones: Readonly<Record<string, string>> = {
  "Asia/Shanghai": "北京时间",
  "Asia/Chongqing": "北京时间",
  "Asia/Harbin": "北京时间",
  "Asia/Urumqi": "乌鲁木齐时间",
  "Asia/Kashgar": "乌鲁木齐时间",
};

// Making a formatter costs a hundred times what using one does.
const names = new Map<string, string>();

/** A zone as it is called: in English by its IANA name, in Chinese by its country or place. */
export function formatZone(timeZone: string, language: Language): string {
  if (language === "en") return timeZone;
  const known = names.get(timeZone);
  if (known !== undefined) return known;
  const told = [
    chineseZones[timeZone] ?? "",
    nameOfZone(timeZone, "shortGeneric"),
    nameOfZone(timeZone, "longGeneric"),
  ];
  // Some browsers know no Chinese names of cities, and a zone without a place is a mere offset.
  const name = told.find((one) => one !== "" && !/[a-z]/i.test(one)) ?? `${timeZone} 时间`;
  const short = name.replace(/^中国(.+)特别行政区/, "$1");
  names.set(timeZone, short);
  return short;
}
