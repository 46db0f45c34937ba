/** A time of day as a line of a list writes it. */
export interface ClockTime {
  /** "09:15". */
  time: string;
  /** Whether it is a time of a twelve-hour clock whose half of the day the line does not say. */
  isAssumed: boolean;
}

type Half = "am" | "pm" | "noon" | "evening" | null;

const numbersOf = (lists: readonly string[]): Map<string, number> =>
  new Map(lists.flatMap((list) => list.split(" ").map((word, index) => [word, index + 1] as const)));

const hours = numbersOf([
  "one two three four five six seven eight nine ten eleven twelve",
  "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
]);
const minutes = new Map([
  ...hours,
  ...Object.entries({
    quarter: 15,
    viertel: 15,
    fifteen: 15,
    fünfzehn: 15,
    twenty: 20,
    zwanzig: 20,
    "twenty-five": 25,
    "twenty five": 25,
    "five and twenty": 25,
    "five-and-twenty": 25,
    "thirty-five": 35,
    "thirty five": 35,
    "fifty-five": 55,
    "fifty five": 55,
    fünfundzwanzig: 25,
    thirty: 30,
    dreißig: 30,
    forty: 40,
    "forty-five": 45,
    "forty five": 45,
    fünfundvierzig: 45,
    fifty: 50,
  }),
]);

const oneOf = (words: Iterable<string>): string =>
  [...words].toSorted((a, b) => b.length - a.length).join("|");

const hour = String.raw`\d{1,2}|${oneOf(hours.keys())}`;
const wordHour = oneOf(hours.keys());
const minute = String.raw`(?:a )?(?:\d{1,2}|${oneOf(minutes.keys())})`;
const clock = "uhr|hrs?|h|o['’]?clock";
/** Which half of the day, behind the hour. */
const behind = String.raw`[ap]\.?m\.?|in the (?:morning|afternoon|evening)|vormittags?|nachmittags?|morgens|früh|abends?|mittags`;
const end = `(?: ?(?:${clock}))?(?: ?(${behind}))?`;

const chineseHalf = "凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上";
const numeral = "[〇零一二两三四五六七八九十]";
const chineseMinutes = String.raw`\d{1,2} ?分|[0-5]\d|[半整]|[一三] ?刻|${numeral}{1,3} ?分|${numeral}{2,3}`;

interface Form {
  form: string;
  read: (...groups: string[]) => { hour: number; minute: number; half: Half; isTwelveHour: boolean } | null;
}

const halfOf = (text = ""): Half => {
  if (/^p|nachmittag|afternoon|下午|傍晚/i.test(text)) return "pm";
  if (/evening|abend|晚上/i.test(text)) return "evening";
  if (/^a|vormittag|morning|morgens|früh|[凌清早上]/i.test(text)) return "am";
  return text === "" ? null : "noon";
};

const digitOf = (character: string): number =>
  character === "两" ? 2 : Math.max(0, "零一二三四五六七八九十".indexOf(character));

function numberOf(text: string): number {
  const word = text.toLowerCase().replace(/^a |\s*(?:分)$/g, "");
  const known = hours.get(word) ?? minutes.get(word);
  if (known !== undefined || /\d/.test(word)) return known ?? Number(word);
  const [tens, ones] = word.includes("十") ? word.split("十") : ["零", word];
  return (tens === "" ? 10 : digitOf(tens ?? "") * 10) + (ones ? digitOf([...ones].at(-1) ?? "") : 0);
}

/** An hour that stands alone: "9" or "nine"; NaN where it is none. */
export const hourNamed = (text: string): number =>
  hours.get(text.toLowerCase()) ?? (/^[1-9]\d?$/.test(text) ? Number(text) : Number.NaN);

const isWordOrBare = (text: string): boolean => !/^(?:0|1\d|2\d)/.test(text);

const at = (hourText: string, minute: number, half: Half) => ({
  hour: numberOf(hourText),
  minute,
  half,
  isTwelveHour: isWordOrBare(hourText),
});

/** So many minutes before an hour is so many after the one before it. */
const before = (hourText: string, minute: number, half: Half) => {
  const after = at(hourText, 60 - minute, half);
  return { ...after, hour: after.hour === 1 && after.isTwelveHour ? 12 : after.hour - 1 };
};

