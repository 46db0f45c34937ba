import { afterAll, beforeAll, expect, test } from "vitest";
import { type ResolvedLine, resolvedLines } from "#contract/appointments.ts";
import { leftOver } from "#proxy/roster/left-over.ts";
import { partsOf } from "#proxy/roster/line-parts.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const people = [
  { name: "Hassan Mohammed", phone: "07700 900555" },
  { name: "Charlotte Nguyen" },
  { name: "Priya Nair" },
  { name: "Thomas Baker" },
  { name: "Hiroshi Tanaka" },
  { name: "Jürgen Weiß" },
  { name: "David Kim", dateOfBirth: "1971-04-03" },
  { name: "Rajesh Kumar" },
  { name: "李志强" },
  { name: "张伟" },
  { name: "吴建国" },
  { name: "王秀英" },
  { name: "陈思雨" },
  { name: "Marcus Johnson" },
  { name: "Margaret Whitfield" },
  { name: "Anna Schröder" },
  { name: "Emma Thompson" },
  { name: "Oliver Bennett" },
  { name: "Sofia Ramirez" },
  { name: "Wei Ming Tan", hospitalNumber: "A-104557" },
  { name: "Isla Robertson" },
  { name: "Lukas Hoffmann", hospitalNumber: "A-104608" },
  { name: "Liu Yang", dateOfBirth: "1978-03-15" },
];

/** A Sunday. */
const today = "2026-11-29";
let world: World;
let resolve: (lines: readonly string[]) => Promise<ReturnType<typeof resolvedLines.parse>>;

beforeAll(async () => {
  world = await createWorld();
  const cookie = await world.signIn("clinician");
  for (const [index, person] of people.entries()) {
    const sent = await world.request("/api/patients", {
      ...json({ region: "GB", timeZone: "Europe/London", partnerUid: `L-30${100 + index}`, ...person }),
      method: "POST",
      cookie,
    });
    expect(sent.status).toBe(201);
  }
  resolve = async (lines) => {
    const answer = await world.request("/api/patients/resolve", {
      ...json({ lines, today }),
      method: "POST",
      cookie,
    });
    return resolvedLines.parse(await answer.json());
  };
});
afterAll(() => world.close());

const isTaken = ({ exact, isBeside, doubts }: ResolvedLine) =>
  exact.length === 1 && !isBeside && doubts.length === 0;
const shown = (line: ResolvedLine) =>
  [
    isTaken(line) ? "taken" : line.exact.length === 1 ? "asked" : "perhaps",
    [...line.exact, ...line.like].map(({ name }) => name).join(" + ") || "nobody",
    line.time ?? "–",
    ...line.doubts.map(({ why, what }) => `${why}: ${what}`),
  ].join(" | ");
const shownOf = async (...lines: string[]) => (await resolve(lines)).lines.map(shown);

