import { dayMs } from "#glucose/time.ts";

/** Names that stand for no place where someone lives. */
const notRegions: readonly string[] = ["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"];

const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });

/**
 * Today's code of a region that is written with two letters: GB for UK; as it is where it stands for none.
 */
export const currentRegion = (code: string): string =>
  /^[A-Z]{2}$/.test(code) ? (new Intl.Locale(`und-${code}`).region ?? code) : code;

/** Whether a code is that of a country or territory, by ISO 3166. */
export const isRegion = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) &&
  currentRegion(code) === code &&
  !notRegions.includes(code) &&
  names.of(code) !== undefined;

/** Where most patients are, with the zone to propose: the most populous where a region has several. */
export const zoneOfRegion: Readonly<Record<string, string>> = {
  CN: "Asia/Shanghai",
  HK: "Asia/Hong_Kong",
  MO: "Asia/Macau",
  TW: "Asia/Taipei",
  SG: "Asia/Singapore",
  MY: "Asia/Kuala_Lumpur",
  TH: "Asia/Bangkok",
  ID: "Asia/Jakarta",
  IN: "Asia/Kolkata",
  JP: "Asia/Tokyo",
  KR: "Asia/Seoul",
  AE: "Asia/Dubai",
  SA: "Asia/Riyadh",
  TR: "Europe/Istanbul",
  DE: "Europe/Berlin",
  FR: "Europe/Paris",
  GB: "Europe/London",
  IT: "Europe/Rome",
  ES: "Europe/Madrid",
  PL: "Europe/Warsaw",
  NL: "Europe/Amsterdam",
  SE: "Europe/Stockholm",
  CH: "Europe/Zurich",
  BR: "America/Sao_Paulo",
  MX: "America/Mexico_City",
  US: "America/New_York",
  CA: "America/Toronto",
  AU: "Australia/Sydney",
};

/** Of these, which have several, for a browser that cannot tell a region's zones. */
const severalOfTable: readonly string[] = ["ID", "ES", "BR", "MX", "US", "CA", "AU"];

/**
 * Names that the engines' data still gives, and what the zones are called
 * now; both mean the same zone everywhere.
 */
const renamed: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

export const currentZoneName = (zone: string): string => renamed[zone] ?? zone;

/** A zone's name as it is spelled today; null for what is no name of the IANA's, as "+01:00". */
export function zoneName(zone: string): string | null {
  if (!/^[a-z]/i.test(zone)) return null;
  try {
    return currentZoneName(new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone);
  } catch {
    return null;
  }
}

/** Not in every browser, and so not in our library of types; the older ones have it as a property. */
interface ZonedLocale {
  getTimeZones?(): readonly string[] | undefined;
  readonly timeZones?: readonly string[] | undefined;
}

const known = new Map<string, readonly string[]>();

/** The zones of a region by today's names; none where there are none or the browser cannot tell. */
export function zonesOf(region: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(region)) return [];
  let zones = known.get(region);
  if (!zones) {
    const locale = new Intl.Locale(`und-${region}`) as ZonedLocale;
    zones = [...new Set((locale.getTimeZones?.() ?? locale.timeZones ?? []).map(currentZoneName))];
    known.set(region, zones);
  }
  return zones;
}

/**
 * The zone to propose for a region: the table's, or its only one; null
 * where it has several and none is usual.
 */
export function zoneFor(region: string): string | null {
  const zones = zonesOf(region);
  return zoneOfRegion[region] ?? (zones.length === 1 ? (zones[0] ?? null) : null);
}

const monthMs = 30 * dayMs;

/** What clocks show in a zone at moments of the coming year. */
function clocksOf(zone: string): string {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return Array.from({ length: 13 }, (_, i) => format.format(Date.now() + i * monthMs)).join();
}

const several = new Map<string, boolean>();

/**
 * Whether clocks in a region differ, so that the zone proposed for it is only an assumption. Zones that
 * differ in their past alone (Berlin and Büsingen) count as one.
 */
export function hasSeveralZones(region: string): boolean {
  // China has one time by law; the zone of Ürümqi is a custom beside it.
  if (region === "CN") return false;
  const zones = zonesOf(region);
  if (zones.length === 0) return severalOfTable.includes(region);
  let differ = several.get(region);
  if (differ === undefined) {
    const [first, ...others] = zones;
    const clocks = first && others.length > 0 ? clocksOf(first) : "";
    differ = others.some((zone) => clocksOf(zone) !== clocks);
    several.set(region, differ);
  }
  return differ;
}
