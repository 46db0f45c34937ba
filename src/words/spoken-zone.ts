import type { Language } from "./language.ts";
import { formatZone } from "./zone-names.ts";

/** Cities that zones call otherwise than people do today. */
const englishCities: Readonly<Record<string, string>> = {
  Shanghai: "Beijing",
  Chongqing: "Beijing",
  Chungking: "Beijing",
  Harbin: "Beijing",
  Calcutta: "Kolkata",
  Katmandu: "Kathmandu",
  Kiev: "Kyiv",
  Rangoon: "Yangon",
  Saigon: "Ho Chi Minh City",
  "Sao Paulo": "São Paulo",
};

/** A zone as it is said to somebody: "Berlin time" as in a telephone call, in Chinese by the name of its time. */
export function spokenZone(timeZone: string, language: Language): string {
  if (language !== "en") return formatZone(timeZone, language);
  const place = timeZone.split("/").at(-1)?.replaceAll("_", " ") ?? "";
  if (/^(Etc\/)?(UTC|UCT|GMT|Zulu|Universal|Greenwich)$/.test(timeZone)) return "UTC";
  // Of a fixed offset the sign is the other way about.
  const [, sign, hours] = /^Etc\/GMT([+-])(\d+)$/.exec(timeZone) ?? [];
  if (hours !== undefined) return hours === "0" ? "UTC" : `UTC${sign === "+" ? "−" : "+"}${hours}`;
  return timeZone.includes("/") ? `${englishCities[place] ?? place} time` : place;
}