test.each([
  ["Hassan Mohammed 9:00 cancelled", "asked | Hassan Mohammed | 09:00 | words: cancelled"],
  ["Hassan Mohammed (cancelled) 9:00", "asked | Hassan Mohammed | 09:00 | words: cancelled"],
  ["Hassan Mohammed\t9:00\tDNA", "asked | Hassan Mohammed | 09:00 | words: DNA"],
  ["CANCELLED: Hassan Mohammed 9:00", "asked | Hassan Mohammed | 09:00 | words: CANCELLED"],
  [
    "9:15 NOT Charlotte Nguyen, she rang to cancel",
    "asked | Charlotte Nguyen | 09:15 | words: NOT, she rang to cancel",
  ],
  ["Priya Nair moved to Tuesday 10:00", "asked | Priya Nair | 10:00 | words: moved to | day: Tuesday"],
  ["Thomas Baker 1 Dec 14:00", "asked | Thomas Baker | 14:00 | day: 1 Dec"],
  ["Thomas Baker 01.12. 14:00", "asked | Thomas Baker | 14:00 | day: 01.12."],
  ["Thomas Baker 2026-12-01 14:00", "asked | Thomas Baker | 14:00 | day: 2026-12-01"],
  ["Thomas Baker tomorrow 14:00", "asked | Thomas Baker | 14:00 | day: tomorrow"],
  ["Thomas Baker next Sunday 14:00", "asked | Thomas Baker | 14:00 | day: next Sunday"],
  ["Thomas Baker Dienstag 14 Uhr", "perhaps | Thomas Baker | 14:00 | day: Dienstag"],
  [
    "Hiroshi Tanaka 8:15 rebooked for next week",
    "asked | Hiroshi Tanaka | 08:15 | words: rebooked | day: next week",
  ],
  [
    "Jürgen Weiß - moved from 9:00 to 11:30",
    "asked | Jürgen Weiß | – | words: moved | times: from 9:00 to 11:30",
  ],
  ["Jürgen Weiß 9:00 (was 8:30)", "asked | Jürgen Weiß | – | words: was | times: 9:00, 8:30"],
  [
    "9 Uhr Weiß Jürgen (verschoben auf 11 Uhr)",
    "asked | Jürgen Weiß | – | words: verschoben auf | times: 9 Uhr, 11 Uhr",
  ],
  ["Jürgen Weiß 9 Uhr abgesagt", "asked | Jürgen Weiß | 09:00 | words: abgesagt"],
  ["David Kim no longer coming at 3", "asked | David Kim | – | words: no longer coming at 3 | time: 3"],
  ["Rajesh Kumar did not attend", "asked | Rajesh Kumar | – | words: did not attend"],
  ["李志强 取消 9点", "asked | 李志强 | 09:00 | words: 取消"],
  ["9点 李志强（取消）", "asked | 李志强 | 09:00 | words: 取消"],
  ["张伟 不来了", "asked | 张伟 | – | words: 不来了"],
  ["张伟未就诊", "perhaps | 张伟 | –"],
  ["吴建国 明天上午十点", "asked | 吴建国 | 10:00 | day: 明天"],
  ["吴建国 下周二 10:00", "asked | 吴建国 | 10:00 | day: 下周二"],
  ["王秀英 改到下午3点", "asked | 王秀英 | 15:00 | words: 改到"],
  [
    "Please call Marcus Johnson back on 07700 900123",
    "asked | Marcus Johnson | – | words: Please call, back on 07700 900123",
  ],
  ["10:00 Marcus Johnson bring meter", "asked | Marcus Johnson | 10:00 | words: bring meter"],
  ["10:00 Marcus Johnson with daughter", "asked | Marcus Johnson | 10:00 | words: daughter"],
  ["10:00 Marcus Johnson?", "asked | Marcus Johnson | 10:00 | words: ?"],
  ["❌ 10:00 Marcus Johnson", "asked | Marcus Johnson | 10:00 | words: ❌"],
  ["~10:20 Hiroshi Tanaka~", "asked | Hiroshi Tanaka | 10:20 | words: ~"],
  ["// 8:50 Priya Nair", "asked | Priya Nair | 08:50 | words: //"],
  ["(8:30 Emma Thompson)", "asked | Emma Thompson | 08:30 | words: (…)"],
  ["(8:30 Emma Thompson", "asked | Emma Thompson | 08:30 | words: (…n"],
  ["2) 9:00 Priya Nair)", "asked | Priya Nair | 09:00 | words: P…)"],
  ["2. [8:30 Emma Thompson (new)]", "asked | Emma Thompson | 08:30 | words: […]"],
  ["（9:00 张伟）", "asked | 张伟 | 09:00 | words: (…)"],
  [
    "9:00 P\u0336r\u0336i\u0336y\u0336a\u0336 N\u0336a\u0336i\u0336r\u0336",
    "asked | Priya Nair | 09:00 | words: P\u0336r\u0336i\u0336y\u0336a\u0336 N\u0336a\u0336i\u0336r\u0336",
  ],
  ["10:00 张伟？", "asked | 张伟 | 10:00 | words: ?"],
  ["L-30113 10:00 cancelled", "asked | Marcus Johnson | 10:00 | words: cancelled"],
  [
    "Isla Robertson RN | Diabetes Specialist Nurse | A-104608",
    "asked | Lukas Hoffmann | – | words: RN, Specialist Nurse",
  ],
])("of “%s” nobody is taken by themselves: %s", async (line, expected) => {
  expect(await shownOf(line)).toContain(expected);
  expect((await resolve([line])).lines.some(isTaken)).toBe(false);
});

