import { joiningWords } from "./serial-ranges.ts";

/** What stands for a serial number where something stands beside it. */
export const serialMark = "…";

const label =
  "(?:the\\s+)?(?:(?:sensors?|devices?|products?)[ _-]?)?(?:s\\/?n|serials?(?:[ _-]?(?:numbers?|nos?\\.?|nr\\.?))?|serien-?(?:nummern?|nr)\\.?|serie(?:nummer|nr)|num[ée]ros? de s[ée]rie|n[°º] de s[ée]rie|números? de serie|numer[oi] di serie|matricol[ae]|numer(?:y)? seryjn[ye]|серийный номер|серийные номера|シリアル(?:番号|ナンバー)?|製造番号|일련\\s?번호|시리얼(?:\\s?번호)?|(?:设备|产品|传感器)?序列号)";
const labels = new RegExp(
  `(?:^|(?<![\\p{L}\\p{N}]))${label}(?![\\p{L}\\p{N}])\\s*[:：=#]?\\s*(?=${serialMark})`,
  "giu",
);
const onlyLabel = new RegExp(`^(?:${label}|devices?|sensors?|传感器)$`, "iu");
/** A column's or a list's name that is "serial number" and nothing more. */
export const isPlainName = (name: string): boolean => onlyLabel.test(name.trim());
const end =
  /\b(?:from|first|start|begin|to|last|end|through|von|bis|erste|letzte|desde|hasta)\b|起始|开始|结束|终止|截止|[起止首末从到至]/giu;
/** Or "first serial number", "to". */
export const isPlainEnd = (name: string): boolean => {
  const left = name.replace(end, "").trim();
  return left === "" || isPlainName(left);
};

const apart = /(?<=…[\s,;]*)(?:and|und|et|y|e|&|和|及|与)(?=\s*…)/giu;
/** A serial number in the code of its box, or in an address that is one. */
const boxCode =
  /(?:\]\w\d)?(?:\(01\)|01)\d{14}[^\s,;|]*…[^\s,;|?]*|https?:\/\/[^\s?]*\/01\/\d{14}\/[^\s?]*…/g;
/** Delimiters, quotes and what Excel needs for a text. */
const nothing = /[\s,;|，；、.。:："'“”]|=(?=["'“”…])/g;

const separated = (serial: string) =>
  new RegExp(
    Array.from(serial)
      .map((char) => (/[A-Z0-9]/.test(char) ? char : ""))
      .filter(Boolean)
      .join("[-._\\s]?"),
    "g",
  );

/** The text with a mark for each of these serials, however they are spelled. */
function withoutSerials(text: string, serials: readonly string[]): string {
  let left = text;
  for (const serial of serials)
    if (left.includes(serial)) left = left.replaceAll(serial, serialMark);
    else {
      const plain = left
        .normalize("NFKC")
        .replace(/\p{Cf}/gu, "")
        .replaceAll("...", serialMark);
      const upper = plain.toUpperCase();
      // Some letters are two in capitals.
      const same = upper.length === plain.length ? upper : plain;
      let result = "";
      let from = 0;
      for (const { index, 0: found } of same.matchAll(separated(serial))) {
        result += plain.slice(from, index) + serialMark;
        from = index + found.length;
      }
      left = result + plain.slice(from);
    }
  return left;
}

const openEnd = /(?<![^\s,;|"])[A-Z0-9._-]*\d(?:[X*?#%]{1,6}|(?:\[0-9\])+)(?![^\s,;|"])/gi;

/** What a text says beside its serials; "" where that is nothing. */
export function besideIn(text: string, serials: readonly string[], isRange: boolean): string {
  let left = withoutSerials(text, serials);
  if (left.includes("01")) left = left.replace(boxCode, serialMark);
  if (isRange) left = left.replace(openEnd, serialMark).replace(joiningWords, serialMark);
  left = left.replace(labels, "").replace(apart, "");
  if (left.replaceAll(serialMark, "").replace(nothing, "") === "") return "";
  return left
    .replace(/…(?:[\s,;|、，；"]*…)+/g, serialMark)
    .replace(/\s+/g, " ")
    .replace(/^[\s,;|"]+|[\s,;|"]+$/g, "")
    .replace(/^…[,;|]\s*/, "… ");
}
