import countries from "i18n-iso-countries/index.js";
import ar from "i18n-iso-countries/langs/ar.json" with { type: "json" };
import cs from "i18n-iso-countries/langs/cs.json" with { type: "json" };
import da from "i18n-iso-countries/langs/da.json" with { type: "json" };
import de from "i18n-iso-countries/langs/de.json" with { type: "json" };
import en from "i18n-iso-countries/langs/en.json" with { type: "json" };
import es from "i18n-iso-countries/langs/es.json" with { type: "json" };
import fi from "i18n-iso-countries/langs/fi.json" with { type: "json" };
import fr from "i18n-iso-countries/langs/fr.json" with { type: "json" };
import it from "i18n-iso-countries/langs/it.json" with { type: "json" };
import ja from "i18n-iso-countries/langs/ja.json" with { type: "json" };
import ko from "i18n-iso-countries/langs/ko.json" with { type: "json" };
import nl from "i18n-iso-countries/langs/nl.json" with { type: "json" };
import pl from "i18n-iso-countries/langs/pl.json" with { type: "json" };
import pt from "i18n-iso-countries/langs/pt.json" with { type: "json" };
import ru from "i18n-iso-countries/langs/ru.json" with { type: "json" };
import sv from "i18n-iso-countries/langs/sv.json" with { type: "json" };
import tr from "i18n-iso-countries/langs/tr.json" with { type: "json" };
import zh from "i18n-iso-countries/langs/zh.json" with { type: "json" };
import { isRegion } from "#contract/region.ts";

const languages = [en, zh, de, fr, es, it, pt, nl, pl, sv, da, fi, cs, tr, ru, ja, ko, ar];

/** What people write beside the names that the data knows. */
const alsoCalled = {
  CN: ["中国大陆", "中华人民共和国"],
  HK: ["中国香港"],
  MO: ["中国澳门"],
  TW: ["中国台湾"],
};

const plain = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();

function findCodes(): Map<string, string | null> {
  const found = new Map<string, string | null>();
  const add = (name: string, code: string) => {
    const key = plain(name);
    const known = found.get(key);
    found.set(key, known === undefined || known === code ? code : null);
  };
  const alpha2 = Object.keys(countries.getAlpha2Codes()).filter(isRegion);
  for (const language of ["en", "zh-CN", "zh-TW"])
    for (const style of ["long", "short"] as const) {
      const display = new Intl.DisplayNames(language, { type: "region", style });
      for (const code of alpha2) add(display.of(code) ?? code, code);
    }
  for (const code of alpha2) add(countries.alpha2ToAlpha3(code) ?? code, code);
  const regions = new Set(alpha2);
  for (const data of languages) countries.registerLocale(data);
  for (const { locale } of languages)
    for (const [code, names] of Object.entries(countries.getNames(locale, { select: "all" })))
      if (regions.has(code)) for (const name of names) add(name, code);
  for (const [code, names] of Object.entries(alsoCalled)) for (const name of names) add(name, code);
  return found;
}

/**
 * Two letters by what a region is called, or by its three letters; null where two are called so. Made
 * for the first name that is asked for.
 */
let codes: Map<string, string | null> | undefined;

/**
 * The two letters of a region as a file has it (DE, Deutschland, Germany, 德国, DEU); what
 * is none of these comes back as it is.
 */
export function regionCodeOf(text: string): string {
  if (text === "" || isRegion(text.toUpperCase())) return text;
  codes ??= findCodes();
  return codes.get(plain(text)) ?? text;
}