test("a sign that is no plain punctuation is asked about, wherever it stands beside a name", async () => {
  const all = "✕ ✖ ⨯ ⛔ 🛑 👎 ⏭️ ➡️ ↷ 😷 † ✝ // ❎ → ♿ ⚠️ ☠ 🏥 ¬ ≠ ✂️ ⊘ 👎🏽 ※".split(" ");
  for (const written of all) {
    const sign = written.replace("\uFE0F", "");
    expect(
      await shownOf(
        `9:00 Priya Nair ${written}`,
        `${written} 9:30 Thomas Baker`,
        `${written}David Kim`,
        `张伟${written}`,
        `L-30113 ${written}`,
        `10:00\tEmma Thompson\t${written}`,
      ),
    ).toEqual([
      `asked | Priya Nair | 09:00 | words: ${sign}`,
      `asked | Thomas Baker | 09:30 | words: ${sign}`,
      `asked | David Kim | – | words: ${sign}`,
      `asked | 张伟 | – | words: ${sign}`,
      `asked | Marcus Johnson | – | words: ${sign}`,
      `asked | Emma Thompson | 10:00 | words: ${sign}`,
    ]);
  }
});

test("plain punctuation, bullets and ticks are not asked about", async () => {
  const lines = ["✓", "✔ ", "☑", "✅", "● ", "▪", "• ", "* ", "– ", "➢ ", "~"].map(
    (one) => `${one}9:00 Priya Nair`,
  );
  const behind = ["✓", " ✔", ".", ";", " -", " *", "!", " |", " /", ":"].map(
    (one) => `9:00 Priya Nair${one}`,
  );
  const around = [
    "“9:00 Priya Nair”",
    "«Priya Nair» 9:00",
    "9:00 | Priya Nair | L-30102",
    "9:00 / Priya Nair",
  ];
  for (const line of [...lines, ...behind, ...around])
    expect(await shownOf(line), line).toEqual(["taken | Priya Nair | 09:00"]);
});

test.each([
  ["1. 09:15 Mrs Charlotte NGUYEN - review, room 2", "Charlotte Nguyen | 09:15"],
  ["Hassan Mohammed at 9:00 (new) 07700 900555", "Hassan Mohammed | 09:00"],
  ["Sunday 29 Nov 10:00 Priya Nair", "Priya Nair | 10:00"],
  ["29.11. 10:00 Priya Nair", "Priya Nair | 10:00"],
  ["2026-11-29\t10:00\tPriya Nair\tL-30102", "Priya Nair | 10:00"],
  ["Nair, Priya - phone call 10:00-10:30", "Priya Nair | 10:00"],
  ["10:00-10:20 Thomas Baker follow-up", "Thomas Baker | 10:00"],
  ["Herr Weiß, Jürgen um halb zehn, Zimmer 3", "Jürgen Weiß | 09:30"],
  ["周日 上午9点 张伟先生 复诊 3号诊室", "张伟 | 09:00"],
  ["10:00 Priya Nair (F, 34)", "Priya Nair | 10:00"],
  ["10:00 Thomas Baker (M)", "Thomas Baker | 10:00"],
  ["10:00 王秀英（女）", "王秀英 | 10:00"],
  ["10:00 王秀英（女，54岁）", "王秀英 | 10:00"],
  ["dimanche 29 novembre 10:00 Priya Nair", "Priya Nair | 10:00"],
  ["Aujourd’hui 10:00 Priya Nair", "Priya Nair | 10:00"],
  ["zhang wei 9 am new", "张伟 | 09:00"],
  ["David Kim, born 3 Apr 1971, 9am", "David Kim | 09:00"],
  ["Liu Yang, 15/03/78, 9am", "Liu Yang | 09:00"],
  ["five and twenty past nine Priya Nair", "Priya Nair | 09:25"],
  ["five-and-twenty to ten Priya Nair", "Priya Nair | 09:35"],
  ["twenty five to ten Priya Nair", "Priya Nair | 09:35"],
  ["twenty-five past nine Priya Nair", "Priya Nair | 09:25"],
  ["nine fifty-five Priya Nair", "Priya Nair | 09:55"],
  ["fünf vor halb zehn Priya Nair", "Priya Nair | 09:25"],
  ["fünf nach halb zehn Priya Nair", "Priya Nair | 09:35"],
  ["Wei Ming Tan 0945", "Wei Ming Tan | 09:45"],
  ["Sofia Ramirez 0930-1000", "Sofia Ramirez | 09:30"],
  ["Oliver Bennett at 1400 hrs", "Oliver Bennett | 14:00"],
  ["Emma Thompson 12", "Emma Thompson | 12:00"],
  ["Emma Thompson, 9", "Emma Thompson | 09:00"],
  ["Thompson, Emma; 9:00; L-30116", "Emma Thompson | 09:00"],
  ["Priya Nair 7", "Priya Nair | 07:00"],
  ["陈思雨 ９点３０分", "陈思雨 | 09:30"],
])("of “%s” is taken: %s", async (line, expected) => {
  expect(await resolve([line])).toMatchObject({ ignored: [], notAppointments: [] });
  expect(await shownOf(line)).toEqual([`taken | ${expected}`]);
});

