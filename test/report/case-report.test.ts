import { expect, test } from "vitest";
import { caseCells } from "#client/cases/case-export.ts";
import { dayMs } from "#glucose/time.ts";
import { messagesIn } from "#proxy/pdf/words.ts";
import { caseReport } from "#report/case-report.ts";
import { callOfAll } from "#report/case-words.ts";
import { toMarkdown } from "#report/markdown.ts";
import { someCase } from "#test/support/cases.ts";
import type { Language } from "#words/language.ts";

const speechIn = (language: Language) => ({
  t: messagesIn(language, "cases"),
  language,
  zone: "Europe/Berlin",
});
const atMs = Date.UTC(2026, 10, 20, 9, 30);
const kim = { id: "other", name: "Kim" };

test("as Markdown what is missing is said, markup stays text and every line of a text is quoted", () => {
  const one = someCase({
    callsAboutSensor: 3,
    callerName: "*Li* <b>",
    nature: "It fell off.\n# Not a heading",
    furtherCalls: [{ id: "two", number: 3, atMs, by: kim, caller: null, said: "again\nand again" }],
    history: [{ id: "1", atMs, by: kim, changes: [{ field: "reply", was: null, became: "*new*\nwords" }] }],
  });
  expect(toMarkdown(caseReport(one, speechIn("en"), atMs))).toBe(`# Case about sensor P225043043

Missing in the record of a complaint: Caller’s address, Caller’s phone, What was decided and done, Reply to the caller

## Record of the complaint

Times of cases are in Europe/Berlin.

- **Name of the device:** CGM
- **Complaint received:** 20 Nov 2026, 10:30
- **Serial number, UDI:** P225043043
- **Caller’s name:** \\*Li\\* \\<b\\>
- **Caller’s address:** missing
- **Caller’s phone:** missing

**What was said:**

> It fell off.
> \\# Not a heading

- **What was decided and done:** missing
- **Reply to the caller:** missing
- **State of the case:** Open
- **Calls about this sensor:** Calls 1, 3 of 3 about this sensor are in this case
- **Opened by:** Sam
- **Last change:** 20 Nov 2026, 10:30 · Kim

## Further calls

**Third call · 20 Nov 2026, 10:30 · noted by Kim**

> again
> and again

## History

**20 Nov 2026, 10:30 · Kim**

> Reply to the caller: \\*new\\*
> words (before: none)

**20 Nov 2026, 10:30 · Kim**

> Third call · again
> and again
`);
});

test("in Chinese names and zone are those of the page; what cannot be read is not said to be missing", () => {
  const one = someCase({ isUnreadable: true, callerName: null, nature: null });
  const { blocks } = caseReport(one, speechIn("zh-CN"), atMs);
  const lines = blocks.flatMap((block) => (block.kind === "lines" ? block.lines : []));
  expect(blocks[0]).toMatchObject({ text: expect.stringContaining("服务器的密钥无法读取") });
  expect(blocks).toContainEqual({ kind: "paragraph", text: "个案时间按中欧时间显示。" });
  expect(lines.find(({ name }) => name === "来电者姓名")).toMatchObject({
    value: "无法读取",
    isMissing: false,
  });
});

test("of a sensor whose dates are in doubt no wear and no free replacement is judged", () => {
  const sensor = {
    state: "ended",
    boundAtMs: atMs - 10 * dayMs,
    activatedAtMs: atMs - 10 * dayMs,
    estimatedEndAtMs: atMs + 4 * dayMs,
    endedAtMs: atMs - dayMs,
    askedAtMs: atMs,
  } as const;
  const saidOf = (isInDoubt: boolean) =>
    toMarkdown(
      caseReport(
        someCase({
          sensor: { ...sensor, isInDoubt },
          freeReplacementHours: 24,
          isReplacedFree: isInDoubt ? null : true,
        }),
        speechIn("en"),
        atMs,
      ),
    );
  expect(saidOf(false)).toMatch(/\*\*Wear:\*\* Ended 5.days early: worn 9.days of 14.days planned/);
  expect(saidOf(true)).toContain("**Wear:** The platform’s data about it is in doubt");
  expect(saidOf(true)).toContain(
    "**Free replacement:** Not known: the platform’s data about this sensor is in doubt",
  );
  expect(saidOf(true)).not.toContain("early");
});

test("a case about a recalled sensor says by which recall, and that its replacement is recalled", () => {
  const one = someCase({
    recalls: [{ name: "Batch 7", createdAtMs: atMs }],
    replacementSerial: "P225043050",
    isReplacementRecalled: true,
  });
  const said = toMarkdown(caseReport(one, speechIn("en"), atMs));
  expect(said).toContain("**In a recall:** Batch 7, begun 20 Nov 2026, 10:30");
  expect(said).toContain("P225043050, which is recalled itself");
});

test("of calls that were withdrawn the others keep their numbers, and of a withheld text only its correction is told", () => {
  const one = someCase({
    callsAboutSensor: 2,
    callsWithdrawn: 1,
    furtherCalls: [{ id: "two", number: 3, atMs, by: kim, caller: null, said: "again" }],
    history: [
      { id: "1", atMs, by: kim, changes: [{ field: "nature", was: null, became: "fine", isWithheld: true }] },
      {
        id: "2",
        atMs,
        by: kim,
        changes: [{ field: "call", callAtMs: atMs, was: null, became: null, isWithheld: true }],
      },
      { id: "3", atMs, by: kim, changes: [{ field: "call", callAtMs: atMs, was: null, became: null }] },
    ],
  });
  const text = toMarkdown(caseReport(one, speechIn("en"), atMs));
  expect(text).toContain("Calls 1, 3 in this case; calls so far: 2, withdrawn: 1");
  expect(text).toContain("**Call 3 · 20 Nov 2026, 10:30");
  expect(text).toContain("> What was said: fine (before: not told)");
  expect(text).toContain("> Corrected the call of 20 Nov 2026, 10:30: not told (before: not told)");
  expect(text).toContain("> Withdrew the call of 20 Nov 2026, 10:30");
  expect(caseCells(one, null).at(-1)).toMatch(
    /nature: "not told" -> "fine"\n.*noted call 3\n.*call: "not told" -> "not told"/,
  );
});

test.each([
  [1, [], 1, "First call", "第一次来电"],
  [2, [], 4, "Second call of 4 so far", "第二次来电（至今共 4 次）"],
  [
    2,
    [3, 4],
    4,
    "Calls 2–4 of 4 about this sensor are in this case",
    "关于此传感器的 4 次来电中，第 2–4 次在此个案中",
  ],
  [
    1,
    [3, 5, 6],
    7,
    "Calls 1, 3, 5–6 of 7 about this sensor are in this case",
    "关于此传感器的 7 次来电中，第 1, 3, 5–6 次在此个案中",
  ],
])(
  "of a case that began with call %i and has %j besides, of %i, the head says which are in it",
  (number, further, callsAboutSensor, en, zh) => {
    const furtherCalls = further.map((call) => ({
      id: String(call),
      number: call,
      atMs,
      by: kim,
      caller: null,
      said: null,
    }));
    const one = someCase({ number, callsAboutSensor, furtherCalls });
    expect(callOfAll(speechIn("en").t, one)).toBe(en);
    expect(callOfAll(speechIn("zh-CN").t, one)).toBe(zh);
  },
);
