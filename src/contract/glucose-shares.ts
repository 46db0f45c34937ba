import type { Span } from "./glucose-forms.ts";

/** Shares of time in, below and above a range, and averages of glucose, as they are told in words, percent and Chinese tenths. */

const begin = "(?<![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}])";
const end = "(?![\\p{Script=Latin}\\p{Script=Cyrillic}])";

/** What is in range, low or high, and told in percent, besides glucose. */
const othersWords =
  "phones?|mobile|bluetooth|wi-?fi|signal|receiver|battery|batteries|charge|power|volume|brightness|memory|storage|humidity|price|risk|calls?|callers|customers|orders|box(?:es)?|patches|voltage|priority|quality|resolution|discount|akku|batterie|lautstärke|handy|preis|luftfeuchtigkeit|téléphone|volumen|batería|teléfono|batteria|telefono|bateria|batterij|telefon\\p{L}{0,4}|batteri\\p{L}{0,4}|pil|батаре\\p{L}{0,4}|заряд\\p{L}{0,4}|телефон\\p{L}{0,4}|сигнал\\p{L}{0,4}|громкость";
const others = `(?:${begin}(?:${othersWords})${end}|手机|手機|蓝牙|藍牙|信号|信號|电量|電量|电池|電池|音量|亮度|湿度|盒|价格|배터리|신호)`;
const isOfOthers = new RegExp(`${others}[^.。\\d\\n]{0,16}$`, "iu");
const ofOthers = `(?!\\s*-?\\s*${others})`;
/** What can stand between a share and what it is a share of. */
const between = (most: number) => `(?:(?!${others})[^\\d.。;；\\n%]){0,${most}}`;

const percent =
  "%|per\\s?cent|prozent|pour\\s?cents?|por\\s?cien(?:to)?|per\\s?cento|procent\\p{L}*|prosent|процент\\p{L}*|відсотк\\p{L}*|퍼센트|프로|パーセント";
const chineseDigit = "[一二两三四五六七八九十\\d]";
const share = `(?:(?<![\\p{N}.,])\\d{1,3}(?:[.,]\\d{1,2})?\\s*(?:${percent})|(?:%|yüzde|百分之)\\s*${chineseDigit}{1,3}(?:[.,]\\d)?|${chineseDigit}\\s?成(?:[半一二三四五六七八九\\d])?)`;
const time =
  "(?:of\\s+(?:the\\s+|her\\s+|his\\s+)?(?:time|day|night|week|month|readings|values)|der\\s+(?:Zeit|Werte)|du\\s+temps|del\\s+tiempo|del\\s+tempo|do\\s+tempo|van\\s+de\\s+tijd|av\\s+tiden|af\\s+tiden|czasu|času|времени|часу|的?(?:时间|時間))";
/** "Half the time", "a third of the night", 一半时间. */
const fraction = `(?:${begin}(?:half|(?:a|one|two)[\\s-]+thirds?|(?:a|one|three)[\\s-]+quarters?)\\s+(?:of\\s+)?(?:the\\s+|her\\s+|his\\s+)?(?:time|day|night|week)${end}|${begin}(?:(?:die\\s+)?Hälfte\\s+der\\s+Zeit|(?:die\\s+)?halbe\\s+Zeit|moitié\\s+du\\s+temps|mitad\\s+del\\s+tiempo|metà\\s+del\\s+tempo|metade\\s+do\\s+tempo|helft\\s+van\\s+de\\s+tijd|halva\\s+tiden|połow\\p{L}\\s+czasu|половин\\p{L}\\s+времени)${end}|(?:一半|[二三四五]分之[一二三四])的?(?:时间|時間)?)`;

const abbreviations = "T[\\s.]{0,2}[IAB][\\s.]{0,2}R\\.?|TITR|TING|eAG|GMI|CV|MAGE";
/** After these a number needs no percent sign. */
const told = `${abbreviations}|time\\s+(?:in|below|above|under|over)\\s+(?:the\\s+)?(?:target\\s+)?(?:range)?|tight\\s+range|Zeit\\s+im\\s+(?:Ziel)?bereich|Zielbereich|temps\\s+dans\\s+la\\s+(?:cible|plage)|tiempo\\s+en\\s+(?:rango|objetivo)|tempo\\s+(?:nell['’]|nel\\s+|no\\s+|na\\s+)\\p{L}+|czas\\s+w\\s+zakresie|время\\s+в\\s+(?:целевом\\s+)?диапазоне`;
const toldChinese =
  "目[标標](?:[范範][围圍])?(?:内|內)?(?:时间|時間)?|[范範][围圍][内內](?:时间|時間)|[达達][标標](?:率|时间|時間)";

const english =
  "(?:in|on|within|inside|outside|below|beneath|above|under|over|(?:out|outside)\\s+of)\\s+(?:(?:the|her|his|my|their|our|a|tight|target|normal|glucose|healthy|green)\\s+){0,3}(?:range|target)|(?:target|glucose|normal)\\s+range";
