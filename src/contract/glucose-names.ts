/** What glucose and its values are called, in the languages that callers and staff write. */

const before = "(?<![\\p{L}\\p{N}])";
const after = "(?![\\p{L}\\p{N}])";

const glucoseWords = [
  "glucose",
  "sugars?",
  "BG",
  "hypos?",
  "hypers?",
  // German, Dutch, Danish, Norwegian, Swedish
  "(?:blut)?zucker(?:wert|spiegel)?",
  "(?:blut)?glukose(?:wert|spiegel)?",
  "(?:bloed)?(?:suiker|glucose)(?:waarde|spiegel)?s?",
  "(?:blod)?(?:sukker|socker|glukos)(?:et|ret|n|vær?di(?:en)?|värdet?)?",
  // French, Spanish, Italian, Portuguese
  "glu[ck]osa",
  "gluc?emia|glyca?emia",
  "glicemia",
  "glyc[ée]mies?",
  "a[zç][uú]car",
  "zuccher[io]",
  "glicose",
  "sucre",
  // Polish, Turkish, Russian
  "cuk(?:ier|r(?:u|em|y))",
  "glikemi[aię]",
  "(?:kan\\s?)?şeker(?:i|im|iniz)?",
  "glukoz[auy]?",
  "сахар(?:а|ом|у)?",
  "глюкоз[аыу]",
  "глікемі[яї]|гликеми[яи]",
].join("|");
const cjkGlucose = "سكر|قند|סוכר|शुगर|शर्करा|น้ำตาล|đường huyết|gula darah|血糖|葡萄糖|혈당|당수치|グルコース";

const shownWords = [
  "reads?|readings?|shows?|showed|showing|said|says|measured|values?|meters?|finger[\\s-]?(?:sticks?|pricks?)",
  "zeigte?|werte?|valor(?:es)?|valeurs?|valore|mesur[ée]e?|lettur[ae]|leituras?|meting|waarde|måling|mätning|värdet?",
  "wynik(?:i|u)?|odczyt(?:y|u)?|değer(?:i|im)?|ölçüm|показани[ея]|значени[ея]|уровень",
  // As German, English and Russian notes shorten it.
  "(?:BZ|SG|BS|BSL|BGL|GL|FBG|FBS|RBG|RBS|CBG|SMBG|GLU|GLY|ГК)(?!-\\d)",
].join("|");
const cjkShown = "读数|显示|数值|指血|测得|수치|測定値|数値|表示";

/** What a value is named by. */
export const named = new RegExp(
  `${before}(?:${glucoseWords}|${shownWords})${after}|${cjkGlucose}|${cjkShown}`,
  "giu",
);
/** After these a small whole number is one as well: "sugar at 18". */
export const namesGlucose = new RegExp(`^(?:${glucoseWords}|BZ|GLU|BGL|BSL|${cjkGlucose})$`, "iu");

/** French notes write grams per litre, and often not the whole unit: "glycémie 1,10", "glycémie à 2 g". */
export const namesInGrams = /^glyc[ée]mies?$/iu;

/** Names that nothing else has, not a street either. */
export const namesOnlyGlucose =
  /glu[ck]|gl[iy]k?c?[ae]?[eé]mi|blut?zucker|blood\s+sugar|血糖|葡萄糖|혈당|グルコース|глюк|гликем|глікем/iu;

const molar = "mmol|mmo(?=\\s*/)|m\\s?mol(?!\\p{L})|m?milli?mols?|millimoles?|毫摩尔?|ммоль|밀리몰|ミリモル";
const milligrams =
  "mgs?|毫克|мг|밀리그램|ミリグラム|milligramm?e?s?|milligramos?|milligrammi|миллиграмм\\p{L}*";
