import { afterAll, beforeAll, expect, test } from "vitest";
import { resolvedLines } from "#contract/appointments.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const people = {
  marcus: { name: "Marcus Johnson", partnerUid: "A-104651", dateOfBirth: "1973-02-08" },
  jack: { name: "Jack O'Sullivan", partnerUid: "A-104652" },
  liu: { name: "Liu Yang", partnerUid: "A-104653", dateOfBirth: "1978-03-15" },
  hasan: { name: "Mohammed Hasan", partnerUid: "A-104654" },
  other: { name: "Mohamed Ali", partnerUid: "A-104655" },
  lucia: { name: "Lucía Fernández", partnerUid: "A-104659", hospitalNumber: "H2207731" },
  zhang: { name: "张伟", partnerUid: "A-104660" },
  wang: { name: "王秀英", partnerUid: "A-104661" },
  maria: { name: "María García", partnerUid: "A-104662", dateOfBirth: "1955-02-28" },
  mariaToo: { name: "María García", partnerUid: "A-104663", dateOfBirth: "1988-11-30" },
  annaBerg: { name: "Anna Berg", partnerUid: "A-104664", phone: "07700 900123" },
  annaBergLund: { name: "Anna Berg Lund", partnerUid: "A-104665" },
  ole: { name: "Ole Lund", partnerUid: "A-104666" },
  schroeder: { name: "Ines Schröder", partnerUid: "A-104667", dateOfBirth: "1990-07-07" },
} as const;
type Key = keyof typeof people;

let world: World;
let resolve: (line: string) => Promise<{ exact: Key[]; like: Key[]; times: (string | null)[] }>;

beforeAll(async () => {
  world = await createWorld();
  const cookie = await world.signIn("clinician");
  const keys = new Map<string, Key>();
  for (const [key, person] of Object.entries(people)) {
    const sent = await world.request("/api/patients", {
      ...json({ region: "DE", timeZone: "Europe/Berlin", ...person }),
      method: "POST",
      cookie,
    });
    expect(sent.status).toBe(201);
    keys.set(((await sent.json()) as { id: string }).id, key as Key);
  }
  resolve = async (line) => {
    const answer = await world.request("/api/patients/resolve", {
      ...json({ lines: [line] }),
      method: "POST",
      cookie,
    });
    const { lines } = resolvedLines.parse(await answer.json());
    const keysOf = (found: readonly { id: string }[]) => found.flatMap(({ id }) => keys.get(id) ?? []);
    return {
      exact: lines.flatMap(({ exact }) => keysOf(exact)).toSorted(),
      like: lines.flatMap(({ like }) => keysOf(like)).toSorted(),
      times: [...new Set(lines.map(({ time }) => time))],
    };
  };
});
afterAll(() => world.close());

