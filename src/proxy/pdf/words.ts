import type { Language } from "#words/language.ts";
import enCases from "#words/locales/en/cases.json" with { type: "json" };
import enDomain from "#words/locales/en/domain.json" with { type: "json" };
import enReport from "#words/locales/en/report.json" with { type: "json" };
import enUi from "#words/locales/en/ui.json" with { type: "json" };
import zhCases from "#words/locales/zh-CN/cases.json" with { type: "json" };
import zhDomain from "#words/locales/zh-CN/domain.json" with { type: "json" };
import zhReport from "#words/locales/zh-CN/report.json" with { type: "json" };
import zhUi from "#words/locales/zh-CN/ui.json" with { type: "json" };
import { type Messages, type Sentences, say, sentencesOf, type Values } from "#words/messages.ts";

const catalogs = {
  en: { cases: enCases, domain: enDomain, report: enReport, ui: enUi },
  "zh-CN": { cases: zhCases, domain: zhDomain, report: zhReport, ui: zhUi },
};
type Known = Exclude<keyof (typeof catalogs)["en"], "domain">;

const read = new Map<object, Sentences>();
function sentences(language: Language, catalog: Known | "domain"): Sentences {
  const words = catalogs[language][catalog];
  const known = read.get(words) ?? sentencesOf(words);
  read.set(words, known);
  return known;
}

/** The words of a catalog and of the domain, as the pages say them. */
export const messagesIn =
  <C extends Known>(language: Language, catalog: C): Messages<C> =>
  (key: string, values?: Values) =>
    say(language, [sentences(language, catalog), sentences(language, "domain")], [key], values);
