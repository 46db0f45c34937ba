import { afterAll, beforeAll, expect, test } from "vitest";
import { type ResolvedLine, resolvedLines } from "#contract/appointments.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const names = [
  "Emma Thompson",
  "Rajesh Kumar",
  "Hiroshi Tanaka",
  "Thomas Baker",
  "David Kim",
  "Priya Nair",
  "Marcus Johnson",
  "Jürgen Weiß",
  "张伟",
  "黄丽华",
  "Isla Robertson",
  "Mohammed Hasan",
];
/** A Sunday. */
const today = "2026-11-29";
let world: World;
let resolve: (lines: readonly string[], on?: string) => Promise<ReturnType<typeof resolvedLines.parse>>;

beforeAll(async () => {
  world = await createWorld();
  const cookie = await world.signIn("clinician");
  for (const [index, name] of names.entries()) {
    const person = { region: "GB", timeZone: "Europe/London", partnerUid: `C-40${100 + index}`, name };
    const sent = await world.request("/api/patients", { ...json(person), method: "POST", cookie });
    expect(sent.status).toBe(201);
  }
  resolve = async (lines, on = today) => {
    const body = { ...json({ lines, today: on }), method: "POST", cookie };
    const answer = await world.request("/api/patients/resolve", body);
    return resolvedLines.parse(await answer.json());
  };
});
afterAll(() => world.close());

const isTaken = ({ exact, isBeside, doubts, under, above }: ResolvedLine) =>
  exact.length === 1 && !isBeside && doubts.length + under.length + above.length === 0;
/** Who is added, and of whom it is asked by what stands over (↓) or under (↑) them. */
const shownOf = async (text: string, on = today) => {
  const { lines, notAppointments } = await resolve(text.split(" / "), on);
  return [
    ...lines.map((line) => {
      const who = [...line.exact, ...line.like].map(({ name }) => name)[0]?.split(" ")[0] ?? "nobody";
      const said = [...line.under.map((one) => `↓${one}`), ...line.above.map((one) => `↑${one}`)];
      const own = line.doubts.map(({ what }) => `(${what})`);
      return [isTaken(line) ? "+" : "?", who, ...said, ...own].join(" ");
    }),
    ...notAppointments.map(({ text, what }) => `${what}: ${text}`),
  ].join(" | ");
};

