import { currentZoneName, isRegion, zoneFor, zoneOfRegion, zonesOf } from "#contract/region.ts";
import type { Language } from "#words/language.ts";
import { formatAside } from "#words/list.ts";
import { regionName } from "./region.ts";

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter(isRegion);

export interface Option {
  value: string;
  label: string;
}

/**
 * Regions to choose from: the common ones, then every other one with a name, in the order of the language.
 */
export function regionOptions(language: Language): { common: Option[]; others: Option[] } {
  const toOption = (code: string) => ({
    value: code,
    label: formatAside(regionName(code, language), code, language),
  });
  const { compare } = new Intl.Collator(language);
  const others = codes.filter((code) => !(code in zoneOfRegion));
  return {
    common: Object.keys(zoneOfRegion).map(toOption),
    others: others.map(toOption).sort((a, b) => compare(a.label, b.label)),
  };
}

const browserZone = (): string => currentZoneName(Intl.DateTimeFormat().resolvedOptions().timeZone);

/**
 * Zones to choose from: the region's (the proposed one before its others), this computer's and UTC first.
 * `chosen` is listed even when no longer current.
 */
export function zoneOptions(
  region: string,
  chosen: string,
  ownLabel: (zone: string) => string,
): { suggested: Option[]; others: Option[] } {
  const own = browserZone();
  const suggested = [...new Set([zoneFor(region) ?? own, ...zonesOf(region), own])];
  const listed = Intl.supportedValuesOf("timeZone").map(currentZoneName);
  const others = [...new Set([...listed, "UTC", ...(chosen ? [chosen] : [])])];
  const name = (zone: string) => zone.replaceAll("_", " ");
  return {
    suggested: suggested.map((zone) => ({
      value: zone,
      label: zone === own ? ownLabel(name(zone)) : name(zone),
    })),
    others: others
      .filter((zone) => !suggested.includes(zone))
      .map((zone) => ({ value: zone, label: name(zone) })),
  };
}
