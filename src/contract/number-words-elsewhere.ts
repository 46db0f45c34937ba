/** Numbers to six hundred in words of German, Dutch, French, Spanish, Italian and Portuguese. */

const highest = 600;

interface Language {
  /** From zero to nineteen; `|` between two spellings. */
  readonly small: readonly string[];
  /** From twenty to ninety. */
  readonly tens: readonly string[];
  readonly between: (ten: string, one: string) => string;
  /** From one hundred to six hundred. */
  readonly hundreds: readonly string[];
  /** Between a hundred and what follows. */
  readonly joint: string;
}

const german: Language = {
  small:
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split(
      " ",
    ),
  tens: "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(" "),
  between: (ten, one) => `${one === "eins" ? "ein" : one}und${ten}`,
  hundreds: "hundert zweihundert dreihundert vierhundert fünfhundert sechshundert".split(" "),
  joint: "",
};
const dutch: Language = {
  small:
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split(
      " ",
    ),
  tens: "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split(" "),
  between: (ten, one) => `${one}${one.endsWith("e") ? "ën" : "en"}${ten}`,
  hundreds: "honderd tweehonderd driehonderd vierhonderd vijfhonderd zeshonderd".split(" "),
  joint: "",
};
const italian: Language = {
  small:
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove".split(
      " ",
    ),
  tens: "venti trenta quaranta cinquanta sessanta settanta ottanta novanta".split(" "),
  between: (ten, one) => `${/^[uo]/.test(one) ? ten.slice(0, -1) : ten}${one}`,
  hundreds: "cento duecento trecento quattrocento cinquecento seicento".split(" "),
  joint: "",
};
const spanish: Language = {
  small:
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve".split(
      " ",
    ),
  tens: "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(" "),
  between: (ten, one) => (ten === "veinte" ? `veinti${one}` : `${ten} y ${one}`),
  hundreds: "ciento doscientos trescientos cuatrocientos quinientos seiscientos".split(" "),
  joint: " ",
};
const portuguese: Language = {
  small:
    "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove".split(
      " ",
    ),
  tens: "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa".split(" "),
  between: (ten, one) => `${ten} e ${one}`,
  hundreds: "cento duzentos trezentos quatrocentos quinhentos seiscentos".split(" "),
  joint: " e ",
};
const frenchSmall =
  "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split(
    " ",
  );
const frenchTens = "vingt trente quarante cinquante soixante".split(" ");

const below100 = ({ small, tens, between }: Language, number: number): string => {
  const ten = tens[Math.floor(number / 10) - 2];
  if (ten === undefined) return small[number] ?? "";
  return number % 10 === 0 ? ten : between(ten, small[number % 10] ?? "");
};

function frenchBelow100(number: number): string {
  const one = (value: number) => frenchSmall[value] ?? "";
  if (number < 20) return one(number);
  if (number >= 80) return number === 80 ? "quatre-vingts" : `quatre-vingt-${one(number - 80)}`;
  const ten = Math.min(Math.floor(number / 10), 6);
  const rest = number - ten * 10;
  const joint = rest === 1 || rest === 11 ? " et " : "-";
  return `${frenchTens[ten - 2]}${rest === 0 ? "" : joint + one(rest)}`;
}

const inLanguage = (language: Language) => (number: number) => {
  const hundred = language.hundreds[Math.floor(number / 100) - 1];
  if (hundred === undefined) return below100(language, number);
  return number % 100 === 0 ? hundred : `${hundred}${language.joint}${below100(language, number % 100)}`;
};
function inFrench(number: number): string {
  const hundred = Math.floor(number / 100);
  if (hundred === 0) return frenchBelow100(number);
  const rest = number % 100 === 0 ? "" : ` ${frenchBelow100(number % 100)}`;
  return `${hundred === 1 ? "" : `${frenchSmall[hundred]} `}cent${hundred > 1 && !rest ? "s" : ""}${rest}`;
}

const spellings = [...[german, dutch, italian, spanish, portuguese].map(inLanguage), inFrench];
/** Without accents, and with a space for a hyphen, as it is written in haste. */
const plain = (words: string) =>
  words
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[\s-]+/g, " ");

/** Words of other meanings: they are numbers before or after a decimal mark only. */
const alsoOtherwise = new Set(
  "un um uno een null nul zero cero neuf once dos due sei acht elf six cent cents ciento cento onze sept seize doze".split(
    " ",
  ),
);

const numbers = new Map<string, number>(
  spellings.flatMap((spell) =>
    Array.from({ length: highest + 1 }, (_, number) => [plain(spell(number)), number] as const),
  ),
);
for (const [words, number] of [...numbers])
  if (words.startsWith("hundert")) numbers.set(`ein${words}`, number);

const mostWords = Math.max(...[...numbers.keys()].map((words) => words.split(" ").length));
const word = /(?<![\p{L}\p{N}])\p{L}+(?![\p{N}])/gu;
const marks = /^(?:komma|virgule|coma|virgola|virgula|punto|punkt|point|ponto)$/;

interface Word {
  readonly from: number;
  readonly to: number;
  readonly plain: string;
}

/** The longest number that begins with a word, and how many words it has. */
function numberAt(words: readonly Word[], at: number, text: string): { value: number; count: number } | null {
  for (let count = Math.min(mostWords, words.length - at); count > 0; count -= 1) {
    const part = words.slice(at, at + count);
    const areTogether = part.every(
      ({ from }, index) => index === 0 || /^[ -]$/.test(text.slice(part[index - 1]?.to, from)),
    );
    const value = areTogether ? numbers.get(part.map((one) => one.plain).join(" ")) : undefined;
    if (value !== undefined) return { value, count };
  }
  return null;
}

/** Where such numbers stand in a text, those with a decimal as one. */
export function elsewhereIn(text: string): { words: string; index: number; digits: string }[] {
  const words = [...text.matchAll(word)].map(
    ({ 0: part, index }): Word => ({ from: index, to: index + part.length, plain: plain(part) }),
  );
  const found: { words: string; index: number; digits: string }[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const whole = numberAt(words, at, text);
    if (!whole) continue;
    const after = at + whole.count;
    const isMarked = marks.test(words[after]?.plain ?? "");
    const part = isMarked ? numberAt(words, after + 1, text) : null;
    const count = part && part.value < 10 ? whole.count + 1 + part.count : whole.count;
    const [first, last] = [words[at], words[at + count - 1]];
    if (!first || !last) continue;
    if (count === whole.count && whole.count === 1 && alsoOtherwise.has(first.plain)) continue;
    const digits = count === whole.count ? String(whole.value) : `${whole.value}.${part?.value}`;
    found.push({ words: text.slice(first.from, last.to), index: first.from, digits });
    at += count - 1;
  }
  return found;
}
