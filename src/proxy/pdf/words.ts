import type { Language } from "#words/language.ts";
import enCases from "#words/locales/en/cases.json" with { type: "json" };
import enChart from "#words/locales/en/chart.json" with { type: "json" };
import enDetails from "#words/locales/en/details.json" with { type: "json" };
import enDomain from "#words/locales/en/domain.json" with { type: "json" };
import enPatient from "#words/locales/en/patient.json" with { type: "json" };
import enReport from "#words/locales/en/report.json" with { type: "json" };
import enUi from "#words/locales/en/ui.json" with { type: "json" };
import zhCases from "#words/locales/zh-CN/cases.json" with { type: "json" };
import zhChart from "#words/locales/zh-CN/chart.json" with { type: "json" };
import zhDetails from "#words/locales/zh-CN/details.json" with { type: "json" };
import zhDomain from "#words/locales/zh-CN/domain.json" with { type: "json" };
import zhPatient from "#words/locales/zh-CN/patient.json" with { type: "json" };
import zhReport from "#words/locales/zh-CN/report.json" with { type: "json" };
import zhUi from "#words/locales/zh-CN/ui.json" with { type: "json" };
import { type Messages, type Parts, type Sentences, say, sentencesOf, type Values } from "#words/messages.ts";

const catalogs = {
  en: {
    cases: enCases,
    chart: enChart,
    details: enDetails,
    domain: enDomain,
    patient: enPatient,
    report: enReport,
    ui: enUi,
  },
  "zh-CN": {
    cases: zhCases,
    chart: zhChart,
    details: zhDetails,
    domain: zhDomain,
    patient: zhPatient,
    report: zhReport,
    ui: zhUi,
  },
};
type Known = keyof (typeof catalogs)["en"];

const read = new Map<object, Sentences>();
function sentences(language: Language, catalog: Known): Sentences {
  const words = catalogs[language][catalog];
  const known = read.get(words) ?? sentencesOf(words);
  read.set(words, known);
  return known;
}

/** The words of a part of a catalog, of the catalog and of the domain, as the pages say them. */
export const messagesIn =
  <C extends Known, P extends Parts<C> | undefined = undefined>(
    language: Language,
    catalog: C,
    part?: P,
  ): Messages<C, P> =>
  (key: string, values?: Values) =>
    say(
      language,
      [sentences(language, catalog), sentences(language, "domain")],
      part ? [`${String(part)}.${key}`, key] : [key],
      values,
    );
