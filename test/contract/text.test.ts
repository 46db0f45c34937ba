import { expect, test } from "vitest";
import { humanLines, humanText } from "#contract/human-text.ts";
import { newStaffMember } from "#contract/new-staff-member.ts";
import { newPatient, patientChange } from "#contract/patient-change.ts";
import { beginningOf, usableText } from "#contract/text.ts";

const text = humanText(5);
const reasonOf = (value: string) => text.safeParse(value).error?.issues[0]?.message;

test.each([
  ["U+0000", "a\0b"],
  ["an escape", "a\u001bb"],
  ["a line break", "a\nb"],
  ["a line separator", "a\u2028b"],
  ["the first half of a character", "a\ud800b"],
  ["the second half of a character", "\udc00"],
  ["no code point", "a\uffff"],
  ["an override of direction", "a\u202eb"],
  ["an isolate of direction", "a\u2067b"],
])("a text for people does not hold %s", (_, value) => {
  expect(reasonOf(value)).toBe("characters");
  expect(text.safeParse(usableText(`${value}x`)).success).toBe(true);
});

test.each([
  ["a zero-width space", "A\u200bB"],
  ["a joiner between letters that do not join", "A\u200dB"],
  ["a joiner at the end", "علی\u200c"],
  ["a word joiner", "A\u2060B"],
  ["a byte order mark", "A\ufeffB"],
  ["a mark of direction", "\u200fA"],
  ["an Arabic mark of direction", "\u061cA"],
  ["an annotation", "A\ufff9B"],
  ["a tag character", "A\u{e0041}"],
  ["a variation selector on a letter", "A\ufe0f"],
  ["a variation selector on a digit", "1\ufe0f"],
  ["a soft hyphen", "A\u00adB"],
  ["a Hangul filler", "A\u3164B"],
  ["a braille blank", "A\u2800B"],
  ["more than three accents on a letter", `x${"\u0301".repeat(4)}`],
  ["a mark without a letter", "\u0301a"],
])("a name does not hold %s", (_, value) => {
  const name = humanText(120);
  const result = name.safeParse(value);
  expect(result.error?.issues[0]?.message).toBe("characters");
  expect(name.safeParse(usableText(`x${value}`)).success).toBe(true);
});

test.each([
  ["Vietnamese", "Nguyễn Thị Hường"],
  ["Arabic, with vowel marks", "مُحَمَّدٌ"],
  ["Persian", "علی‌رضا"],
  ["Hebrew, pointed", "שָׁלוֹם"],
  ["Hindi", "श्रीकृष्ण ड़ीं"],
  ["Marathi", "दर्‍या"],
  ["Sinhala", "ශ්‍රී"],
  ["Malayalam, older spelling", "രാജന്‍"],
  ["Bengali", "শ্রীকান্ত"],
  ["Thai", "น้ำผึ้ง"],
  ["Burmese", "ဖြိုးကျွှို့"],
  ["Khmer", "ស្រីពេជ្រ"],
  ["Tibetan", "བསྟན་འཛིན་རྒྱ་མཚོ"],
  ["Chinese with a variant", "渡邉󠄀"],
  ["Korean", "김민수"],
  ["Mongolian", "ᠮᠣᠩᠭᠣᠯ"],
  ["Greek, old", "ᾧ"],
  ["a family", "👩‍👩‍👧‍👦"],
  ["a heart", "❤️ 1️⃣ 👩🏽‍⚕️"],
])("a name may be %s: %s", (_, value) => {
  expect(humanText(120).parse(value)).toBe(value.normalize("NFC"));
});

test("what looks the same is one text", () => {
  expect(humanText(9).parse("cafe\u0301")).toBe("caf\u00e9");
});

test.each(["Ana", "李明", "𠮷𠮷𠮷𠮷𠮷", "👩‍🔬", "Ö-1", "عمر", " אב "])(
  "a text for people may be %j",
  (value) => {
    expect(reasonOf(value)).toBeUndefined();
  },
);

test("its length is counted in characters, and what shows nothing is none", () => {
  expect(reasonOf("𠮷".repeat(6))).toBe("too-long");
  expect(["", "  ", "\u200b", "\u2800"].map(reasonOf)).toEqual(Array(4).fill("required"));
});

test("every name, tag and reason is such a text, and a care team is made of IDs", () => {
  const bad = "x\ud800\u202ey";
  const issuesOf = (result: { error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined }) =>
    result.error?.issues.map(({ path, message }) => [path[0], message]);
  const place = { region: "SE", timeZone: "Europe/Stockholm" };
  expect(issuesOf(newPatient.safeParse({ partnerUid: bad, name: bad, ...place }))).toEqual([
    ["partnerUid", "characters"],
    ["name", "characters"],
  ]);
  const staff = { name: bad, email: "a@clinic.example", role: "support" };
  expect(issuesOf(newStaffMember.safeParse(staff))).toEqual([["name", "characters"]]);
  const change = { name: bad, tags: [bad], targets: "pregnancy", targetsReason: bad, careTeam: ["Dr Who?"] };
  expect(issuesOf(patientChange.safeParse(change))).toEqual([
    ["name", "characters"],
    ["tags", "characters"],
    ["careTeam", "unknown"],
    ["targetsReason", "characters"],
  ]);
});

test("what is cut does not end in half of a character", () => {
  expect(beginningOf("ab𠮷", 3)).toBe("ab");
  expect(beginningOf("ab𠮷", 4)).toBe("ab𠮷");
});

test("a text of several lines keeps its breaks, and is as clean as one line", () => {
  const lines = humanLines(9);
  expect(lines.parse("\r\n a\r\n\r\tcafe\u0301 \n")).toBe("a\n\n caf\u00e9");
  const reason = (value: string) => lines.safeParse(value).error?.issues[0]?.message;
  expect([reason("1234\n6789"), reason("1234\n67890"), reason("\n \r")]).toEqual([
    undefined,
    "too-long",
    "required",
  ]);
  for (const bad of ["\0", "\u001b", "\u000b", "\u2028", "\u202e", "\ud800", "\n\u0301", "\u200b"])
    expect([bad, reason(`a${bad}b`)]).toEqual([bad, "characters"]);
});