test.each<[line: string, time: string | null, who: Key]>([
  ["08:30 Marcus Johnson - annual review", "08:30", "marcus"],
  ["08:31 Marcus Johnson – annual review", "08:31", "marcus"],
  ["08:32 Marcus Johnson — annual review", "08:32", "marcus"],
  ["08:33 Marcus Johnson: annual review", "08:33", "marcus"],
  ["08:34 Marcus Johnson annual review", "08:34", "marcus"],
  ["08:35 Marcus Johnson Annual Review", "08:35", "marcus"],
  ["0840 Marcus Johnson", "08:40", "marcus"],
  ["0840-0910 Marcus Johnson foot check", "08:40", "marcus"],
  ["8h37 Marcus Johnson, pump start, room 2", "08:37", "marcus"],
  ["08:36-09:00 Johnson, Marcus annual review", "08:36", "marcus"],
  ["annual review Marcus Johnson 9 am", "09:00", "marcus"],
  ["at 08:30 Mr Marcus JOHNSON HCL start", "08:30", "marcus"],
  ["08:39 A-104651 Mr Marcus Johnson DOB 08/02/1973", "08:39", "marcus"],
  ["08:39 Mr Marcus Johnson DOB 8 Feb 1973", "08:39", "marcus"],
  ["08:39 Marcus Johnson born 08.02.73 pump", "08:39", "marcus"],
  ["10:00 Dr. Jack O'Sullivan – foot check", "10:00", "jack"],
  ["10:00 Prof. Dr. Jack O’Sullivan foot check", "10:00", "jack"],
  ["10:00 Miss Lucia Fernandez new pump", "10:00", "lucia"],
  ["8.45 Liu Yang (15.03.1978) pump start", "08:45", "liu"],
  ["8.45 Yang Liu pump start 15/03/1978", "08:45", "liu"],
  ["09:00 A-104659 Lucía Fernández", "09:00", "lucia"],
  ["09:00 Lucía Fernández A-104659 sensor change", "09:00", "lucia"],
  ["09:00 A-104659 annual review", "09:00", "lucia"],
  ["09:00 H2207731 – Annual review", "09:00", "lucia"],
  ["09:00 H2207731 Fernandez", "09:00", "lucia"],
  ["09:00 A-104660 复诊", "09:00", "zhang"],
  ["上午9点15分 张伟先生 复诊", "09:15", "zhang"],
  ["09:15 张伟 老师 复诊", "09:15", "zhang"],
  ["09:15 zhang wei pump start", "09:15", "zhang"],
  ["14:00 王秀英女士（复诊）泵", "14:00", "wang"],
  ["14:00 María García 30.11.1988 pump start", "14:00", "mariaToo"],
  ["14:00 A-104662 María García pump start", "14:00", "maria"],
  ["15:00 Anna Berg Lund check-up", "15:00", "annaBergLund"],
  ["15:00 Anna Berg check-up 07700 900123", "15:00", "annaBerg"],
  ["15:00 Anna Berg check-up 07700900123", "15:00", "annaBerg"],
  ["09:00 张伟 13800138000 复诊", "09:00", "zhang"],
  ["15:00 Frau Schroeder Ines Pumpenstart", "15:00", "schroeder"],
  ["15:00 Frau Ines Schröder, geb. 07/07/1990, Kontrolle", "15:00", "schroeder"],
])("of “%s” at %s %s is taken", async (line, time, who) => {
  expect(await resolve(line)).toEqual({ exact: [who], like: [], times: [time] });
});

test.each<[line: string, offered: Key[]]>([
  // One or two letters off.
  ["Mohammed Hassan", ["hasan"]],
  ["Mohamed Hassan", ["hasan"]],
  ["10:30 Mohamed Hasan foot check", ["hasan"]],
  ["08:30 Markus Jonson annual review", ["marcus"]],
  // Born on another day, or on either of two.
  ["08:39 Marcus Johnson annual review 09.02.1973", ["marcus"]],
  ["08:39 Mr Marcus Johnson DOB 08/02/1973", ["marcus"]],
  ["08:39 A-104651 Marcus Johnson annual review 1974-02-08", ["marcus"]],
  ["09:00 María García pump start 01.01.1990", ["maria", "mariaToo"]],
  // Several people, or an ID and a name of two.
  ["09:00 Marcus Johnson with Jack O'Sullivan", ["jack", "marcus"]],
  ["09:00 A-104659 Marcus Johnson", ["lucia", "marcus"]],
  ["09:00 A-104659 or A-104651 review", ["lucia", "marcus"]],
  ["09:00 A-104659 Nobody At All", ["lucia"]],
  ["09:00 A-104659 李娜", ["lucia"]],
  ["09:00 A-999999 Marcus Johnson review", ["marcus"]],
  ["09:00 A-999999 08 Marcus Johnson review", ["marcus"]],
  // Part of a name.
  ["09:00 Johnson foot check", ["marcus"]],
  ["09:00 Marcus Johnson Junior", ["marcus"]],
  ["09:00 Marcus Johnson Lund foot check", ["marcus"]],
  ["09:00 marcus johnson lund foot check", ["marcus"]],
  ["09:00 Pedro Marcus Johnson foot check", ["marcus"]],
  ["09:00 张伟明 复诊", ["zhang"]],
])("of “%s” nobody is taken, and who may be meant is offered", async (line, offered) => {
  const { exact, like } = await resolve(line);
  expect({ exact, like }).toEqual({ exact: [], like: offered });
});

test.each(["09:00 lunch", "12:00 team meeting room 4", "A-999998", "09:00 Jo Na review", "教育 讲座"])(
  "“%s” is nobody",
  async (line) => {
    expect(await resolve(line)).toMatchObject({ exact: [], like: [] });
  },
);

test("two of one name are both told", async () => {
  expect((await resolve("09:00 María García pump start")).exact).toEqual(["maria", "mariaToo"]);
});