test.each([
  ["Emma Thompson 12", "12"],
  ["Priya Nair 7", "7"],
])("the hour of “%s” is told", async (line, doubt) => {
  expect((await resolve([line])).lines).toMatchObject([{ timeInDoubt: doubt }]);
});

test.each([
  ["Anna Schröder 9-ish or 10", "9-ish or 10"],
  ["Anna Schröder 3", "3"],
  ["Anna Schröder 9:75", "9:75"],
  ["Anna Schröder 1955", "1955"],
  ["Anna Schröder 12.00 am", "12.00 am"],
  ["12 am Anna Schröder", "12 am"],
  ["00:00 Anna Schröder", "00:00"],
  ["midnight Anna Schröder", "midnight"],
  ["张伟 零点", "零点"],
  ["张伟 0点", "0点"],
])("the time of “%s” is not read, and told as “%s”", async (line, what) => {
  const [only, ...others] = (await resolve([line])).lines;
  expect(others).toEqual([]);
  expect(only).toMatchObject({ time: null, timeInDoubt: what });
  expect(only?.doubts).toContainEqual({ why: "time", what });
});

test.each([
  ["10:00-10:20 Margaret Whitfield & Hiroshi Tanaka", ["Margaret Whitfield 10:00", "Hiroshi Tanaka 10:00"]],
  [
    "Anna Schröder at quarter to ten, then Emma Thompson at ten, followed by David Kim at half ten.",
    ["Anna Schröder 09:45", "Emma Thompson 10:00", "David Kim 10:30"],
  ],
  [
    "Patients: Oliver Bennett; Sofia Ramirez; Hiroshi Tanaka",
    ["Oliver Bennett –", "Sofia Ramirez –", "Hiroshi Tanaka –"],
  ],
  ["9:00 Priya Nair and 10:00 Thomas Baker", ["Priya Nair 09:00", "Thomas Baker 10:00"]],
  ["9点张伟，10点李志强", ["张伟 09:00", "李志强 10:00"]],
  ["张伟和李志强", ["张伟 –", "李志强 –"]],
  ["9:00 Marcus Johnson with Priya Nair", ["Marcus Johnson 09:00", "Priya Nair 09:00"]],
  ["Anna Schröder, Emma Thomson 9:00", ["Anna Schröder 09:00", "Emma Thompson 09:00"]],
])("everybody of “%s” is asked about, one by one", async (line, expected) => {
  const { lines, ignored } = await resolve([line]);
  expect(ignored).toEqual([]);
  expect(lines.some(isTaken)).toBe(false);
  expect(
    lines.map(({ exact, like, time }) => `${[...exact, ...like].map(({ name }) => name)} ${time ?? "–"}`),
  ).toEqual(expected);
});

