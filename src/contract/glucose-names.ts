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
const cjkGlucose = "血糖|葡萄糖|혈당|당수치|グルコース";

const shownWords = [
  "reads?|readings?|shows?|showed|showing|said|says|measured|values?|meters?|finger[\\s-]?(?:sticks?|pricks?)",
  "zeigte?|werte?|valor(?:es)?|valeurs?|valore|mesur[ée]e?|lettur[ae]|leituras?|meting|waarde|måling|mätning|värdet?",
  "wynik(?:i|u)?|odczyt(?:y|u)?|değer(?:i|im)?|ölçüm|показани[ея]|значени[ея]|уровень",
  // As German, English and Russian notes shorten it.
  "(?:BZ|SG|BS|BGL|GL|FBG|FBS|RBG|RBS|CBG|SMBG|GLU|GLY|ГК)(?!-\\d)",
].join("|");
const cjkShown = "读数|显示|数值|指血|测得|수치|測定値|数値|表示";

/** What a value is named by. */
export const named = new RegExp(
  `${before}(?:${glucoseWords}|${shownWords})${after}|${cjkGlucose}|${cjkShown}`,
  "giu",
);
/** After these a small whole number is one as well: "sugar at 18". */
export const namesGlucose = new RegExp(`^(?:${glucoseWords}|BZ|${cjkGlucose})$`, "iu");

/** French notes write grams per litre, and often not the whole unit: "glycémie 1,10", "glycémie à 2 g". */
export const namesInGrams = /^glyc[ée]mies?$/iu;

const perDecilitre =
  "(?:mg|毫克|мг|밀리그램)\\s*(?:[/每]|per|pro|por|par|na)\\s*(?:dl|дл|100\\s*ml|分升|deci?lit(?:er|re|ro)s?)";
/** Grams per litre are told with a decimal or two: "1,10 g/L". */
export const withUnit = new RegExp(
  `(?<!\\d)\\d+(?:[.,]\\d+)?\\s*\\(?(?:mmol|m?milli?mols?|millimoles?|毫摩尔|ммоль|밀리몰|ミリモル|${perDecilitre}|mg\\s?%(?!\\p{N}))` +
    `|(?<![\\d.,])\\d(?:[.,]\\d{1,2})?\\s*\\(?(?:gr?|grams?|grammes?|gramos?|gramm|г)\\s*(?:\\/|per|par|por|pro)\\s*(?:l|lit(?:er|re|ro)s?|л)(?!\\p{L})`,
  "iu",
);
