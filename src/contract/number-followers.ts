import { isCounted } from "./other-numbers.ts";

/** Words that a number does not count: after it the sentence goes on. */
export const goingOn: ReadonlySet<string> = new Set(
  [
    "and or but two three four five six seven eight nine ten then at on in by to this that these those all when while before after now yesterday today tonight tomorrow last next again for from with without which so because she he it they we i you her his its us most mostly the a an since until till during throughout overnight once twice early late earlier later right still just there here fasting also always sometimes often never usually constantly is was are were be been being has had have does did do goes went as than versus vs against plus minus instead though although even only almost about around approximately something ish odd even lower higher low high lows highs off apart above below over under falling rising dropping climbing going coming down up back steady stable flat level reading mmol mg glucose sugar suddenly quickly fast slowly every each whenever if not no yes ok okay please per via inside between until postprandial preprandial pre post according straight alarm display displayed screen sensor meter finger cgm dizzy shaky sweaty sweating shaking feeling felt feels unwell fine woke asleep awake treated ate eating eaten drank took like unless despite within towards already yet too however therefore his themselves this's perhaps maybe probably says said shows showed reported reports claims claimed insists insisted saw sees seen found noted wrote doubts got gave gives hit had measured alert alerts alarmed warned beeped hypo hyper lab actual roughly nearly lo hi range night waking réveil despertar risveglio aufstehen acordar threshold past pen fs sens reader screen",
    "mornings evenings afternoons lunch breakfast dinner supper bedtime noon midnight morning evening afternoon lunchtime",
    "und oder aber dann bei im in am an auf um zu zum zur vor nach seit bis als wie war ist sind hat hatte wird wurde lag liegt heute gestern morgen morgens abends nachts mittags nachmittags vormittags jetzt wieder immer noch nur schon sehr so aber obwohl weil dass der die das den dem des ein eine er sie es ich wir mit ohne laut gegen statt trotz nüchtern gemessen angezeigt fallend steigend stabil gefallen gestiegen plötzlich ständig dauernd zu danach davor später vorher alarm zucker über unter runter hoch tief ungefähr etwa circa bereits links rechts alles meldet meldete sagt sagte zeigt zeigte gab gibt misst früh hatte unterzucker überzucker messgerät nadel messwert zuckerwerte",
    "et ou mais puis alors à au aux en dans sur sous ce cet cette le la les un une de des du hier aujourd'hui demain matin soir nuit après avant depuis pendant avec sans elle il ils elles je nous vous on est était sont a avait encore toujours jamais souvent vers environ plus moins pas très tous toutes dès lors quand lorsque parce car selon contre chez puisque stable ensuite maintenant tout donne donnait indique indiquait affiche lecteur capteur c'est dit",
    "y o e pero entonces luego en el la los las un una de del al a por para con sin esta este hoy ayer mañana noche tarde después antes desde hasta durante ella él está estaba es fue era tiene tenía ahora siempre nunca cuando porque según contra más menos mientras tras sus casi todo toda dice decía marca marcó muestra dio daba arriba",
    "ed ma poi in al alla alle ai di da dal dalla del della con senza stamattina ieri oggi domani stanotte notte sera mattina dopo prima durante lei lui è era ha aveva adesso ora sempre mai quando perché secondo contro più meno il lo gli le dice segna arrivata arrivato svegliata svegliato",
    "ou mas então depois antes desde até em no na nos nas ao à às do da dos das ontem hoje amanhã manhã noite ela ele está estava é foi agora sempre quando porque mais menos marcou deu com",
    "en of maar dan om te op bij in na voor sinds tot vannacht vanochtend vanmorgen vandaag gisteren gisteravond nu weer altijd nog was is ze hij het de een met zonder tijdens als gaf geeft zegt toont",
    "och eller men sedan då i på vid efter före under sen nu igen alltid var är har hade hon han det den med utan igår idag natt natten hela morse kväll og så etter før ved mens ja ei nyt taas eilen tänään aamulla yöllä visade visar viste viser med",
    "i lub ale potem w na po przed od do rano wieczorem nocy wczoraj dziś dzisiaj teraz znowu zawsze jest był było była ona on a nebo pak ráno včera dnes teď pokazał pokazuje miała miał z",
    "и или но а потом затем в на по после до перед от с утром вечером ночью днём вчера сегодня сейчас опять снова всегда был было была она он это не у показал показала показывает",
    "ve veya ama sonra önce sabah akşam gece dün bugün şimdi tekrar hep çıktı oldu idi iken gösterdi gösteriyor sensör",
  ]
    .join(" ")
    .split(" "),
);