function chineseMinuteOf(text: string): number {
  if (text === "" || text === "整") return 0;
  if (text === "半") return 30;
  if (text.endsWith("刻")) return text.startsWith("一") ? 15 : 45;
  return numberOf(text);
}

/** In Latin letters. The first form that fits where a time begins is what is meant. */
const latinForms: readonly Form[] = [
  {
    // from when to when, of which the end alone says that it is a time: 9-10 Uhr, 2–3 pm, 9 to 10 am
    form: String.raw`(\d{1,2}) ?(?:[-–—~]|to|bis|until|till) ?(\d{1,2}) ?(?:(${behind})|(?:${clock})(?: ?(${behind}))?)`,
    read: (from, to, half, other) => {
      const said = halfOf(half || other);
      const isBefore = Number(to) === 12 ? Number(from) < 12 : Number(from) > Number(to);
      return at(from, 0, said === "pm" && isBefore ? "am" : said);
    },
  },
  {
    form: "(?:12 )?(noon|midday|midnight|mittags?)",
    read: (word) => at(word === "midnight" ? "00" : "12", 0, null),
  },
  { form: `(?:half(?: past)?) (${hour})${end}`, read: (at1, half) => at(at1, 30, halfOf(half)) },
  {
    form: `(${minute})(?: min(?:ute[ns]?|\\.)?)? (vor|nach) halb (${hour})${end}`,
    read: (minute, to, at1, half) =>
      before(at1, 30 + (to.toLowerCase() === "vor" ? 1 : -1) * numberOf(minute), halfOf(half)),
  },
  { form: `halb (${hour})${end}`, read: (at1, half) => before(at1, 30, halfOf(half)) },
  { form: `dreiviertel (${hour})${end}`, read: (at1, half) => before(at1, 15, halfOf(half)) },
  {
    form: `(${minute})(?: min(?:ute[ns]?|\\.)?)? (?:past|after|nach) (${hour})${end}`,
    read: (minute, at1, half) => at(at1, numberOf(minute), halfOf(half)),
  },
  {
    // "10 to 11" may be from when to when as well.
    form: `(${minute})( min(?:ute[ns]?|\\.)?)? (to|of|before|vor) (${hour})${end}`,
    read: (minute, word, to, at1, half) =>
      /to|of/i.test(to) && word === "" && numberOf(minute) < 13
        ? null
        : before(at1, numberOf(minute), halfOf(half)),
  },
  {
    form: String.raw`(\d{1,2})[:：.h]([0-5]\d)${end}`,
    read: (at1, minute, half) => at(at1, Number(minute), halfOf(half)),
  },
  {
    form: String.raw`(\d{1,2}) ?(?:uhr|h) ?([0-5]\d)(?: ?(${behind}))?`,
    read: (at1, minute, half) => at(at1, Number(minute), halfOf(half)),
  },
  {
    // "1 h" is how long something takes.
    form: `(${hour})(?: ?(${clock})(?: ?(${behind}))?| ?(${behind}))`,
    read: (at1, word, half, other) =>
      /^h/i.test(word) && numberOf(at1) < 7 ? null : at(at1, 0, halfOf(half || other)),
  },
  {
    form: `(${wordHour})[ -](${oneOf([...minutes.keys()].filter((word) => (minutes.get(word) ?? 0) > 12))})(?: ?(${behind}))?`,
    read: (at1, minute, half) => at(at1, numberOf(minute), halfOf(half)),
  },
];

const chineseForms: readonly Form[] = [
  {
    form: String.raw`(${chineseHalf})? ?差 ?(一刻|\d{1,2}|${numeral}{1,3}) ?分?(?:钟)? ?(?:到 ?)?(\d{1,2}|${numeral}{1,3}) ?[点點]`,
    read: (half, minute, at1) => before(at1, minute === "一刻" ? 15 : numberOf(minute), halfOf(half)),
  },
  {
    form: String.raw`(${chineseHalf})? ?(\d{1,2}) ?[-–—~至到] ?\d{1,2} ?[点點时]`,
    read: (half, at1) => at(at1, 0, halfOf(half)),
  },
  {
    form: String.raw`(${chineseHalf}) ?(\d{1,2})[:：.]([0-5]\d)`,
    read: (half, at1, minute) => at(at1, Number(minute), halfOf(half)),
  },
  {
    form: String.raw`(${chineseHalf})? ?(\d{1,2}|${numeral}{1,3}) ?(?:[点點]钟?|时)(?: ?(${chineseMinutes}))?`,
    read: (half, at1, minute) => at(at1, chineseMinuteOf(minute), halfOf(half)),
  },
  { form: "正午|中午", read: () => at("12", 0, null) },
];