test.each([
  [
    "Monday 30 November / 9:00 Emma Thompson / 10:00 Rajesh Kumar",
    "? Emma ↓Monday 30 November | ? Rajesh ↓Monday 30 November",
  ],
  ["Cancelled: / 9:30 Hiroshi Tanaka / 9:45 Thomas Baker", "? Hiroshi ↓Cancelled: | ? Thomas ↓Cancelled:"],
  ["Hi Sam, here are tomorrow's people: / Emma Thompson", "? Emma ↓Hi Sam, here are tomorrow's people:"],
  ["Abgesagt: / Jürgen Weiß", "? Jürgen ↓Abgesagt:"],
  ["取消: / 9:30 张伟 / 明天: / 10:00 黄丽华", "? 张伟 ↓取消: | ? 黄丽华 ↓明天:"],
  ["未到 / 张伟", "? 张伟 ↓未到"],
  ["Mo 30.11. / Emma Thompson", "? Emma ↓Mo 30.11."],
  ["29.11 / Emma Thompson", "? Emma ↓29.11"],
  ["11月30日 星期一 / 张伟", "? 张伟 ↓11月30日 星期一"],
  ["Clinic list Mon 30/11/2026 / Emma Thompson", "? Emma ↓Clinic list Mon 30/11/2026"],
  ["Subject: Clinic 22 November 2026 / Emma Thompson", "? Emma ↓Subject: Clinic 22 November 2026"],
  [
    "Everyone below is cancelled due to the strike / Emma Thompson",
    "? Emma ↓Everyone below is cancelled due to the strike",
  ],
  ["Dr Brown's list (not mine) / Emma Thompson", "? Emma ↓Dr Brown's list (not mine)"],
  ["Dr Kim / 9:00 Emma Thompson", "? David | ? Emma ↓Dr Kim"],
  ["Thanks, all cancelled / Emma Thompson", "? Emma ↓Thanks, all cancelled"],
  [
    "> 8:30 Emma Thompson / > 9:00 Rajesh Kumar / these two were yesterday's, today: / 9:30 Priya Nair",
    "? Emma ↑these two were yesterday's, today: | ? Rajesh ↑these two were yesterday's, today: | ? Priya ↓these two were yesterday's, today:",
  ],
  [
    "Emma Thompson / both cancelled, the next ones come: / Priya Nair",
    "? Emma ↑both cancelled, the next ones come: | ? Priya ↓both cancelled, the next ones come:",
  ],
  [
    "张伟 / 这两位是昨天的，今天： / 黄丽华",
    "? 张伟 ↑这两位是昨天的，今天： | ? 黄丽华 ↓这两位是昨天的，今天：",
  ],
  [
    "All of these but Rajesh Kumar are cancelled: / 8:30 Emma Thompson",
    "? Rajesh (All of these but, are cancelled) | ? Emma ↓All of these but Rajesh Kumar are cancelled:",
  ],
  ["李医生： / 9:00 黄丽华 / 王医生： / 9:30 张伟", "? 黄丽华 ↓李医生： | ? 张伟 ↓王医生："],
  ["李医生 / 9:00 黄丽华 / 王主任 / 9:30 张伟", "? 黄丽华 ↓李医生 | ? 张伟 ↓王主任"],
  ["2诊室 / 9:00 黄丽华 / 李医生： / 9:30 张伟", "? 黄丽华 ↓2诊室 | ? 张伟 ↓李医生："],
  ["Blocked: / Emma Thompson / Lunch: / David Kim", "? Emma ↓Blocked: | ? David ↓Lunch:"],
  ["Cancelled: / Emma Thompson / Break: / David Kim", "? Emma ↓Cancelled: | ? David ↓Break:"],
  ["❌❌ / Emma Thompson", "? Emma ↓❌❌"],
  ["Morning / Emma Thompson / Afternoon / David Kim", "? Emma ↓Morning | ? David ↓Afternoon"],
  ["Room 1 / Emma Thompson / Room 2 / David Kim", "? Emma ↓Room 1 | ? David ↓Room 2"],
  ["Cancelled: Emma Thompson / Rajesh Kumar", "? Emma (Cancelled) | ? Rajesh ↓Cancelled: Emma Thompson"],
  [
    "Emma Thompson (as all below) / Rajesh Kumar",
    "? Emma (as all below) | ? Rajesh ↓Emma Thompson (as all below)",
  ],
])("of “%s” nobody is added by themselves", async (text, expected) => {
  expect(await shownOf(text)).toBe(expected);
});

test.each([
  [
    "9:00 David Kim / NOT COMING: / Priya Nair / Marcus Johnson",
    "+ David | ? Priya ↓NOT COMING: | ? Marcus ↓NOT COMING:",
  ],
  ["9:00 David Kim / Room 2 today: / Priya Nair", "+ David | ? Priya ↓Room 2 today:"],
  ["9:00 黄丽华 / 王医生： / 9:30 张伟", "+ 黄丽华 | ? 张伟 ↓王医生："],
  [
    "Today / 8:30 Emma Thompson / Tomorrow / 9:00 Isla Robertson",
    "+ Emma | ? Isla ↓Tomorrow | heading: Today",
  ],
  // Another day holds for the hours below it, and today ends it; nothing else is ended by it.
  [
    "Tomorrow / Morning / Emma Thompson / Afternoon / David Kim",
    "? Emma ↓Tomorrow ↓Morning | ? David ↓Tomorrow ↓Afternoon",
  ],
  ["Tomorrow / Emma Thompson / Sunday / David Kim", "? Emma ↓Tomorrow | + David | heading: Sunday"],
  [
    "Cancelled: / Emma Thompson / 29.11. / David Kim",
    "? Emma ↓Cancelled: | ? David ↓Cancelled: | heading: 29.11.",
  ],
  ["Mon 30 Nov / ----- / Emma Thompson", "? Emma ↓Mon 30 Nov | other: -----"],
])("what stands over somebody holds until the next such line: “%s”", async (text, expected) => {
  expect(await shownOf(text)).toBe(expected);
});

test.each([
  ["Emma Thompson / Rajesh Kumar / ^ all cancelled", "? Emma ↑^ all cancelled | ? Rajesh ↑^ all cancelled"],
  [
    "Emma Thompson / the above moved to Tuesday / Rajesh Kumar",
    "? Emma ↑the above moved to Tuesday | ? Rajesh ↓the above moved to Tuesday",
  ],
  // It may be said of either.
  ["Emma Thompson / cancelled / Rajesh Kumar", "? Emma ↑cancelled | ? Rajesh ↓cancelled"],
  ["张伟 / 以上全部取消", "? 张伟 ↑以上全部取消"],
  ["Emma Thompson / Best regards, / Sam / PS: all cancelled", "? Emma ↑PS: all cancelled | other: Sam"],
  ["Emma Thompson / ❌", "? Emma ↑❌"],
])("what stands under somebody is said of those above: “%s”", async (text, expected) => {
  expect((await shownOf(text)).replace(" | other: Best regards,", "")).toBe(expected);
});