const ranges = [
  english,
  "(?:im|ins|unter(?:halb)?|über|oberhalb|außerhalb)\\s+(?:(?:dem|des|vom)\\s+)?(?:Ziel(?:bereich(?:s|es)?)?|Normbereich(?:s|es)?|Bereich(?:s|es)?)|Zielbereich",
  "(?:dans|sous|hors|au[\\s-]dess[uo]u?s\\s+de|en\\s+dessous\\s+de)\\s+(?:de\\s+)?(?:la\\s+|l['’])?(?:cible|plage|objectif|intervalle)|(?:plage|zone)\\s+cible",
  "(?:en|dentro\\s+de[l]?|fuera\\s+de[l]?|por\\s+(?:debajo|encima)\\s+de[l]?)\\s+(?:el\\s+|su\\s+)?(?:rango|objetivo|intervalo|meta)|rango\\s+objetivo",
  "(?:nel|in|sotto|sopra|entro|fuori(?:\\s+dal?)?)\\s+(?:il\\s+|l['’])?(?:range|target|obiettivo|intervallo)|nell['’](?:intervallo|obiettivo)",
  "(?:no|na|dentro\\s+d[oa]|abaixo\\s+d[oa]|acima\\s+d[oa]|fora\\s+d[oa])\\s+(?:alvo|meta|intervalo|faixa)",
  "(?:binnen|in|buiten|onder|boven)\\s+(?:het\\s+|de\\s+)?(?:bereik|doelbereik|streefbereik|doelgebied|streefwaarden?)",
  "mål(?:område|intervall?)(?:t|et)?|(?:i|inom|innen(?:for)?|inden\\s+for|under|över|over)\\s+(?:området|intervallet|målet)",
  "(?:w|poniżej|powyżej|poza)\\s+(?:zakres(?:ie|u|em)|cel(?:u|em))(?:\\s+docelow\\p{L}+)?|(?:v|pod|nad|mimo)\\s+(?:cílov\\p{L}+\\s+)?(?:rozmezí\\p{L}*|rozsah\\p{L}*|cíli)",
  "(?:в|у|ниже|выше|вне|нижче|вище|поза)\\s+(?:целев\\p{L}+\\s+|цільов\\p{L}+\\s+|норм\\p{L}*\\s+)?(?:диапазон\\p{L}*|діапазон\\p{L}*|цели|цілі)",
  "(?:hedef\\s+)?aralı(?:kta|ğında|ğın\\s+(?:altında|üstünde))|hedefte",
  "hypos?|hypers?|h[yi]pogly?[ck]\\p{L}*|h[yi]pergly?[ck]\\p{L}*|hipoglu?[ck]\\p{L}*|hiperglu?[ck]\\p{L}*|ip(?:o|er)glic\\p{L}*|(?:unter|über)zucker\\p{L}*|гип(?:о|ер)(?:гликеми\\p{L}*)?|гіп(?:о|ер)(?:глікемі\\p{L}*)?",
].join("|");
const rangesElsewhere =
  "[范範][围圍](?:之?[内內外])|目[标標](?:[范範][围圍]|之?[内內])|(?:低于|低於|高于|高於)(?:目[标標]|[范範][围圍])|[达達][标標]|[低高]血糖|[低高](?:血糖)?(?:时间|時間)|範囲[内外]|목표\\s?범위|범위\\s?[내안밖]|저혈당|고혈당";
const inRange = `(?:${begin}(?:${ranges}|${abbreviations})${end}(?!\\s+of|\\s+(?:groups?|price|date|market))|${rangesElsewhere})`;

const levels = `(?:${begin}(?:lows?|highs?|range|niedrig|tief|hoch|bas|haute?|basse|baj[oa]s?|alt[oai]|bass[oai]|baix[oa]s?|laag|hoog|lågt?|högt?|lavt?|høyt?|højt?|nisko|wysoko|nízko|vysoko|düşük|yüksek|низк\\p{L}*|высок\\p{L}*|низьк\\p{L}*|висок\\p{L}*)${end}|[偏过過太][低高])${ofOthers}`;
const links =
  "(?:[\\s:=,(]|(?<!\\p{L})(?:is|was|were|at|about|only|of|for|the|time|spent|ist|war|nur|est|à|seulement|es|solo|è|é)(?!\\p{L})|[的占是约約了]|只有|时间|時間){0,6}";
const tooMuch =
  "(?:\\s+(?:spent|was|were|is|too|zu|trop|te|muy|troppo|demasiado|muito|för|for|слишком)){0,2}";

const shares: readonly RegExp[] = [
  `(?:${begin}(?:${told})${end}|${toldChinese})${between(20)}\\d{1,3}(?:[.,]\\d)?(?!\\p{N})`,
  `${inRange}${between(24)}(?:${share}|${fraction})`,
  `(?:${share}|${fraction})${between(24)}${inRange}${ofOthers}`,
  `${levels}${links}${share}(?!\\s*(?:off|lower|higher)(?!\\p{L}))${ofOthers}`,
  `${share}\\s*(?:${time}${tooMuch}\\s*)?${levels}`,
].map((pattern) => new RegExp(pattern, "giu"));

const context = 32;
/** Where such shares stand in a text. */
export function* sharesIn(text: string): Generator<Span> {
  for (const pattern of shares)
    for (const { 0: part, index } of text.matchAll(pattern))
      if (!isOfOthers.test(text.slice(Math.max(0, index - context), index)))
        yield [index, index + part.length];
}
