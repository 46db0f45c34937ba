import { expect, test } from "vitest";
import { type SensorCase, sensorCase } from "#contract/cases.ts";
import { dayMs } from "#glucose/time.ts";
import { messagesIn } from "#proxy/pdf/words.ts";
import { caseReport } from "#report/case-report.ts";
import { toMarkdown } from "#report/markdown.ts";
import { readPdf } from "#test/support/pdf.ts";
import { createWorld, json } from "#test/support/world.ts";

async function openDesk() {
  const world = await createWorld();
  const cookie = await world.signIn("support");
  const one = async (answer: Response) => sensorCase.parse(await answer.json());
  const given = {
    serial: "P225043043",
    receivedAtMs: world.now(),
    callerName: "李雷 😀",
    nature: "It fell off.",
  };
  const opened = await one(await world.request("/api/cases", { ...json(given), cookie }));
  const path = `/api/cases/${opened.id}`;
  return {
    ...world,
    path,
    opened,
    send: async (part: string, body: object, method: string) =>
      one(await world.request(path + part, { ...json(body), method, cookie })),
    one: async () => one(await world.request(path, { cookie })),
    pdf: (query = "language=en&paper=a4&zone=Europe/Berlin") =>
      world.request(`${path}/pdf?${query}`, { cookie }),
    exports: () =>
      world.database.db
        .selectFrom("audit")
        .select(["subject", "outcome", "details"])
        .where("action", "=", "case.export")
        .execute(),
  };
}

/** The words of the Markdown without its marks. */
const wordsOf = (one: SensorCase, nowMs: number) =>
  toMarkdown(
    caseReport(one, { t: messagesIn("zh-CN", "cases"), language: "zh-CN", zone: "Europe/Berlin" }, nowMs),
  )
    .split("\n")
    .flatMap((line) => line.replace(/^(#+|-|>)( |$)|\\/g, "").split("**"))
    .map((words) => words.replace(/：$/, "").trim())
    .filter(Boolean);

test("a case is a file that says what its Markdown says, is named for the sensor, and stands in the trail first", async () => {
  const desk = await openDesk();
  await desk.send("/calls", { caller: "韩梅梅", said: "The next one\nfell off too." }, "POST");
  await desk.send("", { reply: "A new one comes on Monday.", state: "closed" }, "PATCH");
  const answer = await desk.pdf("language=zh-CN&paper=letter&zone=Europe%2FBerlin");
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition": 'attachment; filename="case-P225043043-2026-11-20.pdf"',
    "cache-control": "no-store",
  });
  expect(await desk.exports()).toEqual([
    {
      subject: desk.opened.id,
      outcome: "ok",
      details: JSON.stringify({ file: "pdf", language: "zh-CN", paper: "letter" }),
    },
  ]);
  const { says } = await readPdf(await answer.bytes());
  const words = wordsOf(await desk.one(), desk.now());
  expect(words.join("\n")).toContain("韩梅梅");
  expect(words.filter((text) => !says(text.replace("😀", "□")))).toEqual([]);
  expect(says("□ 代表本文件字体无法显示的字符：U+1F600。")).toBe(true);
});

test("a second file of the same case has the same bytes on another day, and other bytes once it is changed", async () => {
  const desk = await openDesk();
  const first = await (await desk.pdf()).bytes();
  desk.advance(2 * dayMs);
  expect(await (await desk.pdf()).bytes()).toEqual(first);
  await desk.send("", { state: "waiting" }, "PATCH");
  expect(await (await desk.pdf()).bytes()).not.toEqual(first);
});

test("a long history goes on over numbered sheets, and all of it is there", async () => {
  const desk = await openDesk();
  for (let time = 1; time <= 12; time += 1)
    await desk.send("", { action: `Step ${time}: ${"更换传感器并说明。".repeat(60)}` }, "PATCH");
  const { beside, says } = await readPdf(await (await desk.pdf()).bytes());
  expect(beside.length).toBeGreaterThanOrEqual(8);
  expect(beside.at(-1)).toBe(`CaseaboutsensorP225043043Page${beside.length}of${beside.length}`);
  for (let time = 1; time <= 12; time += 1)
    expect(says(`What was decided and done: Step ${time}:`)).toBe(true);
});

test.each([
  ["language=de&paper=a4&zone=UTC", "language"],
  ["language=en&paper=a5&zone=UTC", "paper"],
  ["language=en&paper=a4&zone=Mars/Base", "zone"],
  ["", "language"],
])("%s makes no file and says what is wrong", async (query, field) => {
  const desk = await openDesk();
  const answer = await desk.pdf(query);
  expect(answer.status).toBe(400);
  expect((await answer.json()) as object).toMatchObject({
    fields: expect.arrayContaining([expect.objectContaining({ field })]),
  });
  expect(await desk.exports()).toEqual([]);
});