test.each([
  "Sunday 29 November",
  "Sun, 29 Nov 2026",
  "So 29.11.",
  "Sonntag, 29. November 2026",
  "29/11/26",
  "2026-11-29",
  "November 29th, 2026",
  "11/29/2026",
  "2026年11月29日（星期日）",
  "11月29日 星期日",
  "今日门诊名单",
  "Heute",
  "Today's list",
  "Clinic list Sun 29/11/2026",
  "Patients",
  "Date: 29 November 2026",
  "Subject: Clinic today",
  "Sent: Saturday 28 November 2026 17:00",
  "From: Anna Berg <anna@clinic.example>",
  "Dear Dr. Brown,",
  "Bonjour",
  "Bonjour à tous,",
  "Bonne journée",
  "Cordialement",
  "Aujourd’hui",
  "dimanche 29 novembre",
  "Dimanche 29 novembre 2026",
  "AM",
  "PM",
  "Good morning, everyone!",
  "Hallo zusammen",
  "Liebe Schwester Anna,",
  "王老师您好",
  "Time;Name;DOB;Clinic;Extra",
  "时间,姓名,病历号",
  "8:30 lunch",
  "Page 1 of 2",
  "Total: 5 patients",
  "8:15 Gertrude Stein",
  "clinic-9999",
  "Emma Unknown",
])("“%s” says nothing of who is below", async (line) => {
  expect((await shownOf(`${line} / 9:00 David Kim`)).split(" | ")).toContain("+ David");
});

test("another day in French says it as in English", async () => {
  expect(await shownOf("lundi 30 novembre / Emma Thompson")).toBe("? Emma ↓lundi 30 novembre");
  expect(await shownOf("Demain / Emma Thompson")).toBe("? Emma ↓Demain");
  expect(await shownOf("29 octobre / Emma Thompson")).toBe("? Emma ↓29 octobre");
});

test("of columns of start and end the first is when somebody comes", async () => {
  const at = async (...lines: string[]) =>
    (await resolve(lines)).lines.map((line) => `${isTaken(line) ? "+" : "?"} ${line.time ?? "–"}`).join(" ");
  for (const [head, one, other] of [
    ["Start\tEnd\tPatient", "08:30\t08:50\tEmma Thompson", "8:50\t9:10\tRajesh Kumar"],
    ["Start;End;Name", "08:30;08:50;Emma Thompson", "8:50;9:10;Rajesh Kumar"],
    ["Von\tBis\tName", "08:30\t08:50\tEmma Thompson", "8:50\t9:10\tRajesh Kumar"],
  ] as const)
    expect(await at(head, one, other)).toBe("+ 08:30 + 08:50");
  const head = "Start\tEnd\tPatient";
  expect(await at("08:30\t08:50\tEmma Thompson")).toBe("? –");
  expect(await at(head, "09:30\t08:50\tEmma Thompson")).toBe("? –");
  expect(await at(head, "08:30\t\tEmma Thompson\t9:30")).toBe("? –");
  expect(await at(head, "08:30\t08:50\tEmma Thompson\t9:30")).toBe("? –");
  expect(await at(head, "08:30\t08:50\tEmma Thompson\tcancelled")).toBe("? 08:30");
});

test("of two days that a date may be, today is meant where the other is over", async () => {
  const ofDay = (line: string, on: string) => shownOf(`${line} / Emma Thompson`, on);
  expect(await ofDay("Tue 1/12/2026", "2026-12-01")).toContain("+ Emma");
  expect(await ofDay("1. Dezember 2026", "2026-12-01")).toContain("+ Emma");
  expect(await ofDay("2/1/2027", "2027-01-02")).toContain("? Emma");
});