/** Without the groups, so that they can stand in another expression. */
const plain = (forms: readonly Form[]): string =>
  forms.map(({ form }) => form.replace(/(?<!\\)\((?!\?)/g, "(?:")).join("|");

const nearby = String.raw`[\d\p{L}]`;
const latinBefore = `(?<!${nearby}|[.:：-])`;
const latin = `${latinBefore}(?:${plain(latinForms)})(?!${nearby})`;
const chineseBefore = String.raw`(?<![\d.:：\-a-z〇零一二两三四五六七八九十])`;
const chinese = String.raw`${chineseBefore}(?:${plain(chineseForms)})(?!\d)`;

const toSpan = (one: string) => `(?:${one})(?: ?(?:[-–—~至到]|bis|to|until|till) ?(?:${one}))?`;
const shortly = String.raw`(?:(?:at|from|around|about|um|ab|gegen|ca\.?) )?`;
/** A time of day, or from when to when, as it stands in front of a name or behind it. */
export const latinTime = `${shortly}${toSpan(plain(latinForms))}`;
export const chineseTime = toSpan(plain(chineseForms));

const inside = new RegExp(`${chinese}|${latin}`, "giu");

function toTime({
  hour,
  minute,
  half,
  isTwelveHour,
}: NonNullable<ReturnType<Form["read"]>>): ClockTime | null {
  const isOfNoon = half === "noon" && hour < 3;
  const isLater = (half === "pm" || half === "evening" || isOfNoon) && hour < 12;
  const isAssumed = half === null && isTwelveHour && hour > 0 && hour < 7;
  // A list that writes midnight means noon, or that there is no time.
  const isMidnight = hour === 0 || (hour === 12 && (half === "am" || half === "evening"));
  if (hour > 23 || minute > 59 || isMidnight || (half === "am" && hour > 12)) return null;
  const isAfternoon = isLater || (isAssumed && hour < 6);
  const at = isAfternoon ? hour + 12 : hour;
  return { time: [at, minute].map((one) => String(one).padStart(2, "0")).join(":"), isAssumed };
}

const anchored = [...chineseForms, ...latinForms].map(({ form, read }) => ({
  form: new RegExp(`^(?:${form})$`, "iu"),
  read,
}));

function clockOf(text: string): ClockTime | null {
  for (const { form, read } of anchored) {
    const groups = form.exec(text)?.slice(1);
    if (!groups) continue;
    const value = read(...groups.map((group) => group ?? ""));
    return value && toTime(value);
  }
  return null;
}

/** The first time of day in a text, and how it is written there; `clock` is null where none of them can be one. */
export function clockIn(text: string): { text: string; clock: ClockTime | null } | undefined {
  const found = [...text.matchAll(inside)].map(([one]) => ({ text: one, clock: clockOf(one) }));
  return found.find(({ clock }) => clock !== null) ?? found[0];
}

const spans = new RegExp(
  `${chineseBefore}(?:${chineseTime})(?!\\d)|${latinBefore}(?:${latinTime})(?!${nearby})`,
  "giu",
);

/** Every time of day in a text, a span from when to when being one. */
export const timesIn = (text: string): { text: string; clock: ClockTime }[] =>
  [...text.matchAll(spans)].flatMap(([one]) => {
    const clock = clockIn(one)?.clock;
    return clock ? { text: one, clock } : [];
  });

const likeTime =
  /\d{1,2}[:：]\d{2}|(?<![\p{L}\d])(?:half|quarter|o['’]clock|uhr|halb|viertel|noonish|morning|afternoon|evening|vormittags?|nachmittags?|abends|lunchtime)(?!\p{L})|[\d一二两三四五六七八九十][点點]|上午|下午|早上|傍晚|晚上/iu;

/** Whether a text seems to say when, also where no time can be read. */
export const seemsToSayWhen = (text: string): boolean => likeTime.test(text);