const perDecilitre = `(?:${milligrams})\\.?\\s*(?:(?:[/每\\\\]|per|pro|por|par|na)\\s*)?(?:dl|дл|100\\s*ml|分升|デシリットル|deci?lit(?:er|re|ro)s?)`;
/** What is taken, and said in milligrams. */
const medicine =
  "paracetamol\\p{L}*|acetaminophen|aspirin\\p{L}*|ibuprofen\\p{L}*|metformin\\p{L}*|vitamin\\p{L}*|ascorbic|hydroxyurea|hydroxycarbamide|antibiotic\\p{L}*|amoxicillin|prednison\\p{L}*|cortison\\p{L}*|statin|tablet\\p{L}*|tablette\\p{L}*|pills?|capsules?|drugs?|medicine|medication|caffeine|dos(?:e|is|age)s?|took|takes?|taking|nimmt|nahm|prend|toma|daily|twice|阿司匹林|对乙酰氨基酚|布洛芬|二甲双胍|维生素|维C|羟基脲|服用|吃了|药|片";
const medicineBefore = `(?<!(?:${medicine})[^.\\d]{0,20})`;
const medicineAfter = `(?!\\s*(?:of|von|de|d['’]|di)(?!\\p{L})|[^.\\d]{0,12}(?:${medicine}))`;

/** A number with its unit. Grams per litre are told with a decimal or two: "1,10 g/L"; of milligrams the rest is left out. */
export const units: readonly RegExp[] = [
  new RegExp(`(?:(?<!\\d)\\d+(?:[.,]\\d+)?\\s*\\(?)(?:${molar}|${perDecilitre}|mg\\s?%(?!\\p{N}))`, "giu"),
  /(?<!\d)\d{1,2}(?:[.,]\d)?\s*mM(?!\p{L})/gu,
  /(?<![\d.,])\d(?:[.,]\d{1,2})?\s*\(?(?:gr?|grams?|grammes?|gramos?|gramm|г)\s*(?:\/|per|par|por|pro)\s*(?:l|lit(?:er|re|ro)s?|л)(?!\p{L})/giu,
  new RegExp(
    `(?<!\\p{L})(?:mmol(?:\\s*/\\s*l)?|${perDecilitre})(?!\\p{L})[\\s:=]{1,3}\\d{1,3}(?:[.,]\\d)?(?!\\p{N})`,
    "giu",
  ),
  new RegExp(
    `${medicineBefore}(?<![\\d.,])(?:[2-9]\\d|[1-5]\\d\\d|600)\\s*(?:${milligrams})(?![\\p{L}/])${medicineAfter}`,
    "giu",
  ),
];

const shown =
  "(?<!\\p{L})(?:says?|said|saying|shows?|showed|showing|reads?|reading|displays?|displayed|screen|is|was|it['’]s|went|gave|Anzeige|zeigte?|steht|affiche|[ée]cran|indique|pantalla|marca|muestra|schermo|segna|visar|viser|toont|показывает|экран)|显示|屏幕|读数|表示|是|为";
const linked =
  "[\\s:=\"'“”‘’«»(,]*(?:(?<!\\p{L})(?:only|just|as|the\\s+word|still|now|on)[\\s\"'“”‘’]+|了|为|是){0,2}";
const ofOthers = "(?!\\p{L}|\\s*-?\\s*(?:battery|signal|power|memory|storage|volume|priority|voltage))";

/** What a display shows instead of a value. */
export const displayed: readonly RegExp[] = [
  /(?<=\p{Ll}[\s,]+)HI(?=\s*(?:$|[.!,;]))/gu,
  new RegExp(`(?:${shown})${linked}(?:LO|HI|LOW|HIGH)${ofOthers}`, "gu"),
  /(?<![\p{L}\p{N}])(?:LO(?:\s+reading)?|HI\s+(?:reading|again|on|for|all|at|since|then))(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])(?:LOW|HIGH|LO|HI)\s+on\s+(?:the\s+|her\s+|his\s+)?(?:reader|screen|display|phone|app|sensor|meter)(?!\p{L})/gu,
  /^[\s\p{P}]*(?:LO|HI|LOW|HIGH)[\s\p{P}]*$/gu,
];