test.each([
  "Rajesh Kumar cancelled",
  "Cancelled: Rajesh Kumar",
  "without Rajesh Kumar",
  "Not Rajesh Kumar",
  "9:00 Rajesh Kumar moved to Tuesday",
  "C-40101 DNA",
  "cancelled C-40101",
  "All of these except Rajesh Kumar:",
  "rajesh kumar rang, not coming",
  "Rajesh Kumar ❌",
  "PS: Rajesh Kumar cancelled",
  "Rajesh Kumar and David Kim cancelled",
])("whoever is certain on one line is asked about where another says “%s”", async (line) => {
  const list = ["8:30 Emma Thompson", "9:00 Rajesh Kumar", "9:30 Priya Nair"];
  for (const lines of [
    [...list, line],
    [line, ...list],
    [...list, "C-40101", "", line],
    [...list, "Thanks,", "Sam", line],
    [`Subject: ${line}`, ...list],
  ]) {
    const answer = await resolve(lines.filter(Boolean));
    const taken = answer.lines.filter(isTaken).map(({ exact }) => exact[0]?.name);
    expect(taken, lines.join(" / ")).not.toContain("Rajesh Kumar");
    expect(answer.lines.find(({ text }) => text === "9:00 Rajesh Kumar")).toBeDefined();
  }
});

test("both lines of somebody are offered, and each other patient's is taken", async () => {
  expect(await shownOf("8:30 Emma Thompson / 9:00 Rajesh Kumar / Rajesh Kumar cancelled")).toBe(
    "+ Emma | ? Rajesh (Rajesh Kumar cancelled) | ? Rajesh (cancelled)",
  );
  expect(await shownOf("9:00 张伟 / 9:30 黄丽华 / 张伟 取消")).toBe(
    "? 张伟 (张伟 取消) | + 黄丽华 | ? 张伟 (取消)",
  );
  expect(await shownOf("9:00 Rajesh Kumar / C-40101")).toBe("+ Rajesh | + Rajesh");
  expect(await shownOf("From: Rajesh Kumar <rk@clinic.example> / 9:00 Rajesh Kumar")).toContain("+ Rajesh");
  expect(await shownOf("9:00 Rajesh Kumar / Kind regards, / Rajesh Kumar")).toContain("+ Rajesh");
});

test("the end of a letter says nothing of who is above, and who is named below it is asked about with it", async () => {
  expect(
    await shownOf(
      "Emma Thompson / Kind regards, / Priya Nair / Diabetes Specialist Nurse / Tel. 01234 567890",
    ),
  ).toBe("+ Emma | ? Priya ↓Kind regards, | other: Diabetes Specialist Nurse | other: Tel. 01234 567890");
});

test("a time that stands alone is told as that, and asked about with the name below that has none", async () => {
  expect(await shownOf("9:00 Emma Thompson / 9:30 / 10:00 David Kim")).toBe("+ Emma | + David | time: 9:30");
  expect(await shownOf("9:00 / Emma Thompson / 9:30 / David Kim")).toBe("? Emma ↓9:00 | ? David ↓9:30");
});

test("a number in front of a name that begins like a month is no day", async () => {
  expect(await shownOf("9 Marcus Jonson / 10 Mary Smith / 8 Jan Nowak / 9 Sepp Müller")).toBe(
    "? Marcus (9) | ? nobody | ? nobody | ? nobody",
  );
  expect(await shownOf("8 Jan Clinic / 1 Dec Emma Thompson")).toBe("? Emma ↓8 Jan Clinic (1 Dec)");
});

test.each([
  ["Emma J Thompson", "Emma Thompson"],
  ["9:00 Emma Jane Thompson annual review", "Emma Thompson"],
  ["Rajesh M Kumar", "Rajesh Kumar"],
  ["Priya Nayar", "Priya Nair"],
  ["9:00 張偉 复诊", "张伟"],
  ["E. Thompson, 9:00", "Emma Thompson"],
])("of “%s” %s is offered", async (line, name) => {
  const { lines } = await resolve([line]);
  expect(lines.map(({ exact, like }) => [exact, like.map((one) => one.name)])).toEqual([[[], [name]]]);
});

test("a hundred lines of which each may say something of all others are bounded in time and size", async () => {
  const parts = ["^ above ", "Mon 30 Nov ", "Emma Thompson ", "张伟 ", "Nina: ", "( ", "9 Jan "];
  for (const one of parts) {
    const lines = Array.from({ length: 100 }, (_, place) =>
      place % 2 ? "Emma Thompson" : `${one.repeat(60).slice(0, 190)} ${place}`,
    );
    const beganMs = performance.now();
    const answer = JSON.stringify(await resolve(lines));
    expect(performance.now() - beganMs).toBeLessThan(20_000);
    expect(answer.length).toBeLessThan(1_000_000);
  }
}, 150_000);