const isChineseGoingOn =
  /^[左右上下以之了吧呢的后後前然就又很但和到是在一早晚今昨夜半凌饭餐空测降升掉跌涨还都也或跟再现不低高头晕心快往至给这她他我且因所如若并而则随接感觉即约偏持醒吃睡报波徘范与、]/u;
/** After these Chinese characters a number is counted all the same. */
const isChineseCounted = /^(?:个半|前[一两三天次个]|上午|下午)/u;

/** "24 Station Road", "58 High Street", "12, rue de la Paix". */
const street =
  /^\s*,\s*\d{4,6}\s+\p{Lu}|^(?:\s+\p{Lu}\p{Ll}+){2}|^\s*(?:bis|ter)?,?\s*(?:rue|avenue|av\.|bd|boulevard|chemin|place|allée|quai|impasse|route)(?!\p{L})/u;
const end =
  /^(?:\s*$|\s*[.,;:!?)\]}"”’»。，；：、！？）…\n|/]|\s+[-–—→&+=*(]|\s*[→↗↘↑↓⬇⬆⬈⬊➡⇒↙↖⇩⇧🔻🔺📉📈><~～])/u;
const gone =
  /^\s+(?:is|are|was|were|have|has|had|came|fell|did|do)\s+(?:\p{L}+\s+)?(?:left|missing|lost|returned|sent|unused|used|opened|off|faulty|defective|bad|good|broken|dead|affected)(?!\p{L})/iu;
const nextWord = /^[\s-]*((?:\p{Script=Latin}|\p{Script=Cyrillic}|\p{M})+)/u;
const mostWordsBetween = 3;
/** Of plurals: "25 spare patches", "25 czujników"; not of "58 was". */
const plural =
  /^(?=.{4})(?!points$)(?:.*[^s]s|.*(?:children|people|staff|copies|eaux|aux|ów|ков|тов|нов|ров|лов))$/iu;
const noun = /^\p{Lu}\p{Ll}/u;
/** What becomes of things that are counted. */
const fate =
  /^(?:more|fewer|further|remaining|left|missing|returned|sent|shipped|reserved|delivered|ordered|used|unused|affected|replaced|opened|unopened|tried|asked|replied|answered|received|stock|total|altogether|übrig|fehlen|bestellt|geliefert|verschickt)$/i;

/** The further numbers behind one: "two or three times", "20, 21 and 23 November". */
const oneNumber =
  "(?:\\d[\\d.,]*|(?:two|three|four|five|six|seven|eight|nine|ten|twelve)(?!\\p{L})|[一二两三四五六七八九十]{1,3})";
const furtherNumbers = new RegExp(
  `^(?:\\s*[,、]\\s*${oneNumber}){0,8}\\s*(?:[&/–~-]|(?<!\\p{L})(?:and|or|to|(?:instead|out)\\s+of|of|rather\\s+than|und|oder|bis|statt|von|et|ou|à|au\\s+lieu\\s+de|de|di|van|y|o|e|a|en\\s+vez\\s+de)(?!\\p{L})|[和到至或])\\s*${oneNumber}`,
  "iu",
);
export const behindFurther = (after: string): string => after.replace(furtherNumbers, "");

/** What follows a number: something that it counts, the end of the clause, the sentence that goes on, or a word of which nothing is known. */
export function followingOf(after: string, isDecimal: boolean): "counted" | "end" | "going-on" | "unknown" {
  if (
    isCounted(after) ||
    (!isDecimal && isCounted(behindFurther(after))) ||
    gone.test(behindFurther(after)) ||
    street.test(after)
  )
    return "counted";
  if (end.test(after)) return "end";
  const text = after.trimStart();
  if (/^\p{Script=Han}/u.test(text) && !isDecimal)
    return isChineseGoingOn.test(text) && !isChineseCounted.test(text) ? "going-on" : "counted";
  let rest = after;
  for (let count = 0; count < mostWordsBetween; count += 1) {
    const found = nextWord.exec(rest);
    const word = found?.[1];
    if (!found || !word) return "unknown";
    const isLast = goingOn.has(word.toLowerCase());
    if (isLast && count === 0) return /^in\s+(?:stock|total)/i.test(text) ? "counted" : "going-on";
    if (isLast) return "unknown";
    if (/^\p{Lu}{2,5}$/u.test(word) && count === 0) return "counted";
    if (plural.test(word) || noun.test(word) || (count === 0 && fate.test(word))) return "counted";
    rest = rest.slice(found[0].length);
    if (isCounted(rest.replace(/^\s*/, " "))) return "counted";
  }
  return "unknown";
}