test.each([
  ["Tan Wei-Ming 09:45", "perhaps | Wei Ming Tan | 09:45"],
  ["Margaret Whitfield-Jones 10:00", "perhaps | Margaret Whitfield | 10:00"],
  ["104557 11:30", "perhaps | Wei Ming Tan | 11:30"],
  ["David Kim 05.06.1980 9:00", "perhaps | David Kim | 09:00 | birth: 05.06.1980"],
  ["David Kim 3/4/71 9:00", "perhaps | David Kim | 09:00 | eitherBirth: 3/4/71"],
])("of “%s” who may be meant is offered: %s", async (line, expected) => {
  expect(await shownOf(line)).toEqual([expected]);
});

test("whoever is named in a list is taken, asked about or told, and nobody whose line says more", async () => {
  const remarks = [
    "cancelled",
    "not today",
    "moved",
    "rang",
    "see note",
    "改期",
    "sick",
    "DNA 2x",
    "entfällt",
  ];
  const forms = [
    (name: string, remark: string) => `9:00 ${name} ${remark}`,
    (name: string, remark: string) => `${remark} ${name} 10:30`,
    (name: string, remark: string) => `${name}, ${remark}`,
    (name: string, remark: string) => `${name} (${remark})`,
    (name: string, remark: string) => `11:00\t${name}\t${remark}`,
  ];
  const lines = people.flatMap(({ name }) =>
    remarks.flatMap((remark) => forms.map((form) => ({ name, line: form(name, remark) }))),
  );
  for (let from = 0; from < lines.length; from += 100) {
    const some = lines.slice(from, from + 100);
    const answer = await resolve(some.map(({ line }) => line));
    expect(answer.lines.filter(isTaken).map(({ text }) => text)).toEqual([]);
    const told = [...answer.ignored, ...answer.notAppointments.map(({ text }) => text)].join("\n");
    for (const { name } of some)
      expect(
        told.includes(name) ||
          answer.lines.some(({ exact, like }) => [...exact, ...like].some((one) => one.name === name)),
        name,
      ).toBe(true);
  }
});

test("a number in front counts the lines, or is an hour that is told", async () => {
  expect(await shownOf("1 Priya Nair", "2 Thomas Baker", "3\tDavid Kim")).toEqual([
    "taken | Priya Nair | –",
    "taken | Thomas Baker | –",
    "taken | David Kim | –",
  ]);
  expect(await shownOf("9 Priya Nair", "10 Thomas Baker", "11 David Kim")).toEqual([
    "asked | Priya Nair | – | time: 9",
    "asked | Thomas Baker | – | time: 10",
    "asked | David Kim | – | time: 11",
  ]);
});

test("without the day of who reads the list it is that of Greenwich", async () => {
  const cookie = await world.signIn("clinician");
  const lines = [`${new Date(world.now()).toISOString().slice(0, 10)} Priya Nair`];
  const answer = await world.request("/api/patients/resolve", { ...json({ lines }), method: "POST", cookie });
  expect(resolvedLines.parse(await answer.json()).lines.map(shown)).toEqual(["taken | Priya Nair | –"]);
  for (const today of ["2026-13-01", "today", "2026-02-30"]) {
    const body = json({ lines, today });
    expect((await world.request("/api/patients/resolve", { ...body, method: "POST", cookie })).status).toBe(
      400,
    );
  }
});

test("a line of days, numbers, names and marks in any mixture is read in a moment", () => {
  const lookup = {
    withId: () => [],
    namesIn: () => [],
    near: () => [],
    alike: () => [],
    begun: () => [],
    isInName: () => false,
  };
  const parts = [
    "1.1.",
    "1/1 ",
    "Mon ",
    "may 1 ",
    "9 ",
    "9:00-",
    "0900 ",
    "and ",
    ", ",
    "room 1",
    "明天",
    "  ",
    "07 (",
  ];
  const lines = parts.flatMap((one) => parts.map((other) => `${(one + other).repeat(100).slice(0, 199)}x`));
  const beganMs = performance.now();
  for (const line of lines) {
    leftOver(line, { people: [], told: [], lookup, lead: "", today });
    partsOf(line, lookup);
  }
  // Some milliseconds each; tried in every way, one alone takes seconds.
  expect(performance.now() - beganMs).toBeLessThan(20_000);
});
