import { afterAll, beforeAll, expect, test } from "vitest";
import { resolvedLines } from "#contract/appointments.ts";
import { isNoAppointment } from "#proxy/roster/not-appointments.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

test.each([
  "Dear nurse,",
  "Hi Anna,",
  "Good morning all",
  "Liebe Schwester Anna,",
  "Guten Morgen",
  "您好",
  "张护士您好：",
  "Best regards, Anna",
  "Best, Anna",
  "Kind regards",
  "Many thanks!",
  "Mit freundlichen Grüßen",
  "Viele Grüsse Anna",
  "此致敬礼",
  "此致",
  "谢谢！",
  "Mon 30 Nov",
  "Monday, 30 November 2026",
  "Montag, 30.11.",
  "30.11.2026",
  "Tuesday",
  "11月30日 星期一",
  "周一",
  "Morning",
  "上午：",
  "Today's appointments",
  "Time\tName\tDate of birth",
  "时间,姓名,病历号",
  "Page 1 of 2",
  "Total: 5 patients",
  "-----",
  "-----Original Message-----",
  "From: Anna Berg <anna@clinic.example>",
  "发件人：王芳",
  "Sent: Monday 30 November 2026 09:15",
  "On Mon, 30 Nov 2026 at 09:15, Anna Berg wrote:",
  "Sent from my iPhone",
  "Von meinem iPhone gesendet",
  "发自我的iPhone",
  "Tel. 07700 900123",
  "anna@clinic.example",
  "Please find below the list",
  "以下是明天的预约",
  "12:00 lunch",
  "13-14 Uhr Mittagspause",
  "12点 午休",
  "10:30 free",
])("“%s” is no appointment", (line) => {
  expect(isNoAppointment(line)).toBe(true);
});

test.each([
  "Anna Berg",
  "09:15 Anna Berg",
  "09:15",
  "Dearing, Anna",
  "Besten, Karl",
  "Monday Okafor",
  "09:00 Hi Tanaka",
  "Gruber, Max",
  "谢婷婷",
  "李娜老师",
  "时间：9点 王芳",
  "周一鸣",
  "祝枝山",
  "clinic-0001",
  "Frei, Anna",
  "12:00 team lead Anna Berg",
  "Time Anna Berg",
  "30.11. Anna Berg",
])("“%s” may be a patient's", (line) => {
  expect(isNoAppointment(line)).toBe(false);
});

let world: World;
let resolve: (lines: string[]) => Promise<string[]>;

beforeAll(async () => {
  world = await createWorld();
  const cookie = await world.signIn("clinician");
  for (const [index, name] of [
    "Anna Berg",
    "Jürgen Weiß",
    "Jürgen Becker",
    "Peter Mittag",
    "谢谢",
  ].entries()) {
    const person = { region: "DE", timeZone: "Europe/Berlin", name, partnerUid: `B-20000${index}` };
    await world.request("/api/patients", { ...json(person), method: "POST", cookie });
  }
  resolve = async (lines) => {
    const answer = await world.request("/api/patients/resolve", {
      ...json({ lines, today: "2026-11-30" }),
      method: "POST",
      cookie,
    });
    const { lines: found, notAppointments } = resolvedLines.parse(await answer.json());
    const names = (people: readonly { name: string }[]) => people.map(({ name }) => name).join(" + ");
    return [
      ...found.map(({ exact, like, time }) =>
        [time ?? "–", names(exact) || `perhaps ${names(like) || "nobody"}`].join(" "),
      ),
      ...notAppointments.map(({ text }) => `not: ${text}`),
    ];
  };
});
afterAll(() => world.close());

test("of an e-mail only the appointments are taken, and every other line is told", async () => {
  const lines = [
    "Dear nurse,",
    "Mon 30 Nov",
    "> half past nine Anna Berg",
    "quarter to 10 Jürgen Weiß",
    "12:00 lunch",
    "noon Peter Mittag",
    "Best regards,",
    "Anna Berg",
    "Ward 7",
    "Sent from my iPhone",
  ];
  expect(await resolve(lines)).toEqual([
    "09:30 Anna Berg",
    "09:45 Jürgen Weiß",
    "12:00 Peter Mittag",
    // Rather who has written it, told with the words above.
    "– perhaps Anna Berg",
    ...["Dear nurse,", "Mon 30 Nov", "12:00 lunch", "Ward 7", "Sent from my iPhone"].map(
      (line) => `not: ${line}`,
    ),
  ]);
});

test("who is greeted or signs is not taken, and whoever comes at a time or by an ID is taken", async () => {
  expect(await resolve(["Hi Anna Berg,"])).toEqual(["not: Hi Anna Berg,"]);
  expect(await resolve(["Anna Berg,", "Cheers, Anna Berg"])).toEqual(["– Anna Berg", "– perhaps Anna Berg"]);
  expect(await resolve(["Thanks", "09:15 Anna Berg", "B-200001"])).toEqual([
    "09:15 Anna Berg",
    "– Jürgen Weiß",
    "not: Thanks",
  ]);
  expect(await resolve(["谢谢"])).toEqual(["– perhaps 谢谢"]);
  expect(await resolve(["Peter Mittag"])).toEqual(["– Peter Mittag"]);
});

test("a family name with a comma offers who may be meant, and none who only has the given name", async () => {
  expect(await resolve(["Müller-Weiß, Jürgen"])).toEqual(["– perhaps Jürgen Weiß"]);
  expect(await resolve(["Huber, Jürgen"])).toEqual(["– perhaps nobody"]);
  expect(await resolve(["Weiss, Karl"])).toEqual(["– perhaps Jürgen Weiß"]);
});
