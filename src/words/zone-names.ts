import type { Language } from "./language.ts";

const nameOfZone = (timeZone: string, timeZoneName: "shortGeneric" | "longGeneric") =>
  new Intl.DateTimeFormat("zh-CN", { timeZone, timeZoneName })
    .formatToParts()
    .find(({ type }) => type === "timeZoneName")?.value ?? "";

/** Times that some browsers have no Chinese name for. */
const chineseZones: Readonly<Record<string, string>> = {
  "Asia/Urumqi": "乌鲁木齐时间",
  "Asia/Kashgar": "乌鲁木齐时间",
};

/**
 * "Standard" tells such a time from one of its neighbours that has a summer time; elsewhere nobody says it.
 */
const hasNeighbours = /^(北美|大西洋|夏威夷|澳大利亚|[东中西]欧)/;

/**
 * What a time is called in Chinese, not its place: 中欧时间 in Berlin as in Paris, 北美东部时间 in New
 * York. Cities have Chinese names in few browsers, and an offset would be wrong for half of
 * a period in which the clocks change.
 */
function chineseName(timeZone: string): string {
  const name = chineseZones[timeZone] ?? nameOfZone(timeZone, "longGeneric");
  if (name === "中国标准时间") return "北京时间";
  if (name.startsWith("GMT")) return `UTC${name.slice(3).replace("+00:00", "")} 时间`;
  const isChinese = (text: string) => !/[a-z]/i.test(text);
  if (!isChinese(name)) return `${timeZone} 时间`;
  if (!hasNeighbours.test(name)) return name.replace("标准", "");
  // Egypt's clocks do not change on the days of Europe's.
  const ofCountry = nameOfZone(timeZone, "shortGeneric");
  const isFarFromIt = name.includes("欧") && /^(Africa|Asia)\//.test(timeZone);
  return isFarFromIt && isChinese(ofCountry) ? ofCountry : name;
}

// Making a formatter costs a hundred times what using one does.
const names = new Map<string, string>();

/** A zone as it is called: in English by its IANA name, in Chinese by the name of its time. */
export function formatZone(timeZone: string, language: Language): string {
  if (language === "en") return timeZone;
  const known = names.get(timeZone);
  if (known !== undefined) return known;
  const name = chineseName(timeZone);
  names.set(timeZone, name);
  return name;
}
